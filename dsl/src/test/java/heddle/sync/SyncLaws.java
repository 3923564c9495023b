package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.currentTask;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Task;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds whatever the tasks do and whenever they are cancelled. */
class SyncLaws {

    /** What one task does: in which turn it asks, for how many turns it holds what it got, when it is cancelled (0: never). */
    record Actor(int asks, int holds, int cancelled) {}

    private static final int LAST_TURN = 12;

    @Provide
    static Arbitrary<List<Actor>> actors() {
        Arbitrary<Integer> never = Arbitraries.just(0);
        Arbitrary<Integer> sometime = Arbitraries.integers().between(1, LAST_TURN);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.oneOf(never, sometime))
                .as(Actor::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private interface Act {
        void run(int number, Actor actor) throws Exception;
    }

    /** Has each actor act in a task of its own, cancels those that are to be, and waits until all is quiet. */
    private static List<Task<?>> play(Tasks tasks, List<Actor> actors, Act act) throws Exception {
        List<Task<?>> all = new ArrayList<>();
        for (int i = 0; i < actors.size(); i++) {
            int number = i;
            Actor actor = actors.get(i);
            all.add(tasks.body(
                    () -> {
                        turns(actor.asks());
                        act.run(number, actor);
                    },
                    "actor-" + i));
        }
        for (int turn = 1; turn <= LAST_TURN; turn++) {
            turns(1);
            for (int i = 0; i < actors.size(); i++) {
                if (actors.get(i).cancelled() == turn) {
                    all.get(i).cancel();
                }
            }
        }
        turns(60);
        return all;
    }

    /** A task that isn't cancelled while it acts does so to the end. */
    private static void assertEnded(List<Task<?>> all) {
        for (Task<?> task : all) {
            assertTrue(task.done(), task::toString);
        }
    }

    @Property(tries = 150)
    void lock_isExclusiveFairAndFreeInTheEnd(@ForAll("actors") List<Actor> actors) throws Exception {
        Tasks.run(tasks -> {
            var lock = new Lock();
            List<Integer> asked = new ArrayList<>();
            List<Integer> entered = new ArrayList<>();
            int[] inside = {0};
            var all = play(tasks, actors, (number, actor) -> {
                asked.add(number);
                lock.run(() -> {
                    entered.add(number);
                    assertEquals(1, ++inside[0]);
                    try {
                        turns(actor.holds());
                    } finally {
                        inside[0]--;
                    }
                });
            });
            assertEnded(all);
            assertEquals("Lock unlocked", lock.toString());
            List<Integer> expected = new ArrayList<>(asked);
            expected.retainAll(entered);
            assertEquals(expected, entered);
            for (int number : asked) {
                assertTrue(entered.contains(number) || all.get(number).cancelled());
            }
        });
    }

    @Property(tries = 150)
    void semaphore_losesAndMakesNoPermit(
            @ForAll("actors") List<Actor> actors, @ForAll @IntRange(min = 1, max = 3) int permits) throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new BoundedSemaphore(permits);
            int[] inside = {0};
            int[] entered = {0};
            var all = play(
                    tasks,
                    actors,
                    (number, actor) -> semaphore.run(() -> {
                        entered[0]++;
                        assertTrue(++inside[0] <= permits);
                        try {
                            turns(actor.holds());
                        } finally {
                            inside[0]--;
                        }
                    }));
            assertEnded(all);
            assertEquals("BoundedSemaphore " + permits + " free", semaphore.toString());
            long survivors = all.stream().filter(task -> !task.cancelled()).count();
            assertTrue(entered[0] >= survivors);
        });
    }

    @Property(tries = 200)
    void queue_whatWasPut_wasGotOrIsThere_inOrder(
            @ForAll("actors") List<Actor> actors, @ForAll @IntRange(min = 0, max = 2) int maxsize) throws Exception {
        Tasks.run(tasks -> {
            var queue = new Queue<Integer>(maxsize);
            List<Integer> put = new ArrayList<>();
            List<Integer> got = new ArrayList<>();
            play(tasks, actors, (number, actor) -> {
                for (int i = 0; i <= actor.holds(); i++) {
                    if (number % 2 == 0) {
                        int item = number * 10 + i;
                        await(queue.put(item));
                        put.add(item);
                    } else {
                        got.add(await(queue.get()));
                    }
                }
            });
            String state = queue.toString();
            assertFalse(!queue.empty() && state.contains("getting"), state);
            assertFalse(!queue.full() && state.contains("putting"), state);
            while (!queue.empty()) {
                got.add(queue.getNowait());
            }
            turns(1);
            while (!queue.empty()) { // from those who still waited to put
                got.add(queue.getNowait());
                turns(1);
            }
            assertEquals(put, got);
        });
    }

    @Property(tries = 150)
    void condition_aSignalIsNotLostOnOneThatIsCancelled(
            @ForAll("actors") List<Actor> actors, @ForAll @IntRange(min = 1, max = LAST_TURN) int signalTurn)
            throws Exception {
        Tasks.run(tasks -> {
            var condition = new Condition();
            List<Task<?>> waiting = new ArrayList<>();
            List<Task<?>> waitingAtSignal = new ArrayList<>();
            int[] woken = {0};
            tasks.body(
                    () -> {
                        turns(signalTurn);
                        condition.run(() -> {
                            waitingAtSignal.addAll(waiting);
                            condition.signal();
                            turns(2);
                        });
                    },
                    "signaller");
            var all = play(
                    tasks,
                    actors,
                    (number, actor) -> condition.run(() -> {
                        waiting.add(currentTask());
                        await(condition.await());
                        assertTrue(condition.locked());
                        woken[0]++;
                        turns(actor.holds());
                    }));
            assertFalse(condition.locked());
            // one that waited then, and still does, would have been next in line for a signal that its owner couldn't
            // take
            if (waitingAtSignal.stream().anyMatch(task -> !task.done())) {
                assertTrue(woken[0] >= 1, "the signal woke nobody, and somebody who waited then still waits");
            }
            all.forEach(Task::cancel);
            turns(60);
            assertEnded(all);
            assertEquals("Condition unlocked", condition.toString());
        });
    }

    @Property(tries = 100)
    void barrier_lettingThroughByTheFull(
            @ForAll("actors") List<Actor> actors, @ForAll @IntRange(min = 1, max = 4) int parties) throws Exception {
        Tasks.run(tasks -> {
            var barrier = new Barrier(parties);
            List<Integer> indices = new ArrayList<>();
            List<Actor> patient =
                    actors.stream().map(a -> new Actor(a.asks(), a.holds(), 0)).toList();
            var all = play(tasks, patient, (number, actor) -> indices.add(await(barrier.await())));
            assertEquals(actors.size() % parties, barrier.waiting());
            indices.sort(null);
            List<Integer> expected = new ArrayList<>();
            for (int index = 0; index < parties; index++) {
                for (int meeting = 0; meeting < actors.size() / parties; meeting++) {
                    expected.add(index);
                }
            }
            assertEquals(expected, indices);
            all.forEach(Task::cancel);
        });
    }

    @Property(tries = 100)
    void barrier_cancelsLeaveItUsable(@ForAll("actors") List<Actor> actors) throws Exception {
        Tasks.run(tasks -> {
            var barrier = new Barrier(2);
            var all = play(tasks, actors, (number, actor) -> await(barrier.await()));
            all.forEach(Task::cancel);
            turns(20);
            assertEquals("Barrier filling, 0 of 2 waiting", barrier.toString());
            assertEnded(all);
        });
    }
}
