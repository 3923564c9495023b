package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.tck.command.Jars;
import heddle.tck.model.ModelProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an engine does, the kit says what it was, and lives. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the engine's process has a class path")
@Timeout(240) // on a machine that is busy with other things
class BadEngineTest {
    private static final int JAVA_55 = 99;

    @TempDir
    static Path folder;

    private static final Map<String, String> SOURCES = new HashMap<>();

    /** An engine like the model, but for some members, and something that is done when a loop is asked for. */
    private static void engine(String name, String members, String newLoop) {
        SOURCES.put(name, """
            import heddle.api.*;
            import heddle.api.spi.*;
            import heddle.tck.model.*;
            import java.util.*;
            import java.util.concurrent.locks.LockSupport;
            public class %1$s implements EngineProvider {
                %2$s
                public String name() { return "%1$s"; }
                public Set<Capability> capabilities() { return new ModelProvider().capabilities(); }
                static void hang() { while (true) LockSupport.park(); }
                public EventLoop newEventLoop(EngineOptions options) {
                    Runnable before = () -> { %3$s };
                    before.run();
                    return loop(options);
                }
                EventLoop loop(EngineOptions options) { return new ModelLoop(options); }
            }
            """.formatted(name, members, newLoop));
    }

    @BeforeAll
    static void compile() throws Exception {
        engine("Good", "", "");
        engine("Other", "", "");
        engine("NeedsInConstructor", "Object needed = new Library();", "");
        engine("NeedsInLoop", "", "new Library();");
        SOURCES.put("Library", "class Library {}");
        engine("HangsInLoop", "", "hang();");
        engine("HangsInCallback", "", "");
        SOURCES.compute(
                "HangsInCallback",
                (name, source) -> source.replace(
                        "return new ModelLoop(options);",
                        "return new ModelLoop(options) { @Override public Handle callSoon(ThrowingRunnable callback)"
                                + " { return super.callSoon(() -> hang()); } };"));
        String inProgram = "StackWalker.getInstance().walk(frames -> frames.anyMatch(frame ->"
                + " frame.getClassName().equals(\"heddle.tck.program.ProgramRun\")))";
        engine("ExitsInProgram", "static int programs;", "if (" + inProgram + " && ++programs == 3) System.exit(9);");
        engine("HangsInProgram", "", "if (" + inProgram + ") hang();");
        engine("HangsInClass", "static { hang(); }", "");
        engine("Throws", "{ if (true) throw new IllegalStateException(\"no \\u001b[31mreactor\"); }", "");
        engine("ThrowsInClass", "static int half = Integer.parseInt(\"half\");", "");
        engine("Exits", "", "System.exit(7);");
        engine("ExitsInClass", "static { System.exit(8); }", "");
        engine("Crashes", "", """
            try {
                var field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
                field.setAccessible(true);
                Object unsafe = field.get(null);
                unsafe.getClass().getMethod("putAddress", long.class, long.class).invoke(unsafe, 0L, 0L);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            """);
        engine(
                "Leaks",
                "",
                "Thread leak = new Thread(() -> hang(), \"leak\\u001b[31m\"); leak.setDaemon(false); leak.start();");
        engine(
                "Prints",
                "",
                "for (int i = 0; i < 40; i++) { System.out.print(\"x\".repeat(50_000));"
                        + " System.err.println(\"y\".repeat(50_000)); }");
        engine("Escapes", "", "if (true) throw new RuntimeException(\"\\u001b[2J<script>&\\u0000]]>\");");
        SOURCES.compute(
                "Escapes",
                (name, source) ->
                        source.replace("return \"Escapes\"", "return \"\\u001b[31m<b>\\u202e&'\\\"\\ud800\""));
        Jars.compile(folder, SOURCES, EventLoop.class, ModelProvider.class);
    }

    private static Path jar(String... providers) throws Exception {
        List<String> classes = new ArrayList<>();
        for (String provider : providers) {
            Jars.classes(folder).stream()
                    .filter(file -> file.matches(provider + "(\\$.*)?\\.class"))
                    .forEach(classes::add);
        }
        return Jars.pack(folder.resolve(String.join("-", providers) + ".jar"), folder, classes, providers);
    }

    record Run(int status, String out, String err) {
        static Run of(Object... args) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            List<String> words = new ArrayList<>();
            List.of(args).forEach(arg -> words.add(arg.toString()));
            int status = Main.run(
                    words,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));
            return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        /** Judges an engine by one rule. */
        static Run judge(Path jar, Object... more) {
            List<Object> args = new ArrayList<>(List.of("--engine-path", jar, "--rules", "LOOP-1", "--tries", "1"));
            args.addAll(List.of(more));
            return of(args.toArray());
        }

        void ended(int expected, String... words) {
            String all = out + err;
            assertEquals(expected, status, all);
            for (String word : words) {
                assertTrue(all.contains(word), () -> "no " + word + " in\n" + all);
            }
            assertFalse(all.chars().anyMatch(c -> c != '\n' && c < ' '), all);
        }

        /** One clear message: no stack trace of the kit's. */
        void couldNotRun(String... words) {
            ended(2, words);
            assertFalse((out + err).contains("\tat "), err);
        }
    }

    @Test
    void goodEngine_passes() throws Exception {
        Run.judge(jar("Good")).ended(0, "passed      LOOP-1", "1 passed, 0 FAILED");
    }

    @Test
    void noProvider_isSaid() throws Exception {
        Path jar = Jars.pack(folder.resolve("none.jar"), folder, List.of("Good.class"));
        Run.judge(jar).couldNotRun("has no provider", "META-INF/services/heddle.api.spi.EngineProvider");
    }

    @Test
    void missingProvider_isNamed() throws Exception {
        Path jar = Jars.pack(folder.resolve("wrong.jar"), folder, List.of("Good.class"), "Absent");
        Run.judge(jar).couldNotRun("Absent", "not found");
    }

    @Test
    void twoProviders_areAChoice() throws Exception {
        Path jar = jar("Good", "Other");
        Run.judge(jar).couldNotRun("found Good (Good) and Other (Other): choose with --engine NAME");
        Run.judge(jar, "--engine", "Other").ended(0, "the engine Other");
        Run.judge(jar, "--engine", "Third").couldNotRun("no engine is named Third", "Good", "Other");
    }

    @Test
    void newerJava_isNamed() throws Exception {
        Path newer = Files.createDirectories(folder.resolve("newer"));
        byte[] bytes = Files.readAllBytes(folder.resolve("Good.class"));
        bytes[7] = JAVA_55; // the low byte of the version
        Files.write(newer.resolve("Good.class"), bytes);
        Path jar = Jars.pack(folder.resolve("newer.jar"), newer, List.of("Good.class"), "Good");
        Run.judge(jar)
                .couldNotRun("Good needs Java 55 or later, and this is Java "
                        + Runtime.version().feature());
    }

    @Test
    void missingDependency_isNamed() throws Exception {
        Run.judge(jar("NeedsInConstructor")).couldNotRun("the class Library is missing: add the jar that has it");
        Run.judge(jar("NeedsInLoop")).couldNotRun("the class Library is missing: add the jar that has it");
        Run.of("--engine-path", jar("NeedsInLoop"), "--rules", "none", "--programs", 1)
                .couldNotRun("the class Library is missing: add the jar that has it");
    }

    @Test
    void hangingEngine_failsWithItsStack() throws Exception {
        Run.judge(jar("HangsInLoop"), "--limit", "3")
                .ended(1, "FAILED      LOOP-1", "it hung: no end after 3.0 s", "HangsInLoop.hang");
        Run.judge(jar("HangsInCallback"), "--limit", "3")
                .ended(1, "FAILED      LOOP-1", "it hung", "HangsInCallback.hang", "loop: ", "thread main");
    }

    @Test
    void hangingClass_isNotJudged() throws Exception {
        Run.judge(jar("HangsInClass"), "--limit", "1")
                .couldNotRun("it hung: no end after 4.0 s", "HangsInClass.<clinit>");
    }

    @Test
    void throwingProvider_isNotJudged() throws Exception {
        Run.judge(jar("Throws"))
                .couldNotRun("Throws could not be instantiated", "IllegalStateException: no \\u001b[31mreactor");
        Run.judge(jar("ThrowsInClass")).couldNotRun("its static initialiser fails", "NumberFormatException");
    }

    @Test
    void exitingEngine_fails_andTheOtherRulesAreJudged() throws Exception {
        Run run = Run.of("--engine-path", jar("Exits"), "--rules", "LOOP-1,LOOP-2,TIME-1", "--tries", 1);
        run.ended(
                1,
                "FAILED      LOOP-1",
                "ended its JVM in try 1 of it: exit status 7",
                "class Rule_LOOP_1 {",
                "not judged  LOOP-2");
        Run.judge(jar("ExitsInClass")).couldNotRun("ended its JVM while it was loaded: exit status 8");
    }

    @Test
    void crashingEngine_fails() throws Exception {
        Run.judge(jar("Crashes")).ended(1, "FAILED      LOOP-1", "ended its JVM in try 1 of it: exit status ");
    }

    @Test
    void exitInAProgram_isOfThatSuite_inEachForm() throws Exception {
        Run.of("--engine-path", jar("ExitsInProgram"), "--rules", "LOOP-1", "--tries", 1, "--programs", 5)
                .ended(
                        1,
                        "passed      LOOP-1",
                        "FAILED      library programs as chains (3 run)",
                        "FAILED      library programs as direct style (3 run)",
                        "a library program, no engine law, as chains on the engine ExitsInProgram: the engine ended its"
                                + " JVM in program 3 of them: exit status 9\n  the program, for JShell:",
                        "--rules none --programs 5 --seed 1");
    }

    @Test
    void hangInAProgram_isOfThatSuite_andOneIsEnough() throws Exception {
        Run.of("--engine-path", jar("HangsInProgram"), "--rules", "none", "--programs", 5, "--limit", 1)
                .ended(
                        1,
                        "FAILED      library programs as chains (1 run)",
                        "a library program, no engine law, as direct style on the engine HangsInProgram: program ",
                        ": it hung: no end after 1.0 s",
                        "  the program, for JShell:",
                        "HangsInProgram.hang",
                        "--limit 1");
    }

    @Test
    void leakedThreads_areRemarkedUpon() throws Exception {
        Run.judge(jar("Leaks")).ended(0, "remark: the engine left ", "threads that keep a JVM alive: leak\\u001b[31m");
    }

    @Test
    void megabytes_areCutShort() throws Exception {
        Run run = Run.judge(jar("Prints"));
        run.ended(0, "… of ", " bytes in all");
        assertTrue(run.out().length() < 10_000, () -> run.out().length() + " characters");
    }

    @Test
    void escapes_areSpelledOut() throws Exception {
        Path reports = folder.resolve("reports");
        Run.judge(jar("Escapes"), "--report", reports)
                .ended(1, "engine \\u001b[31m<b>\\u202e&'\"", "\\u001b[2J<script>", "--engine Escapes --rules LOOP-1");
        int files = 0;
        try (var all = Files.newDirectoryStream(reports)) {
            for (Path file : all) {
                String text = Files.readString(file);
                assertFalse(text.chars().anyMatch(c -> (c < ' ' && c != '\n') || c == 0x202e || c == 0xfffd), text);
                assertTrue(text.contains("\\u001b[2J"), text);
                assertTrue(
                        file.toString().endsWith(".txt") || !text.contains("<script") && !text.contains("<b>"), text);
                files++;
            }
        }
        assertEquals(3, files);
    }

    @Test
    void wrongUse_isOneClearSentence() throws Exception {
        Path good = jar("Good");
        Run.of().couldNotRun("--engine-path is missing");
        Run.of("--engin-path", good).couldNotRun("unknown option --engin-path");
        Run.of(good).couldNotRun("unexpected ");
        Run.of("--engine-path").couldNotRun("--engine-path needs a value");
        Run.of("--engine-path", folder.resolve("absent.jar")).couldNotRun("absent.jar, which does not exist");
        Run.of("--engine-path", Files.writeString(folder.resolve("text.jar"), "no jar"))
                .couldNotRun("text.jar, which is neither a folder nor a jar");
        Run.of("--engine-path", good, "--rules", "FOO-1")
                .couldNotRun("--rules names FOO-1: expected chapters, LOOP, TIME");
        Run.of("--engine-path", good, "--rules", "LOOP,").couldNotRun("--rules names nothing");
        Run.of("--engine-path", good, "--tries", "many").couldNotRun("--tries is many: expected a whole number from 1");
        Run.of("--engine-path", good, "--tries", "0").couldNotRun("--tries is 0");
        Run.of("--engine-path", good, "--seed", "0x1").couldNotRun("--seed is 0x1: expected a whole number");
        Run.of("--engine-path", good, "--limit", "-1").couldNotRun("--limit is -1");
        Run.of("--engine-path", good, "--report", good).couldNotRun("--report names ", "expected a folder");
        Run.of("--engine-path", good, "--programs", "12001")
                .couldNotRun("--programs is 12001: expected a whole number from 0 to 12000");
        Run.of("--engine-path", good, "--rules", "none").couldNotRun("--rules none leaves nothing to judge");
        Run.of("--list=yes").couldNotRun("--list takes no value");
        Run.of("--help").ended(0, "usage: java -jar heddle-tck-all.jar --engine-path");
        Run.of("--list", "--rules", "FUT").ended(0, "FUT-1 ");
    }
}
