package heddle.tck.law;

import heddle.api.Context;
import heddle.api.LoopBinding;
import heddle.api.spi.EngineProvider;

/** One try of a law, which may be watched from another thread. */
public final class LawTry {

    private final Replay.Code law;
    private final Choices choices;
    private final Trial trial;

    LawTry(Replay.Code law, EngineProvider engine, Choices choices) {
        this.law = law;
        this.choices = choices;
        trial = new Trial(engine);
    }

    /**
     * Runs it, and closes its loops.
     *
     * @throws AssertionError if the engine broke the rule; its message says what was expected and what came
     */
    public void run() {
        choices.rewind();
        LoopBinding.here().swapContext(Context.empty());
        try (trial) {
            law.judge(trial, choices);
        } catch (Throwable e) {
            trial.failed(e);
        } finally {
            LoopBinding.leave(); // an engine may have forgotten to: the next try shall not suffer
        }
        trial.rethrow();
    }

    /** Gives it up, from another thread: whoever waits in it fails. */
    public void abandon() {
        trial.abandon();
    }

    /**
     * How things stand: what was chosen, the loops, what they reported, and what happened so far. Safe from any thread.
     *
     * @return some lines
     */
    public String state() {
        return "\n  choices: " + choices + trial.state();
    }
}
