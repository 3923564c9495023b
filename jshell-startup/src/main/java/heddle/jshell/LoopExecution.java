package heddle.jshell;

import java.io.IOException;
import java.util.Map;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs each snippet on the session's event loop, as a task {@code prompt-N}: {@code jshell --execution heddle}. So a snippet
 * is atomic for the tasks in the background, may {@code await} anywhere, and may use every object of the loop.
 *
 * <p>Snippets run in a JVM of their own, which {@link RemotePrompt} starts and {@link Agent} is the main class of; with
 * {@code --execution heddle:local(true)} in the JVM of the tool, see {@link LocalPrompt}.
 */
public final class LoopExecution implements ExecutionControlProvider {

    static final String NAME = "heddle";

    private static final String LOCAL = "local";
    private static final String QUIET = "quiet";

    /** In this JVM, and without remarks: for a file of snippets, whose output is its own. */
    static final Map<String, String> FOR_FILES = Map.of(LOCAL, "true", QUIET, "true");

    /** For the service loader. */
    public LoopExecution() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> defaultParameters() {
        return Map.of(LOCAL, "false", QUIET, "false");
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) throws IOException {
        return isSet(parameters, LOCAL) ? new LocalPrompt(isSet(parameters, QUIET)) : RemotePrompt.start(env);
    }

    private static boolean isSet(Map<String, String> parameters, String name) {
        return Boolean.parseBoolean(parameters.get(name));
    }
}
