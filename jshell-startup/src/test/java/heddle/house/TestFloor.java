package heddle.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The build's last check: it counts the tests that ran in all modules, so that none can drop out unseen. */
public final class TestFloor {
    /** How many tests must at least run: raise it as tests are added. */
    private static final int FLOOR = 2_900;

    private static final Pattern SUITE = Pattern.compile("<testsuite\\b[^>]*>");

    private TestFloor() {}

    /** Runs inside Maven, with the projects of this build as argument. */
    public static void main(String[] args) throws IOException {
        var all = Modules.names(Modules.ROOT).stream().allMatch(module -> args[0].contains("/" + module + "/pom.xml"));
        if (!all || System.getProperty("test") != null) {
            System.out.println("tests run: not all of them were asked for, so the floor is not checked");
            return;
        }
        // Reports from before this build count for nothing.
        var start = ProcessHandle.current().info().startInstant().orElseThrow();
        var run = testsRun(Modules.ROOT, start);
        System.out.println("tests run: " + run + " (floor " + FLOOR + ")");
        if (run < FLOOR) {
            throw new IllegalStateException("only " + run + " tests ran, expected at least " + FLOOR);
        }
    }

    static int testsRun(Path root, Instant since) throws IOException {
        int sum = 0;
        for (var module : Modules.names(root)) {
            if (Files.isDirectory(root.resolve(module).resolve("src/test/java"))) {
                for (var path : List.of("module", "class")) {
                    int run = 0;
                    for (var report : reports(root.resolve(module).resolve("target/surefire-reports/" + path), since)) {
                        run += testsRun(report);
                    }
                    if (run == 0) {
                        throw new IllegalStateException("no test ran in " + module + " on the " + path + " path");
                    }
                    sum += run;
                }
            }
        }
        return sum;
    }

    private static List<Path> reports(Path folder, Instant since) throws IOException {
        var reports = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
                for (var file : files) {
                    if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                        reports.add(file);
                    }
                }
            }
        }
        return reports;
    }

    private static int testsRun(Path report) throws IOException {
        var suite = SUITE.matcher(Files.readString(report));
        if (!suite.find()) {
            throw new IllegalStateException("no <testsuite> in " + report);
        }
        return attribute("tests", suite.group()) - attribute("skipped", suite.group());
    }

    private static int attribute(String name, String element) {
        var value = Pattern.compile("\\b" + name + "=[\"'](\\d+)").matcher(element);
        if (!value.find()) {
            throw new IllegalStateException("no attribute " + name + " in " + element);
        }
        return Integer.parseInt(value.group(1));
    }
}
