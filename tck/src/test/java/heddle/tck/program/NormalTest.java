package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import heddle.api.CancelledError;
import heddle.api.ExceptionGroup;
import heddle.api.InvalidStateException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in a trace is what the recorder's {@code normal.py} writes. */
class NormalTest {

    @ParameterizedTest
    @CsvSource({"0,0", "-0.0,0", "0.5,0.5", "12,12", "10,10", "0.125,0.125", "-1,-1"})
    void number_hasNoTrailingZeros(double seconds, String text) {
        assertEquals(text, Normal.number(seconds));
    }

    @Test
    void value_isJsonWithExceptionsInBrackets() {
        var error = new CancelledError("stop");
        assertEquals(
                "[null, true, 1, 0.5, \"x\", <CancelledError: stop>]",
                Normal.value(Arrays.asList(null, true, 1L, 0.5, "x", error)));
    }

    @Test
    void exception_ofAProgram_comesBackAsItWasWritten() {
        for (var type : List.of("ValueError", "KeyError", "RuntimeError", "TimeoutError", "CancelledError", "Fatal")) {
            assertEquals(type + ": boom", Normal.exception(new Failure(type, "boom").make()));
            assertEquals(type, Normal.exception(new Failure(type, null).make()));
        }
    }

    @Test
    void exception_ofTheLibrary_hasCPythonsMessage() {
        assertEquals("TimeoutError", Normal.exception(new TimeoutException("timed out after 1s")));
        assertEquals("InvalidStateError", Normal.exception(new InvalidStateException("Result is not set: …")));
        assertEquals(
                "RuntimeError: TaskGroup is finished",
                Normal.exception(new InvalidStateException("TaskGroup is finished: make a new group")));
    }

    @Test
    void exceptionGroup_withAFatalMember_isABaseExceptionGroup() {
        var boom = new Failure("ValueError", "boom").make();
        var fatal = new Failure("Fatal", null).make();
        assertEquals(
                "ExceptionGroup: several [ValueError: boom]",
                Normal.exception(new ExceptionGroup("several", List.of(boom))));
        assertEquals(
                "BaseExceptionGroup: several [ValueError: boom, Fatal]",
                Normal.exception(new ExceptionGroup("several", List.of(boom, fatal))));
    }
}
