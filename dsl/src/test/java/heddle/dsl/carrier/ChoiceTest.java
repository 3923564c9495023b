package heddle.dsl.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A carrier is chosen once in a JVM, so each choice is made in one of its own. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the other JVM is given a class path")
class ChoiceTest {

    private static final String FLAG = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";
    private static final int JDK = Runtime.version().feature();

    /** What the other JVM runs. */
    public static void main(String[] args) {
        for (int i = 0; i < 2; i++) {
            try {
                System.out.println(Carrier.chosen());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void withoutFlags_itIsVirtualFrom24On_elsePlatform() throws Exception {
        assertEquals(JDK >= 24 ? "virtual" : "platform", chosen());
    }

    @Test
    void withTheExport_itIsContinuation() throws Exception {
        if (JDK >= 21) {
            assertEquals("continuation", chosen(FLAG));
        }
    }

    @Test
    void forced_itIsThatOne() throws Exception {
        assertEquals("platform", chosen(FLAG, "-Dheddle.carrier=platform"));
        if (JDK >= 21) {
            assertEquals("virtual", chosen(FLAG, "-Dheddle.carrier=virtual"));
            assertEquals("continuation", chosen(FLAG, "-Dheddle.carrier=Continuation"));
        }
    }

    @Test
    void forcedButImpossible_itSaysWhatIsMissing() throws Exception {
        String message = chosen("-Dheddle.carrier=continuation");
        if (JDK >= 21) {
            assertTrue(message.contains("--add-exports java.base/jdk.internal.vm=ALL-UNNAMED"), message);
        } else {
            assertTrue(message.contains("JDK " + JDK + " has no continuations"), message);
            message = chosen("-Dheddle.carrier=virtual");
            assertTrue(message.contains("has no virtual threads"), message);
        }
        assertTrue(message.endsWith("(docs/codes.md#carrier)"), message);
    }

    @Test
    void forcedButUnknown_itSaysWhatThereIs() throws Exception {
        String message = chosen("-Dheddle.carrier=green");
        assertTrue(message.contains("there are continuation, virtual and platform"), message);
    }

    /** What another JVM with these flags says, the same each time. */
    private static String chosen(String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath(), ChoiceTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        assertEquals(0, process.waitFor(), output);
        List<String> lines = output.lines().toList();
        assertEquals(2, lines.size(), output);
        assertEquals(lines.get(0), lines.get(1));
        return lines.get(0);
    }

    private static String classPath() throws Exception {
        List<String> folders = new ArrayList<>();
        for (Class<?> type : List.of(EventLoop.class, Carrier.class, ChoiceTest.class)) {
            folders.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, folders);
    }
}
