package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import java.io.*;

/** Outcomes and done-callbacks. */
final class FutExamples {
    private FutExamples() {}

    static void fut1() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        future.setResult("first");
        System.out.println(future.cancel());
        try {
            future.setResult("second");
        } catch (InvalidStateException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(future.result());
    }

    static void fut2() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        try {
            future.result();
        } catch (InvalidStateException e) {
            System.out.println(e.getMessage());
        }
    }

    static void fut3() {
        var future = EventLoop.running().<String>createFuture();
        var error = new IOException("torn");
        future.setException(error);
        System.out.println(future.exception() == error);
        System.out.println(future.exception() == error);
    }

    static void fut4() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        future.cancel("no time left");
        try {
            future.result();
        } catch (CancelledError e) {
            System.out.println(e.getMessage());
        }
    }

    static void fut5() {
        var future = EventLoop.running().<String>createFuture();
        System.out.println(future.cancel() + ", " + future.cancelled());
        System.out.println(future.cancel() + ", " + future.cancelled());
    }

    static void fut6() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        future.addDoneCallback(done -> System.out.println("told of " + done.result()));
        future.setResult("a result");
        System.out.println("setResult has returned");
        await(sleep(0));
    }

    static void fut7() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        future.addDoneCallback(done -> System.out.println("first: " + (done == future)));
        future.addDoneCallback(done -> System.out.println("second: " + (done == future)));
        future.setResult("a result");
        await(sleep(0));
    }

    static void fut8() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        ThrowingConsumer<Object> hello = done -> System.out.println("hello");
        future.addDoneCallback(hello);
        future.addDoneCallback(hello);
        System.out.println(future.removeDoneCallback(hello) + " removed");
        future.addDoneCallback(hello);
        future.addDoneCallback(hello);
        future.setResult("a result");
        await(sleep(0));
    }

    static void fut9() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        ThrowingConsumer<Object> hello = done -> System.out.println("hello");
        future.addDoneCallback(hello);
        future.setResult("a result");
        System.out.println(future.removeDoneCallback(hello) + " removed");
        await(sleep(0));
    }

    static void fut10(EventLoop loop) throws Exception {
        loop.setExceptionHandler((where, report) -> System.out.println("reported: " + report.exception()));
        var future = loop.<String>createFuture();
        future.addDoneCallback(done -> {
            throw new IOException("torn");
        });
        future.addDoneCallback(done -> System.out.println("the other one"));
        future.setResult("a result");
        loop.runUntilComplete(sleep(0));
    }

    static void fut11() {
        var future = EventLoop.running().<String>createFuture();
        future.setException(new CancelledError("set as an exception"));
        System.out.println("cancelled: " + future.cancelled());
        System.out.println(future.exception().getMessage());
    }

    static void fut12() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        var first = createTask(async(() -> {
            await(future);
            System.out.println("the first task");
        }));
        await(sleep(0)); // now it waits
        future.addDoneCallback(done -> System.out.println("the callback"));
        var second = createTask(async(() -> {
            await(future);
            System.out.println("the second task");
        }));
        await(sleep(0));
        future.setResult("a result");
        await(gather(first, second));
    }

    static void fut13() {
        var promise = EventLoop.running().<String>createFuture();
        promise.onCancel(message -> {
            System.out.println("asked to: " + message);
            return false;
        });
        System.out.println(promise.cancel("enough") + ", " + promise.cancelled());
    }

    static void fut14() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        future.addDoneCallback(done -> {
            future.addDoneCallback(later -> System.out.println("third, added meanwhile"));
            System.out.println("first");
        });
        future.addDoneCallback(done -> System.out.println("second"));
        future.setResult("a result");
        await(sleep(0));
        await(sleep(0));
    }

    static void fut15() throws Exception {
        var loop = EventLoop.running();
        var future = loop.<String>createFuture();
        loop.callSoon(() -> future.setResult("a result"));
        System.out.println(await(future) + ", after a pause");
        loop.callSoon(() -> System.out.println("somebody else"));
        System.out.println(await(future) + ", without a pause");
        await(sleep(0));
    }
}
