package heddle.engine.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heddle.api.EventLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutOfDescriptorsTest {

    @Test
    @Timeout(60)
    void accept_noDescriptorsLeft_reportsOnce_pausesAndGoesOn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")) && Files.exists(Path.of("/dev/null")), "needs a Unix shell");
        String classPath = Stream.of(NioEngine.class, EventLoop.class, OutOfDescriptors.class, org.slf4j.Logger.class)
                .map(type -> Path.of(uri(type)).toString())
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n 120 && exec \"$0\" -Xshare:auto -XX:-MaxFDLimit -cp \"$1\" \"$2\"",
                        java.toString(),
                        classPath,
                        OutOfDescriptors.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> lines = output.lines()
                .filter(line -> line.startsWith("ACCEPT") || line.startsWith("read"))
                .toList();
        assertEquals(2, lines.size(), output);
        assertEquals("read 25 calmly", lines.get(1), output);
    }

    private static java.net.URI uri(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
