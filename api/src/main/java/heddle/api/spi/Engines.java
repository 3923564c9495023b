package heddle.api.spi;

import heddle.api.EventLoop;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds engines. An engine is chosen by name in code, else by the system property {@value #PROPERTY}, which has its name
 * or that of its provider's class, else it is the one of the highest priority. Safe from any thread.
 *
 * <p>They are searched for once, since that opens each file of the class path, and what was found is kept; a search that
 * found nothing, or an engine that could not be loaded, is made again. Which of them is chosen is asked anew each time.
 */
public final class Engines {

    /**
     * The system property that names the engine to use, or the class of its provider: then no other is searched for, and a
     * program starts faster.
     *
     * <p>It is taken for a class if there is a dot in it. That class must be public, have a public constructor without
     * parameters, and be in a package that is exported at least to the module {@code heddle.api}. If there is no class of
     * that name, an engine of that name is looked for.
     */
    public static final String PROPERTY = "heddle.engine";

    /** What a search found, once there was one without a problem. */
    private static volatile @Nullable Found known;

    private Engines() {}

    /**
     * A new loop of the chosen engine, on real time.
     *
     * @return a loop that belongs to the caller
     * @throws IllegalStateException if there is no such engine; the message lists what was found, or says what is wrong with
     *     the class that the property names
     */
    public static EventLoop newEventLoop() {
        return newEventLoop(EngineOptions.DEFAULT);
    }

    /**
     * A new loop of the chosen engine.
     *
     * @param options how it shall be; never null
     * @return a loop that belongs to the caller
     * @throws IllegalStateException if there is no such engine; the message lists what was found, or says what is wrong with
     *     the class that the property names
     */
    public static EventLoop newEventLoop(EngineOptions options) {
        Objects.requireNonNull(options, "options");
        return provider().newEventLoop(options);
    }

    /**
     * The chosen engine.
     *
     * @return its provider
     * @throws IllegalStateException if there is no such engine; the message lists what was found, or says what is wrong with
     *     the class that the property names
     */
    public static EngineProvider provider() {
        String name = System.getProperty(PROPERTY);
        if (name != null && !name.isBlank()) {
            String who = "the system property " + PROPERTY + " asks for";
            return name.indexOf('.') < 0 ? find(name.strip(), who) : make(name.strip(), who);
        }
        Found found = all();
        EngineProvider best = null;
        for (EngineProvider provider : found.providers) {
            if (best == null || provider.priority() > best.priority()) {
                best = provider;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no engine found: put heddle-engine on the class path or module path"
                    + found.problems() + " (docs/codes.md#no-engine)");
        }
        return best;
    }

    /**
     * The engine of that name.
     *
     * @param name its name; never null
     * @return its provider
     * @throws IllegalStateException if there is no such engine; the message lists what was found
     */
    public static EngineProvider provider(String name) {
        return find(Objects.requireNonNull(name, "name"), "the program asks for");
    }

    /**
     * All engines that can be loaded, in the order in which they were found.
     *
     * @return an immutable list, perhaps empty
     */
    public static List<EngineProvider> providers() {
        return all().providers;
    }

    private static EngineProvider find(String name, String who) {
        Found found = all();
        EngineProvider match = null;
        for (EngineProvider provider : found.providers) {
            if (provider.name().equals(name)) {
                if (match != null) {
                    throw new IllegalStateException("two engines are named " + name + ": "
                            + match.getClass().getName() + " and "
                            + provider.getClass().getName() + " (docs/codes.md#engine-twice)");
                }
                match = provider;
            }
        }
        if (match == null) {
            throw new IllegalStateException(who + " the engine " + name + ", but found " + found.names()
                    + found.problems() + " (docs/codes.md#unknown-engine)");
        }
        return match;
    }

    /** The engine of that class, else of that name. Most of what finding an engine takes is to search for all. */
    private static EngineProvider make(String type, String who) {
        try {
            return Class.forName(type, false, Engines.class.getClassLoader())
                    .asSubclass(EngineProvider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            return find(type, who);
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            @Nullable Throwable cause = e.getCause();
            throw useless(type, who, cause == null ? e : cause);
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw useless(type, who, e);
        }
    }

    private static IllegalStateException useless(String type, String who, Throwable why) {
        return new IllegalStateException(
                who + " the engine " + type + ", whose class can't provide one: " + why
                        + " (docs/codes.md#unknown-engine)",
                why);
    }

    private static Found all() {
        Found found = known;
        if (found == null) {
            found = search();
            if (found.broken.isEmpty() && !found.providers.isEmpty()) {
                known = found;
            }
        }
        return found;
    }

    private static Found search() {
        List<EngineProvider> providers = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        ClassLoader own = Engines.class.getClassLoader();
        Iterator<EngineProvider> each =
                ServiceLoader.load(EngineProvider.class, own).iterator();
        while (true) {
            try {
                if (!each.hasNext()) {
                    return new Found(List.copyOf(providers), broken);
                }
                providers.add(each.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(message(e));
            }
        }
    }

    private static String message(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + cause + ")";
    }

    private record Found(List<EngineProvider> providers, List<String> broken) {
        String names() {
            return providers.isEmpty()
                    ? "none"
                    : providers.stream().map(EngineProvider::name).sorted().collect(Collectors.joining(", "));
        }

        String problems() {
            return broken.isEmpty() ? "" : "; could not load " + String.join("; ", broken);
        }
    }
}
