package heddle.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what a page shows with what a terminal showed. Blank lines and spaces at the end of a line don't count. Two
 * things in a page stand for others: a number after {@code ~} for one that is about as large, and a line {@code ...} for any
 * lines.
 */
final class Transcript {
    private static final String ANY_LINES = "...";
    private static final Pattern ABOUT = Pattern.compile("~(\\d+(?:\\.\\d+)?)");

    private Transcript() {}

    static boolean matches(List<String> shown, List<String> actual) {
        return matchesTrimmed(trimmed(shown), trimmed(actual));
    }

    private static List<String> trimmed(List<String> lines) {
        return lines.stream()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static boolean matchesTrimmed(List<String> shown, List<String> actual) {
        if (shown.isEmpty()) {
            return actual.isEmpty();
        }
        var rest = shown.subList(1, shown.size());
        if (shown.get(0).strip().equals(ANY_LINES)) {
            for (int skipped = 0; skipped <= actual.size(); skipped++) {
                if (matchesTrimmed(rest, actual.subList(skipped, actual.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !actual.isEmpty()
                && matches(shown.get(0), actual.get(0))
                && matchesTrimmed(rest, actual.subList(1, actual.size()));
    }

    private static boolean matches(String shown, String actual) {
        Matcher about = ABOUT.matcher(shown);
        var regex = new StringBuilder();
        int end = 0;
        while (about.find()) {
            regex.append(Pattern.quote(shown.substring(end, about.start()))).append("~?(\\d+(?:\\.\\d+)?)");
            end = about.end();
        }
        regex.append(Pattern.quote(shown.substring(end)));
        var match = Pattern.compile(regex.toString()).matcher(actual);
        if (!match.matches()) {
            return false;
        }
        about.reset();
        for (int group = 1; group <= match.groupCount(); group++) {
            about.find();
            if (!isAbout(Double.parseDouble(about.group(1)), Double.parseDouble(match.group(group)))) {
                return false;
            }
        }
        return true;
    }

    /** Times vary with the machine and its load: much more upwards than downwards. */
    private static boolean isAbout(double shown, double actual) {
        return actual >= shown / 2 && actual <= shown * 10;
    }
}
