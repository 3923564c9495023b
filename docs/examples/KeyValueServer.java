import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.timeout;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;

import heddle.dsl.Chain;
import heddle.stream.LimitOverrunException;
import heddle.stream.Server;
import heddle.stream.ServerOptions;
import heddle.stream.StreamReader;
import heddle.stream.StreamWriter;
import heddle.stream.Streams;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Keeps values by name: "set NAME VALUE", "get NAME", "quit". Who says nothing for too long, or too much, is let go. */
public class KeyValueServer {

    private final Map<String, String> values = new HashMap<>();
    private final double patience;

    KeyValueServer(double patience) {
        this.patience = patience;
    }

    Chain<Void> serve(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                talk(reader, writer);
            }
        });
    }

    /** Called by the coroutine's body, and may await like it. */
    private void talk(StreamReader reader, StreamWriter writer) throws Exception {
        try {
            String answer;
            do {
                answer = answer(timeout(patience, () -> await(reader.readLine())));
                writer.write(answer + "\n");
                await(writer.drain());
            } while (!answer.equals("bye"));
        } catch (TimeoutException e) {
            writer.write("too slow\n");
        } catch (LimitOverrunException e) {
            writer.write("too long\n");
        }
    }

    private String answer(String line) {
        String[] words = line == null ? new String[] {"quit"} : line.split(" ", 3);
        return switch (words[0]) {
            case "set" -> words.length < 3 ? "set what?" : values.put(words[1], words[2]) == null ? "new" : "changed";
            case "get" -> words.length < 2 ? "get what?" : values.getOrDefault(words[1], "nothing");
            case "quit" -> "bye";
            default -> "what?";
        };
    }

    public static void main(String[] arguments) throws Exception {
        KeyValueServer store = new KeyValueServer(1);
        run(() -> {
            var options = ServerOptions.DEFAULT.withLimit(100);
            try (Server server = await(startServer(store::serve, "localhost", 0, options))) {
                for (String line : new String[] {"set a 1", "set a 2", "get a", "get b", "x".repeat(200), "quit"}) {
                    try (Streams streams = await(openConnection("localhost", server.port()))) {
                        streams.writer().write(line + "\n");
                        System.out.println(await(streams.reader().readLine()));
                    }
                }
                try (Streams silent = await(openConnection("localhost", server.port()))) {
                    System.out.println(await(silent.reader().readLine()));
                }
            }
        });
    }
}
// prints
// new
// changed
// 2
// nothing
// too long
// bye
// too slow
