package heddle.house;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The class path ignores what a module provides, and the module path what {@code META-INF/services} says. */
class ServicesTest {
    /** How many services must at least be provided: raise it as Heddle grows. */
    private static final int SERVICES = 1;

    @Test
    void services_areTheSameOnBothPaths() throws IOException {
        int seen = 0;
        for (var module : Modules.names(Modules.ROOT)) {
            var provided = Modules.descriptor(module).provides().stream()
                    .collect(toMap(Provides::service, provides -> Set.copyOf(provides.providers())));
            assertEquals(provided, onTheClassPath(module), module);
            seen += provided.size();
        }
        assertTrue(seen >= SERVICES, "only " + seen + " services seen, expected at least " + SERVICES);
    }

    private static Map<String, Set<String>> onTheClassPath(String module) throws IOException {
        var services = new HashMap<String, Set<String>>();
        var folder = Modules.classes(module).resolve("META-INF/services");
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    services.put(file.getFileName().toString(), providers(file));
                }
            }
        }
        return services;
    }

    private static Set<String> providers(Path file) throws IOException {
        var providers = new TreeSet<>(Files.readAllLines(file));
        providers.removeIf(line -> line.isBlank() || line.startsWith("#"));
        return providers;
    }
}
