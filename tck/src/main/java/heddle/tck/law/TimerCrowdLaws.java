package heddle.tck.law;

import heddle.api.EventLoop;
import heddle.api.TimerHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The law of the chapter TIME about many timers at once, most of which are cancelled. */
final class TimerCrowdLaws {

    private static final int TIMERS = 300;

    /** How many cancelled ones a loop may hold, however few others there are. */
    private static final int FEW = 100;

    /** In how many crowds of a try the order is looked at. */
    private static final int CROWDS = 5;

    /** Seconds until a timer that no try waits for. */
    private static final double FAR = 1e6;

    private TimerCrowdLaws() {}

    @Law(value = "TIME-16", tries = 5)
    static void cancelledTimersAreLetGo(Trial t, Choices c) {
        int live = c.between("timers that stay", 1, FEW);
        Random random = new Random(c.between("times and order", 0, Choices.LARGEST));
        List<TimerHandle> stay = new ArrayList<>();
        List<WeakReference<TimerHandle>> cancelled = new ArrayList<>();
        t.run(() -> {
            List<TimerHandle> all = new ArrayList<>();
            for (int i = 0; i < TIMERS; i++) {
                all.add(t.loop().callLater(FAR + random.nextInt(TIMERS), t.saying("a timer long before its time")));
            }
            Collections.shuffle(all, random);
            stay.addAll(all.subList(0, live));
            for (TimerHandle timer : all.subList(live, TIMERS)) {
                timer.cancel();
                cancelled.add(new WeakReference<>(timer));
            }
        });
        Collector.collect();
        t.run(() -> {});
        long held = cancelled.stream().filter(timer -> timer.get() != null).count();
        t.check(
                held <= FEW,
                held + " of " + cancelled.size() + " timers that were cancelled are held, with " + live + " that wait");
        t.run(() -> stay.forEach(TimerHandle::cancel));
        for (int i = 0; i < CROWDS; i++) {
            t.run(t.moment(), () -> order(t, live, random));
            t.expect("all came");
        }
    }

    /** Cancels most of a crowd in any order; the others come in the order of their times. */
    private static void order(Trial t, int live, Random random) {
        EventLoop loop = t.loop();
        double now = loop.time();
        List<TimerHandle> all = new ArrayList<>();
        List<TimerHandle> came = new ArrayList<>();
        for (int i = 0; i < TIMERS; i++) {
            int number = i;
            double when = now + t.moment() * random.nextInt(FEW) / (2 * FEW);
            all.add(loop.callAt(when, () -> came.add(all.get(number))));
        }
        List<TimerHandle> drawn = new ArrayList<>(all);
        Collections.shuffle(drawn, random);
        drawn.subList(live, TIMERS).forEach(TimerHandle::cancel);
        List<TimerHandle> expected = new ArrayList<>(all);
        expected.removeIf(TimerHandle::cancelled);
        expected.sort(Comparator.comparingDouble(TimerHandle::when)); // stable: equal times keep their order
        loop.callAt(now + t.moment() * 0.9, () -> {
            t.check(came.equals(expected), "the others come in their order");
            t.say("all came");
        });
    }
}
