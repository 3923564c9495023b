package heddle.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFloorTest {
    @TempDir
    Path root;

    @BeforeEach
    void twoModules() throws IOException {
        Files.writeString(root.resolve("pom.xml"), "<module>tested</module>\n<module>untested</module>\n");
        Files.createDirectories(root.resolve("tested/src/test/java"));
    }

    @Test
    void testsRun_addsBothPathsWithoutTheSkipped() throws Exception {
        report("module", "A", 5, 2);
        report("class", "A", 5, 0);
        report("class", "B", 1, 0);
        assertEquals(9, TestFloor.testsRun(root, Instant.EPOCH));
    }

    @Test
    void testsRun_aPathWithoutReport_fails() throws Exception {
        report("module", "A", 5, 0);
        var error = assertThrows(IllegalStateException.class, () -> TestFloor.testsRun(root, Instant.EPOCH));
        assertEquals("no test ran in tested on the class path", error.getMessage());
    }

    @Test
    void testsRun_reportsOfAnEarlierBuild_countForNothing() throws Exception {
        report("module", "A", 5, 0);
        report("class", "A", 5, 0);
        assertThrows(
                IllegalStateException.class,
                () -> TestFloor.testsRun(root, Instant.now().plusSeconds(60)));
    }

    private void report(String path, String name, int tests, int skipped) throws IOException {
        var folder = Files.createDirectories(root.resolve("tested/target/surefire-reports/" + path));
        var xml = "<testsuite tests='%d' skipped='%d'/>".formatted(tests, skipped);
        Files.writeString(folder.resolve("TEST-" + name + ".xml"), xml);
    }
}
