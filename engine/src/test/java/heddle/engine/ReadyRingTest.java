package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReadyRingTest {

    @Property(tries = 200)
    void addAndTake_anyMix_areFirstInFirstOut(
            @ForAll @Size(max = 40) List<@IntRange(min = -80, max = 80) Integer> moves) {
        ReadyRing ring = new ReadyRing();
        Queue<Ready> model = new ArrayDeque<>();
        for (int move : moves) {
            for (int i = 0; i < move; i++) {
                Ready next = Ready.of(() -> {});
                ring.add(next);
                model.add(next);
            }
            for (int i = 0; i < -move && !model.isEmpty(); i++) {
                assertSame(model.remove(), ring.take());
            }
            assertEquals(model.size(), ring.size());
        }
        while (!model.isEmpty()) {
            assertSame(model.remove(), ring.take());
        }
        assertThrows(IllegalStateException.class, ring::take);
    }

    @Test
    void clear_full_leavesItEmptyAndUsable() {
        ReadyRing ring = new ReadyRing();
        for (int i = 0; i < 100; i++) {
            ring.add(Ready.of(() -> {}));
        }
        ring.clear();
        assertEquals(0, ring.size());
        Ready one = Ready.of(() -> {});
        ring.add(one);
        assertSame(one, ring.take());
    }

    @Test
    void snapshot_workOfAnotherMake_isShownItself() {
        ReadyRing ring = new ReadyRing();
        Runnable work = () -> {};
        ring.add(Ready.of(work));
        assertEquals(List.of(work), ring.snapshot());
        assertEquals(work.toString(), ring.take().toString());
    }
}
