package heddle.jshell;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import jdk.jshell.JShell;

/**
 * Runs a file of snippets as a program: as the prompt would, on the event loop, but it ends at the first failure and says
 * by its exit status whether there was one. When the last snippet has ended, tasks in the background are cancelled, and it
 * exits. It all happens in this JVM: so it starts faster, {@code System.in} and {@code System.exit} are the real ones, and
 * Ctrl-C ends it like any program.
 */
public final class RunFile {
    private static final int FINE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final Pattern EXIT = Pattern.compile("/exit(\\s+(?<status>\\d{1,3}))?");

    private final JShell shell;
    private final PrintStream err;

    private RunFile(JShell shell, PrintStream err) {
        this.shell = shell;
        this.err = err;
    }

    /**
     * Runs a file and exits: 0 if all is fine, 1 if a snippet failed, 2 if a file can't be read, or what {@code /exit N} in
     * the file says.
     *
     * @param args the start-up script, and the file
     */
    public static void main(String[] args) {
        int status;
        try {
            status = run(Path.of(args[0]), Path.of(args[1]), System.err);
        } catch (IOException e) {
            System.err.println("heddle: can't read " + describe(e));
            status = MISUSED;
        }
        System.exit(status);
    }

    private static String describe(IOException e) {
        return e instanceof MalformedInputException ? "it: not UTF-8" : String.valueOf(e.getMessage());
    }

    static int run(Path startup, Path file, PrintStream err) throws IOException {
        String program = Files.readString(file);
        if (program.startsWith("#!")) {
            program = "//" + program; // a line for the system's own program loader
        }
        try (JShell shell = JShell.builder()
                .executionEngine(new LoopExecution(), LoopExecution.FOR_FILES)
                .build()) {
            RunFile run = new RunFile(shell, err);
            int status = run.all(defaultStartup(), "DEFAULT");
            if (status == FINE) {
                status =
                        run.all(Files.readString(startup), startup.getFileName().toString());
            }
            return status == FINE ? run.all(program, file.toString()) : status;
        }
    }

    /** The tool's own start-up script, out of the JDK that runs this. */
    private static String defaultStartup() throws IOException {
        return Files.readString(FileSystems.getFileSystem(URI.create("jrt:/"))
                .getPath("modules/jdk.jshell/jdk/jshell/tool/resources/DEFAULT.jsh"));
    }

    /** Evaluates all snippets of a text, and gives the status to exit with. */
    private int all(String text, String name) {
        Failure failure = new Failure(shell, name);
        Snippets snippets = new Snippets(shell.sourceCodeAnalysis(), text);
        for (Snippets.Piece piece = snippets.next(); piece != null; piece = snippets.next()) {
            if (piece.command()) {
                var exit = EXIT.matcher(piece.source());
                if (exit.matches()) {
                    return exit.group("status") == null ? FINE : Integer.parseInt(exit.group("status"));
                }
                return fail(name + ':' + piece.line() + ": error: a command of the jshell tool; of those, a file that"
                        + " heddle runs can only have /exit\n" + piece.source());
            }
            String problem = failure.in(shell.eval(piece.source()), piece.line());
            if (problem != null) {
                return fail(problem);
            }
        }
        String problem = failure.atTheEnd();
        return problem == null ? FINE : fail(problem);
    }

    private int fail(String problem) {
        System.out.flush();
        err.println(problem);
        return FAILED;
    }
}
