package heddle.jshell;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong in a file of snippets: {@code FILE:LINE: what}, the code, and for an exception the way to it, with
 * every place in a snippet told as a line of the file.
 */
final class Failure {
    private final JShell shell;
    private final String file;
    /** On which line of the file each snippet begins, by its id. */
    private final Map<String, Integer> lines = new HashMap<>();

    Failure(JShell shell, String file) {
        this.shell = shell;
        this.file = file;
    }

    /** The text for the first failure in what evaluating the snippet on {@code line} gave, or null if none failed. */
    @Nullable
    String in(List<SnippetEvent> events, int line) {
        events.forEach(event -> lines.putIfAbsent(event.snippet().id(), line));
        for (SnippetEvent event : events) {
            Snippet snippet = event.snippet();
            if (event.status() == Status.REJECTED) {
                return shell.diagnostics(snippet)
                        .filter(Diag::isError)
                        .map(diag -> error(snippet, diag))
                        .collect(Collectors.joining("\n"));
            }
            if (event.exception() instanceof EvalException thrown) {
                return place(snippet, lineIn(snippet, thrown))
                        + describe(thrown)
                        + '\n'
                        + code(snippet)
                        + trace(thrown);
            }
            if (event.exception() instanceof UnresolvedReferenceException unresolved) {
                return place(snippet, 1) + "it uses " + incomplete(unresolved.getSnippet()) + '\n' + code(snippet);
            }
        }
        return null;
    }

    /** The text for a declaration that still lacks something at the end of the file, or null if none does. */
    @Nullable
    String atTheEnd() {
        return shell.snippets()
                .filter(snippet -> snippet instanceof DeclarationSnippet)
                .map(DeclarationSnippet.class::cast)
                .filter(snippet ->
                        shell.unresolvedDependencies(snippet).findAny().isPresent())
                .findFirst()
                .map(snippet -> place(snippet, 1) + incomplete(snippet) + '\n' + code(snippet))
                .orElse(null);
    }

    private String incomplete(DeclarationSnippet snippet) {
        return snippet.name() + ", which needs what is never declared: "
                + shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
    }

    // ---- compile errors

    private String error(Snippet snippet, Diag diag) {
        String source = snippet.source();
        int start = (int) Math.max(0, diag.getStartPosition());
        int lineStart = source.lastIndexOf('\n', start - 1) + 1;
        int lineEnd = source.indexOf('\n', start);
        if (lineEnd < 0) {
            lineEnd = source.length();
        }
        int width = (int) Math.min(diag.getEndPosition(), lineEnd) - start;
        String message = diag.getMessage(Locale.ROOT)
                .lines()
                .filter(text -> !text.strip().startsWith("location:")) // a class that JShell made
                .collect(Collectors.joining("\n"));
        long line = source.substring(0, start).lines().count() + (start == lineStart ? 1 : 0);
        return place(snippet, (int) line) + "error: " + message + '\n' + source.substring(lineStart, lineEnd) + '\n'
                + " ".repeat(start - lineStart) + "^".repeat(Math.max(1, width));
    }

    // ---- exceptions

    private static String describe(EvalException exception) {
        String message = exception.getMessage();
        String name = exception.getExceptionClassName();
        return message == null ? name : name + ": " + message;
    }

    private String trace(EvalException exception) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : exception.getStackTrace()) {
            text.append("\n    at ").append(frame(frame));
        }
        if (exception.getCause() instanceof EvalException cause) {
            text.append("\nCaused by: ").append(describe(cause)).append(trace(cause));
        }
        return text.toString();
    }

    private String frame(StackTraceElement frame) {
        Integer line = lineOf(frame);
        if (line == null) {
            return frame.toString();
        }
        String name = frame.getClassName().isEmpty()
                ? frame.getMethodName()
                : frame.getClassName() + '.' + frame.getMethodName();
        String place = file + ':' + line;
        return name.isEmpty() ? place : name + " (" + place + ')';
    }

    /** The line of the file that a frame is on; null if it isn't in a snippet of the file. */
    private @Nullable Integer lineOf(StackTraceElement frame) {
        String source = frame.getFileName();
        Integer first = source != null && source.startsWith("#") ? lines.get(source.substring(1)) : null;
        return first == null ? null : first + frame.getLineNumber() - 1;
    }

    private static int lineIn(Snippet snippet, EvalException exception) {
        for (StackTraceElement frame : exception.getStackTrace()) {
            if (('#' + snippet.id()).equals(frame.getFileName())) {
                return frame.getLineNumber();
            }
        }
        return 1;
    }

    // ---- both

    private String place(Snippet snippet, int lineInSnippet) {
        return file + ':' + (lines.getOrDefault(snippet.id(), 1) + lineInSnippet - 1) + ": ";
    }

    private static String code(Snippet snippet) {
        return snippet.source().stripTrailing();
    }
}
