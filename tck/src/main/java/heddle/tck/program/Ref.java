package heddle.tck.program;

import org.jspecify.annotations.Nullable;

/** An awaitable, as a statement refers to it. */
public sealed interface Ref {

    /**
     * What is bound to a name when the statement is executed.
     *
     * @param name the name; {@code self} is the current task
     */
    record Named(String name) implements Ref {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A fresh coroutine object of a body of the program.
     *
     * @param body the body's name
     */
    record FreshBody(String body) implements Ref {
        @Override
        public String toString() {
            return "body:" + body;
        }
    }

    /**
     * A fresh coroutine object of the library's {@code sleep}.
     *
     * @param seconds how long
     * @param value its value
     */
    record FreshSleep(double seconds, @Nullable Object value) implements Ref {
        @Override
        public String toString() {
            return "sleep:" + Normal.number(seconds);
        }
    }
}
