package heddle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What there may be millions of, weighs what docs/decisions/0081-what-a-task-weighs.md says: counted from the fields, with
 * references of four bytes. A field too much costs eight, for each of a million.
 */
class WeightTest {

    private static final int HEADER = 12;
    private static final int ALIGNMENT = 8;

    @ParameterizedTest
    @CsvSource({
        "heddle.engine.LoopTask, 56",
        "heddle.engine.LoopPromise, 32",
        "heddle.engine.LoopHandle, 24",
        "heddle.dsl.ChainValue, 16",
        "heddle.dsl.ChainLink, 24",
        "heddle.dsl.ChainRun, 48",
        "heddle.dsl.Gather, 32"
    })
    void instance_weighs(String name, int bytes) throws ClassNotFoundException {
        int sum = HEADER;
        for (Class<?> type = Class.forName(name); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                sum += Modifier.isStatic(field.getModifiers()) ? 0 : bytes(field.getType());
            }
        }
        assertEquals(bytes, (sum + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, name);
    }

    private static int bytes(Class<?> type) {
        if (type == long.class || type == double.class) {
            return 8;
        }
        if (type == short.class || type == char.class) {
            return 2;
        }
        return type == byte.class || type == boolean.class ? 1 : 4;
    }
}
