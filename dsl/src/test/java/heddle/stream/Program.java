package heddle.stream;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;

import heddle.api.EventLoop;
import heddle.api.Promise;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that tests run in a process of its own. */
final class Program {

    private Program() {}

    /** The command line that runs this with {@code arguments}. */
    static String[] command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Program.class.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /** Where Heddle's classes, the tests' and the engine's are, whichever path the tests run on. */
    static String classPath() {
        return Stream.of(
                        EventLoop.class,
                        Io.class,
                        Program.class,
                        engine("heddle.engine.nio.NioEngine"),
                        engine("org.slf4j.Logger"))
                .map(Program::location)
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static Class<?> engine(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "cancelled" ->
                run(() -> {
                    try {
                        System.out.println("ready");
                        await(sleep(60));
                    } finally {
                        System.out.println("cleaned up");
                    }
                });
            case "stubborn" ->
                run(() -> {
                    System.out.println("ready");
                    while (true) {
                        try {
                            await(sleep(60));
                        } catch (heddle.api.CancelledError e) {
                            System.out.println("no, " + e.origin());
                        }
                    }
                });
            case "handler" ->
                run(() -> {
                    Promise<String> told = EventLoop.running().createFuture();
                    Os.addSignalHandler("TERM", () -> told.setResult("TERM"));
                    System.out.println("ready");
                    System.out.println("got " + await(told));
                    System.out.println(Os.removeSignalHandler("TERM") + " " + Os.removeSignalHandler("TERM"));
                });
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
