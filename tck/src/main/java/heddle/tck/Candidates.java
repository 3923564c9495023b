package heddle.tck;

import heddle.api.spi.EngineProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The engines on the class path.
 *
 * @param engines those that could be loaded
 * @param broken why others could not
 */
record Candidates(List<EngineProvider> engines, List<String> broken) {

    /** There is no engine to judge. */
    static final class None extends RuntimeException {
        private static final long serialVersionUID = 1;

        None(String message) {
            super(message);
        }
    }

    /** Where a class file begins to count: 45 was Java 1. */
    private static final int VERSION_OF_JAVA_0 = 44;

    private static final Pattern VERSION = Pattern.compile("(\\S+) has been compiled.*?class file version (\\d+)");

    /** Loads all there are. */
    static Candidates load() {
        List<EngineProvider> engines = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Iterator<EngineProvider> all = ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!all.hasNext()) {
                    return new Candidates(engines, broken);
                }
                engines.add(all.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(words(e));
            }
        }
    }

    /**
     * The engine of that name, or of that class; without one, the only one.
     *
     * @throws None if there is none, or a choice
     */
    EngineProvider choose(@Nullable String name) {
        List<EngineProvider> fitting = name == null
                ? engines
                : engines.stream()
                        .filter(engine -> name.equals(engine.name())
                                || name.equals(engine.getClass().getName()))
                        .toList();
        if (fitting.size() == 1 && (name != null || broken.isEmpty())) {
            return fitting.get(0);
        }
        if (engines.isEmpty() && broken.isEmpty()) {
            throw new None("--engine-path has no provider: a file META-INF/services/" + EngineProvider.class.getName()
                    + " names the class of one");
        }
        if (engines.isEmpty()) {
            throw new None(String.join("; ", broken));
        }
        String what =
                "found " + engines.stream().map(Candidates::words).sorted().collect(Collectors.joining(" and "))
                        + (broken.isEmpty() ? "" : ", and could not load: " + String.join("; ", broken));
        if (name == null) {
            throw new None(what + ": choose with --engine NAME");
        }
        throw new None((fitting.isEmpty() ? "no engine is named " : "several engines are named ") + name + ": " + what);
    }

    private static boolean isMissing(@Nullable Throwable cause) {
        return cause == null || cause instanceof ClassNotFoundException;
    }

    private static String words(EngineProvider engine) {
        return engine.name() + " (" + engine.getClass().getName() + ")";
    }

    /** Why a class could not be loaded, and what to do about it. */
    static String words(Throwable error) {
        String message = String.valueOf(error.getMessage());
        if (error instanceof UnsupportedClassVersionError) {
            Matcher matcher = VERSION.matcher(message);
            return matcher.find()
                    ? matcher.group(1).replace('/', '.') + " needs Java "
                            + (Integer.parseInt(matcher.group(2)) - VERSION_OF_JAVA_0) + " or later, and this is Java "
                            + Runtime.version().feature() + ": run the kit with that one"
                    : message;
        } else if (error instanceof NoClassDefFoundError && isMissing(error.getCause())) {
            return "the class " + message.replace('/', '.') + " is missing: add the jar that has it to --engine-path";
        } else if (error instanceof ClassNotFoundException || error instanceof NoClassDefFoundError) {
            return "the class " + message.replace('/', '.') + " could not be loaded"
                    + (error.getCause() == null ? "" : ": " + words(error.getCause()));
        } else if (error instanceof ServiceConfigurationError) {
            Throwable cause = error.getCause();
            String what = message.substring(message.indexOf(": ") + 2);
            return cause == null ? what : what + ": " + words(cause);
        } else if (error instanceof ExceptionInInitializerError && error.getCause() != null) {
            return "its static initialiser fails: " + words(error.getCause());
        } else if (error instanceof Watchdog.Hung) {
            return message;
        }
        StackTraceElement[] stack = error.getStackTrace();
        return error + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
