package heddle.jshell;

import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets in this JVM, on the thread that evaluates them. A file is run so: it starts faster than with a JVM of its
 * own, {@code System.in} and {@code System.exit} are the real ones, and Ctrl-C ends it like any program. (The JDK's own
 * "local" execution runs each snippet on a new thread, and may wait for threads that the snippet started.)
 */
final class InProcess implements ExecutionControlProvider {
    @Override
    public String name() {
        return "heddle-in-process";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return new DirectExecutionControl();
    }
}
