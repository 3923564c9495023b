package heddle.dsl;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.using;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.Awaitable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** "async with" of a program's own resources. */
class ResourceTest {

    /** Takes a turn each way. */
    record Door(List<Object> seen) implements AsyncResource {
        @Override
        public Awaitable<?> enter() {
            seen.add("enters");
            return sleep(0).tap(x -> seen.add("entered"));
        }

        @Override
        public Awaitable<?> exit(Throwable failure) {
            seen.add("leaves" + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
            return sleep(0).tap(x -> seen.add("left"));
        }

        @Override
        public String toString() {
            return "door";
        }
    }

    private final List<Object> seen = new ArrayList<>();
    private final Door door = new Door(seen);

    @Test
    void body_runsInside() throws Exception {
        run(
                () -> {
                    assertEquals("v", using(door, () -> {
                        seen.add("inside");
                        return await(sleep(1, "v"));
                    }));
                    assertEquals(List.of("enters", "entered", "inside", "leaves", "left"), seen);
                    using(door, () -> {});
                },
                Turns.virtual());
    }

    @Test
    void chain_runsInside() throws Exception {
        assertEquals("door", run(using(door, d -> chain(d.toString()).tap(x -> seen.add("inside"))), Turns.virtual()));
        assertEquals(List.of("enters", "entered", "inside", "leaves", "left"), seen);
    }

    @Test
    void failure_isSeenAndGoesOn() throws Exception {
        run(
                () -> {
                    IOException x = new IOException("x");
                    assertSame(
                            x,
                            assertThrows(
                                    IOException.class,
                                    () -> using(door, () -> {
                                        throw x;
                                    })));
                    assertThrows(
                            TimeoutException.class, () -> Heddle.timeout(1, () -> using(door, () -> await(sleep(9)))));
                    assertThrows(
                            IOException.class,
                            () -> await(using(door, d -> {
                                throw x;
                            })));
                    assertEquals(
                            List.of("leaves IOException", "leaves CancelledError", "leaves IOException"),
                            seen.stream()
                                    .filter(s -> s.toString().startsWith("leaves "))
                                    .toList());
                },
                Turns.virtual());
    }

    @Test
    void enterThatFails_runsNothing() throws Exception {
        AsyncResource locked = new AsyncResource() {
            @Override
            public Awaitable<?> enter() {
                return sleep(1).then(() -> {
                    throw new IOException("locked");
                });
            }

            @Override
            public Awaitable<?> exit(Throwable failure) {
                throw new AssertionError("left, but never entered");
            }
        };
        run(
                () -> {
                    assertThrows(IOException.class, () -> using(locked, () -> seen.add("inside")));
                    assertThrows(IOException.class, () -> await(using(locked, r -> chain(seen.add("inside")))));
                    assertEquals(List.of(), seen);
                },
                Turns.virtual());
    }

    @Test
    void exitThatFails_replaces() throws Exception {
        AsyncResource stuck = new AsyncResource() {
            @Override
            public Awaitable<?> enter() {
                return chain("");
            }

            @Override
            public Awaitable<?> exit(Throwable failure) {
                return sleep(1).then(() -> {
                    throw new IOException("stuck");
                });
            }
        };
        run(
                () -> {
                    var e = assertThrows(
                            IOException.class,
                            () -> using(stuck, () -> {
                                throw new IllegalArgumentException("body");
                            }));
                    assertEquals("body", e.getSuppressed()[0].getMessage());
                    assertThrows(IOException.class, () -> await(using(stuck, s -> chain("v"))));
                },
                Turns.virtual());
    }

    @Test
    void nothingToAwait_isNamed() throws Exception {
        AsyncResource none = new AsyncResource() {
            @Override
            public Awaitable<?> enter() {
                return null;
            }

            @Override
            public Awaitable<?> exit(Throwable failure) {
                return null;
            }
        };
        run(
                () -> {
                    var e = assertThrows(NullPointerException.class, () -> using(none, () -> {}));
                    assertEquals(true, e.getMessage().startsWith("enter() of "));
                },
                Turns.virtual());
        assertThrows(NullPointerException.class, () -> using(null, () -> {}));
    }
}
