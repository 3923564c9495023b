package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Every call with null where the API takes none, by method and parameter. */
public final class Nulls {

    private Nulls() {}

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // null has any type
    private static <T> T none() {
        return (T) Holder.NOTHING[0];
    }

    private static final class Holder {
        static final @Nullable Object[] NOTHING = {null};
    }

    public static Map<String, ThrowingRunnable> calls(
            EngineProvider engine, EventLoop loop, Promise<@Nullable Object> promise, Task<@Nullable Object> task) {
        Map<String, ThrowingRunnable> calls = new LinkedHashMap<>();
        ThrowingRunnable callback = () -> {};
        ThrowingConsumer<Future<@Nullable Object>> done = future -> {};
        calls.put("callSoon callback", () -> loop.callSoon(Nulls.<ThrowingRunnable>none()));
        calls.put(
                "callSoon(callback,context) callback",
                () -> loop.callSoon(Nulls.<ThrowingRunnable>none(), Context.empty()));
        calls.put("callSoon(callback,context) context", () -> loop.callSoon(callback, Nulls.<Context>none()));
        calls.put("callSoonThreadsafe callback", () -> loop.callSoonThreadsafe(Nulls.<ThrowingRunnable>none()));
        calls.put("callLater callback", () -> loop.callLater(0, Nulls.<ThrowingRunnable>none()));
        calls.put("callAt callback", () -> loop.callAt(0, Nulls.<ThrowingRunnable>none()));
        calls.put("createFuture what", () -> loop.createFuture(Nulls.none()));
        calls.put("createTask awaitable", () -> loop.createTask(Nulls.<Awaitable<Object>>none()));
        calls.put("runInExecutor job", () -> loop.runInExecutor(null, Nulls.<Callable<Object>>none()));
        calls.put("setDefaultExecutor executor", () -> loop.setDefaultExecutor(Nulls.<ExecutorService>none()));
        calls.put("callExceptionHandler report", () -> loop.callExceptionHandler(Nulls.<ErrorReport>none()));
        calls.put("defaultExceptionHandler report", () -> loop.defaultExceptionHandler(Nulls.<ErrorReport>none()));
        calls.put("addObserver observer", () -> loop.addObserver(Nulls.<LoopObserver>none()));
        calls.put("removeObserver observer", () -> loop.removeObserver(Nulls.<LoopObserver>none()));
        calls.put("hold why", () -> loop.hold(Nulls.<String>none()));
        calls.put(
                "addDoneCallback callback",
                () -> promise.addDoneCallback(Nulls.<ThrowingConsumer<Future<@Nullable Object>>>none()));
        calls.put(
                "addDoneCallback(callback,context) context",
                () -> promise.addDoneCallback(done, Nulls.<Context>none()));
        calls.put(
                "removeDoneCallback callback",
                () -> promise.removeDoneCallback(Nulls.<ThrowingConsumer<Future<@Nullable Object>>>none()));
        calls.put("setException exception", () -> promise.setException(Nulls.<Throwable>none()));
        calls.put("onCancel cancellation", () -> promise.onCancel(Nulls.<Promise.Cancellation>none()));
        calls.put("setName name", () -> task.setName(Nulls.<String>none()));
        calls.put("newEventLoop options", () -> engine.newEventLoop(Nulls.<EngineOptions>none()));
        return calls;
    }
}
