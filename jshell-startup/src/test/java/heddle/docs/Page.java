package heddle.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The code blocks of a page of the documentation. */
record Page(Path file, List<Block> blocks) {
    /** What a block may say of itself besides {@code java} and {@code jshell}: none of these is run. */
    private static final Set<String> OTHER_LANGUAGES = Set.of("", "sh", "text", "xml", "python");

    private static final Pattern FENCE = Pattern.compile("\\s*```(?<info>[^`]*)");
    private static final Pattern NOT_RUN = Pattern.compile("(java|jshell) not-run(: .+)?");

    /** A picture whose title is the code that it was drawn of: {@code ![what it shows](pictures/name.svg 'code')}. */
    private static final Pattern PICTURE =
            Pattern.compile("!\\[[^]]*]\\((docs/)?pictures/(?<name>[\\w-]+\\.svg) '(?<code>.+)'\\)");

    /**
     * A block that is run.
     *
     * @param line the line of its fence
     * @param transcript whether it is what a terminal shows, prompts and all; else it is code alone
     */
    record Block(int line, boolean transcript, List<String> lines) {
        /** What to type: of a transcript, the lines after a prompt. */
        List<String> input() {
            if (!transcript) {
                return lines;
            }
            var input = new ArrayList<String>();
            for (var each : lines) {
                if (each.startsWith(PROMPT) || each.startsWith(CONTINUED)) {
                    input.add(each.substring(PROMPT.length()));
                }
            }
            return input;
        }
    }

    static final String PROMPT = "jshell> ";
    static final String CONTINUED = "   ...> ";

    /** Reads a page, and fails if one of its blocks doesn't say what it is. */
    static Page read(Path file) throws IOException {
        var blocks = new ArrayList<Block>();
        var pictures = new ArrayList<Block>();
        List<String> inside = null;
        var info = "";
        int start = 0;
        int number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            var fence = FENCE.matcher(line);
            if (!fence.matches()) {
                if (inside != null) {
                    inside.add(line);
                } else if (line.startsWith("!")) {
                    pictures.add(new Block(number, false, List.of(drawing(file, line))));
                }
            } else if (inside == null) {
                inside = new ArrayList<>();
                info = fence.group("info").strip();
                start = number;
            } else {
                if (info.equals("java") || info.equals("jshell")) {
                    blocks.add(new Block(start, info.equals("jshell"), inside));
                } else if (!OTHER_LANGUAGES.contains(info)
                        && !NOT_RUN.matcher(info).matches()) {
                    throw new AssertionError(file + ":" + start + ": a block of '" + info
                            + "'; known are java, jshell, the two with not-run, and " + OTHER_LANGUAGES);
                }
                inside = null;
            }
        }
        if (inside != null) {
            throw new AssertionError(file + ":" + start + ": the block has no end");
        }
        blocks.addAll(pictures); // last, since a reader doesn't type them: JShell counts what is typed
        return new Page(file, blocks);
    }

    /** The snippet that draws a picture, and compares it. */
    private static String drawing(Path file, String line) {
        var picture = PICTURE.matcher(line);
        if (!picture.matches()) {
            throw new AssertionError(file + ": expected ![…](pictures/NAME.svg 'CODE'), not " + line);
        }
        return "heddle.docs.Pictures.draw(\"" + picture.group("name") + "\", () -> " + picture.group("code") + ")";
    }
}
