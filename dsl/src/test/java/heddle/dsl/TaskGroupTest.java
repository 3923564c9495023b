package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.currentTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.taskGroup;
import static heddle.dsl.Heddle.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.ExceptionGroup;
import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** asyncio-rules 134 to 148, 57, 61 and 62 for TaskGroup, in direct style. */
class TaskGroupTest {

    private final List<Object> seen = new ArrayList<>();

    private static Chain<String> fails(double seconds, String message) {
        return sleep(seconds).then(() -> {
            throw new IOException(message);
        });
    }

    /** Sleeps long, and notes under this name what ends it. */
    private Chain<String> sleeper(String name) {
        return async(() -> {
            try {
                await(sleep(100));
                return name;
            } finally {
                seen.add(name + " ends at " + Turns.now());
            }
        });
    }

    private static List<String> messages(ExceptionGroup group) {
        return group.exceptions().stream().map(Throwable::getMessage).toList();
    }

    @Test
    void rule134_misuse_isRefused() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    var early = assertThrows(InvalidStateException.class, () -> group.createTask(chain(1)));
                    assertTrue(early.getMessage().startsWith("TaskGroup has not been entered"));
                    assertEquals("TaskGroup", group.toString());
                    group.run(() -> {
                        assertEquals("TaskGroup, entered", group.toString());
                        var again = assertThrows(InvalidStateException.class, () -> group.run(() -> {}));
                        assertTrue(again.getMessage().startsWith("TaskGroup has already been entered"));
                    });
                    var late = assertThrows(InvalidStateException.class, () -> group.createTask(chain(1)));
                    assertTrue(late.getMessage().contains("is finished"));
                    assertThrows(InvalidStateException.class, () -> group.run(() -> {}));
                },
                Turns.virtual());
    }

    @Test
    void rule134_whileAborting_noNewTasks() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    assertThrows(
                            ExceptionGroup.class,
                            () -> group.run(() -> {
                                group.createTask(async(() -> {
                                    try {
                                        await(sleep(9));
                                    } finally {
                                        var e = assertThrows(
                                                InvalidStateException.class, () -> group.createTask(chain(1)));
                                        seen.add(e.getMessage());
                                    }
                                }));
                                group.createTask(fails(1, "x"));
                            }));
                    assertEquals(List.of("TaskGroup is shutting down: it takes no more tasks"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule134_outsideOfATask_isRefused() throws Exception {
        run(
                () -> {
                    EventLoop.running().callSoon(() -> {
                        assertThrows(
                                IllegalStateException.class, () -> taskGroup().run(() -> seen.add("ran")));
                        seen.add("refused");
                    });
                    await(sleep(0));
                },
                Turns.virtual());
        assertThrows(IllegalStateException.class, () -> taskGroup().run(() -> seen.add("ran")));
        assertEquals(List.of("refused"), seen);
    }

    @Test
    void rule135_exit_waitsForAll_alsoForThoseMadeDuringIt() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    String value = group.run(() -> {
                        group.createTask(async(() -> {
                            await(sleep(1));
                            group.createTask(sleep(2).then(() -> seen.add("grandchild")));
                        }));
                        return "v";
                    });
                    assertEquals("v", value);
                    assertEquals(3, Turns.now());
                    assertEquals(List.of("grandchild"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule136_firstFailure_cancelsTheOthersAndTheBody() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    var e = assertThrows(
                            ExceptionGroup.class,
                            () -> group.run(() -> {
                                group.createTask(sleeper("sibling"));
                                group.createTask(fails(1, "x"));
                                try {
                                    await(sleep(100));
                                } finally {
                                    seen.add("body, " + currentTask().cancelling());
                                }
                            }));
                    assertEquals("unhandled errors in a TaskGroup (1 sub-exception)", e.getMessage());
                    assertEquals(List.of("x"), messages(e));
                    assertEquals(List.of("sibling ends at 1.0", "body, 1"), seen);
                    assertEquals(0, currentTask().cancelling());
                },
                Turns.virtual());
    }

    @Test
    void rule137_timeline_inTurns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    TaskGroup group = taskGroup();
                    assertThrows(
                            ExceptionGroup.class,
                            () -> group.run(() -> {
                                group.createTask(async(() -> {
                                    try {
                                        await(sleep(9));
                                    } finally {
                                        seen.add("child cancelled +" + turns.sinceMark());
                                    }
                                }));
                                group.createTask(async(() -> {
                                    await(sleep(1));
                                    turns.mark();
                                    throw new IOException("x");
                                }));
                                try {
                                    await(sleep(9));
                                } finally {
                                    seen.add("body cancelled +" + turns.sinceMark());
                                }
                            }));
                    assertEquals(List.of("child cancelled +2", "body cancelled +2"), seen);
                    assertEquals(4, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void rule138_childCancelledAlone_isNoFailure() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    group.run(() -> {
                        Task<String> a = group.createTask(sleeper("a"));
                        group.createTask(sleep(2).then(() -> seen.add("b")));
                        await(sleep(1));
                        a.cancel();
                    });
                    assertEquals(List.of("a ends at 1.0", "b"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule139_errors_inTheOrderOfCompletion_theBodysLast() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    var e = assertThrows(
                            ExceptionGroup.class,
                            () -> group.run(() -> {
                                group.createTask(sleep(9).eventually(() -> {
                                    throw new IOException("first made");
                                }));
                                group.createTask(fails(1, "first failed"));
                                try {
                                    await(sleep(100));
                                } finally {
                                    throwIt(new IOException("body"));
                                }
                            }));
                    assertEquals(List.of("first failed", "first made", "body"), messages(e));
                },
                Turns.virtual());
    }

    private static void throwIt(Exception e) throws Exception {
        throw e;
    }

    @Test
    void rule140_bodysError_isWrapped() throws Exception {
        run(
                () -> {
                    IOException x = new IOException("x");
                    TaskGroup group = taskGroup();
                    var e = assertThrows(ExceptionGroup.class, () -> group.run(() -> throwIt(x)));
                    assertEquals(List.of(x), e.exceptions());
                    TaskGroup busy = taskGroup();
                    assertThrows(
                            ExceptionGroup.class,
                            () -> busy.run(() -> {
                                busy.createTask(sleeper("a"));
                                await(sleep(0));
                                throw x;
                            }));
                    assertEquals(List.of("a ends at 0.0"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule141_bodyFailsAtOnce_childrenNeverStart() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    assertThrows(
                            ExceptionGroup.class,
                            () -> group.run(() -> {
                                group.createTask(sleeper("a"));
                                throw new IOException("x");
                            }));
                    assertEquals(List.of(), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule142_parentCancelled_cancelsTheChildren() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    Task<?> parent = createTask(async(() -> group.run(() -> {
                        group.createTask(sleeper("a"));
                        await(sleep(50));
                    })));
                    await(sleep(1));
                    parent.cancel("enough");
                    var e = assertThrows(CancelledError.class, () -> await(parent));
                    assertEquals("enough", e.getMessage());
                    assertEquals(1, parent.cancelling());
                    assertEquals(List.of("a ends at 1.0"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule142_parentCancelledWhileItWaitsForItsTasks() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    Task<?> parent = createTask(async(() -> group.run(() -> {
                        group.createTask(sleeper("a"));
                    })));
                    await(sleep(1));
                    parent.cancel("enough");
                    assertThrows(CancelledError.class, () -> await(parent));
                    assertEquals(1, parent.cancelling());
                    assertEquals(List.of("a ends at 1.0"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule143_parentCancelledAndChildFails_groupWins_andTheCancelIsArmedAgain() throws Exception {
        run(
                () -> {
                    Task<?> parent = createTask(async(() -> {
                        TaskGroup group = taskGroup();
                        var e = assertThrows(
                                ExceptionGroup.class,
                                () -> group.run(() -> {
                                    group.createTask(sleep(9).eventually(() -> {
                                        throw new IOException("x");
                                    }));
                                    await(sleep(9));
                                }));
                        seen.add(messages(e));
                        seen.add(currentTask().cancelling());
                        assertThrows(CancelledError.class, () -> await(sleep(1)));
                        seen.add("cancelled again");
                        return "kept";
                    }));
                    await(sleep(1));
                    parent.cancel();
                    assertEquals("kept", await(parent));
                    assertEquals(List.of(List.of("x"), 1, "cancelled again"), seen);
                    assertFalse(parent.cancelled());
                    assertEquals(1, parent.cancelling());
                },
                Turns.virtual());
    }

    @Test
    void rule144_nestedGroups_nestTheirErrors() throws Exception {
        run(
                () -> {
                    TaskGroup outer = taskGroup();
                    TaskGroup inner = taskGroup();
                    var e = assertThrows(
                            ExceptionGroup.class,
                            () -> outer.run(() -> {
                                outer.createTask(sleeper("a"));
                                inner.run(() -> {
                                    inner.createTask(fails(1, "x"));
                                });
                            }));
                    assertEquals(1, e.exceptions().size());
                    assertEquals(List.of("x"), messages((ExceptionGroup)
                            e.exceptions().get(0)));
                    assertEquals(List.of("a ends at 1.0"), seen);
                },
                Turns.virtual());
    }

    @Test
    void nestedGroups_outerFails_innerIsCancelled() throws Exception {
        run(
                () -> {
                    TaskGroup outer = taskGroup();
                    TaskGroup inner = taskGroup();
                    var e = assertThrows(
                            ExceptionGroup.class,
                            () -> outer.run(() -> {
                                outer.createTask(fails(1, "x"));
                                inner.run(() -> {
                                    inner.createTask(sleeper("a"));
                                });
                            }));
                    assertEquals(List.of("x"), messages(e));
                    assertEquals(List.of("a ends at 1.0"), seen);
                    assertEquals(0, currentTask().cancelling());
                },
                Turns.virtual());
    }

    @Test
    @SuppressWarnings("removal")
    void rule145_fatalError_goesOnAlone() throws Exception {
        try (Runner runner = Runner.open(Turns.virtual())) {
            ThreadDeath fatal = new ThreadDeath();
            Chain<Object> main = async(() -> {
                        TaskGroup group = taskGroup();
                        group.run(() -> {
                            group.createTask(sleep(1).then(() -> {
                                throw fatal;
                            }));
                            group.createTask(sleeper("a"));
                        });
                    })
                    .then(() -> "unreached");
            assertSame(fatal, assertThrows(ThreadDeath.class, () -> runner.run(main)));
            Task<?> parent = runner.loop().allTasks().get(0);
            assertSame(
                    fatal, assertThrows(ThreadDeath.class, () -> runner.loop().runUntilComplete(parent)));
            assertEquals(List.of("a ends at 1.0"), seen);
        }
    }

    @Test
    void rule146_tasksAreCancelledInTheOrderOfCreation() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    assertThrows(
                            ExceptionGroup.class,
                            () -> group.run(() -> {
                                for (String name : List.of("a", "b", "c")) {
                                    group.createTask(sleeper(name));
                                }
                                await(sleep(1));
                                throw new IOException("x");
                            }));
                    assertEquals(List.of("a ends at 1.0", "b ends at 1.0", "c ends at 1.0"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule147_timeoutAroundAGroup_cancelsItsTasks() throws Exception {
        run(
                () -> {
                    assertThrows(
                            TimeoutException.class,
                            () -> timeout(1, () -> {
                                TaskGroup group = taskGroup();
                                group.run(() -> {
                                    group.createTask(sleeper("a"));
                                });
                            }));
                    assertEquals(List.of("a ends at 1.0"), seen);
                    assertEquals(0, currentTask().cancelling());
                },
                Turns.virtual());
    }

    @Test
    void rule148_cancel_endsWithoutAnError() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    assertNull(group.run(() -> {
                        group.createTask(sleeper("a"));
                        EventLoop.running().callLater(1, group::cancel);
                        await(sleep(50));
                        return "unreached";
                    }));
                    assertEquals(List.of("a ends at 1.0"), seen);
                    assertEquals(0, currentTask().cancelling());
                    group.cancel(); // nothing happens
                    await(sleep(1));
                },
                Turns.virtual());
    }

    @Test
    void rule148_cancelByItsOwnBody_andByATask() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    assertEquals("v", group.run(() -> {
                        group.createTask(sleeper("a"));
                        await(sleep(0));
                        group.cancel();
                        return "v"; // no await is left to be cut short
                    }));
                    await(sleep(0));
                    TaskGroup other = taskGroup();
                    other.run(() -> {
                        other.createTask(sleep(1).tap(x -> other.cancel()));
                        await(sleep(50));
                    });
                    assertEquals(1, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void rule148_cancelBeforeItIsEntered_cutsTheBodyShort() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    group.cancel();
                    group.run(() -> {
                        seen.add("begun");
                        await(sleep(50));
                        seen.add("unreached");
                    });
                    assertEquals(List.of("begun"), seen);
                    assertEquals(0, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void rule148_cancelFromOutsideMeanwhile_isNotLost() throws Exception {
        run(
                () -> {
                    TaskGroup group = taskGroup();
                    Task<?> parent = createTask(async(() -> group.run(() -> {
                        group.createTask(sleep(9).eventually(() -> sleep(2)));
                        await(sleep(9));
                    })));
                    await(sleep(1));
                    group.cancel();
                    await(sleep(1));
                    parent.cancel("outside");
                    assertThrows(CancelledError.class, () -> await(parent));
                    assertEquals(1, parent.cancelling());
                },
                Turns.virtual());
    }

    @Test
    void rule57_freshTask_costs3Turns_rule61_noTaskNone() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    TaskGroup group = taskGroup();
                    turns.mark();
                    group.run(() -> {
                        group.createTask(chain("a"));
                    });
                    assertEquals(3, turns.sinceMark());
                    turns.mark();
                    taskGroup().run(() -> {});
                    assertEquals(0, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void rule62_exit_costs2TurnsAfterTheLastTask() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    TaskGroup group = taskGroup();
                    group.run(() -> {
                        group.createTask(sleep(1).tap(x -> turns.mark()));
                    });
                    assertEquals(2, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void inAChainsFunction_isRefusedBeforeItRuns() throws Exception {
        run(
                () -> {
                    var e = assertThrows(
                            IllegalStateException.class,
                            () -> await(chain(1).tap(x -> {
                                TaskGroup group = taskGroup();
                                group.run(() -> group.createTask(sleep(1)));
                            })));
                    assertTrue(e.getMessage().contains("async(() -> …)"), e.getMessage());
                    assertEquals(1, EventLoop.running().allTasks().size());
                },
                Turns.virtual());
    }

    @Test
    void loopClosedMeanwhile_endsTheBodyAndItsTasks() throws Exception {
        Promise<?>[] never = new Promise<?>[1];
        try (Runner runner = Runner.open(Turns.virtual(), 0)) {
            runner.loop().setExceptionHandler((loop, report) -> seen.add(report.kind()));
            runner.run(async(() -> {
                never[0] = EventLoop.running().createFuture();
                createTask(async(() -> {
                    TaskGroup group = taskGroup();
                    group.run(() -> {
                        group.createTask(sleep(9).eventually(() -> {
                            seen.add("a ends");
                        }));
                        try {
                            await(never[0]);
                        } finally {
                            seen.add("body ends");
                        }
                    });
                    seen.add("unreached");
                }));
                await(sleep(1));
            }));
        }
        assertTrue(seen.contains("body ends"), seen.toString());
        assertTrue(seen.contains("a ends"), seen.toString());
        assertFalse(seen.contains("unreached"), seen.toString());
        assertEquals(2, seen.stream().filter(ErrorReport.Kind.PENDING::equals).count(), seen.toString());
    }
}
