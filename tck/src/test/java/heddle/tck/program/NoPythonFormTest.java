package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import heddle.dsl.Heddle;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Rules of asyncio that hold in Java by type, or have nothing to hold about. */
class NoPythonFormTest {

    @Test
    void rule28_aDelayIsANumber() throws Exception {
        assertEquals(
                double.class,
                EventLoop.class.getMethod("callLater", double.class, ThrowingRunnable.class)
                        .getParameterTypes()[0]);
    }

    @Test
    void rule40_anExceptionIsAnObject() throws Exception {
        assertEquals(
                void.class,
                Promise.class.getMethod("setException", Throwable.class).getReturnType());
    }

    @Test
    void rules41and68_everyExceptionIsOne() {
        EventLoop loop = Engines.provider().newEventLoop(EngineOptions.DEFAULT.withVirtualTime());
        NoSuchElementException end = new NoSuchElementException("what Java's iterators throw at their end");
        Promise<Object> promise = loop.createFuture();
        promise.setException(end);
        assertSame(end, assertThrows(NoSuchElementException.class, promise::result));

        Task<Object> task = loop.createTask(Heddle.chain(1).then(() -> {
            throw end;
        }));
        assertSame(end, assertThrows(NoSuchElementException.class, () -> loop.runUntilComplete(task)));
        loop.close();
    }

    @Test
    void rule47_aTaskIsNoPromise() {
        assertFalse(Promise.class.isAssignableFrom(Task.class));
    }
}
