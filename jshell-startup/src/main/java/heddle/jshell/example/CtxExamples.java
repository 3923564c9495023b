package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;

/** Whose context variables are seen where. */
final class CtxExamples {
    private CtxExamples() {}

    static void ctx1() throws Exception {
        var user = ContextVar.of("user", "nobody");
        user.set("ada");
        EventLoop.running().callSoon(() -> System.out.println("the callback sees " + user.get()));
        user.set("grace");
        await(sleep(0));
    }

    static void ctx2() throws Exception {
        var user = ContextVar.of("user", "nobody");
        var future = EventLoop.running().<String>createFuture();
        user.set("ada");
        future.addDoneCallback(done -> System.out.println("the callback sees " + user.get()));
        user.set("grace");
        future.setResult("a result");
        await(sleep(0));
    }

    static void ctx3() throws Exception {
        var user = ContextVar.of("user", "nobody");
        user.set("ada");
        var task = createTask(async(() -> {
            System.out.println("the task sees " + user.get());
            user.set("the task's own");
        }));
        user.set("grace");
        await(task);
        System.out.println("its creator still sees " + user.get());
    }

    static void ctx4() throws Exception {
        var user = ContextVar.of("user", "nobody");
        var context = Context.empty();
        EventLoop.running().callSoon(() -> user.set("ada"), context);
        await(sleep(0));
        System.out.println("in the context: " + context.get(user) + ", here: " + user.get());
    }

    static void ctx5() throws Exception {
        var user = ContextVar.of("user", "nobody");
        EventLoop.running().callSoon(() -> user.set("the callback's own"));
        EventLoop.running().callSoon(() -> System.out.println("another callback sees " + user.get()));
        await(createTask(async(() -> user.set("the task's own"))));
        System.out.println("the creator sees " + user.get());
    }

    static void ctx6() throws Exception {
        var user = ContextVar.of("user", "nobody");
        await(createTask(async(() -> {
            user.set("ada");
            await(sleep(0));
            System.out.println("a later step sees " + user.get());
            await(async(() -> user.set("grace"))); // awaited directly: the same task
            System.out.println("after a direct await: " + user.get());
        })));
    }

    static void ctx7() throws Exception {
        var user = ContextVar.of("user", "nobody");
        var loop = EventLoop.running();
        user.set("ada");
        var told = loop.<String>createFuture();
        await(loop.runInExecutor(null, () -> {
            user.set("the other thread's"); // a thread has a context of its own
            return loop.callSoonThreadsafe(() -> told.setResult(user.get()));
        }));
        System.out.println("the callback sees " + await(told));
    }

    static void ctx8() throws Exception {
        var user = ContextVar.of("user", "nobody");
        user.set("ada");
        System.out.println("the job sees " + await(EventLoop.running().runInExecutor(null, () -> user.get())));
        System.out.println("toThread takes it along: " + await(toThread(() -> user.get())));
    }
}
