package heddle.tck.program;

import heddle.api.Awaitable;
import org.jspecify.annotations.Nullable;

/** How the bodies of a program are written in Java. */
public enum Form {
    /** As fluent chains, which need no stack of their own. */
    CHAINS {
        @Override
        Awaitable<@Nullable Object> body(Interpreter interpreter, String name) {
            return Chains.body(interpreter, name);
        }
    },
    /** In direct style, on the carrier that the JVM has chosen. */
    DIRECT {
        @Override
        Awaitable<@Nullable Object> body(Interpreter interpreter, String name) {
            return Direct.body(interpreter, name);
        }
    };

    /** A fresh coroutine object of a body of the program. */
    abstract Awaitable<@Nullable Object> body(Interpreter interpreter, String name);
}
