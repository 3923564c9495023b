package heddle.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The modules of the build, as the root {@code pom.xml} lists them. */
public final class Modules {
    public static final Path ROOT = root();

    private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");

    private Modules() {}

    /** The modules' folders, relative to the root. */
    public static List<String> names(Path root) {
        try {
            return MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }

    static Path testClasses(String module) {
        return ROOT.resolve(module).resolve("target/test-classes");
    }

    public static ModuleDescriptor descriptor(String module) {
        return ModuleFinder.of(classes(module)).findAll().iterator().next().descriptor();
    }

    /** The packages that everybody may use. */
    public static List<String> exported(ModuleDescriptor module) {
        return module.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .sorted()
                .toList();
    }

    public static List<Class<?>> publicTypes(String module, String packageName)
            throws IOException, ClassNotFoundException {
        var types = new ArrayList<Class<?>>();
        try (var files = Files.list(classes(module).resolve(packageName.replace('.', '/')))) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(".class")) {
                    types.add(Class.forName(packageName + "." + name.substring(0, name.length() - 6)));
                }
            }
        }
        types.removeIf(type -> !Signatures.isVisible(type));
        types.sort(Comparator.comparing(Class::getName));
        return types;
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
