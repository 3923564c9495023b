package heddle.tck.command;

import heddle.api.spi.Capability;
import heddle.tck.law.Snippet;
import heddle.tck.program.Form;
import heddle.tck.program.Listing;
import heddle.tck.program.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The engine under test, in processes of its own: a new one for each that it brings down. */
public final class Engine implements AutoCloseable {

    private static final int MOST_THREADS = 10;

    private final List<String> kit;
    private final String main;
    private final Arguments arguments;
    private final Output output = new Output();
    private final List<String> remarks = new ArrayList<>();
    private @Nullable EngineProcess process;
    private final String name;
    private final String type;
    private final Set<Capability> claims;

    /**
     * Looks for the engine.
     *
     * @param kit the class path of the kit
     * @param main the class that runs in the engine's process
     * @param arguments what was asked for
     * @throws WrongUse if there is no engine that could be judged
     */
    public Engine(List<String> kit, String main, Arguments arguments) {
        this.kit = List.copyOf(kit);
        this.main = main;
        this.arguments = arguments;
        EngineProcess first = running();
        name = first.name();
        type = first.type();
        claims = first.claims();
    }

    private EngineProcess running() {
        EngineProcess made = process;
        if (made == null) {
            try {
                made = EngineProcess.start(kit, main, arguments, output);
            } catch (WrongUse e) {
                String printed = output.text();
                throw printed.isEmpty() ? e : new WrongUse(e.getMessage() + "\nit printed: " + printed);
            }
            process = made;
        }
        return made;
    }

    /**
     * Its name.
     *
     * @return as the engine says it: print it with care
     */
    public String name() {
        return name;
    }

    /**
     * What to call it by on a command line: its name or, where that can't be typed, its class.
     *
     * @return one plain word or more
     */
    public String typed() {
        return Printable.line(name).equals(name) ? name : type;
    }

    /**
     * Its provider.
     *
     * @return the name of a class
     */
    public String type() {
        return type;
    }

    /**
     * What it claims.
     *
     * @return an immutable set
     */
    public Set<Capability> claims() {
        return claims;
    }

    /**
     * Judges a rule.
     *
     * @param rule its id
     * @param progress told the number of each try
     * @return what is wrong, or null
     * @throws WrongUse if it turns out that the engine isn't complete
     */
    public @Nullable String judge(String rule, IntConsumer progress) {
        EngineProcess.Answer answer = ask(
                Wire.of(Wire.JUDGE, rule, Integer.toString(arguments.tries()), Long.toString(arguments.seed())),
                "in try %d of it",
                progress);
        if (answer.usable() || answer.failure() == null || answer.failure().startsWith(rule + " ")) {
            return answer.failure();
        }
        return answer.failure() + Snippet.of(rule, name, answer.unshrunk());
    }

    /**
     * Runs programs of the library.
     *
     * @param form how their bodies are written
     * @param progress told the number of each program
     * @return what is wrong with the smallest that failed, or null
     * @throws WrongUse if it turns out that the engine isn't complete
     */
    public @Nullable String programs(Form form, IntConsumer progress) {
        EngineProcess.Answer answer = ask(
                Wire.of(
                        Wire.PROGRAMS,
                        form.name(),
                        Integer.toString(arguments.programs()),
                        Long.toString(arguments.seed())),
                "in program %d of them",
                progress);
        StringBuilder failure = answer.failure() == null ? null : new StringBuilder(answer.failure());
        if (failure != null && !answer.unshrunk().isEmpty()) {
            Recording.first()
                    .read(
                            Set.copyOf(answer.unshrunk()),
                            recorded -> failure.append("\n")
                                    .append(Listing.forPrompt(
                                            recorded.program(), form, "Program_" + recorded.id(), name)));
        }
        return failure == null ? null : failure.toString();
    }

    private EngineProcess.Answer ask(Wire order, String where, IntConsumer progress) {
        EngineProcess current = running();
        EngineProcess.Answer answer = current.judge(order, where, progress);
        if (!answer.usable()) {
            current.close();
            process = null;
        }
        return answer;
    }

    /**
     * What is worth knowing beside the rules: threads that the engine left, and what it printed.
     *
     * @return lines, perhaps none
     */
    public List<String> remarks() {
        if (process != null) {
            List<String> threads = process.threads();
            if (!threads.isEmpty()) {
                remarks.add("the engine left " + threads.size() + " threads that keep a JVM alive: "
                        + threads.stream().limit(MOST_THREADS).collect(Collectors.joining(", "))
                        + (threads.size() > MOST_THREADS ? ", …" : ""));
            }
        }
        String printed = output.text();
        if (!printed.isEmpty()) {
            remarks.add("the engine printed:\n" + printed);
        }
        return List.copyOf(remarks);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
