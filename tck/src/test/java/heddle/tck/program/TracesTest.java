package heddle.tck.program;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.tck.model.ModelProvider;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every recorded program has the trace that CPython made of it, line by line, turn by turn. The build runs every tenth; {@code
 * -Dheddle.traces=all} runs all, {@code -Dheddle.traces.program=ID} one.
 */
class TracesTest {

    private static final boolean ALL = "all".equals(System.getProperty("heddle.traces"));
    private static final int ONLY = Integer.getInteger("heddle.traces.program", -1);
    private static final int SLICE = 10;

    /** How many programs must at least be equal. */
    private static final int FLOOR = ALL ? 2_000 : 200;

    @ParameterizedTest
    @EnumSource(Form.class)
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void recordedProgram_hasCPythonsTrace(Form form) {
        assertEqual(form, Engines.provider());
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void recordedProgram_hasCPythonsTraceOnTheReferenceModel() {
        assertEqual(Form.CHAINS, new ModelProvider());
    }

    private static void assertEqual(Form form, EngineProvider engine) {
        var tally = new Tally(form, engine);
        Recording.all().read(place -> ONLY >= 0 || ALL || place % SLICE == 0, recorded -> {
            if (ONLY < 0 || recorded.id() == ONLY) {
                tally.check(recorded);
            }
        });
        System.out.println(tally + " on " + carrier());
        tally.assertAllEqual();
        if (ONLY < 0) {
            tally.assertAtLeast(FLOOR, 0);
        }
    }

    /** The carrier that this run of the tests is about. */
    private static String carrier() {
        String asked = System.getProperty("heddle.test.carrier");
        return asked != null ? asked : Runtime.version().feature() >= 24 ? "virtual" : "platform";
    }

    @Test
    void directStyle_runsOnTheCarrierThatThisRunMeansToTest() throws Exception {
        Thread[] of = new Thread[2];
        String kind = run(() -> {
            of[0] = Thread.currentThread();
            await(sleep(0));
            return of[0].getClass().getSimpleName();
        });
        boolean own = of[0].getName().startsWith("heddle-body-");
        String actual = !own ? "continuation" : kind.equals("VirtualThread") ? "virtual" : "platform";
        assertEquals(carrier(), actual);
    }
}
