package heddle.terminal;

import heddle.house.Modules;
import heddle.jshell.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The prompt as the launcher opens it, in a real terminal. */
public final class PromptInTerminal {
    public static final String PROMPT = "jshell>";

    private PromptInTerminal() {}

    /** Opens it, with more options for the tool, and waits for the first prompt. */
    public static Pty open(String... options) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Prompt.class.getName(),
                Modules.ROOT.resolve("jshell-startup/heddle.jsh").toString()));
        command.addAll(List.of(options));
        var pty = Pty.start(command);
        pty.awaitLastLine(PROMPT);
        return pty;
    }
}
