package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.LoopBinding;
import heddle.api.Suspension;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Code that runs each of its steps on a thread of its own, to which the loop's thread is lent meanwhile. */
public record Lent(Awaitable<@Nullable Object> code) implements Awaitable<@Nullable Object> {

    @Override
    public Coroutine<@Nullable Object> coroutine() {
        Coroutine<@Nullable Object> run = code.coroutine();
        return new Coroutine<@Nullable Object>() {
            @Override
            public Suspension step() throws Throwable {
                return onLentThread(() -> advance(run, null));
            }

            @Override
            public Suspension raise(Throwable error) throws Throwable {
                return onLentThread(() -> advance(run, error));
            }

            @Override
            public @Nullable Object result() throws Exception {
                return run.result();
            }

            @Override
            public void close() {
                run.close();
            }
        };
    }

    private static Suspension advance(Coroutine<?> run, @Nullable Throwable error) throws Exception {
        try {
            return error == null ? run.step() : run.raise(error);
        } catch (Throwable e) {
            throw Bodies.<Exception>as(e);
        }
    }

    private static Suspension onLentThread(Callable<Suspension> step) throws Throwable {
        LoopBinding loops = LoopBinding.here();
        FutureTask<Suspension> result = new FutureTask<>(() -> {
            loops.lend();
            try {
                return step.call();
            } finally {
                LoopBinding.leave();
            }
        });
        Thread body = new Thread(result);
        body.setDaemon(true);
        body.start();
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
