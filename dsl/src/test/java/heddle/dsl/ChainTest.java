package heddle.dsl;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {

    private final List<Object> seen = new ArrayList<>();

    private static Chain<Integer> failing(Throwable e) {
        return chain(1).then(x -> {
            throw Throwables.raise(e);
        });
    }

    // ---- steps

    @Test
    void coroutine_runsNothing() {
        chain(1).tap(seen::add).coroutine();
        assertEquals(List.of(), seen);
    }

    @Test
    void chain_runsAnewForEachCoroutine() throws Exception {
        Chain<Integer> recipe = chain(1).tap(seen::add).then(x -> x + 1);
        assertEquals(2, run(recipe));
        assertEquals(2, run(recipe));
        assertEquals(List.of(1, 1), seen);
    }

    @Test
    void verbs_leaveTheChainAsItIs() throws Exception {
        Chain<Integer> one = chain(1);
        one.then(x -> x + 1);
        assertEquals(1, run(one));
    }

    @Test
    void step_endsAtOnceWhenNothingWaits() throws Throwable {
        Coroutine<Integer> run =
                chain(1).await(x -> chain(x + 1)).then(x -> x * 10).coroutine();
        assertSame(Pause.FINISHED, run.step());
        assertEquals(20, run.result());
    }

    @Test
    void verbs_onAChainThatRan_goOnFromAllItsSteps() throws Exception {
        Chain<Integer> ran = chain(1).then(v -> v + 1).then(v -> v * 10);
        assertEquals(20, run(ran));
        assertEquals("Chain of 3 steps", ran.toString());
        Chain<Integer> longer = ran.then(v -> v - 1);
        assertEquals(19, run(longer));
        assertEquals(20, run(ran));
        Chain<Integer> named = ran.then(v -> v + 5).named("sums");
        assertEquals(25, run(named));
        assertEquals("Chain sums", named.toString());
        assertEquals("sums", named.then(v -> v).coroutine().name());
        Chain<Integer> again = named.named("again").then(v -> v);
        assertEquals(25, run(again));
        assertEquals("Chain again", again.toString());
    }

    @Test
    void value_isAwaitedAndSpawnedAnyNumberOfTimes() throws Exception {
        Chain<String> value = chain("v");
        assertEquals("v", run(sleep(0).await(value)));
        assertEquals("vv", run(value.await(v -> value.then(again -> v + again))));
        assertEquals(List.of("v", "v"), run(chain(0).gather(x -> List.of(value, value))));
        assertEquals("Chain \"v\"", value.toString());
        assertEquals("Chain named", value.named("named").toString());
        assertEquals("v", run(value.named("named")));
    }

    @Test
    void values_mayBeNull() throws Exception {
        assertNull(run(chain((Object) null).then(x -> x).tap(seen::add).await(x -> chain(x))));
        assertEquals(1, seen.size());
    }

    @Test
    void step_afterTheEnd_isRefused() throws Throwable {
        Coroutine<Integer> run = chain(1).then(x -> x).coroutine();
        run.step();
        assertThrows(IllegalStateException.class, run::step);
    }

    @Test
    void step_byItsOwnCode_isRefused() throws Throwable {
        Coroutine<?>[] self = new Coroutine<?>[1];
        self[0] = chain(1).then(x -> {
                    try {
                        return self[0].step();
                    } catch (Throwable e) {
                        throw Throwables.raise(e);
                    }
                })
                .coroutine();
        assertTrue(assertThrows(IllegalStateException.class, self[0]::step)
                .getMessage()
                .contains("own code"));
    }

    // ---- waiting

    @Test
    void await_doneFuture_doesNotPause() throws Exception {
        run(() -> {
            Promise<Integer> future = EventLoop.running().createFuture();
            future.setResult(5);
            Coroutine<Integer> run = chain(future).then(x -> x + 1).coroutine();
            assertSame(Pause.FINISHED, stepped(run));
            assertEquals(6, run.result());
        });
    }

    @Test
    void await_pendingFuture_pausesWithIt() throws Exception {
        run(() -> {
            Promise<Integer> future = EventLoop.running().createFuture();
            Coroutine<Integer> run = sleep(0).await(future).then(x -> x + 1).coroutine();
            assertSame(Pause.YIELD, stepped(run));
            assertSame(future, stepped(run));
            future.setResult(5);
            assertSame(Pause.FINISHED, stepped(run));
            assertEquals(6, run.result());
        });
    }

    @Test
    void then_thatReturnsAnAwaitable_failsInTheTask() {
        var e = assertThrows(IllegalStateException.class, () -> run(chain(1).then(x -> sleep(1))));
        assertTrue(e.getMessage().contains("use await(…)"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> run(chain(1).then(() -> chain(2))));
        assertThrows(
                IllegalStateException.class,
                () -> run(failing(new IOException()).<Object>then(x -> x).recover(x -> chain(2))));
    }

    @Test
    void await_ofNull_namesTheVerb() {
        var e = assertThrows(NullPointerException.class, () -> run(chain(1).await(x -> (Awaitable<Object>) null)));
        assertTrue(e.getMessage().contains("given to await returned null"), e.getMessage());
        e = assertThrows(NullPointerException.class, () -> run(chain(1).await(() -> (Awaitable<Object>) null)));
        assertTrue(e.getMessage().contains("given to await"), e.getMessage());
        e = assertThrows(NullPointerException.class, () -> run(chain(1).gather(x -> (List<Awaitable<Object>>) null)));
        assertTrue(e.getMessage().contains("given to gather"), e.getMessage());
        e = assertThrows(NullPointerException.class, () -> run(chain(1).eventually(() -> (Awaitable<Object>) null)));
        assertTrue(e.getMessage().contains("given to eventually"), e.getMessage());
    }

    @Test
    void await_badAwaitables_areNamed() {
        Awaitable<Integer> noCoroutine = () -> null;
        var e = assertThrows(NullPointerException.class, () -> run(chain(1).await(noCoroutine)));
        assertTrue(e.getMessage().contains("coroutine() of"), e.getMessage());
        Awaitable<Integer> noSuspension = () -> new Answering((Suspension) null);
        var f = assertThrows(IllegalStateException.class, () -> run(chain(1).await(noSuspension)));
        assertTrue(f.getMessage().contains("returned null"), f.getMessage());
    }

    @Test
    void await_foreignCoroutine_isSteppedUntilItEnds() throws Throwable {
        Awaitable<Integer> twice = () -> new Answering(Pause.YIELD, Pause.YIELD, Pause.FINISHED);
        Coroutine<Integer> run = chain(1).await(twice).then(x -> x + 1).coroutine();
        assertSame(Pause.YIELD, run.step());
        assertSame(Pause.YIELD, run.step());
        assertSame(Pause.FINISHED, run.step());
        assertEquals(43, run.result());
    }

    // ---- errors

    @Test
    void raise_onAFreshRun_runsNothing() {
        IOException e = new IOException();
        Coroutine<?> run = chain(1).tap(seen::add)
                .recover(x -> 2)
                .eventually(() -> seen.add("x"))
                .coroutine();
        assertSame(e, assertThrows(IOException.class, () -> run.raise(e)));
        assertEquals(List.of(), seen);
    }

    @Test
    void raise_isThrownWhereItWaits() throws Throwable {
        IOException e = new IOException();
        Coroutine<?> run = sleep(0).tap(x -> seen.add("not here"))
                .recover(x -> {
                    seen.add(x);
                    return null;
                })
                .then(() -> 7)
                .coroutine();
        run.step();
        assertSame(Pause.FINISHED, run.raise(e));
        assertEquals(7, run.result());
        assertEquals(List.of(e), seen);
    }

    @Test
    void error_skipsStepsUpToTheNextRecover() throws Exception {
        IOException e = new IOException("x");
        Chain<Integer> recovered = failing(e).tap(seen::add).recover(x -> 1).then(x -> x + 1);
        assertEquals(2, run(recovered));
        assertSame(e, assertThrows(IOException.class, () -> run(failing(e).tap(seen::add))));
        assertEquals(List.of(), seen);
    }

    @Test
    void error_leavesTheChainsThatWait() throws Exception {
        IOException e = new IOException("x");
        Chain<Integer> deep = chain(0).await(
                        () -> chain(0).await(() -> failing(e)).tap(seen::add))
                .tap(seen::add);
        assertEquals(9, run(deep.recover(IOException.class, x -> 9)));
        assertEquals(List.of(), seen);
    }

    @Test
    void recover_ofWhatDidNotFail_doesNothing() throws Exception {
        assertEquals(1, run(chain(1).recover(x -> 2)));
    }

    @Test
    void recover_thatThrows_isRecoveredFurtherDown() throws Exception {
        assertEquals(
                "second",
                run(failing(new IOException())
                        .<String>then(x -> "")
                        .recover(x -> {
                            throw new IllegalStateException("second");
                        })
                        .recover(Throwable::getMessage)));
    }

    @Test
    void recover_takesCancellationOnlyWhenAskedForIt() throws Exception {
        Chain<Integer> cancelled = failing(new CancelledError("stop"));
        assertThrows(CancelledError.class, () -> run(cancelled.recover(e -> 1)));
        assertThrows(CancelledError.class, () -> run(cancelled.recover(Throwable.class, e -> 1)));
        assertThrows(CancelledError.class, () -> run(cancelled.recover(Error.class, e -> 1)));
        assertEquals(1, run(cancelled.recover(CancelledError.class, e -> 1)));
        assertThrows(CoroutineExit.class, () -> run(failing(new CoroutineExit()).recover(Throwable.class, e -> 1)));
        assertEquals(2, run(failing(new CoroutineExit()).recover(CoroutineExit.class, e -> 2)));
        assertEquals(3, run(failing(new AssertionError()).recover(Throwable.class, e -> 3)));
        assertThrows(
                AssertionError.class, () -> run(failing(new AssertionError()).recover(e -> 3)));
    }

    // ---- eventually

    @Test
    void eventually_runsAfterSuccessAndError() throws Exception {
        assertEquals(1, run(chain(1).eventually(() -> seen.add("a")).recover(e -> 2)));
        IOException e = new IOException();
        assertSame(e, assertThrows(IOException.class, () -> run(failing(e).eventually(() -> seen.add("b")))));
        assertEquals(List.of("a", "b"), seen);
    }

    @Test
    void eventually_runsWhenCancelled() throws Exception {
        run(() -> {
            var task = createTask(sleep(100).eventually(() -> seen.add("cleaned")));
            Heddle.await(sleep(0));
            task.cancel("stop");
            assertEquals(
                    "stop",
                    assertThrows(CancelledError.class, () -> Heddle.await(task)).getMessage());
        });
        assertEquals(List.of("cleaned"), seen);
    }

    @Test
    void eventually_thatThrows_replacesTheOutcome() {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        var e = assertThrows(
                IOException.class,
                () -> run(failing(first).eventually(() -> {
                    throw second;
                })));
        assertSame(second, e);
        assertSame(first, e.getSuppressed()[0]);
        assertSame(
                second,
                assertThrows(
                        IOException.class,
                        () -> run(chain(1).eventually(() -> {
                            throw second;
                        }))));
    }

    @Test
    void eventually_thatAwaits_keepsTheOutcome() throws Exception {
        assertEquals(1, run(chain(1).eventually(() -> sleep(0).then(() -> 99))));
        assertEquals(1, run(chain(1).eventually(() -> chain(99))));
        IOException first = new IOException("first");
        assertSame(
                first, assertThrows(IOException.class, () -> run(failing(first).eventually(() -> sleep(0)))));
        IOException second = new IOException("second");
        var e = assertThrows(
                IOException.class, () -> run(failing(first).eventually(() -> sleep(0).await(() -> failing(second)))));
        assertSame(second, e);
        assertSame(first, e.getSuppressed()[0]);
        assertEquals(5, run(failing(first).eventually(() -> sleep(0)).recover(x -> 5)));
        // inside other chains, so that outcomes kept at several depths don't mix
        Chain<Integer> inner =
                chain(1).eventually(() -> sleep(0)).then(x -> x + 1).eventually(() -> sleep(0));
        Chain<Integer> outer =
                chain(0).await(() -> inner).eventually(() -> sleep(0)).then(x -> x + 2);
        assertEquals(4, run(outer));
    }

    // ---- close

    @Test
    void close_runsTheCleanUp() throws Throwable {
        Coroutine<?> run = chain(0).await(
                        () -> sleep(0).tap(seen::add).recover(e -> null).eventually(() -> seen.add("inner")))
                .eventually(() -> seen.add("outer"))
                .coroutine();
        run.step();
        run.close();
        assertEquals(List.of("inner", "outer"), seen);
        run.close();
        assertEquals(2, seen.size());
    }

    @Test
    void close_onAFreshRun_runsNothing() {
        Coroutine<?> run = chain(0).eventually(() -> seen.add("x")).coroutine();
        run.close();
        assertEquals(List.of(), seen);
        assertThrows(IllegalStateException.class, run::step);
    }

    @Test
    void close_whileCleanUpWantsToWait_fails() throws Throwable {
        Coroutine<?> run = sleep(0).eventually(() -> sleep(0))
                .eventually(() -> seen.add("outer"))
                .coroutine();
        run.step();
        var e = assertThrows(IllegalStateException.class, run::close);
        assertTrue(e.getMessage().contains("being closed"), e.getMessage());
        assertEquals(List.of("outer"), seen);
    }

    @Test
    void close_letsCleanUpAwaitWhatIsDone() throws Throwable {
        Coroutine<?> run = sleep(0).eventually(() -> chain(1).tap(seen::add)).coroutine();
        run.step();
        run.close();
        assertEquals(List.of(1), seen);
    }

    @Test
    void close_closesTheCoroutineItAwaits() throws Throwable {
        Answering child = new Answering(Pause.YIELD);
        Coroutine<?> run = chain(1).await(() -> () -> child)
                .eventually(() -> seen.add(child.closed))
                .coroutine();
        run.step();
        run.close();
        assertEquals(List.of(true), seen);
    }

    @Test
    void close_passesOnWhatTheCleanUpThrows() throws Throwable {
        IOException e = new IOException();
        Coroutine<?> run = sleep(0).eventually(() -> {
                    throw e;
                })
                .coroutine();
        run.step();
        assertSame(e, assertThrows(IOException.class, run::close));
        run.close();
    }

    // ---- names

    @Test
    void named_namesTheRun() {
        assertEquals("fetch", sleep(0).named("fetch").coroutine().name());
        assertEquals("fetch", sleep(0).named("fetch").then(() -> 1).coroutine().name());
        assertNull(sleep(0).coroutine().name());
        assertEquals("Chain fetch", sleep(0).named("fetch").toString());
        assertEquals("Chain sleep(2s)", sleep(2).toString());
        assertEquals("Chain of 2 steps", sleep(2).then(() -> 1).toString());
        assertEquals("Chain 7", chain(7).toString());
        assertFalse(chain("x\n".repeat(100)).named("y\n".repeat(100)).toString().contains("\n"));
    }

    @Test
    void stack_showsTheStepsThatWaitInnermostFirst() throws Throwable {
        Coroutine<?> run = chain(0).await(() -> sleep(0).then(() -> 1).named("inner"))
                .then(() -> 2)
                .coroutine();
        run.step();
        List<StackTraceElement> stack = run.stack();
        assertEquals(2, stack.size(), stack::toString);
        assertEquals("inner", stack.get(0).getMethodName());
        assertEquals("await", stack.get(1).getMethodName());
        assertEquals(ChainTest.class.getName(), stack.get(1).getClassName());
    }

    private static Suspension stepped(Coroutine<?> run) throws Exception {
        try {
            return run.step();
        } catch (Throwable e) {
            throw Throwables.raise(e);
        }
    }

    /** A coroutine that answers what it is told to, and then has the value 42. */
    private static final class Answering implements Coroutine<Integer> {
        private final Suspension[] answers;
        private int next;
        boolean closed;

        Answering(Suspension... answers) {
            this.answers = answers;
        }

        @Override
        public Suspension step() {
            return answers[next++];
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            throw error;
        }

        @Override
        public Integer result() {
            return 42;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
