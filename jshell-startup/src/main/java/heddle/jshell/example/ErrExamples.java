package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import java.io.*;
import java.util.*;

/** Reports, lost failures, closing, and hostile arguments. */
final class ErrExamples {
    private ErrExamples() {}

    static void err1(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> System.out.println("reported: " + report.exception()));
        loop.callSoon(() -> {
            throw new IOException("torn");
        });
        loop.callSoon(() -> System.out.println("the other callback"));
        loop.runUntilComplete(sleep(0));
    }

    static void err2(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> {
            System.out.println("the handler fails, too");
            throw new IllegalStateException();
        });
        loop.callSoon(() -> {
            throw new IOException("torn");
        });
        System.out.println(loop.runUntilComplete(sleep(1, "the loop goes on")));
    }

    static void err3(EventLoop loop) {
        loop.callSoon(() -> {
            throw new InternalError("the virtual machine is in trouble");
        });
        loop.callSoon(() -> System.out.println("in the next run"));
        try {
            loop.runForever();
        } catch (InternalError e) {
            System.out.println(e.getMessage());
        }
        loop.stop();
        loop.runForever();
    }

    static void err4(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> System.out.println("reported: " + report.future()));
        var task = loop.createTask(
                async(() -> {
                    throw new IOException("torn");
                }),
                "task");
        loop.runUntilComplete(sleep(1));
        System.out.println("closing, done: " + task.done());
        loop.close();
    }

    static void err5(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> System.out.println("never"));
        var task = loop.createTask(async(() -> {
            throw new IOException("torn");
        }));
        loop.runUntilComplete(sleep(1));
        System.out.println("looked at: " + task.exception());
        loop.close();
        System.out.println("closed");
    }

    static void err6(EventLoop loop) throws Exception {
        var reports = new ArrayList<Throwable>();
        loop.setExceptionHandler((where, report) -> reports.add(report.exception()));
        loop.createTask(async(() -> {
            throw new IOException("nobody holds this task");
        }));
        while (reports.isEmpty()) {
            loop.runUntilComplete(sleep(1));
            System.gc();
        }
        System.out.println("reported: " + reports);
    }

    static void err7(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> System.out.println("never"));
        var task = loop.createTask(async(() -> {
            throw new IOException("torn");
        }));
        loop.runUntilComplete(sleep(1));
        System.gc();
        loop.runUntilComplete(sleep(3600));
        System.out.println("still to be looked at: " + task.exception());
    }

    static void err8(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> System.out.println("reported: " + report.exception()));
        loop.addObserver(new LoopObserver() {
            @Override
            public void taskCreated(Task<?> task) {
                throw new IllegalStateException("the observer is broken");
            }
        });
        System.out.println(loop.runUntilComplete(sleep(1, "the task isn't")));
    }

    static void err9() {
        try {
            EventLoop.running().close();
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }

    static void err10(EventLoop loop) {
        loop.close();
        System.out.println(loop.isClosed());
        try {
            loop.callSoon(() -> System.out.println("never"));
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        loop.close();
    }

    static void err11(EventLoop loop) {
        loop.callSoon(() -> System.out.println("never"));
        loop.close();
        System.out.println("closed");
    }

    static void err12(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> System.out.println("reported: " + report.future()));
        loop.createTask(
                async(() -> {
                    try {
                        await(sleep(60));
                    } finally {
                        System.out.println("its finally block runs");
                    }
                }),
                "task");
        loop.runUntilComplete(sleep(1));
        loop.close();
    }

    static void err13(EventLoop loop) {
        var future = loop.<String>createFuture();
        loop.close();
        System.out.println(future);
    }

    static void err14() throws Exception {
        Awaitable<String> broken = () -> {
            throw new IllegalStateException("no coroutine today");
        };
        try {
            await(createTask(broken));
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }

    static void err15(EventLoop loop) throws Exception {
        class Odd implements ThrowingConsumer<Object> {
            public void accept(Object done) {
                System.out.println("told");
            }

            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("can't compare");
            }

            @Override
            public int hashCode() {
                return 1;
            }
        }
        loop.setExceptionHandler((where, report) -> System.out.println("told of: " + report.exception()));
        var future = loop.<String>createFuture();
        future.addDoneCallback(new Odd());
        try {
            future.removeDoneCallback(new Odd());
        } catch (IllegalStateException e) {
            System.out.println("told of: " + e.getMessage());
        }
        future.setResult("a result");
        loop.runUntilComplete(sleep(0));
    }

    static void err16() {
        var task = createTask(sleep(60), "red \u001b[31m and\ntwo lines");
        System.out.println(task);
        task.cancel();
    }

    static void err17() {
        try {
            EventLoop.running().callSoon(null);
        } catch (NullPointerException e) {
            System.out.println(e.getMessage());
        }
    }
}
