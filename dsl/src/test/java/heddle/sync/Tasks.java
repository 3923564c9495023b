package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.sleep;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.LoopObserver;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.dsl.Heddle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs a test's tasks on virtual time, and notes who does what in which turn. */
final class Tasks implements LoopObserver {

    final List<String> notes = new ArrayList<>();
    private int turn;

    private Tasks() {}

    interface Main {
        void run(Tasks tasks) throws Exception;
    }

    /** Runs {@code main} as a body; one that hangs fails with the deadlock. */
    static void run(Main main) throws Exception {
        Heddle.run(
                () -> {
                    Tasks tasks = new Tasks();
                    EventLoop.running().addObserver(tasks);
                    main.run(tasks);
                },
                EngineOptions.DEFAULT.withVirtualTime());
    }

    @Override
    public void turnBegins() {
        turn++;
    }

    int turn() {
        return turn;
    }

    /** How many turns awaiting it takes. */
    int costOf(Awaitable<?> awaitable) throws Exception {
        int before = turn;
        await(awaitable);
        return turn - before;
    }

    void note(Object what) {
        notes.add(String.valueOf(what));
    }

    /** A task that waits for {@code awaitable}, and notes under {@code name} what comes of it. */
    Task<?> waiter(String name, Awaitable<?> awaitable) {
        return body(() -> note(name + " = " + await(awaitable)), name);
    }

    /** A task that runs {@code body}, and notes under {@code name} what it fails with. */
    Task<?> body(ThrowingRunnable body, String name) {
        return createTask(Heddle.async(() -> noting(name, body)), name);
    }

    private void noting(String name, ThrowingRunnable body) throws Exception {
        try {
            body.run();
        } catch (CancelledError e) {
            note(name + " cancelled" + (e.getMessage() == null ? "" : " " + e.getMessage()));
            throw e;
        } catch (Exception e) {
            note(name + " ! " + e.getClass().getSimpleName());
        }
    }

    /** Lets {@code n} turns pass. */
    static void turns(int n) throws Exception {
        for (int i = 0; i < n; i++) {
            await(sleep(0));
        }
    }

    /** What was noted since the last call. */
    List<String> taken() {
        List<String> taken = List.copyOf(notes);
        notes.clear();
        return taken;
    }

    /** Whether it throws a CancelledError: an assertion on code that ends the test's own task would end the test. */
    static boolean isCancelled(Callable<?> code) throws Exception {
        try {
            code.call();
            return false;
        } catch (CancelledError e) {
            return true;
        }
    }
}
