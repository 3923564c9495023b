package heddle.tck.law;

import heddle.api.Context;
import heddle.api.ContextVar;
import heddle.api.EventLoop;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter CTX. */
final class ContextLaws {

    private static final ContextVar<String> COLOUR = ContextVar.of("colour", "none");

    private ContextLaws() {}

    private static void sayColour(Trial t, String who) {
        t.say(who + " sees " + COLOUR.get());
    }

    /** Does something in a context with a colour, and changes the colour after. */
    private static void within(String colour, Runnable schedule) {
        COLOUR.set(colour);
        schedule.run();
        COLOUR.set("changed");
    }

    @Law("CTX-1")
    static void callbackSeesTheContextOfItsScheduling(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 1, 4);
        List<String> expected = new ArrayList<>();
        if (c.flag("another thread prepares") && t.claims(Capability.DRIVEN) && t.claims(Capability.THREADS)) {
            t.elsewhere(() -> within("preparer's", () -> loop.callSoon(() -> sayColour(t, "callback"))));
            expected.add("callback sees preparer's");
        }
        t.run(t.moment(), () -> {
            for (int i = 0; i < callbacks; i++) {
                String colour = "colour " + i;
                within(colour, () -> loop.callSoon(() -> sayColour(t, "callback")));
                expected.add("callback sees " + colour);
            }
            within("timer's", () -> loop.callLater(t.moment() / 2, () -> sayColour(t, "timer")));
            expected.add("timer sees timer's");
        });
        t.expect(expected);
    }

    @Law("CTX-2")
    static void doneCallbackSeesTheContextOfItsRegistration(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 4);
        boolean doneBefore = c.flag("done before");
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            if (doneBefore) {
                promise.setResult(null);
            }
            for (int i = 0; i < callbacks; i++) {
                String colour = "colour " + i;
                within(colour, () -> promise.addDoneCallback(done -> sayColour(t, "callback")));
                expected.add("callback sees " + colour);
            }
            if (!doneBefore) {
                promise.setResult(null);
            }
        });
        t.expect(expected);
    }

    @Law("CTX-3")
    static void taskHasACopyOfItsCreatorsContext(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int tasks = c.between("tasks", 1, 3);
        boolean inTask = c.flag("in a task");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            expected.add("task sees colour " + i);
        }
        expected.add(0, "creator sees changed");
        expected.add("creator sees changed");
        if (c.flag("another thread prepares") && t.claims(Capability.DRIVEN) && t.claims(Capability.THREADS)) {
            t.elsewhere(() -> within(
                    "preparer's",
                    () -> loop.createTask(Body.of(() -> {
                        sayColour(t, "task");
                        return null;
                    }))));
            expected.add(0, "task sees preparer's");
        }
        Body.Piece create = () -> {
            for (int i = 0; i < tasks; i++) {
                within(
                        "colour " + i,
                        () -> t.loop().createTask(Body.of(() -> {
                            sayColour(t, "task");
                            COLOUR.set("written by a task");
                            return null;
                        })));
            }
            sayColour(t, "creator");
            return null;
        };
        t.run(() -> {
            if (inTask) {
                t.loop().createTask(Body.of(create, () -> Bodies.YIELD, () -> {
                    sayColour(t, "creator");
                    return null;
                }));
            } else {
                Bodies.run(create);
                Context own = LoopBinding.here().context();
                new Delay(t.loop(), 5, () -> t.say("creator sees " + own.get(COLOUR))).run();
            }
        });
        t.expect(expected);
    }

    @Law("CTX-4")
    static void givenContextIsUsedItself(Trial t, Choices c) {
        int how = c.between("how", 0, 2);
        Context context = Context.empty();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            COLOUR.set("the caller's");
            Body.Piece write = () -> {
                sayColour(t, "code");
                COLOUR.set("written");
                return null;
            };
            switch (how) {
                case 0 -> {
                    Handle handle = t.loop().callSoon(() -> Bodies.run(write), context);
                    t.check(handle != null && !handle.cancelled(), "it has a handle, which isn't cancelled");
                }
                case 1 -> promise.addDoneCallback(done -> Bodies.run(write), context);
                default -> {
                    Task<@Nullable Object> task = t.loop().createTask(Body.of(write), null, context);
                    t.same(context, task.context(), "the context of a task");
                }
            }
            promise.setResult(null);
        });
        t.expect("code sees none");
        t.check(context.contains(COLOUR), "what the code wrote is in the context that was given");
        t.equal("written", context.get(COLOUR), "what the code wrote");
    }

    @Law("CTX-5")
    static void writesAreSeenByNobodyElse(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int parties = c.between("parties", 1, 5);
        int throwing = c.between("which one throws", 0, parties);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < parties; i++) {
                int number = i;
                boolean task = c.flag("a task");
                expected.add("party sees none");
                Body.Piece write = () -> {
                    sayColour(t, "party");
                    COLOUR.set("written by " + number);
                    if (number == throwing) {
                        throw new Exception("problem");
                    }
                    return null;
                };
                if (task) {
                    loop.createTask(Body.of(write));
                } else {
                    loop.callSoon(() -> Bodies.run(write));
                }
            }
        });
        t.expect(expected);
        t.equal("none", COLOUR.get(), "what the thread that ran the loop sees");
    }

    @Law("CTX-6")
    static void stepsOfATaskShareItsContext(Trial t, Choices c) {
        int steps = c.between("steps", 1, 5);
        List<Body.Piece> pieces = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<Context> seen = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            int number = i;
            expected.add("step sees " + (i == 0 ? "none" : "written by " + (i - 1)));
            pieces.add(() -> {
                sayColour(t, "step");
                COLOUR.set("written by " + number);
                seen.add(LoopBinding.here().context());
                return pause(t, c.between("pause", 0, 2));
            });
        }
        List<Task<@Nullable Object>> made = new ArrayList<>();
        t.run(() -> made.add(t.loop().createTask(Body.of(pieces).catching(error -> null))));
        t.expect(expected);
        for (Context context : seen) {
            t.same(made.get(0).context(), context, "the current context in a step");
        }
    }

    private static @Nullable Suspension pause(Trial t, int how) {
        Promise<@Nullable Object> promise = t.loop().createFuture();
        t.loop().callSoon(() -> Bodies.complete(promise, null, how == 2 ? new Exception("problem") : null));
        return how == 0 ? Bodies.YIELD : promise;
    }

    @Law("CTX-7")
    static void postSeesItsPostersContext(Trial t, Choices c) {
        int posts = c.between("posts", 1, 4);
        boolean fromLoop = c.flag("from the loop's thread");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            expected.add("post sees colour " + i);
        }
        t.run(() -> {
            if (fromLoop) {
                post(t, posts);
            } else {
                t.elsewhere(() -> post(t, posts));
            }
        });
        t.expect(expected);
    }

    private static void post(Trial t, int posts) {
        for (int i = 0; i < posts; i++) {
            within("colour " + i, () -> t.loop().callSoonThreadsafe(() -> sayColour(t, "post")));
        }
    }

    @Law("CTX-8")
    static void jobDoesNotSeeItsCallersContext(Trial t, Choices c) {
        boolean inline = c.flag("an executor that runs jobs inline");
        if (t.claims(Capability.VIRTUAL_TIME)) {
            t.clock().expectCalls();
        }
        CountDownLatch ran = new CountDownLatch(1);
        t.run(() -> {
            COLOUR.set("the caller's");
            t.loop().runInExecutor(inline ? Runnable::run : null, () -> {
                sayColour(t, "job");
                ran.countDown();
                return null;
            });
            sayColour(t, "caller");
            t.await(ran, "the job");
        });
        t.check(t.trace().contains("job sees none"), "a job doesn't see its caller's context: " + t.trace());
        t.check(t.trace().contains("caller sees the caller's"), "a caller keeps its context: " + t.trace());
    }
}
