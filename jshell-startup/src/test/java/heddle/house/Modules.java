package heddle.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The modules of the build, as the root {@code pom.xml} lists them. */
final class Modules {
    static final Path ROOT = root();

    private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");

    private Modules() {}

    /** The modules' folders, relative to the root. */
    static List<String> names(Path root) {
        try {
            return MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }

    static Path testClasses(String module) {
        return ROOT.resolve(module).resolve("target/test-classes");
    }

    static ModuleDescriptor descriptor(String module) {
        return ModuleFinder.of(classes(module)).findAll().iterator().next().descriptor();
    }

    /** Tests run in their module's folder, an IDE's perhaps in the root. */
    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("jshell-startup/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
