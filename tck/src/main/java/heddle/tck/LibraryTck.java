package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.Verdict.Status;
import heddle.tck.program.Form;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Runs programs of the library on an engine, from that engine's own build: extend this beside {@link EngineTck}, return your
 * provider, and run it as any test. What it judges is in {@link LibraryPrograms}; an engine that doesn't claim what the
 * programs need is reported as skipped.
 */
public abstract class LibraryTck {

    private static final int PROGRAMS = 1_000;
    private static final long SEED = 1;

    /** For subclasses. */
    protected LibraryTck() {}

    /**
     * The engine to certify.
     *
     * @return its provider, never null
     */
    protected abstract EngineProvider engine();

    @Test
    final void chains_haveTheTracesOfCPython() {
        check(Form.CHAINS);
    }

    @Test
    final void directStyle_hasTheTracesOfCPython() {
        check(Form.DIRECT);
    }

    private void check(Form form) {
        LibraryPrograms.Result result = LibraryPrograms.run(engine(), form, PROGRAMS, SEED);
        Assumptions.assumeFalse(result.status() == Status.NOT_CLAIMED, () -> "not claimed: " + result.detail());
        Assertions.assertEquals(Status.PASSED, result.status(), result::toString);
    }
}
