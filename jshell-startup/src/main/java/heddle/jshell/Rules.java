package heddle.jshell;

import heddle.api.spi.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the specification, for reading: from its own text, which is packed beside this class. */
final class Rules {

    /** A chapter's title and first paragraph, or a rule's heading, sentence, intent and particulars. */
    private static final Pattern PIECE = Pattern.compile(
            "^## (?<title>[^#\\n]+)\\n\\n(?<about>[^\\n]+)\\n"
                    + "|^### <a id=\"(?<id>[A-Z]+-\\d+)\"></a>.*?\\n\\n(?<sentence>.+?)\\n\\n\\*(?<intent>.+?)\\*\\n\\n"
                    + "asyncio: .*? · needs: (?<needs>.+?) · (?<claim>.+?)$",
            Pattern.MULTILINE | Pattern.DOTALL);

    private static final int NEAREST = 3;

    private final Map<String, Rule> rules = new LinkedHashMap<>();

    /**
     * A rule.
     *
     * @param chapter the chapter that it is in
     * @param claims what an engine must claim, so that the rule is asked of it
     */
    record Rule(
            String id, Chapter chapter, String sentence, String intent, List<String> needs, Set<Capability> claims) {}

    /** A chapter, and in a sentence what it is about. */
    record Chapter(String title, String about) {}

    private Rules(String text) {
        Chapter chapter = new Chapter("", "");
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            String id = piece.group("id");
            if (id == null) {
                chapter = new Chapter(piece.group("title").strip(), piece.group("about"));
            } else {
                rules.put(
                        id,
                        new Rule(
                                id,
                                chapter,
                                oneLine(piece.group("sentence")),
                                oneLine(piece.group("intent")),
                                Stream.of(piece.group("needs").split(", ", -1))
                                        .filter(each -> !each.equals("-"))
                                        .toList(),
                                claims(piece.group("claim"))));
            }
        }
    }

    /** Read once, when they are first asked for. */
    private static final class Read {
        static final Rules RULES = read();
    }

    static Rules published() {
        return Read.RULES;
    }

    private static Rules read() {
        try (InputStream in = Objects.requireNonNull(Rules.class.getResourceAsStream("specification.md"))) {
            return new Rules(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static Set<Capability> claims(String claim) {
        if (claim.equals("profile: semantic")) {
            return Set.of();
        }
        if (claim.equals("profile: turn-exact")) {
            return Set.of(Capability.TURN_EXACT);
        }
        return Stream.of(claim.substring(claim.indexOf(':') + 1).split(",", -1))
                .map(each -> Capability.valueOf(each.strip()))
                .collect(Collectors.toUnmodifiableSet());
    }

    List<Rule> all() {
        return List.copyOf(rules.values());
    }

    /** The chapters, each with its rules. */
    Map<Chapter, List<Rule>> chapters() {
        return all().stream().collect(Collectors.groupingBy(Rule::chapter, LinkedHashMap::new, Collectors.toList()));
    }

    /** The rule of that id, whatever the case and punctuation: {@code task 7} will do. */
    Rule get(String id) {
        String wanted = plain(id);
        return all().stream()
                .filter(each -> plain(each.id()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no rule " + id + "; the nearest are " + String.join(", ", nearest(wanted))
                                + "; rule() lists the chapters (docs/codes.md#unknown-rule)"));
    }

    private List<String> nearest(String wanted) {
        List<String> ids = new ArrayList<>(rules.keySet());
        ids.sort(Comparator.comparingInt(id -> distance(wanted, plain(id))));
        return ids.subList(0, NEAREST);
    }

    private static String plain(String id) {
        return id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    /** How many letters have to be added, removed or changed to get from one to the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
