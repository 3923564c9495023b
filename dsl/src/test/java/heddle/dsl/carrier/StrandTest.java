package heddle.dsl.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heddle.api.LoopBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class StrandTest {

    private final List<Object> seen = new ArrayList<>();

    @Test
    void resumeAndPause_takeTurns() {
        Strand[] self = new Strand[1];
        Runnable code = () -> {
            for (int i = 0; i < 3; i++) {
                seen.add(i);
                self[0].pause();
            }
            seen.add("end");
        };
        self[0] = Carrier.chosen().strand(code);
        for (int i = 0; i < 3; i++) {
            assertFalse(self[0].resume(LoopBinding.here()));
            seen.add("between");
        }
        assertTrue(self[0].resume(LoopBinding.here()));
        assertEquals(List.of(0, "between", 1, "between", 2, "between", "end"), seen);
    }

    @Test
    void running_isTheInnermostCode() {
        assertNull(Strand.running());
        Strand[] self = new Strand[2];
        Runnable inner = () -> {
            seen.add(Strand.running());
            self[1].pause();
            seen.add(Strand.running());
        };
        Runnable outer = () -> {
            seen.add(Strand.running());
            self[1].resume(LoopBinding.here());
            seen.add(Strand.running());
            self[0].pause();
            self[1].resume(LoopBinding.here());
            seen.add(Strand.running());
        };
        self[0] = Carrier.chosen().strand(outer);
        self[1] = Carrier.chosen().strand(inner);
        self[0].resume(LoopBinding.here());
        assertNull(Strand.running());
        self[0].resume(LoopBinding.here());
        assertEquals(List.of(outer, inner, outer, inner, outer), seen);
    }

    @Test
    void resume_fromAnotherThread() throws Exception {
        Strand[] self = new Strand[1];
        self[0] = Carrier.chosen().strand(() -> {
            self[0].pause();
            seen.add("resumed");
        });
        self[0].resume(LoopBinding.here());
        Thread other = new Thread(() -> seen.add(self[0].resume(LoopBinding.here())));
        other.start();
        other.join();
        assertEquals(List.of("resumed", true), seen);
    }

    @Test
    void manySwitches() {
        int[] count = new int[1];
        Strand[] self = new Strand[1];
        self[0] = Carrier.chosen().strand(() -> {
            for (int i = 0; i < 2000; i++) {
                count[0]++;
                self[0].pause();
            }
        });
        for (int i = 1; i <= 2000; i++) {
            self[0].resume(LoopBinding.here());
            assertEquals(i, count[0]);
        }
        assertTrue(self[0].resume(LoopBinding.here()));
    }

    @Test
    void stack_asSoonAsItPaused_beginsWithThePause() {
        Strand[] self = new Strand[1];
        self[0] = Carrier.chosen().strand(() -> {
            for (int i = 0; i < 500; i++) {
                self[0].pause();
            }
        });
        while (!self[0].resume(LoopBinding.here())) {
            StackTraceElement top = self[0].stack().get(0);
            assertTrue(
                    top.getClassName().startsWith("heddle.")
                            || top.getClassName().startsWith("jdk.internal.vm."),
                    () -> "" + top);
        }
    }

    @Test
    void threads_handBackToWhoIsParked() {
        for (boolean watched : new boolean[] {true, false}) {
            takeTurns(4_000, watched, code -> new Thread(code, "strand"));
        }
    }

    /** Each resumer is a new thread, which has all its patience, and never misses three in a row because of the body. */
    @Test
    void virtualThreads_handBackToWhoLooksAndToWhoIsParked() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "there are virtual threads");
        for (int i = 0; i < 40; i++) {
            var turns = new FutureTask<>(
                    () -> takeTurns(100, true, code -> VirtualThreads.unstarted("strand", code)), null);
            VirtualThreads.unstarted("resumer", turns).start();
            turns.get();
        }
    }

    /** A body that hands back at once twice, and then once the resumer is parked. */
    private static void takeTurns(int turns, boolean watched, ThreadStrand.Threads threads) {
        Thread resumer = Thread.currentThread();
        int[] count = new int[1];
        Strand[] self = new Strand[1];
        Runnable code = () -> {
            for (int i = 0; i < turns; i++) {
                while (i % 3 == 2 && resumer.getState() != Thread.State.WAITING) {
                    Thread.yield();
                }
                count[0]++;
                self[0].pause();
            }
        };
        self[0] = new ThreadStrand(code, watched, threads);
        for (int i = 1; i <= turns; i++) {
            assertFalse(self[0].resume(LoopBinding.here()));
            assertEquals(i, count[0]);
        }
        assertTrue(self[0].resume(LoopBinding.here()));
    }

    @Test
    void interruptOfTheResumer_isKeptForIt() {
        if (Carrier.chosen() == Carrier.CONTINUATION) {
            return; // there is one thread only
        }
        Thread resumer = Thread.currentThread();
        Strand[] self = new Strand[1];
        self[0] = Carrier.chosen().strand(() -> {
            resumer.interrupt();
            seen.add(Thread.currentThread().isInterrupted());
            self[0].pause();
            seen.add(Thread.currentThread().isInterrupted());
        });
        self[0].resume(LoopBinding.here());
        assertTrue(Thread.interrupted());
        self[0].resume(LoopBinding.here());
        assertFalse(Thread.interrupted());
        assertEquals(List.of(false, false), seen);
    }

    @Test
    void outOfThreads_failsTheStepThatNeedsOne() {
        Thread unstartable = new Thread() {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        Strand strand = new ThreadStrand(() -> seen.add("never"), true, code -> unstartable);
        var e = assertThrows(IllegalStateException.class, () -> strand.resume(LoopBinding.here()));
        assertTrue(e.getMessage().contains("no thread"), e.getMessage());
        assertSame(OutOfMemoryError.class, e.getCause().getClass());
        assertFalse(strand.leaks());
        assertEquals(List.of(), seen);
    }

    @Test
    void pause_insideAClassInitialiser_isRefusedByContinuations() {
        if (Carrier.chosen() != Carrier.CONTINUATION) {
            return;
        }
        Initialised.pausing = Carrier.chosen().strand(() -> {
            try {
                Initialised.touch();
            } catch (LinkageError e) {
                seen.add(e.getCause().getMessage());
            }
        });
        assertTrue(Initialised.pausing.resume(LoopBinding.here()));
        String message = (String) seen.get(0);
        assertTrue(message.contains("the initialiser of " + Lazy.class.getName()), message);
    }

    private static final class Initialised {
        static Strand pausing;

        static void touch() {
            Lazy.touch();
        }
    }

    private static final class Lazy {
        static {
            Initialised.pausing.pause();
        }

        static void touch() {}
    }
}
