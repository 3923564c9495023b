package heddle.tck.law;

import heddle.api.EventLoop;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.tck.model.ModelProvider;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Runs what the kit printed, at the prompt: whoever looks for a mistake may change the code, and run it again. */
public final class Replay {

    private Replay() {}

    /** The code of a law. */
    @FunctionalInterface
    public interface Code {
        /** Judges. */
        void judge(Trial t, Choices c) throws Throwable;
    }

    /**
     * Judges an engine by a law.
     *
     * @param engine the engine
     * @param law the law
     * @param numbers what it draws its program from
     * @return what is wrong, or that nothing is
     */
    public static String law(EngineProvider engine, Code law, Integer... numbers) {
        LawTry attempt = new LawTry(law, engine, Choices.of(Arrays.asList(numbers)));
        try {
            attempt.run();
            return "kept" + attempt.state();
        } catch (AssertionError e) {
            return e.getMessage() + attempt.state();
        }
    }

    /**
     * Runs a program on an engine and on the reference model.
     *
     * @param engine the engine
     * @param program makes the program, once for each
     * @return both traces side by side
     */
    public static String program(EngineProvider engine, Supplier<? extends Scripted> program) {
        List<String> expected = trace(new ModelProvider(), program.get());
        List<String> came = trace(engine, program.get());
        return (expected.equals(came) ? "both the same" : "differs") + SideBySide.of(expected, came);
    }

    /** The trace of a program on an engine. */
    static List<String> trace(EngineProvider engine, Scripted program) {
        TestClock clock = new TestClock();
        EventLoop loop = engine.newEventLoop(EngineOptions.DEFAULT.withTimeSource(clock));
        try {
            return program.run(loop, clock);
        } finally {
            loop.close();
        }
    }
}
