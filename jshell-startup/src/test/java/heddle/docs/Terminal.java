package heddle.docs;

import heddle.house.Modules;
import heddle.jshell.Prompt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jshell.tool.JavaShellToolBuilder;

/** The jshell tool itself, as the launcher starts it, with everything typed ahead. */
public final class Terminal {
    private Terminal() {}

    /** What the terminal shows: prompts, what was typed, and what came back. Files are saved in {@code target/typed}. */
    public static List<String> show(Path startup, List<String> input) throws Exception {
        return show(startup, input, List.of());
    }

    /** The same, with more options for the tool. */
    public static List<String> show(Path startup, List<String> input, List<String> options) throws Exception {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var typed = new ByteArrayInputStream((String.join("\n", input) + "\n").getBytes(StandardCharsets.UTF_8));
        var folder = Files.createDirectories(Modules.ROOT.resolve("jshell-startup/target/typed"));
        var all =
                new ArrayList<>(List.of("--feedback", "normal", "-R-Duser.dir=" + folder, "-R-XX:TieredStopAtLevel=1"));
        all.addAll(options);
        var before = System.out;
        System.setOut(print); // snippets that run in this JVM print there
        try {
            start(typed, print, Prompt.arguments(startup.toString(), all));
        } finally {
            System.setOut(before);
        }
        return new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static void start(InputStream typed, PrintStream print, List<String> arguments) throws Exception {
        JavaShellToolBuilder.builder()
                .in(typed, InputStream.nullInputStream())
                .out(print)
                .err(print)
                .env(Map.of())
                .persistence(new HashMap<>())
                .locale(Locale.ROOT)
                .start(arguments.toArray(String[]::new));
    }
}
