package heddle.dsl;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.taskGroup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.ExceptionGroup;
import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Task groups in programs of chains alone, which need no stack of their own. */
class GroupChainTest {

    private final List<Object> seen = new ArrayList<>();

    private static Chain<String> fails(double seconds, String message) {
        return sleep(seconds).then(() -> {
            throw new IOException(message);
        });
    }

    private Chain<String> sleeper(String name) {
        return sleep(100, name).eventually(() -> {
            seen.add(name + " ends at " + Turns.now());
        });
    }

    @Test
    void group_waitsForItsTasks_andGivesTheValue() throws Exception {
        Chain<String> main = Heddle.<String>taskGroup(group -> {
                    group.createTask(sleep(2).tap(x -> seen.add("task")));
                    return sleep(1, "v");
                })
                .tap(v -> seen.add(v + " at " + Turns.now()));
        assertEquals("v", run(main, Turns.virtual()));
        assertEquals("v", run(main, Turns.virtual()), "a recipe runs again");
        assertEquals(List.of("task", "v at 2.0", "task", "v at 2.0"), seen);
    }

    @Test
    void rule136_firstFailure_cancelsAllElse() throws Exception {
        Chain<?> main = taskGroup(group -> {
            group.createTask(sleeper("sibling"));
            group.createTask(fails(1, "x"));
            return sleeper("body");
        });
        var e = assertThrows(ExceptionGroup.class, () -> run(main, Turns.virtual()));
        assertEquals("x", e.exceptions().get(0).getMessage());
        assertEquals(List.of("sibling ends at 1.0", "body ends at 1.0"), seen);
    }

    @Test
    void rule140_whatTheFunctionThrows_isWrapped() throws Exception {
        Chain<?> main = taskGroup(group -> {
            group.createTask(sleeper("never begins"));
            throw new IOException("x");
        });
        assertThrows(ExceptionGroup.class, () -> run(main, Turns.virtual()));
        Chain<?> nothing = Heddle.<Object>taskGroup(group -> null);
        var e = assertThrows(ExceptionGroup.class, () -> run(nothing, Turns.virtual()));
        assertTrue(e.exceptions().get(0) instanceof NullPointerException);
        assertEquals(List.of(), seen);
    }

    @Test
    void rule142_parentCancelled_cancelsTheChildren() throws Exception {
        run(
                chain("").await(() -> {
                    Task<?> parent = createTask(taskGroup(group -> {
                        group.createTask(sleeper("a"));
                        return chain("body is over");
                    }));
                    return sleep(1).tap(x -> parent.cancel("enough"))
                            .<Object>await(parent)
                            .recover(CancelledError.class, e -> seen.add(e.getMessage()));
                }),
                Turns.virtual());
        assertEquals(List.of("a ends at 1.0", "enough"), seen);
    }

    @Test
    void rule144_nested() throws Exception {
        Chain<?> main = Heddle.<Object>taskGroup(outer -> {
            outer.createTask(sleeper("a"));
            return Heddle.<Object>taskGroup(inner -> {
                inner.createTask(fails(1, "x"));
                return chain("");
            });
        });
        var e = assertThrows(ExceptionGroup.class, () -> run(main, Turns.virtual()));
        assertEquals(1, ((ExceptionGroup) e.exceptions().get(0)).exceptions().size());
        assertEquals(List.of("a ends at 1.0"), seen);
    }

    @Test
    void rule148_cancel_endsWithoutAnError() throws Exception {
        Chain<String> main = taskGroup(group -> {
            EventLoop.running().callLater(1, group::cancel);
            group.createTask(sleeper("a"));
            return sleeper("body");
        });
        assertNull(run(main, Turns.virtual()));
        assertEquals(List.of("a ends at 1.0", "body ends at 1.0"), seen);
    }

    @Test
    void around_isForOneRun() throws Exception {
        TaskGroup group = taskGroup();
        Chain<?> main = group.around(chain(1).tap(x -> group.createTask(sleep(1).tap(y -> seen.add("task")))));
        run(main, Turns.virtual());
        assertThrows(InvalidStateException.class, () -> run(main, Turns.virtual()));
        assertEquals(List.of("task"), seen);
    }

    @Test
    void rule62_exit_costs2TurnsAfterTheLastTask() throws Exception {
        run(
                chain("").await(() -> {
                    var turns = Turns.counted();
                    return Heddle.<Object>taskGroup(group -> {
                                group.createTask(sleep(1).tap(x -> turns.mark()));
                                return chain("");
                            })
                            .tap(x -> assertEquals(2, turns.sinceMark()));
                }),
                Turns.virtual());
    }

    @Test
    void taskOfTheGroup_canMakeMore() throws Exception {
        Chain<?> main = taskGroup(group -> {
            group.createTask(sleep(1).tap(x -> group.createTask(sleep(1).tap(y -> seen.add("grandchild")), "named")));
            return chain("");
        });
        run(main, Turns.virtual());
        assertEquals(List.of("grandchild"), seen);
    }

    @Test
    void chainOfAMillionSteps_runsInAGroup() throws Exception {
        Chain<Integer> count = chain(0);
        for (int i = 0; i < 1_000_000; i++) {
            count = count.then(x -> x + 1);
        }
        Chain<Integer> counted = count;
        assertEquals(1_000_000, run(Heddle.<Integer>taskGroup(group -> counted), Turns.virtual()));
    }

    @Test
    void closedWhileItWaits_cancelsAndEnds() throws Exception {
        try (Runner runner = Runner.open(Turns.virtual(), 0)) {
            runner.loop().setExceptionHandler((loop, report) -> seen.add(report.kind()));
            runner.run(chain("").await(() -> {
                Promise<String> never = EventLoop.running().createFuture();
                createTask(Heddle.<String>taskGroup(group -> {
                    group.createTask(sleep(9));
                    return chain(never).eventually(() -> {
                        seen.add("body ends");
                    });
                }));
                return sleep(1);
            }));
        }
        assertTrue(seen.contains("body ends"), seen.toString());
    }
}
