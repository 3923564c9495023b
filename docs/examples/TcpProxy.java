import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;

import heddle.dsl.Chain;
import heddle.stream.Server;
import heddle.stream.StreamReader;
import heddle.stream.StreamWriter;
import heddle.stream.Streams;

/** Passes bytes on, both ways, no faster than the slower side takes them; an end of one side is passed on, too. */
public class TcpProxy {

    static Chain<Void> pass(StreamReader from, StreamWriter to) {
        return async(() -> {
            for (byte[] some = await(from.read(65_536)); some.length > 0; some = await(from.read(65_536))) {
                to.write(some);
                await(to.drain());
            }
            to.writeEof();
        });
    }

    static Chain<Void> proxy(StreamReader reader, StreamWriter writer, int target) {
        return async(() -> {
            try (writer; Streams behind = await(openConnection("localhost", target))) {
                await(gather(pass(reader, behind.writer()), pass(behind.reader(), writer)));
            }
        });
    }

    static Chain<Void> reverse(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                String all = new String(await(reader.read()));
                writer.write(new StringBuilder(all).reverse().toString());
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        run(() -> {
            try (Server target = await(startServer(TcpProxy::reverse, "localhost", 0));
                    Server proxy = await(startServer((r, w) -> proxy(r, w, target.port()), "localhost", 0));
                    Streams streams = await(openConnection("localhost", proxy.port()))) {
                streams.writer().write("stressed");
                streams.writer().writeEof();
                System.out.println(new String(await(streams.reader().read())));
            }
        });
    }
}
// prints
// desserts
