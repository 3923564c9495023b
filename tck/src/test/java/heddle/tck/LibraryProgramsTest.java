package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.tck.Verdict.Status;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelProvider;
import heddle.tck.program.Form;
import heddle.tck.zoo.Zoo;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LibraryProgramsTest {
    @Test
    void model_runsThemAsCPython() {
        for (LibraryPrograms.Result result : LibraryPrograms.run(new ModelProvider(), 50, 1)) {
            assertEquals(Status.PASSED, result.status(), result::toString);
            assertEquals(50, result.programs());
        }
    }

    @Test
    void brokenEngine_isToldByASmallProgramOfThisSuite() {
        EngineProvider lifo = Zoo.beasts().stream()
                .filter(beast -> beast.rule().equals("LOOP-2"))
                .findFirst()
                .orElseThrow();
        LibraryPrograms.Result result = LibraryPrograms.run(lifo, Form.CHAINS, 50, 1);
        assertEquals(Status.FAILED, result.status());
        assertTrue(result.detail().startsWith("a library program, no engine law, as chains"), result::detail);
        assertTrue(result.detail().contains("\n> "), result::detail);
        assertTrue(result.detail().contains("made smaller: 2 of "), result::detail);
        assertTrue(result.detail().contains("    class Program_"), result::detail);
        assertTrue(
                result.detail().contains("Written.compare(Engines.provider(\"broken: the ready queue is a stack\")"),
                result::detail);
    }

    @Test
    void withoutVirtualTime_isSaidNotToBeClaimed() {
        LibraryPrograms.Result result = LibraryPrograms.run(new Without(Capability.VIRTUAL_TIME), Form.CHAINS, 5, 1);
        assertEquals(Status.NOT_CLAIMED, result.status());
        assertEquals("needs [VIRTUAL_TIME]", result.detail());
    }

    @Test
    void withoutTurns_ordersAreComparedStill() {
        EngineProvider engine = new Without(Capability.TURN_EXACT);
        LibraryPrograms.Result result = LibraryPrograms.run(engine, Form.CHAINS, 50, 1);
        assertEquals(Status.PASSED, result.status(), result::toString);
    }

    @Test
    void noPrograms_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> LibraryPrograms.run(new ModelProvider(), 0, 1));
    }

    /** The model, which claims less than it can. */
    private record Without(Capability capability) implements EngineProvider {
        @Override
        public String name() {
            return "modest";
        }

        @Override
        public Set<Capability> capabilities() {
            Set<Capability> claimed = EnumSet.copyOf(new ModelProvider().capabilities());
            claimed.remove(capability);
            return claimed;
        }

        @Override
        public EventLoop newEventLoop(EngineOptions options) {
            return new ModelLoop(options);
        }
    }
}
