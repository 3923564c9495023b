package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.Verdict.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The verdict on an engine, rule by rule. Rules need others: where one is broken, those that need it are not judged, so that
 * what failed is what to look at.
 */
public final class Certificate {

    private final EngineProvider engine;
    private final List<Verdict> verdicts;
    private final String how;

    private Certificate(EngineProvider engine, List<Verdict> verdicts, String how) {
        this.engine = engine;
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
        Specification specification = Judge.specification();
        Search search = new Search(engine, tries, seed, shrink);
        Map<String, Verdict> found = new LinkedHashMap<>();
        for (Rule rule : specification.inOrderOfNeeds()) {
            found.put(rule.id(), judge(rule, engine, search, found));
        }
        List<Verdict> inOrder = new ArrayList<>();
        specification.rules().forEach(rule -> inOrder.add(Objects.requireNonNull(found.get(rule.id()))));
        return new Certificate(engine, inOrder, tries + " tries, seed " + seed);
    }

    private static Verdict judge(Rule rule, EngineProvider engine, Search search, Map<String, Verdict> found) {
        if (!engine.capabilities().containsAll(rule.capabilities())) {
            return new Verdict(rule, Status.NOT_CLAIMED, "needs " + new TreeSet<>(rule.capabilities()));
        }
        List<String> broken = rule.needs().stream()
                .filter(need -> {
                    Status status = Objects.requireNonNull(found.get(need)).status();
                    return status == Status.FAILED || status == Status.NOT_JUDGED;
                })
                .toList();
        if (!broken.isEmpty()) {
            return new Verdict(rule, Status.NOT_JUDGED, "needs " + String.join(", ", broken));
        }
        return search.counterexample(rule)
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
                .append(engine.name())
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

    private String summary() {
        Map<Status, Long> counts =
                verdicts.stream().collect(Collectors.groupingBy(Verdict::status, Collectors.counting()));
        String numbers = Arrays.stream(Status.values())
                .map(status -> counts.getOrDefault(status, 0L) + " " + status)
                .collect(Collectors.joining(", "));
        return (passed() ? "CERTIFIED: " : "NOT CERTIFIED: ") + numbers;
    }
}
