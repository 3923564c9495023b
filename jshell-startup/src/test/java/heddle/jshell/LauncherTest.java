package heddle.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heddle.house.Modules;
import heddle.terminal.Pty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a project, with JDKs and a Maven that are scripts which tell how they are called. */
@DisabledOnOs(OS.WINDOWS)
@DisabledIfSystemProperty(named = "heddle.test.path", matches = "module", disabledReason = "once is enough")
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("sh", "cat", "dirname", "readlink", "sed", "sort", "tail", "head", "find", "touch", "mkdir");

    @TempDir
    private Path folder;

    private Path project;
    private Path script;
    private Path bin;
    private Path sdks;
    private Path file;

    @BeforeEach
    void project() throws IOException {
        project = folder.resolve("a project");
        for (var each : List.of("api/src", "dsl", "engine", "jshell-startup")) {
            Files.createDirectories(project.resolve(each));
        }
        for (var each : List.of("bin", "home/.jdks", "work")) {
            Files.createDirectories(folder.resolve(each));
        }
        bin = folder.resolve("bin");
        sdks = folder.resolve("home/.jdks");
        file = Files.writeString(folder.resolve("work/my file.jsh"), "1");
        Files.createDirectories(project.resolve("docs"));
        Files.writeString(project.resolve("docs/specification.md"), "# The specification\n");
        Files.writeString(project.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
        Files.writeString(project.resolve("api/src/A.java"), "");
        // only in this folder does it find JDKs
        var text = Files.readString(Modules.ROOT.resolve("jshell-startup/heddle"))
                .replaceAll(" /(usr/lib/jvm|opt|Library)/", " /no/such/folder/");
        script = executable(project.resolve("jshell-startup/heddle"), text);
        for (var tool : TOOLS) {
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
        }
        executable(bin.resolve("mvn"), """
                #!/bin/sh
                echo "mvn on $JAVA_HOME: $*" >> "%s"
                mkdir -p jshell-startup/target/lib
                touch jshell-startup/target/heddle-jshell-startup-1.2.3.jar jshell-startup/target/lib/b.jar
                """.formatted(folder.resolve("mvn.log")));
        jdk("seventeen", "17.0.9");
    }

    @Test
    void prompt_opensOnTheNewestJdk() throws Exception {
        jdk("old", "11.0.2");
        jdk("newer", "25.0.3");
        var newest = jdk("newest", "25.0.10");
        jdk("early", "9");
        var run = run();
        assertEquals(0, run.status, run.err);
        var target = script.getParent().resolve("target");
        assertEquals(
                List.of(
                        newest.resolve("bin/java").toString(),
                        "--add-exports",
                        "java.base/jdk.internal.vm=ALL-UNNAMED",
                        "-cp",
                        target.resolve("heddle-jshell-startup-1.2.3.jar") + ":" + target.resolve("lib/b.jar"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "heddle.jshell.Prompt",
                        script.resolveSibling("heddle.jsh").toString()),
                run.out);
    }

    @Test
    void file_runsAsAProgram() throws Exception {
        var run = run("--engine", "other", "--class-path", "x y.jar", "my file.jsh");
        assertEquals(0, run.status, run.err);
        assertEquals(sdks.resolve("seventeen/bin/java").toString(), run.out.get(0));
        assertTrue(run.out.contains("-Dheddle.engine=other"), run.out::toString);
        assertTrue(run.out.get(run.out.indexOf("-cp") + 1).endsWith("lib/b.jar:x y.jar"), run.out::toString);
        assertEquals(
                List.of(
                        "heddle.jshell.RunFile",
                        script.resolveSibling("heddle.jsh").toString(),
                        "my file.jsh"),
                run.out.subList(run.out.size() - 3, run.out.size()));
    }

    @Test
    void execution_isRemoteOrLocal() throws Exception {
        var local = run("--execution", "local", "--engine", "other").out;
        assertTrue(local.contains("-Dheddle.engine=other"), local::toString);
        assertEquals(List.of("--execution", "heddle:local(true)"), local.subList(local.size() - 2, local.size()));
        assertEquals(run().out, run("--execution", "remote").out);
        assertFails(
                2,
                "heddle: --execution is remote or local, not here\nheddle --help says more",
                run("--execution", "here"));
    }

    @Test
    void virtualTime_isAnOption() throws Exception {
        assertTrue(run("--virtual-time").out.contains("-Dheddle.virtualTime=true"));
        assertTrue(run("--virtual-time", file.toString()).out.contains("-Dheddle.virtualTime=true"));
    }

    @Test
    void terminal_isDescribedToTheJvm() throws Exception {
        var missing = Pty.missing();
        assumeTrue(missing == null, missing);
        for (var tool : List.of("stty", "env")) {
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
        }
        run(); // which builds
        var terminal = inTerminal("TERM=xterm");
        assertTrue(terminal.contains("-Dheddle.columns=120"), terminal::toString);
        assertTrue(terminal.contains("-Dheddle.colour=true"), terminal::toString);
        var plain = inTerminal("TERM=xterm", "NO_COLOR=1");
        assertTrue(plain.contains("-Dheddle.columns=120"), plain::toString);
        assertFalse(plain.contains("-Dheddle.colour=true"), plain::toString);
        assertFalse(inTerminal("TERM=dumb").contains("-Dheddle.colour=true"));
    }

    private List<String> inTerminal(String... environment) throws Exception {
        var command =
                new ArrayList<>(List.of(find("env").toString(), "-i", "PATH=" + bin, "HOME=" + folder.resolve("home")));
        command.addAll(List.of(environment));
        command.add(script.toString());
        try (var pty = Pty.start(command)) {
            return pty.await("the JVM's arguments", lines -> lines.contains("heddle.jshell.Prompt"));
        }
    }

    @Test
    void status_isThatOfTheFile() throws Exception {
        executable(sdks.resolve("seventeen/bin/java"), "#!/bin/sh\nexit 5\n");
        assertEquals(5, run(file.toString()).status);
    }

    @Test
    void link_leadsToTheProject() throws Exception {
        var first = Files.createSymbolicLink(
                folder.resolve("work/link"), Path.of("..").resolve(folder.relativize(script)));
        script = Files.createSymbolicLink(folder.resolve("work/second link"), first);
        var run = run("--version");
        assertEquals(List.of("heddle 1.2.3, JDK 17.0.9 in " + sdks.resolve("seventeen")), run.out, run.err);
    }

    @Test
    void heddleJavaHome_isTakenInstead() throws Exception {
        jdk("newest", "25");
        var chosen = jdk("chosen", "21.0.1");
        assertEquals(
                List.of("heddle 1.2.3, JDK 21.0.1 in " + chosen),
                run(Map.of("HEDDLE_JAVA_HOME", chosen.toString()), "--version").out);
        var old = jdk("old", "11.0.2");
        assertFails(
                3,
                "heddle: HEDDLE_JAVA_HOME is " + old + ", where there is only Java 11.0.2; 17 or later is needed",
                run(Map.of("HEDDLE_JAVA_HOME", old.toString())));
        assertFails(
                3,
                "heddle: HEDDLE_JAVA_HOME is /nowhere, where there is no JDK; 17 or later is needed",
                run(Map.of("HEDDLE_JAVA_HOME", "/nowhere")));
    }

    @Test
    void noJdk_isSaid() throws Exception {
        Files.delete(sdks.resolve("seventeen/bin/jshell"));
        jdk("old", "11.0.2");
        assertFails(3, "heddle: no JDK found: install one, 17 or later, or name its folder in JAVA_HOME", run());
    }

    @Test
    void javaHome_isOnePlaceToLook() throws Exception {
        var elsewhere = jdk(folder.resolve("else where"), "25");
        assertEquals(
                List.of("heddle 1.2.3, JDK 25 in " + elsewhere),
                run(Map.of("JAVA_HOME", elsewhere.toString()), "--version").out);
    }

    @Test
    void build_happensWhenSomethingIsNewerThanTheJars() throws Exception {
        var first = run();
        assertEquals(0, first.status, first.err);
        assertEquals("heddle: building for the first use, which takes a minute ...\n", first.err);
        assertEquals("", run().err);
        assertEquals(1, builds().size());
        assertTrue(builds().get(0).startsWith("mvn on " + sdks.resolve("seventeen") + ": -B -q package "), first.err);

        var jar = script.getParent().resolve("target/heddle-jshell-startup-1.2.3.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        assertEquals("heddle: sources changed, building again ...\n", run().err);
        assertEquals("", run().err);
        assertEquals(2, builds().size());
    }

    @Test
    void failingBuild_tellsWhatMavenSays() throws Exception {
        executable(bin.resolve("mvn"), "#!/bin/sh\necho '[ERROR] no such plugin'\nexit 1\n");
        var run = run();
        assertEquals(3, run.status);
        assertTrue(
                run.err.endsWith("[ERROR] no such plugin\nheddle: the build failed: the messages above are Maven's\n"),
                run.err);
        Files.delete(bin.resolve("mvn"));
        assertEquals(3, run().status);
        assertTrue(run().err.endsWith("heddle: mvn not found: install Maven 3.8 or later, which builds Heddle\n"));
    }

    @Test
    void wrongUse_isSaid() throws Exception {
        assertFails(2, "heddle: no such file: nothing.jsh", run("nothing.jsh"));
        assertFails(2, "heddle: not a readable file: .", run("."));
        assertFails(2, "heddle: one file at a time, not a and b", run("a", "b"));
        assertFails(2, "heddle: unknown option --wrong\nheddle --help says more", run("--wrong"));
        assertFails(2, "heddle: --engine needs a value\nheddle --help says more", run("--engine"));
    }

    @Test
    void help_tellsTheOptions() throws Exception {
        var run = run("--help");
        assertEquals(0, run.status);
        for (var option : List.of(
                "--engine",
                "--class-path",
                "--version",
                "--virtual-time",
                "NO_COLOR",
                "HEDDLE_JAVA_HOME",
                "exit status")) {
            assertTrue(String.join("\n", run.out).contains(option), option);
        }
    }

    // ---- the stage

    private record Run(int status, List<String> out, String err) {}

    private Run run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command)
                .directory(folder.resolve("work").toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", bin.toString(), "HOME", folder.resolve("home").toString()));
        builder.environment().putAll(environment);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out.lines().toList(), Files.readString(err));
    }

    private static void assertFails(int status, String message, Run run) {
        assertEquals(message + "\n", run.err);
        assertEquals(status, run.status);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(folder.resolve("mvn.log"));
    }

    private Path jdk(String name, String version) throws IOException {
        return jdk(sdks.resolve(name), version);
    }

    /** A JDK whose programs print their own path and arguments. */
    private static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (var program : List.of("java", "jshell")) {
            executable(home.resolve("bin").resolve(program), "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
        }
        return home;
    }

    private static Path executable(Path path, String text) throws IOException {
        Files.writeString(path, text);
        assertTrue(path.toFile().setExecutable(true));
        return path;
    }

    private static Path find(String tool) {
        for (var each : System.getenv("PATH").split(":", -1)) {
            var path = Path.of(each, tool);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        throw new AssertionError("no " + tool + " on the PATH");
    }
}
