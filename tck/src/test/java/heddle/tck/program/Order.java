package heddle.tck.program;

import heddle.tck.program.Seen.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines that come one after the other.
 *
 * <p>It is written as regular expressions, one for a line: {@code a … b} is {@code b} anywhere after {@code a}, {@code a ⏎ b}
 * is {@code b} in the next line, and {@code ∌ b} before one of them, or at the end, means that no later line is {@code b}. An
 * expression is of the event only, or of the whole line {@code TIME TURN TASK EVENT} where it begins with {@code ~}. Groups
 * are numbered, and referred to as {@code \1} and so on, over all of them.
 */
final class Order {

    private static final Pattern RELATION = Pattern.compile(" ([…⏎∌]) ");
    private static final Pattern REFERENCE = Pattern.compile("\\\\(\\d)");
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    /** One expression: how it stands to the one before, and whether it is of the whole line. */
    private record Part(char relation, boolean whole, String regex, String prefix, boolean binds) {

        static Part of(char relation, String regex) {
            boolean whole = regex.startsWith("~");
            String plain = whole ? regex.substring(1) : regex;
            Matcher letters = Pattern.compile("^\\w*").matcher(plain);
            // what a quantifier may follow is no prefix
            String prefix = !whole && letters.find() && !plain.matches("\\w*[?*{].*") && !plain.contains("|")
                    ? letters.group()
                    : "";
            return new Part(
                    relation,
                    whole,
                    plain,
                    prefix,
                    Pattern.compile(plain).matcher("").groupCount() > 0);
        }

        private Matcher matcher(String text, Line line, List<String> groups) {
            if (!line.event().startsWith(prefix)) {
                return null;
            }
            Pattern pattern = groups.isEmpty() || regex.indexOf('\\') < 0 ? pattern(regex) : pattern(bound(groups));
            Matcher matcher = pattern.matcher(whole ? text : line.event());
            return matcher.matches() ? matcher : null;
        }

        private String bound(List<String> groups) {
            return REFERENCE.matcher(regex).replaceAll(reference -> {
                int group = Integer.parseInt(reference.group(1)) - 1;
                return group < groups.size()
                        ? Matcher.quoteReplacement("(?:" + Pattern.quote(groups.get(group)) + ")")
                        : "\\\\" + (group + 1 - groups.size());
            });
        }

        private static Pattern pattern(String regex) {
            return PATTERNS.computeIfAbsent(regex, Pattern::compile);
        }
    }

    private final List<Part> parts;

    private Order(List<Part> parts) {
        this.parts = parts;
    }

    static Order of(String sequence) {
        List<Part> parts = new ArrayList<>();
        Matcher relation = RELATION.matcher(sequence);
        char before = '…';
        int from = 0;
        while (relation.find()) {
            parts.add(Part.of(before, sequence.substring(from, relation.start())));
            before = relation.group(1).charAt(0);
            from = relation.end();
        }
        parts.add(Part.of(before, sequence.substring(from)));
        return new Order(parts);
    }

    boolean isIn(List<String> text, List<Line> lines) {
        return new Search(text, lines).finds(0, 0, List.of());
    }

    private final class Search {
        private final List<String> text;
        private final List<Line> lines;
        private final Set<List<Object>> failed = new HashSet<>();

        Search(List<String> text, List<Line> lines) {
            this.text = text;
            this.lines = lines;
        }

        /** Whether the parts from that one on are in the lines from there on. */
        boolean finds(int part, int from, List<String> groups) {
            if (part == parts.size()) {
                return true;
            }
            List<Object> state = List.of(part, from, groups);
            if (failed.contains(state)) {
                return false;
            }
            boolean found = tries(parts.get(part), part, from, groups);
            if (!found) {
                failed.add(state);
            }
            return found;
        }

        private boolean tries(Part each, int part, int from, List<String> groups) {
            int to = each.relation == '⏎' ? Math.min(from + 1, lines.size()) : lines.size();
            boolean firstWillDo = !each.binds && (part + 1 == parts.size() || parts.get(part + 1).relation == '…');
            for (int i = from; i < to; i++) {
                Matcher matcher = each.matcher(text.get(i), lines.get(i), groups);
                if (matcher != null) {
                    if (each.relation == '∌') {
                        return false;
                    }
                    if (finds(part + 1, i + 1, with(groups, matcher))) {
                        return true;
                    }
                    if (firstWillDo) {
                        return false;
                    }
                }
            }
            return each.relation == '∌' && finds(part + 1, from, groups);
        }

        private List<String> with(List<String> groups, Matcher matcher) {
            if (matcher.groupCount() == 0) {
                return groups;
            }
            List<String> more = new ArrayList<>(groups);
            for (int i = 1; i <= matcher.groupCount(); i++) {
                more.add(String.valueOf(matcher.group(i)));
            }
            return List.copyOf(more);
        }
    }
}
