package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When engines are searched for: in a class loader of its own, with a file of services that changes. */
class EngineSearchTest {

    @TempDir
    Path services;

    private URLClassLoader loader;

    @BeforeEach
    void open() throws IOException {
        URL[] urls = {
            where(Engines.class),
            where(EngineSearchTest.class),
            services.toUri().toURL()
        };
        loader = new URLClassLoader(urls, null); // another would find the class that is there
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    /** The folder or jar of a class, also where it patches a module. */
    private static URL where(Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        String url = type.getResource("/" + path).toString();
        return new URL(url.substring(0, url.length() - path.length()));
    }

    private void offer(String... classes) throws IOException {
        Path file = services.resolve("META-INF/services/" + EngineProvider.class.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(classes));
    }

    private List<?> providers() throws ReflectiveOperationException {
        Class<?> engines = loader.loadClass(Engines.class.getName());
        assertNotSame(Engines.class, engines);
        return (List<?>) engines.getMethod("providers").invoke(null);
    }

    @Test
    void nothing_isSearchedForAgain() throws Exception {
        assertEquals(List.of(), providers());
        offer(One.class.getName());
        assertEquals(1, providers().size());
    }

    @Test
    void whatWasFound_isKept() throws Exception {
        offer(One.class.getName(), Other.class.getName());
        List<?> first = providers();
        assertEquals(2, first.size());
        offer(One.class.getName());
        assertEquals(2, providers().size());
        assertSame(first.get(0), providers().get(0));
    }

    @Test
    void whatWasFoundBesideAProblem_isSearchedForAgain() throws Exception {
        offer(One.class.getName(), "no.such.Engine");
        List<?> first = providers();
        assertEquals(1, first.size());
        offer(One.class.getName(), Other.class.getName());
        List<?> again = providers();
        assertEquals(2, again.size());
        assertTrue(again.stream().noneMatch(each -> each == first.get(0)));
    }

    /** An engine without loops. */
    public static final class One extends EnginesTest.Unusable {}

    /** An engine without loops. */
    public static final class Other extends EnginesTest.Unusable {}
}
