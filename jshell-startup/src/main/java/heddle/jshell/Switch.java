package heddle.jshell;

import heddle.api.LoopBinding;
import heddle.api.Task;
import heddle.api.spi.Capability;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.dsl.Session;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the session for one with another loop. A snippet that runs on the loop can't do that itself: it leaves a wish, which
 * is carried out when the snippet is done.
 */
final class Switch {

    /** Whether a session begins with virtual time. */
    static final String VIRTUAL_TIME = "heddle.virtualTime";

    private static final int LONGEST = 200;

    private static volatile boolean snippetsRunOnTheLoop;
    private static volatile @Nullable Wish wish;

    private Switch() {}

    /** An engine, and what the property says that chose it: a name, a class, or nothing. */
    private record Wish(EngineProvider engine, @Nullable String property, boolean virtualTime) {
        EngineOptions options() {
            return virtualTime ? EngineOptions.DEFAULT.withVirtualTime() : EngineOptions.DEFAULT;
        }

        @Override
        public String toString() {
            return "engine " + engine.name() + (virtualTime ? ", virtual time" : ", real time");
        }
    }

    /** Begins the first session, as the properties say. */
    static Session begin() {
        return Session.start(now().options());
    }

    static void snippetsRunOnTheLoop() {
        snippetsRunOnTheLoop = true;
    }

    // ---- what is wished for

    static String describe() {
        return now() + "; there are " + names();
    }

    private static Wish now() {
        return chosen(Boolean.getBoolean(VIRTUAL_TIME));
    }

    private static Wish chosen(boolean virtualTime) {
        return new Wish(Engines.provider(), System.getProperty(Engines.PROPERTY), virtualTime);
    }

    private static String names() {
        return Engines.providers().stream()
                .filter(each -> each.capabilities().contains(Capability.DRIVEN))
                .map(EngineProvider::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    static void toEngine(Session session, String name) {
        EngineProvider engine = Engines.provider(name);
        if (!engine.capabilities().contains(Capability.DRIVEN)) {
            throw new IllegalStateException("a session runs its loop on a thread of its own, and those of the engine "
                    + name + " live on their host's; there are " + names() + " (docs/codes.md#hosted)");
        }
        wish(session, new Wish(engine, name, Boolean.getBoolean(VIRTUAL_TIME)));
    }

    static void toTime(Session session, boolean virtual) {
        wish(session, chosen(virtual));
    }

    private static void wish(Session session, Wish wished) {
        if (wished.virtualTime && !wished.engine.capabilities().contains(Capability.VIRTUAL_TIME)) {
            throw new IllegalStateException(
                    "the engine " + wished.engine.name() + " has no virtual time (docs/codes.md#no-virtual-time)");
        }
        if (LoopBinding.current() != session.loop()) {
            exchange(session, wished);
        } else if (snippetsRunOnTheLoop) {
            wish = wished;
        } else {
            throw new IllegalStateException("a loop can't be exchanged by its own task: call this at the prompt");
        }
    }

    // ---- and done

    /** Does what a snippet has wished for; on a thread that isn't the loop's. */
    static void carryOut(Session session) {
        Wish wished = wish;
        if (wished != null) {
            wish = null;
            exchange(session, wished);
        }
    }

    private static void exchange(Session session, Wish wished) {
        Wish before = now();
        List<Task<?>> tasks = tasks(session);
        boolean paused = session.stepper().isPaused();
        session.close();
        try {
            choose(wished);
            Session.start(wished.options());
        } catch (RuntimeException | LinkageError e) {
            choose(before);
            Session.start(before.options());
            print(wished + " can't be had: " + e);
            wished = before;
        }
        print(wished + ": a new loop" + (paused ? ", which isn't paused" : "") + cancelled(tasks));
    }

    private static void choose(Wish chosen) {
        if (chosen.property == null) {
            System.clearProperty(Engines.PROPERTY);
        } else {
            System.setProperty(Engines.PROPERTY, chosen.property);
        }
        System.setProperty(VIRTUAL_TIME, Boolean.toString(chosen.virtualTime));
    }

    private static List<Task<?>> tasks(Session session) {
        try {
            return session.onLoop(() -> session.loop().allTasks());
        } catch (Exception e) {
            return List.of(); // the session is over
        }
    }

    private static String cancelled(List<Task<?>> tasks) {
        String names = tasks.stream()
                .filter(Task::cancelled)
                .map(each -> Display.escape(each.name(), LONGEST))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "; cancelled with the old one: " + Display.escape(names, LONGEST);
    }

    private static void print(String line) {
        System.out.println("[heddle] " + line);
    }
}
