package heddle.dsl;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.Coroutine;
import heddle.api.Pause;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** However long or deep, a chain needs no Java stack. */
class ChainDepthTest {

    private static final int MILLION = 1_000_000;

    @Test
    void aMillionSteps() throws Exception {
        Chain<Integer> chain = chain(0);
        for (int i = 0; i < MILLION; i++) {
            chain = chain.then(x -> x + 1);
        }
        assertEquals(MILLION, run(chain));
    }

    @Test
    void aMillionNestedAwaits() throws Exception {
        assertEquals(MILLION, run(nested(MILLION)));
    }

    private static Chain<Integer> nested(int depth) {
        return depth == 0 ? sleep(0, 0) : chain(depth).await(d -> nested(d - 1)).then(x -> x + 1);
    }

    @Test
    void anErrorFromAMillionDeep() throws Exception {
        assertEquals(-1, run(nestedFailing(MILLION).recover(e -> -1)));
    }

    private static Chain<Integer> nestedFailing(int depth) {
        return depth == 0
                ? sleep(0).then(() -> {
                    throw new IOException();
                })
                : chain(depth).await(d -> nestedFailing(d - 1)).then(x -> x + 1);
    }

    @Test
    void closingAMillionDeep() throws Throwable {
        int[] cleaned = new int[1];
        Coroutine<Integer> run = nestedCleaning(MILLION, cleaned).coroutine();
        assertSame(Pause.YIELD, run.step());
        run.close();
        assertEquals(MILLION, cleaned[0]);
    }

    private static Chain<Integer> nestedCleaning(int depth, int[] cleaned) {
        return depth == 0
                ? sleep(0, 0)
                : chain(depth).await(d -> nestedCleaning(d - 1, cleaned)).eventually(() -> {
                    cleaned[0]++;
                });
    }

    @Test
    void anEndlessLoop_keepsNothing() throws Throwable {
        Coroutine<Integer> run = forever(0).coroutine();
        for (int i = 0; i < MILLION; i++) {
            assertSame(Pause.YIELD, run.step());
        }
        assertEquals(1, run.stack().size());
        assertThrows(IOException.class, () -> run.raise(new IOException()));
    }

    private static Chain<Integer> forever(int i) {
        return sleep(0, i).await(x -> forever(x + 1));
    }

    @Test
    void aLongLoopThatNeverPauses() throws Exception {
        assertEquals(0, run(countDown(10 * MILLION)));
    }

    private static Chain<Integer> countDown(int n) {
        return n == 0 ? chain(0) : chain(n).await(x -> countDown(x - 1));
    }
}
