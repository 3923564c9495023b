import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.timeout;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;

import heddle.dsl.Chain;
import heddle.stream.Server;
import heddle.stream.StreamReader;
import heddle.stream.StreamWriter;
import heddle.stream.Streams;
import heddle.sync.Semaphore;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** Asks many endpoints how they are, all at once as it reads, but never more than a few at a time. */
public class HealthChecker {

    private final Semaphore slots;
    private final double patience;
    private int asking;
    private int mostAsking;

    HealthChecker(int atATime, double patience) {
        this.slots = new Semaphore(atATime);
        this.patience = patience;
    }

    Chain<Map<String, Integer>> checkAll(List<Integer> ports) {
        return async(() -> {
            List<Chain<String>> checks = new ArrayList<>();
            for (int port : ports) {
                checks.add(check(port));
            }
            Map<String, Integer> summary = new TreeMap<>();
            await(gather(checks)).forEach(answer -> summary.merge(answer, 1, Integer::sum));
            return summary;
        });
    }

    /** The semaphore is held for as long as an endpoint is talked to; the patience counts from there. */
    Chain<String> check(int port) {
        return async(() -> slots.run(() -> {
            mostAsking = Math.max(mostAsking, ++asking);
            try {
                return timeout(patience, () -> ask(port));
            } catch (ConnectException e) {
                return "down";
            } catch (TimeoutException e) {
                return "hangs";
            } finally {
                asking--;
            }
        }));
    }

    private static String ask(int port) throws Exception {
        try (Streams streams = await(openConnection("localhost", port))) {
            streams.writer().write("how are you?\n");
            return await(streams.reader().readLine());
        }
    }

    // ---- endpoints to be checked

    static Chain<Void> well(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                await(reader.readLine());
                await(sleep(0.01));
                writer.write("fine\n");
            }
        });
    }

    static Chain<Void> stuck(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                await(reader.read()); // until the client has had enough
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        HealthChecker checker = new HealthChecker(8, 20);
        HealthChecker impatient = new HealthChecker(2, 0.2);
        run(() -> {
            Server gone = await(startServer(HealthChecker::well, "localhost", 0));
            gone.close();
            try (Server well = await(startServer(HealthChecker::well, "localhost", 0));
                    Server stuck = await(startServer(HealthChecker::stuck, "localhost", 0))) {
                List<Integer> ports = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    ports.add(well.port());
                }
                ports.add(gone.port());
                System.out.println(await(checker.checkAll(ports)));
                System.out.println(checker.mostAsking + " at a time");
                System.out.println(await(impatient.checkAll(List.of(stuck.port(), stuck.port()))));
            }
        });
    }
}
// prints
// {down=1, fine=50}
// 8 at a time
// {hangs=2}
