package heddle.jshell;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.house.Modules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The start-up script's imports, where names of Heddle meet those of the JDK. */
class StartupTest {
    private static final Pattern ON_DEMAND = Pattern.compile("(?m)^import (heddle\\..+)\\.\\*;$");
    private static final Pattern BY_NAME = Pattern.compile("(?m)^import (heddle\\.[\\w.]+);$");

    /** Besides those of java.base, the packages that JShell imports on 17. */
    private static final String PREFERENCES = "java.util.prefs";

    private static final String SCRIPT = read();

    @Test
    void script_importsByNameWhatTheJdkHasToo() throws Exception {
        var clashes = new TreeSet<String>();
        int seen = 0;
        for (var type : typesImportedOnDemand()) {
            seen++;
            if (isInTheJdk(type.getSimpleName())) {
                clashes.add(type.getName());
            }
        }
        int types = seen;
        assertTrue(types >= 30, () -> "only " + types + " types seen");
        assertTrue(clashes.contains("heddle.api.Future"), clashes::toString);
        assertEquals(
                clashes,
                BY_NAME.matcher(SCRIPT).results().map(match -> match.group(1)).collect(toCollection(TreeSet::new)));
    }

    /** Heddle's public types in the packages that the script imports on demand. */
    static List<Class<?>> typesImportedOnDemand() throws Exception {
        var types = new ArrayList<Class<?>>();
        for (var match : ON_DEMAND.matcher(SCRIPT).results().toList()) {
            var name = match.group(1);
            for (var module : Modules.names(Modules.ROOT)) {
                var folder = Modules.classes(module).resolve(name.replace('.', '/'));
                if (Files.isDirectory(folder)) {
                    try (var files = Files.list(folder)) {
                        for (var file :
                                files.map(path -> path.getFileName().toString()).toList()) {
                            if (file.endsWith(".class") && !file.contains("$") && !file.contains("-")) {
                                types.add(Class.forName(name + "." + file.substring(0, file.length() - 6)));
                            }
                        }
                    }
                }
            }
        }
        types.removeIf(type -> !Modifier.isPublic(type.getModifiers()));
        return types;
    }

    private static boolean isInTheJdk(String simpleName) {
        var base = Object.class.getModule().getDescriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source);
        return Stream.concat(base, Stream.of(PREFERENCES)).anyMatch(name -> isPublic(name + "." + simpleName));
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String read() {
        try {
            return Files.readString(Modules.ROOT.resolve("jshell-startup/heddle.jsh"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
