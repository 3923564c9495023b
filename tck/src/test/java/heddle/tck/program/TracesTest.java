package heddle.tck.program;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.tck.model.ModelProvider;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Recorded programs have the traces that CPython made of them, line by line, turn by turn: in the build a sample with one of
 * each template, every tenth of the others, every fifth of the second batch, and the third. {@code -Dheddle.traces=all} runs all, {@code -Dheddle.traces=FILE} those of a
 * file that {@code src/record/record} wrote, {@code -Dheddle.traces.program=ID} one only.
 */
class TracesTest {

    private static final String WHICH = System.getProperty("heddle.traces", "");
    private static final int ONLY = Integer.getInteger("heddle.traces.program", -1);
    private static final int SLICE = 10;
    private static final int SLICE_OF_MORE = 5;

    @ParameterizedTest
    @EnumSource(Form.class)
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void recordedProgram_hasCPythonsTrace(Form form) {
        check(form, Engines.provider());
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @DisabledIfSystemProperty(
            named = "heddle.test.path",
            matches = "module",
            disabledReason = "nothing here depends on the path or the carrier, and once is long enough")
    void recordedProgram_onTheReferenceModel_hasCPythonsTrace() {
        PrintStream err = System.err;
        System.setErr(
                new PrintStream(OutputStream.nullOutputStream())); // the model reports there what its handler threw
        try {
            check(Form.CHAINS, new ModelProvider());
        } finally {
            System.setErr(err);
        }
    }

    private static void check(Form form, EngineProvider engine) {
        var tally = new Tally(form, engine);
        if (ONLY >= 0) {
            Recording.first().read(Set.of(ONLY), tally::check);
            Recording.more().read(Set.of(ONLY), tally::check);
            Recording.busy().read(Set.of(ONLY), tally::check);
        } else if (WHICH.equals("all")) {
            Recording.first().read(tally::check);
            Recording.more().read(tally::check);
            Recording.busy().read(tally::check);
        } else if (WHICH.isEmpty()) {
            checkSome(tally);
        } else {
            Recording.of(Path.of(WHICH)).read(tally::check);
        }
        System.out.println(tally + " on " + carrier());
        tally.assertAllEqual();
        if (ONLY < 0) {
            assertEnough(tally);
        }
    }

    private static void checkSome(Tally tally) {
        Set<Integer> sample = new HashSet<>();
        Recording.sample().read(recorded -> {
            sample.add(recorded.id());
            tally.check(recorded);
        });
        Recording.first().read(place -> place % SLICE == 0, recorded -> {
            if (!sample.contains(recorded.id())) {
                tally.check(recorded);
            }
        });
        Recording.more().read(place -> place % SLICE_OF_MORE == 0, tally::check);
        Recording.busy().read(tally::check);
    }

    private static void assertEnough(Tally tally) {
        switch (WHICH) {
            case "" -> tally.assertAtLeast(1_732, 200);
            case "all" -> tally.assertAtLeast(13_160, 200);
            default -> tally.assertAtLeast(1, 0);
        }
    }

    @Test
    void directStyle_runsOnTheCarrierThatThisRunMeansToTest() throws Exception {
        Thread[] body = new Thread[1];
        run(() -> {
            body[0] = Thread.currentThread();
            await(sleep(0));
        });
        boolean own = body[0].getName().startsWith("heddle-body-");
        boolean virtual = body[0].getClass().getSimpleName().equals("VirtualThread");
        assertEquals(carrier(), !own ? "continuation" : virtual ? "virtual" : "platform");
    }

    /** The carrier that this run of the tests is about. */
    private static String carrier() {
        String asked = System.getProperty("heddle.test.carrier");
        return asked != null ? asked : Runtime.version().feature() >= 24 ? "virtual" : "platform";
    }
}
