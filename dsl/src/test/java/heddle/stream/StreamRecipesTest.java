package heddle.stream;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.stream.StreamsTest.connected;
import static heddle.stream.StreamsTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.dsl.Chain;
import heddle.dsl.Chainable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What streams hand out is a recipe: chains are made of it, and run it again. */
class StreamRecipesTest {

    @Test
    void chains_useStreamsToo() throws Exception {
        connected((client, server) -> {
            Chain<String> answered = server.reader()
                    .readLine()
                    .tap(line -> server.writer().write("echo " + line + "\n"))
                    .await(server.writer().drain())
                    .await(client.reader().readLine());
            client.writer().write("hello\n");
            assertEquals("echo hello", await(answered));
            client.writer().write("again\n");
            assertEquals("echo again", await(answered), "a recipe can be run again");
        });
    }

    @Test
    void chain_thatGoesRound_echoes() throws Exception {
        connected((client, server) -> {
            Task<byte[]> echo = createTask(server.writer()
                    .drain()
                    .await(server.reader().read(100))
                    .tap(bytes -> server.writer().write(bytes))
                    .repeatWhile(bytes -> bytes.length > 0)
                    .eventually(server.writer()::close));
            for (String each : List.of("one", "two", "three")) {
                client.writer().write(each);
                assertEquals(each, text(await(client.reader().readExactly(each.length()))));
            }
            client.writer().writeEof();
            assertEquals(0, await(echo).length);
            assertEquals(0, await(client.reader().read()).length);
        });
    }

    @Test
    void read_forgetsWhatItGave_forAChainThatGoesRoundHoldsIt() throws Exception {
        connected((client, server) -> {
            client.writer().write("much");
            Chainable<byte[]> read = server.reader().readExactly(4);
            assertEquals("much", text(await(read)));
            assertNull(((Coroutine<?>) read).result());
        });
    }

    @Test
    void drain_thatNeedntWait_takesNoTurn_andAfterCloseOne() throws Exception {
        connected((client, server) -> {
            StreamWriter writer = client.writer();
            Chainable<Void> drain = writer.drain();
            assertSame(Pause.FINISHED, step(drain.then(v -> v).coroutine()));
            assertEquals("drain", drain.toString());
            assertEquals("waitClosed", writer.waitClosed().toString());
            writer.close();
            Coroutine<Void> after = drain.then(v -> v).coroutine();
            assertSame(Pause.YIELD, step(after));
            assertSame(Pause.FINISHED, step(after));
        });
    }

    private static Suspension step(Coroutine<?> run) throws Exception {
        try {
            return run.step();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
