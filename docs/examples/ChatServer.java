import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;

import heddle.dsl.Chain;
import heddle.stream.Server;
import heddle.stream.StreamReader;
import heddle.stream.StreamWriter;
import heddle.stream.Streams;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everybody hears what everybody says. The map needs no lock: between two awaits nothing else runs. */
public class ChatServer {

    private final Map<String, StreamWriter> people = new LinkedHashMap<>();

    Chain<Void> welcome(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            String name = await(reader.readLine());
            if (name == null || people.putIfAbsent(name, writer) != null) {
                writer.write("that name is taken\n");
                writer.close();
                return;
            }
            try {
                tellAll(name + " is here");
                for (String line = await(reader.readLine()); line != null; line = await(reader.readLine())) {
                    tellAll(name + ": " + line);
                }
            } finally {
                people.remove(name);
                writer.close();
                tellAll(name + " is gone");
            }
        });
    }

    private void tellAll(String line) {
        for (StreamWriter each : people.values()) {
            if (each.writeBufferSize() > 1_000_000) {
                each.abort(); // who doesn't listen must not fill our memory
            } else if (!each.isClosing()) {
                each.write(line + "\n");
            }
        }
    }

    private static Streams join(int port, String name) throws Exception {
        Streams streams = await(openConnection("localhost", port));
        streams.writer().write(name + "\n");
        System.out.println(name + " hears " + await(streams.reader().readLine()));
        return streams;
    }

    public static void main(String[] arguments) throws Exception {
        ChatServer chat = new ChatServer();
        run(() -> {
            try (Server server = await(startServer(chat::welcome, "localhost", 0));
                    Streams ada = join(server.port(), "ada")) {
                Streams bob = join(server.port(), "bob");
                bob.writer().write("hello\n");
                bob.writer().close();
                for (int i = 0; i < 3; i++) {
                    System.out.println("ada hears " + await(ada.reader().readLine()));
                }
            }
        });
    }
}
// prints
// ada hears ada is here
// bob hears bob is here
// ada hears bob is here
// ada hears bob: hello
// ada hears bob is gone
