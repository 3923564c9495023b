package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import heddle.api.spi.Inspectable;
import heddle.sync.Queue;
import java.util.ArrayList;

/** Timers and waiting. */
final class TimeExamples {
    private TimeExamples() {}

    static void time1() throws Exception {
        double before = EventLoop.running().time();
        await(sleep(0.01));
        System.out.println(EventLoop.running().time() > before);
    }

    static void time2(EventLoop loop) {
        System.out.println(loop.callLater(60, () -> {}).when());
        System.out.println(loop.callAt(loop.time() + 60, () -> {}).when());
    }

    static void time3(EventLoop loop) throws Exception {
        loop.callLater(3, () -> System.out.println("3"));
        loop.callLater(1, () -> System.out.println("1"));
        loop.callLater(2, () -> System.out.println("2"));
        loop.runUntilComplete(sleep(4));
    }

    static void time4(EventLoop loop) throws Exception {
        loop.callAt(1, () -> System.out.println("first"));
        loop.callAt(1, () -> System.out.println("second"));
        loop.callAt(1, () -> System.out.println("third"));
        loop.runUntilComplete(sleep(2));
    }

    static void time5(EventLoop loop) throws Exception {
        loop.callAt(1, () -> System.out.println("for 1, at " + loop.time()));
        for (int i = 1; i < 1000; i++) {
            loop.callAt(i / 1000.0, () -> {}); // wakes the loop before
        }
        loop.runUntilComplete(sleep(2));
    }

    static void time6() throws Exception {
        var loop = EventLoop.running();
        loop.callLater(-1, () -> System.out.println("the timer"));
        loop.callSoon(() -> System.out.println("the callback"));
        await(sleep(0));
        await(sleep(0));
    }

    static void time7() throws Exception {
        var loop = EventLoop.running();
        loop.callLater(-1, () -> System.out.println("a second ago"));
        loop.callAt(Double.NEGATIVE_INFINITY, () -> System.out.println("for ever ago"));
        System.out.println("scheduled");
        await(sleep(0));
        await(sleep(0));
    }

    static void time8(EventLoop loop) throws Exception {
        var timers = new ArrayList<Handle>();
        timers.add(loop.callAt(1, () -> timers.get(1).cancel()));
        timers.add(loop.callAt(1, () -> System.out.println("never")));
        loop.runUntilComplete(sleep(2));
        System.out.println(timers.get(1));
    }

    static void time9(EventLoop loop) throws Exception {
        var turns = new ArrayList<Double>();
        loop.addObserver(new LoopObserver() {
            @Override
            public void turnBegins() {
                turns.add(loop.time());
            }
        });
        for (int i = 1; i < 1000; i++) {
            loop.callLater(i / 1000.0, () -> {}).cancel();
        }
        loop.runUntilComplete(sleep(1));
        System.out.println("turns at " + turns);
    }

    static void time10() {
        try {
            EventLoop.running().callLater(Double.NaN, () -> System.out.println("never"));
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }

    static void time11(EventLoop loop) throws Exception {
        loop.callLater(Double.POSITIVE_INFINITY, () -> System.out.println("never"));
        loop.callAt(1e300, () -> System.out.println("never"));
        loop.runUntilComplete(sleep(3600));
        System.out.println("at " + loop.time());
    }

    static void time12(EventLoop ignored) throws Exception {
        run(
                () -> { // in real time: virtual time stands still while somebody is busy
                    var busy = createTask(async(() -> {
                        while (true) {
                            await(sleep(0));
                        }
                    }));
                    await(sleep(0.01));
                    System.out.println("the timer came, though somebody is always ready");
                    busy.cancel();
                });
    }

    static void time13(EventLoop loop) throws Exception {
        var turns = new ArrayList<Double>();
        loop.addObserver(new LoopObserver() {
            @Override
            public void turnBegins() {
                turns.add(loop.time());
            }
        });
        loop.runUntilComplete(sleep(3600));
        System.out.println("turns at " + turns);
    }

    static void time14(EventLoop loop) throws Exception {
        var hold = loop.hold("somebody outside");
        new Thread(() -> loop.callSoonThreadsafe(() -> {
                    System.out.println("held at " + loop.time());
                    hold.close();
                }))
                .start();
        loop.runUntilComplete(sleep(60));
        System.out.println("let go, at " + loop.time());
    }

    static void time15(EventLoop loop) throws Exception {
        var inbox = new Queue<String>();
        loop.createTask(inbox.get(), "reader");
        try {
            loop.runForever();
        } catch (DeadlockError e) {
            System.out.println(e.getMessage());
        }
    }

    static void time16(EventLoop loop) throws Exception {
        for (int i = 0; i < 10_000; i++) {
            loop.callLater(60, () -> {}).cancel();
        }
        System.out.println(((Inspectable) loop).timers().size() <= 100);
    }
}
