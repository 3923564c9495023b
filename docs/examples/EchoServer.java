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

/** Sends each line back. With the argument "serve" it serves until Ctrl-C; without, it also is its own client. */
public class EchoServer {

    static Chain<Void> echo(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                for (String line = await(reader.readLine()); line != null; line = await(reader.readLine())) {
                    writer.write(line + "\n");
                    await(writer.drain());
                }
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        boolean serve = arguments.length > 0 && arguments[0].equals("serve");
        run(() -> {
            try (Server server = await(startServer(EchoServer::echo, "localhost", serve ? 8888 : 0))) {
                if (serve) {
                    await(server.serveForever());
                }
                try (Streams streams = await(openConnection("localhost", server.port()))) {
                    for (String line : new String[] {"hello", "world"}) {
                        streams.writer().write(line + "\n");
                        System.out.println("echo: " + await(streams.reader().readLine()));
                    }
                }
            }
        });
    }
}
// prints
// echo: hello
// echo: world
