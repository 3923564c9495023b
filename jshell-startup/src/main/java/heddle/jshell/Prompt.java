package heddle.jshell;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * Opens the {@code jshell} tool with Heddle in it: its class path, its start-up script, and snippets that run on the event
 * loop, as {@link LoopExecution} has them.
 */
public final class Prompt {

    private Prompt() {}

    /**
     * Opens the prompt, and exits when it is left.
     *
     * @param args the start-up script, and options for the tool, which may have an {@code --execution} of their own
     * @throws Exception if the tool can't be started
     */
    public static void main(String[] args) throws Exception {
        System.exit(JavaShellToolBuilder.builder()
                .start(arguments(args[0], List.of(args).subList(1, args.length)).toArray(String[]::new)));
    }

    /**
     * What the tool is started with.
     *
     * @param script the start-up script
     * @param options more options for the tool
     * @return its arguments
     */
    public static List<String> arguments(String script, List<String> options) {
        List<String> all = new ArrayList<>();
        if (!options.contains("--execution")) {
            all.addAll(List.of("--execution", LoopExecution.NAME));
        }
        all.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        all.addAll(List.of("--startup", "DEFAULT", "--startup", script));
        all.addAll(options);
        return all;
    }
}
