package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.sync.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and exceptions whose own methods throw reach whom they are for, and can be shown. */
class HostileValuesTest {

    /** A value that throws {@code thrown} whatever is asked of it. */
    private record Hostile(Throwable thrown) {
        @Override
        public String toString() {
            throw Throwables.raise(thrown);
        }

        @Override
        public boolean equals(Object other) {
            throw Throwables.raise(thrown);
        }

        @Override
        public int hashCode() {
            throw Throwables.raise(thrown);
        }
    }

    private static final class HostileException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Throwable thrown;

        HostileException(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public String getMessage() {
            throw Throwables.raise(thrown);
        }

        @Override
        public String toString() {
            throw Throwables.raise(thrown);
        }
    }

    private static Throwable make(Class<? extends Throwable> type) throws ReflectiveOperationException {
        return type.getDeclaredConstructor().newInstance();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {IllegalStateException.class, StackOverflowError.class, AssertionError.class, LinkageError.class})
    void valueThatCantBeShown_isPassedOn_andItsTaskIsShown(Class<? extends Throwable> type) throws Exception {
        Hostile value = new Hostile(make(type));
        run(() -> {
            Task<Hostile> task = createTask(async(() -> value));
            assertSame(value, await(task));
            assertTrue(task.toString().startsWith("Task-2 done: Hostile whose toString throws"), task::toString);
            Queue<Object> queue = new Queue<>();
            queue.putNowait(value);
            assertSame(value, await(queue.get()));
            Promise<Object> promise = EventLoop.running().createFuture();
            promise.setResult(value);
            assertSame(value, await(promise));
        });
    }

    @ParameterizedTest
    @ValueSource(
            classes = {IllegalStateException.class, StackOverflowError.class, AssertionError.class, LinkageError.class})
    void exceptionThatCantBeShown_isThrown_andItsTaskIsShown(Class<? extends Throwable> type) throws Exception {
        HostileException failure = new HostileException(make(type));
        run(() -> {
            Task<Object> task = createTask(async(() -> {
                throw failure;
            }));
            await(sleep(0));
            await(sleep(0));
            assertEquals("Task-2 failed: HostileException", task.toString());
            try {
                await(task);
            } catch (HostileException e) {
                assertSame(failure, e);
                return;
            }
            throw new AssertionError("no failure");
        });
    }
}
