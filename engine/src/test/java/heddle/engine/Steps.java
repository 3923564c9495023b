package heddle.engine;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.Pause;
import heddle.api.Suspension;
import java.util.List;

/** A coroutine object for tests: each of its steps is a piece of code that says what it waits for. */
final class Steps<T> implements Awaitable<T> {

    /** What one step does. */
    interface Step {
        Suspension run() throws Exception;
    }

    private final T result;
    private final List<Step> steps;
    boolean closed;

    private Steps(T result, List<Step> steps) {
        this.result = result;
        this.steps = steps;
    }

    static <T> Steps<T> giving(T result, Step... steps) {
        return new Steps<>(result, List.of(steps));
    }

    static Steps<String> of(Step... steps) {
        return new Steps<>("done", List.of(steps));
    }

    @Override
    public Coroutine<T> coroutine() {
        return new Coroutine<>() {
            private int next;

            @Override
            public Suspension step() throws Exception {
                return next < steps.size() ? steps.get(next++).run() : Pause.FINISHED;
            }

            @Override
            public Suspension raise(Throwable error) throws Throwable {
                throw error;
            }

            @Override
            public T result() {
                return result;
            }

            @Override
            public void close() {
                closed = true;
                if (next > 0) {
                    try {
                        raise(new CoroutineExit());
                    } catch (CoroutineExit expected) {
                        // it ended
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };
    }
}
