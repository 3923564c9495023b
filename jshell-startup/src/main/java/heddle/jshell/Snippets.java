package heddle.jshell;

import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Takes snippets one after another out of a text. Lines are added to a snippet until it is complete, as at the prompt, so
 * that a text means the same here as typed there: {@code else} at the beginning of a line is an error in both.
 */
final class Snippets {
    private final SourceCodeAnalysis analysis;
    private final List<String> lines;
    private int linesRead;
    /** What is left of a line from which a snippet was taken: {@code 2;} after {@code 1;}. */
    private String rest = "";

    Snippets(SourceCodeAnalysis analysis, String text) {
        this.analysis = analysis;
        this.lines = text.lines().toList();
    }

    /**
     * A snippet, or a line that the prompt would take as a command to itself, as {@code /exit}.
     *
     * @param source its text
     * @param line the line on which it begins, from 1 on
     * @param command whether it is a command
     */
    record Piece(String source, int line, boolean command) {}

    /** The next one, or null at the end. What is a snippet may depend on those before: evaluate each before the next. */
    @Nullable
    Piece next() {
        StringBuilder source = new StringBuilder();
        int first = linesRead;
        if (!rest.isEmpty()) {
            source.append(rest);
            first = linesRead - 1;
            rest = "";
        }
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(source.toString());
            switch (info.completeness()) {
                case EMPTY -> {
                    source.setLength(0);
                    first = linesRead;
                }
                case COMPLETE, COMPLETE_WITH_SEMI -> {
                    rest = info.remaining();
                    return new Piece(info.source(), first + 1, false);
                }
                case UNKNOWN -> {
                    return new Piece(source.toString(), first + 1, false);
                }
                default -> {} // it goes on in the next line
            }
            if (linesRead == lines.size()) {
                return source.isEmpty() ? null : new Piece(source.toString(), first + 1, false);
            }
            String line = lines.get(linesRead++);
            if (source.isEmpty() && isCommand(line)) {
                return new Piece(line.strip(), linesRead, true);
            }
            source.append(line).append('\n');
        }
    }

    private static boolean isCommand(String line) {
        String text = line.strip();
        return text.length() > 1 && text.charAt(0) == '/' && Character.isLetter(text.charAt(1));
    }
}
