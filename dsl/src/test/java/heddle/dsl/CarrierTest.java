package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.ContextVar;
import heddle.api.Task;
import heddle.dsl.carrier.Carrier;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The build runs all tests of this module on each carrier that the JDK has, and says on which. */
class CarrierTest {

    /** The carrier that this run of the tests is about. */
    static Carrier expected() {
        String asked = System.getProperty("heddle.test.carrier");
        if (asked != null) {
            return Carrier.valueOf(asked.toUpperCase(Locale.ROOT));
        }
        return Runtime.version().feature() >= 24 ? Carrier.VIRTUAL : Carrier.PLATFORM;
    }

    @Test
    void carrier_isTheOneThatThisRunMeansToTest() {
        assertEquals(expected(), Carrier.chosen());
    }

    @Test
    void threadLocals_areTheBodysOwn_butOnAContinuation() throws Exception {
        ThreadLocal<String> local = ThreadLocal.withInitial(() -> "none");
        String[] seen = new String[3];
        run(() -> {
            Task<?> other = createTask(async(() -> {
                seen[0] = local.get();
                local.set("other's");
                await(sleep(0));
                seen[1] = local.get();
            }));
            local.set("main's");
            await(other);
            seen[2] = local.get();
        });
        if (expected() == Carrier.CONTINUATION) {
            assertEquals(List.of("main's", "other's", "other's"), List.of(seen));
        } else {
            assertEquals(List.of("none", "other's", "main's"), List.of(seen));
        }
    }

    @Test
    void body_runsOnAThreadOfItsCarriersKind() throws Exception {
        String[] names = new String[2];
        String loops = run(() -> {
            names[0] = Thread.currentThread().getName();
            await(sleep(0));
            names[1] = Thread.currentThread().getName();
            return "done";
        });
        assertEquals("done", loops);
        assertEquals(names[0], names[1]);
        assertEquals(expected() != Carrier.CONTINUATION, names[0].startsWith("heddle-body-"));
        assertFalse(names[0].isEmpty());
    }

    @Test
    void contextVars_areTheTasksOwn() throws Exception {
        ContextVar<String> var = ContextVar.of("var", "none");
        List<String> seen = new ArrayList<>();
        run(() -> {
            var.set("main's");
            Task<?> other = createTask(async(() -> {
                seen.add(var.get());
                var.set("other's");
                await(sleep(0));
                seen.add(var.get());
            }));
            await(other);
            seen.add(var.get());
        });
        assertEquals(List.of("main's", "other's", "main's"), seen);
    }

    @Test
    void reentrantLock_heldOverAnAwait_isNoLockOnAContinuation() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        boolean[] got = new boolean[1];
        run(() -> {
            Task<?> holder = createTask(async(() -> {
                lock.lock();
                try {
                    await(sleep(0));
                } finally {
                    lock.unlock();
                }
            }));
            await(sleep(0));
            got[0] = lock.tryLock();
            if (got[0]) {
                lock.unlock();
            }
            await(holder);
        });
        assertEquals(expected() == Carrier.CONTINUATION, got[0], "one thread has it, whichever body runs on it");
    }

    @Test
    void interruptFlag_isTheBodysOwn_butOnAContinuation() throws Exception {
        boolean[] seen = new boolean[1];
        run(() -> {
            Task<?> other = createTask(async(() -> {
                Thread.currentThread().interrupt();
                if (expected() == Carrier.CONTINUATION) {
                    assertTrue(Thread.interrupted(), "it would cancel main");
                }
            }));
            await(other);
            seen[0] = Thread.currentThread().isInterrupted();
        });
        assertFalse(seen[0]);
    }

    @Test
    void table_namesTestsThatExist() throws Exception {
        Path page = Path.of("..", "docs", "carriers.md");
        List<String> missing = new ArrayList<>();
        int named = 0;
        String text = Files.readString(Files.exists(page) ? page : Path.of("docs", "carriers.md"));
        for (String line : text.substring(text.indexOf("## Identical")).lines().toList()) {
            Matcher test = Pattern.compile("`(\\w+Test)\\.(\\w+)`").matcher(line);
            boolean row = line.startsWith("| ") && !line.startsWith("| what");
            boolean found = false;
            while (test.find()) {
                found = true;
                named++;
                if (!exists(test.group(1), test.group(2))) {
                    missing.add(test.group());
                }
            }
            if (row && !found) {
                missing.add("a test of " + line);
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named >= 12, "only " + named + " tests are named");
    }

    private static boolean exists(String type, String method) {
        for (String where : List.of("heddle.dsl.", "heddle.dsl.carrier.", "heddle.programs.")) {
            try {
                for (Method each : Class.forName(where + type).getDeclaredMethods()) {
                    if (each.getName().equals(method) && each.isAnnotationPresent(Test.class)) {
                        return true;
                    }
                }
            } catch (ClassNotFoundException e) {
                // perhaps in another package
            }
        }
        return false;
    }
}
