package heddle.jshell;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.toThread;

import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.dsl.Session;
import heddle.jshell.example.Example;
import heddle.view.Terminal;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Shows pieces of code with what they are about, and runs them on the session's loop, or on one of their own. */
final class Learn {

    static final int TOUR_STEPS = 14;

    private static final Set<Capability> OWN_LOOP = Set.of(Capability.DRIVEN, Capability.VIRTUAL_TIME);
    private static final String INDENT = "    ";
    /** Wider lines are hard to read. */
    private static final int WIDEST = 100;

    private final Session session;
    private final PrintStream out;

    Learn(Session session, PrintStream out) {
        this.session = session;
        this.out = out;
    }

    // ---- rules

    void chapters() {
        for (Map.Entry<Rules.Chapter, List<Rules.Rule>> each :
                Rules.published().chapters().entrySet()) {
            List<Rules.Rule> rules = each.getValue();
            out.printf(
                    "%-22s %s%n",
                    rules.get(0).id() + " to " + rules.get(rules.size() - 1).id(),
                    each.getKey().about());
        }
        out.println("rule(\"TASK-7\") shows a rule and runs its example");
    }

    void rule(String id) throws Exception {
        Rules.Rule rule = Rules.published().get(id);
        out.println(rule.id() + ", " + rule.chapter().title());
        wrap(rule.sentence());
        wrap("Why: " + rule.intent());
        if (!rule.needs().isEmpty()) {
            wrap("Needs: " + String.join(", ", rule.needs()));
        }
        Set<Capability> missing = new TreeSet<>(rule.claims());
        missing.removeAll(session.loop().capabilities());
        Example example = Example.ofRule(rule.id());
        if (missing.isEmpty() || example.needsLoop()) {
            show(example, rule.id());
        } else {
            wrap("The engine of this session doesn't claim " + missing + ", so the rule isn't asked of it.");
        }
    }

    // ---- the tour

    void tour(int number) throws Exception {
        if (number < 1 || number > TOUR_STEPS) {
            throw new IllegalArgumentException("the tour has the steps 1 to " + TOUR_STEPS + ", not " + number);
        }
        Example step = Example.ofTour(number);
        String comment = step.comment();
        int end = comment.indexOf(". ") + 1;
        out.println(number + "/" + TOUR_STEPS + "  " + comment.substring(0, end));
        wrap(comment.substring(end).strip());
        show(step, "tour-" + number);
        out.println();
        out.println(
                number < TOUR_STEPS
                        ? "tour() goes on, tour(" + number + ") shows this again"
                        : "That was the tour. rule() lists what is promised, and each rule has an example.");
    }

    // ---- both

    private void show(Example example, String name) throws Exception {
        out.println();
        example.code().lines().forEach(line -> out.println(line.isEmpty() ? "" : INDENT + line));
        out.println();
        if (example.needsLoop()) {
            EngineProvider provider = drivable();
            out.println("With a new loop of the engine " + provider.name()
                    + " on virtual time, on a thread of its own, it prints:");
            await(toThread(() -> {
                example.run(provider.newEventLoop(EngineOptions.DEFAULT.withVirtualTime()));
                return null;
            }));
        } else {
            out.println("In a task of this loop it prints:");
            await(createTask(async(() -> example.run()), name));
        }
    }

    /** The chosen engine, if a loop of it can be run on any thread and has virtual time, else another that does. */
    private static EngineProvider drivable() {
        EngineProvider chosen = Engines.provider();
        if (chosen.capabilities().containsAll(OWN_LOOP)) {
            return chosen;
        }
        return Engines.providers().stream()
                .filter(each -> each.capabilities().containsAll(OWN_LOOP))
                .findFirst()
                .orElse(chosen);
    }

    private void wrap(String text) {
        int columns = Math.min(WIDEST, Terminal.current().columns());
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > columns) {
                out.println(line);
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        out.println(line);
    }
}
