package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {

    private final Event event = new Event();

    @Test
    void await_set_givesNullAtOnce() throws Exception {
        Tasks.run(tasks -> {
            assertFalse(event.isSet());
            event.set();
            assertTrue(event.isSet());
            assertEquals(0, tasks.costOf(event.await()));
            assertNull(await(event.await()));
            event.clear();
            assertFalse(event.isSet());
        });
    }

    @Test
    void set_wakesAllInOrder_inTheNextTurn() throws Exception {
        Tasks.run(tasks -> {
            for (String name : List.of("a", "b", "c")) {
                tasks.waiter(name, event.await());
            }
            turns(1);
            assertEquals("Event not set, 3 waiting", event.toString());
            event.set();
            assertEquals(List.of(), tasks.taken());
            turns(1);
            assertEquals(List.of("a = null", "b = null", "c = null"), tasks.taken());
            assertEquals("Event set", event.toString());
        });
    }

    @Test
    void rule152_setThenClear_wakesThoseWhoWait() throws Exception {
        Tasks.run(tasks -> {
            tasks.body(
                    () -> {
                        await(event.await());
                        tasks.note("set: " + event.isSet());
                    },
                    "a");
            turns(1);
            event.set();
            event.clear();
            tasks.waiter("late", event.await());
            turns(2);
            assertEquals(List.of("set: false"), tasks.taken());
        });
    }

    @Test
    void set_twice_wakesNobodyTwice() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("a", event.await());
            turns(1);
            event.set();
            event.set();
            event.clear();
            event.set();
            turns(2);
            assertEquals(List.of("a = null"), tasks.taken());
        });
    }

    @Test
    void await_cancelled_leavesTheLine() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", event.await());
            tasks.waiter("b", event.await());
            turns(1);
            a.cancel();
            turns(2);
            assertEquals("Event not set, 1 waiting", event.toString());
            event.set();
            turns(2);
            assertEquals(List.of("a cancelled", "b = null"), tasks.taken());
        });
    }

    @Test
    void await_setAndCancelledInOneTurn_isCancelled() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", event.await());
            turns(1);
            event.set();
            a.cancel();
            turns(2);
            assertEquals(List.of("a cancelled"), tasks.taken());
            assertEquals("Event set", event.toString());
        });
    }

    @Test
    void await_waiting_saysSo() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", event.await());
            turns(1);
            assertEquals("a waiting on Event.await", a.toString());
        });
    }
}
