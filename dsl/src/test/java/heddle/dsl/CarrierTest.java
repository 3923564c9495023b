package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import heddle.api.Task;
import heddle.dsl.carrier.Carrier;
import java.util.List;
import java.util.Locale;
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
}
