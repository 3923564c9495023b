package heddle.dsl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ModulePathTest {
    @Test
    void thisModule_isNamedOnTheModulePathOnly() {
        var expected = System.getProperty("heddle.test.path").equals("module") ? "heddle.dsl" : null;
        assertEquals(expected, getClass().getModule().getName());
    }
}
