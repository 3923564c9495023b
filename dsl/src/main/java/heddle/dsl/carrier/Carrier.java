package heddle.dsl.carrier;

import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The three kinds of stack that direct-style code can have.
 *
 * <ul>
 *   <li>{@link #CONTINUATION}: the JVM's own continuations. The code runs on the loop's thread, and a switch costs 0.1 µs.
 *       Taken where {@code jdk.internal.vm} is exported to this module.
 *   <li>{@link #VIRTUAL}: a virtual thread each. The default from JDK 24 on; before, a {@code synchronized} block would pin
 *       them.
 *   <li>{@link #PLATFORM}: a thread of the system each. Everywhere, for small programs.
 * </ul>
 *
 * The system property {@value #PROPERTY} forces one.
 */
public enum Carrier {
    /** The JVM's own continuations. */
    CONTINUATION {
        @Override
        Strand newStrand(Runnable code) {
            return new ContinuationStrand(code);
        }
    },
    /** Virtual threads. */
    VIRTUAL {
        @Override
        Strand newStrand(Runnable code) {
            return new ThreadStrand(code, Patience.PAYS, live -> VirtualThreads.unstarted(threadName(), live));
        }
    },
    /** Threads of the system. */
    PLATFORM {
        @Override
        Strand newStrand(Runnable code) {
            return new ThreadStrand(code, false, live -> {
                Thread thread = new Thread(live, threadName());
                thread.setDaemon(true);
                return thread;
            });
        }
    };

    /** The system property that forces a carrier: continuation, virtual or platform. */
    public static final String PROPERTY = "heddle.carrier";

    /** From this JDK on a virtual thread may be parked inside {@code synchronized} without pinning its carrier. */
    private static final int VIRTUAL_THREADS_DONT_PIN = 24;

    private static final AtomicInteger THREADS = new AtomicInteger();

    /**
     * The carrier that this JVM uses; decided at the first call.
     *
     * @return the one that {@value #PROPERTY} forces, else the best that works here
     * @throws IllegalStateException if the one that is forced doesn't work here; the message says what is missing
     */
    public static Carrier chosen() {
        return Choice.made();
    }

    /** Decides which carrier this JVM uses, if nobody has. */
    public static void prepare() {
        Choice.prepare();
    }

    /**
     * Makes a strand.
     *
     * @param code what runs on it; never null, and it must not throw
     * @return a strand that wasn't resumed yet
     */
    public final Strand strand(Runnable code) {
        return newStrand(code);
    }

    abstract Strand newStrand(Runnable code);

    /** Names the task that the code begins in: who looks at a thread dump wants to know. */
    private static String threadName() {
        EventLoop loop = LoopBinding.current();
        Task<?> task = loop == null ? null : loop.currentTask();
        return "heddle-body-" + THREADS.incrementAndGet() + (task == null ? "" : " of " + task.name());
    }

    /** Its name as in {@value #PROPERTY}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this carrier works in this JVM, tried by running a strand.
     *
     * @return null if it does, else what is in the way
     */
    @Nullable
    String problem() {
        try {
            return selfTest();
        } catch (Throwable e) {
            Throwable cause = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
            return cause.toString();
        }
    }

    private @Nullable String selfTest() {
        List<String> seen = new ArrayList<>();
        Strand[] self = new Strand[1];
        self[0] = strand(() -> {
            seen.add("a");
            self[0].pause();
            seen.add("b");
        });
        boolean early = self[0].resume(LoopBinding.here());
        seen.add("between");
        boolean end = self[0].resume(LoopBinding.here());
        return !early && end && seen.equals(List.of("a", "between", "b")) ? null : "it doesn't switch as it should";
    }

    /** Made once, and kept even if it failed. */
    private static final class Choice {
        private static final @Nullable Carrier CARRIER;
        private static final @Nullable String PROBLEM;

        static {
            Carrier carrier = null;
            String problem = null;
            String forced = System.getProperty(PROPERTY);
            if (forced == null || forced.isBlank()) {
                carrier = best();
            } else {
                String name = forced.strip();
                try {
                    carrier = valueOf(name.toUpperCase(Locale.ROOT));
                    String missing = carrier.problem();
                    if (missing != null) {
                        problem = "the system property " + PROPERTY + " asks for the carrier " + carrier
                                + ", but it doesn't work here: " + carrier.remedy(missing);
                    }
                } catch (IllegalArgumentException e) {
                    problem = "the system property " + PROPERTY + " asks for the carrier " + name
                            + ", but there are continuation, virtual and platform";
                }
            }
            CARRIER = problem == null ? carrier : null;
            PROBLEM = problem;
        }

        /** Loads this class. */
        static void prepare() {}

        static Carrier made() {
            if (CARRIER == null) {
                throw new IllegalStateException(PROBLEM + " (docs/codes.md#carrier)");
            }
            return CARRIER;
        }

        private static Carrier best() {
            if (exportsContinuations() && CONTINUATION.problem() == null) {
                return CONTINUATION;
            }
            boolean pins = Runtime.version().feature() < VIRTUAL_THREADS_DONT_PIN;
            return !pins && hasVirtualThreads() ? VIRTUAL : PLATFORM;
        }

        /** Asked before they are tried, which takes a while where they aren't. */
        private static boolean exportsContinuations() {
            return Object.class.getModule().isExported("jdk.internal.vm", Carrier.class.getModule());
        }

        /** They are no secret of the JDK's, so that they needn't be tried, which takes a while. */
        private static boolean hasVirtualThreads() {
            try {
                VirtualThreads.load();
                return true;
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    private String remedy(String problem) {
        int jdk = Runtime.version().feature();
        return switch (this) {
            case CONTINUATION ->
                jdk < 21
                        ? "JDK " + jdk + " has no continuations, JDK 21 has"
                        : "start java with --add-exports java.base/jdk.internal.vm="
                                + (Carrier.class.getModule().isNamed()
                                        ? Carrier.class.getModule().getName()
                                        : "ALL-UNNAMED")
                                + " (" + problem + ")";
            case VIRTUAL -> jdk < 21 ? "JDK " + jdk + " has no virtual threads, JDK 21 has" : problem;
            case PLATFORM -> problem;
        };
    }
}
