package heddle.dsl;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.Pause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A chain of more steps than are kept together does what a short one does, wherever it is parted. */
class LongChainTest {

    /** By what a chain is made longer: each of its steps is once the last of a part, once the first of the next. */
    private static final int[] LENGTHS = IntStream.concat(
                    IntStream.rangeClosed(Program.MOST - 15, Program.MOST + 1),
                    IntStream.of(2 * Program.MOST - 6, 3 * Program.MOST))
            .toArray();

    private final List<Object> seen = new ArrayList<>();
    private int rounds;

    private static Chain<Integer> longer(Chain<Integer> chain, int by) {
        Chain<Integer> longer = chain;
        for (int i = 0; i < by; i++) {
            longer = longer.then(x -> x);
        }
        return longer;
    }

    /** Steps of all kinds, some of which fail, wait, deal with an error, or go round. */
    private List<UnaryOperator<Chain<Integer>>> steps() {
        return List.of(
                c -> c.then(x -> x + 1),
                c -> c.tap(x -> seen.add("tap " + x)),
                c -> c.await(x -> sleep(0, x * 2)),
                c -> c.then(x -> {
                    throw new IOException("of " + x);
                }),
                c -> c.eventually(() -> {
                    seen.add("eventually");
                }),
                c -> c.recover(IllegalStateException.class, e -> -1),
                c -> c.recover(e -> {
                    seen.add(e.getMessage());
                    return 5 + rounds;
                }),
                c -> c.await(x -> chain(x).await(y -> sleep(0, y)).then(y -> y + 1)),
                c -> c.repeatWhile(x -> ++rounds < 3),
                c -> c.eventually(() -> sleep(0).tap(v -> seen.add("slept"))),
                c -> c.named("long"),
                c -> c.gather(x -> List.of(chain(x), sleep(0, x))).then(all -> all.get(0) + all.get(1)));
    }

    /** Runs the steps, prolonged at one place, where it may be run, too, before it goes on. */
    private List<Object> outcome(Chain<Integer> start, int at, int by, boolean runThere) throws Exception {
        seen.clear();
        rounds = 0;
        Chain<Integer> chain = start;
        List<UnaryOperator<Chain<Integer>>> steps = steps();
        for (int i = 0; i <= steps.size(); i++) {
            if (i == at) {
                chain = longer(chain, by);
                if (runThere) {
                    assertSame(chain.coroutine().getClass(), ChainRun.class);
                }
            }
            if (i < steps.size()) {
                chain = steps.get(i).apply(chain);
            }
        }
        seen.add(run(chain));
        seen.add(rounds);
        seen.add(chain.coroutine().toString());
        return List.copyOf(seen);
    }

    @Test
    void wherever_itIsParted_nothingChanges() throws Exception {
        for (Chain<Integer> start : List.of(chain(1), sleep(0, 1))) {
            List<Object> expected = outcome(start, -1, 0, false);
            assertEquals(
                    List.of(
                            "tap 2",
                            "eventually",
                            "of 4",
                            "tap 2",
                            "eventually",
                            "of 4",
                            "tap 2",
                            "eventually",
                            "of 4",
                            "slept",
                            16,
                            3,
                            "run of long"),
                    expected);
            for (int at = 0; at <= steps().size(); at++) {
                for (int by : LENGTHS) {
                    assertEquals(expected, outcome(start, at, by, false), "at " + at + " by " + by);
                    assertEquals(expected, outcome(start, at, by, true), "run at " + at + " by " + by);
                }
            }
        }
    }

    @Test
    void oneRecipe_isProlongedInManyWays() throws Exception {
        Chain<Integer> base = longer(chain(0), 2 * Program.MOST + 1);
        for (Chain<Integer> more :
                List.of(base.then(x -> x + 1), longer(base, Program.MOST).then(x -> x + 1))) {
            assertEquals(1, run(more));
            assertEquals(0, run(base));
        }
        assertEquals(List.of(2), run(base.then(x -> List.of(x + 2))));
        assertEquals("Chain of " + (2 * Program.MOST + 2) + " steps", base.toString());
    }

    @Test
    void name_isThatOfAllSteps_whereverItWasGiven() throws Throwable {
        for (int by : LENGTHS) {
            Chain<Integer> chain = longer(longer(chain(1), 3).named("first").then(x -> x), by)
                    .await(x -> sleep(0, x))
                    .then(x -> x + 1);
            assertEquals("Chain first", chain.toString());
            Coroutine<Integer> outer =
                    longer(chain(0).await(chain).named("outer"), by).coroutine();
            assertEquals("outer", outer.name());
            assertSame(Pause.YIELD, outer.step());
            assertEquals(
                    List.of("sleep", "first", "outer"),
                    outer.stack().stream().map(StackTraceElement::getMethodName).toList());
            assertEquals("Chain again", chain.named("again").toString());
            outer.close();
        }
    }

    @Test
    void stack_namesTheStep_inALaterPart() throws Throwable {
        for (int by : LENGTHS) {
            Coroutine<Integer> run = longer(chain(1), by)
                    .await(x -> chain(x).tap(y -> {}).await(y -> sleep(0, y)))
                    .then(x -> x)
                    .coroutine();
            assertSame(Pause.YIELD, run.step());
            assertEquals(
                    List.of("sleep", "await"),
                    run.stack().stream().map(StackTraceElement::getMethodName).toList());
            run.close();
        }
    }

    @Test
    void error_passesManyParts_toWhoDealsWithIt() throws Exception {
        Chain<Integer> failing = chain(0).then(() -> {
            throw new IOException("early");
        });
        assertEquals(7, run(longer(failing, 3 * Program.MOST).recover(e -> 7)));
        IOException thrown = assertThrows(IOException.class, () -> run(longer(failing, 3 * Program.MOST)));
        assertEquals("early", thrown.getMessage());
    }

    @Test
    void close_runsTheCleanUpOfALaterPart() throws Throwable {
        Coroutine<Integer> run = longer(sleep(0, 1), 2 * Program.MOST)
                .recover(CoroutineExit.class, e -> {
                    seen.add("closed");
                    throw e;
                })
                .coroutine();
        assertSame(Pause.YIELD, run.step());
        run.close();
        assertEquals(List.of("closed"), seen);
    }

    @Test
    void longChainsThatAwaitEachOther() throws Exception {
        Chain<Integer> inner = longer(chain(1), Program.MOST - 1); // the last step of a part awaits
        Chain<Integer> chain = longer(longer(chain(0), Program.MOST - 2).await(inner), Program.MOST - 1)
                .await(inner)
                .then(x -> x + 1)
                .repeatWhile(x -> ++rounds < 3);
        assertTrue(chain.toString().endsWith(" steps"), chain::toString);
        assertEquals(2, run(chain));
        assertEquals(3, rounds);
    }
}
