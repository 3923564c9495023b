package heddle.tck.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Compiles code and packs jars, for tests. */
public final class Jars {

    private static final String SERVICE = "META-INF/services/heddle.api.spi.EngineProvider";

    private Jars() {}

    /** Where a class comes from: a folder or a jar. */
    public static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles sources, by the simple name of their class, into a folder. */
    public static Path compile(Path folder, Map<String, String> sources, Class<?>... uses) throws IOException {
        Files.createDirectories(folder);
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "--release",
                "17",
                "-d",
                folder.toString(),
                "-cp",
                Stream.concat(Arrays.stream(uses).map(Jars::home), Stream.of(folder))
                        .map(Path::toString)
                        .collect(Collectors.joining(System.getProperty("path.separator")))));
        Path files = Files.createTempDirectory(folder, "src");
        for (var source : sources.entrySet()) {
            Path file = files.resolve(source.getKey() + ".java");
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        var errors = new ByteArrayOutputStream();
        var print = new PrintStream(errors, true, StandardCharsets.UTF_8);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(print, print, arguments.toArray(String[]::new));
        assertEquals(0, status, () -> errors.toString(StandardCharsets.UTF_8));
        return folder;
    }

    /** A jar of some files of a folder, which names providers. */
    public static Path pack(Path jar, Path folder, List<String> files, String... providers) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String file : files) {
                zip.putNextEntry(new ZipEntry(file));
                zip.write(Files.readAllBytes(folder.resolve(file)));
            }
            if (providers.length > 0) {
                zip.putNextEntry(new ZipEntry(SERVICE));
                zip.write(String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** The class files in a folder and below, relative to it. */
    public static List<String> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
