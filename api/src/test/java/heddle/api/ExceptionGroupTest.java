package heddle.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionGroupTest {

    private final Throwable first = new IOException("first");
    private final Throwable second = new IOException("second");

    @Test
    void exceptions_areSuppressedAsWell() {
        var group = new ExceptionGroup("both", List.of(first, second));
        assertEquals(List.of(first, second), group.exceptions());
        assertArrayEquals(new Throwable[] {first, second}, group.getSuppressed());
        assertEquals("both (2 sub-exceptions)", group.getMessage());
    }

    @Test
    void suppressedLater_isNoneOfThem() {
        var group = new ExceptionGroup("one", List.of(first));
        group.addSuppressed(second);
        assertEquals(List.of(first), group.exceptions());
    }

    @Test
    void empty_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ExceptionGroup("none", List.of()));
    }
}
