package heddle.tck;

import heddle.api.spi.Capability;
import heddle.api.spi.EngineProvider;
import heddle.tck.Verdict.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The verdict on an engine, rule by rule. Rules need others: where one is broken, those that need it are not judged, so that
 * what failed is what to look at.
 */
public final class Certificate {

    private final String engine;
    private final List<Verdict> verdicts;
    private final String how;
    private final boolean complete;

    private Certificate(String engine, List<Verdict> verdicts, String how, boolean complete) {
        this.engine = engine;
        this.complete = complete;
        this.verdicts = List.copyOf(verdicts);
        this.how = how;
    }

    /**
     * Judges an engine by every rule.
     *
     * @param engine the engine; never null
     * @param tries how many programs to try for each rule, at least 1
     * @param seed what the programs are generated from: the same seed gives the same programs
     * @return the certificate
     */
    public static Certificate of(EngineProvider engine, int tries, long seed) {
        return of(engine, tries, seed, true);
    }

    /** The same, perhaps without looking for smaller programs. */
    static Certificate of(EngineProvider engine, int tries, long seed, boolean shrink) {
        Objects.requireNonNull(engine, "engine");
        if (tries < 1) {
            throw new IllegalArgumentException("tries is " + tries + ": at least 1 is needed");
        }
        Search search = new Search(engine, tries, seed, shrink);
        return of(
                engine.name(),
                engine.capabilities(),
                tries + " tries, seed " + seed,
                Judge.specification().rules(),
                rule -> search.counterexample(rule).map(Search.Counterexample::text));
    }

    /** Judges an engine by some rules, in an order in which each comes behind what it needs. */
    static Certificate of(
            String engine,
            Set<Capability> claims,
            String how,
            List<Rule> rules,
            Function<Rule, Optional<String>> counterexamples) {
        Specification specification = Judge.specification();
        Map<String, Verdict> found = new LinkedHashMap<>();
        for (Rule rule : specification.inOrderOfNeeds()) {
            if (rules.contains(rule)) {
                found.put(rule.id(), judge(rule, claims, counterexamples, found));
            }
        }
        List<Verdict> inOrder = new ArrayList<>();
        rules.forEach(rule -> inOrder.add(Objects.requireNonNull(found.get(rule.id()))));
        return new Certificate(engine, inOrder, how, rules.containsAll(specification.rules()));
    }

    private static Verdict judge(
            Rule rule,
            Set<Capability> claims,
            Function<Rule, Optional<String>> counterexamples,
            Map<String, Verdict> found) {
        if (!claims.containsAll(rule.capabilities())) {
            return new Verdict(rule, Status.NOT_CLAIMED, "needs " + new TreeSet<>(rule.capabilities()));
        }
        List<String> broken = rule.needs().stream()
                .filter(need -> {
                    Verdict verdict = found.get(need);
                    return verdict != null
                            && (verdict.status() == Status.FAILED || verdict.status() == Status.NOT_JUDGED);
                })
                .toList();
        if (!broken.isEmpty()) {
            return new Verdict(rule, Status.NOT_JUDGED, "needs " + String.join(", ", broken));
        }
        return counterexamples
                .apply(rule)
                .map(failure -> new Verdict(rule, Status.FAILED, failure))
                .orElseGet(() -> new Verdict(rule, Status.PASSED, ""));
    }

    /**
     * What came of each rule.
     *
     * @return the verdicts in the order of the specification, never empty
     */
    public List<Verdict> verdicts() {
        return verdicts;
    }

    /**
     * The rules that failed: the minimal ones, since what needs them was not judged.
     *
     * @return their ids, empty if the engine passed
     */
    public Set<String> failed() {
        return verdicts.stream()
                .filter(verdict -> verdict.status() == Status.FAILED)
                .map(verdict -> verdict.rule().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Whether the engine may call itself an event loop of this specification: some rule was judged, and none failed.
     *
     * @return true if it passed
     */
    public boolean passed() {
        return failed().isEmpty() && verdicts.stream().anyMatch(verdict -> verdict.status() == Status.PASSED);
    }

    /** Every rule by name, the failures in full, and a last line that sums up. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Certificate of the engine ")
                .append(engine)
                .append(" (")
                .append(how)
                .append(")\n");
        for (Verdict verdict : verdicts) {
            text.append(String.format("  %-11s ", verdict.status())).append(verdict.rule());
            if (verdict.status() == Status.NOT_CLAIMED || verdict.status() == Status.NOT_JUDGED) {
                text.append(" (").append(verdict.detail()).append(')');
            }
            text.append('\n');
        }
        for (Verdict verdict : verdicts) {
            if (verdict.status() == Status.FAILED) {
                text.append('\n').append(verdict.detail()).append('\n');
            }
        }
        return text.append(summary()).append('\n').toString();
    }

    /**
     * The verdict in one line.
     *
     * @return a word that says it, and how many rules ended in which way
     */
    public String summary() {
        Map<Status, Long> counts =
                verdicts.stream().collect(Collectors.groupingBy(Verdict::status, Collectors.counting()));
        String numbers = Arrays.stream(Status.values())
                .map(status -> counts.getOrDefault(status, 0L) + " " + status)
                .collect(Collectors.joining(", "));
        String word = passed()
                ? complete ? "CERTIFIED" : "PASSED (certified is who keeps all rules, not only those asked for)"
                : failed().isEmpty() ? "NOT CERTIFIED (no rule was judged)" : "NOT CERTIFIED";
        return word + ": " + numbers;
    }
}
