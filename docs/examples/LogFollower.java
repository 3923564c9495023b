import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.stream.Os.follow;
import static heddle.stream.Os.writeText;

import heddle.api.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Prints the errors of a log while it grows. */
public class LogFollower {

    public static void main(String[] arguments) throws Exception {
        Path log = Files.createTempFile("heddle", ".log");
        run(() -> {
            Task<Void> writer = createTask(async(() -> {
                for (int i = 1; i <= 6; i++) {
                    await(writeText(log, (i % 2 == 0 ? "ERROR " : "INFO ") + i + "\n", StandardOpenOption.APPEND));
                    await(sleep(0.005));
                }
            }));
            var lines = follow(log, 0.01).asyncIterator();
            for (int errors = 0; errors < 3; ) {
                String line = await(lines.next());
                if (line.startsWith("ERROR")) {
                    errors++;
                    System.out.println(line);
                }
            }
            await(writer);
        });
        Files.delete(log);
    }
}
// prints
// ERROR 2
// ERROR 4
// ERROR 6
