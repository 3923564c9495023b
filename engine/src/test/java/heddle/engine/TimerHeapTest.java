package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Context;
import heddle.api.spi.EngineOptions;
import heddle.engine.nio.NioEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TimerHeapTest {

    private final AbstractEventLoop loop =
            (AbstractEventLoop) new NioEngine().newEventLoop(EngineOptions.DEFAULT.withVirtualTime());

    @Property(tries = 100)
    void first_addedAndCancelledAtRandom_comesByTimeThenByOrder(
            @ForAll @IntRange(min = 0, max = 600) int count,
            @ForAll @IntRange(min = 0, max = 100) int cancelledPercent,
            @ForAll long seed) {
        Random random = new Random(seed);
        TimerHeap heap = loop.timers;
        List<LoopTimer> live = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LoopTimer timer = new LoopTimer(loop, random.nextInt(50), () -> {}, Context.empty());
            heap.add(timer);
            live.add(timer);
            if (random.nextInt(100) < cancelledPercent) {
                live.remove(random.nextInt(live.size())).cancel();
            }
        }
        live.sort(Comparator.comparingLong(timer -> timer.deadline)); // stable, so equal ones stay in order
        List<LoopTimer> taken = new ArrayList<>();
        for (LoopTimer timer = heap.first(); timer != null; timer = heap.first()) {
            heap.removeFirst();
            taken.add(timer);
        }
        assertEquals(live, taken);
        assertNull(heap.first());
    }

    @Property(tries = 20)
    void cancel_mostOfMany_dropsThem(@ForAll @IntRange(min = 1000, max = 5000) int count) {
        TimerHeap heap = loop.timers;
        heap.clear();
        List<LoopTimer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LoopTimer timer = new LoopTimer(loop, i, () -> {}, Context.empty());
            heap.add(timer);
            all.add(timer);
        }
        all.subList(0, count * 9 / 10).forEach(LoopTimer::cancel);
        long queued = all.stream().filter(timer -> timer.queued).count();
        assertEquals(true, queued <= count / 5 + 101, () -> queued + " of " + count + " are still queued");
        heap.clear();
    }

    @Test
    void cancel_ninetyPercentOfAMillion_leavesFewBehind() {
        TimerHeap heap = loop.timers;
        Random random = new Random(42);
        LoopTimer[] all = new LoopTimer[1_000_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = new LoopTimer(loop, random.nextInt(all.length), () -> {}, Context.empty());
            heap.add(all[i]);
        }
        for (int i = 0; i < all.length; i++) {
            if (i % 10 != 9) {
                all[i].cancel();
            }
        }
        long queued = Arrays.stream(all).filter(timer -> timer.queued).count();
        int live = all.length / 10;
        assertTrue(queued <= 2 * live, () -> queued + " are queued, of which " + live + " are live");
        heap.clear();
    }
}
