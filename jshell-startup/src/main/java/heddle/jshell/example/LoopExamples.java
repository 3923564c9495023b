package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import heddle.api.spi.*;
import java.util.*;

/** Callbacks, turns, runs. */
final class LoopExamples {
    private LoopExamples() {}

    static void loop1() throws Exception {
        EventLoop.running().callSoon(() -> System.out.println("the callback"));
        System.out.println("callSoon has returned");
        await(sleep(0));
    }

    static void loop2() throws Exception {
        for (var name : List.of("first", "second", "third")) {
            EventLoop.running().callSoon(() -> System.out.println(name));
        }
        await(sleep(0));
    }

    static void loop3() throws Exception {
        var loop = EventLoop.running();
        loop.callSoon(() -> {
            loop.callSoon(() -> System.out.println("in the next turn"));
            System.out.println("in this turn");
        });
        loop.callSoon(() -> System.out.println("in this turn, too"));
        await(sleep(0));
        await(sleep(0));
    }

    static void loop4() throws Exception {
        var handles = new ArrayList<Handle>();
        var loop = EventLoop.running();
        handles.add(loop.callSoon(() -> handles.get(1).cancel()));
        handles.add(loop.callSoon(() -> System.out.println("never")));
        await(sleep(0));
        System.out.println(handles.get(1).cancelled());
    }

    static void loop5(EventLoop loop) {
        loop.callSoon(loop::stop);
        loop.callSoon(() -> {
            System.out.println("in the turn of the stop");
            loop.callSoon(() -> System.out.println("in the next run"));
        });
        loop.runForever();
        System.out.println("stopped");
        loop.stop();
        loop.runForever();
    }

    static void loop6(EventLoop loop) {
        loop.callSoon(() -> System.out.println("one turn"));
        loop.callLater(3600, () -> System.out.println("never"));
        loop.stop();
        loop.runForever();
        System.out.println("over at " + loop.time());
    }

    static void loop7(EventLoop loop) {
        loop.callSoon(() -> System.out.println("in the run: " + loop.isRunning()));
        System.out.println("before: " + loop.isRunning());
        loop.stop();
        loop.runForever();
        System.out.println("after: " + loop.isRunning());
    }

    static void loop8(EventLoop loop) {
        loop.callSoon(() -> {
            try {
                loop.runForever();
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
            }
        });
        loop.callSoon(() -> System.out.println("the running loop goes on"));
        loop.stop();
        loop.runForever();
    }

    static void loop9(EventLoop loop) throws Exception {
        System.out.println(loop.runUntilComplete(sleep(1, "rested")));
        var error = new IllegalArgumentException("torn");
        try {
            loop.runUntilComplete(async(() -> {
                throw error;
            }));
        } catch (IllegalArgumentException e) {
            System.out.println(e == error);
        }
    }

    static void loop10(EventLoop loop) throws Exception {
        var future = loop.<String>createFuture();
        loop.callSoon(loop::stop);
        try {
            loop.runUntilComplete(future);
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(future);
    }

    static void loop11(EventLoop loop) throws Exception {
        var future = loop.<String>createFuture();
        future.addDoneCallback(done -> {
            System.out.println("told");
            loop.callSoon(() -> System.out.println("what it scheduled"));
        });
        loop.callSoon(() -> future.setResult("a result"));
        System.out.println(loop.runUntilComplete(future));
        loop.runUntilComplete(sleep(0));
    }

    static void loop12(EventLoop loop) throws Exception {
        loop.runUntilComplete(async(() -> System.out.println(EventLoop.running() == loop)));
        try {
            EventLoop.running();
        } catch (IllegalStateException e) {
            System.out.println("after the run it speaks for none");
        }
    }

    static void loop13(EventLoop loop) {
        loop.addObserver(new LoopObserver() {
            @Override
            public void callbackBegins(Handle handle) {
                System.out.println("begins");
            }

            @Override
            public void callbackEnds(Handle handle) {
                System.out.println("ends");
            }
        });
        loop.callSoon(() -> System.out.println("the callback"));
        loop.stop();
        loop.runForever();
    }

    static void loop14() {
        System.out.println(
                EventLoop.running().capabilities().equals(Engines.provider().capabilities()));
    }

    static void loop15(EventLoop loop) {
        loop.callLater(2, loop::stop);
        loop.callLater(1, () -> System.out.println("the timer at " + loop.time()));
        var cancelled = loop.callSoon(() -> System.out.println("never"));
        loop.callSoon(() -> loop.callSoon(() -> System.out.println("the second turn")));
        loop.callSoon(() -> System.out.println("the first turn"));
        cancelled.cancel();
        loop.runForever();
        System.out.println("stopped at " + loop.time());
    }
}
