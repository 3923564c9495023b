package heddle.tck;

import heddle.api.spi.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules, read from the text of the specification itself, so that the two can't differ. */
public final class Specification {

    private static final String TEXT = "specification.md";

    /** A heading with its anchor, the sentence, the intent, and the line of particulars. */
    private static final Pattern RULE = Pattern.compile(
            "^### <a id=\"(?<anchor>[A-Z]+-\\d+)\"></a>(?<id>[A-Z]+-\\d+)\\R+"
                    + "(?<sentence>.+?)\\R\\R\\*(?<intent>.+?)\\*\\R\\R"
                    + "asyncio: (?<asyncio>[-0-9, ]+) · needs: (?<needs>[-A-Z0-9, ]+) · (?<claim>[-A-Za-z_:, ]+)$",
            Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern HEADING = Pattern.compile("^### ", Pattern.MULTILINE);

    private final Map<String, Rule> rules;

    private Specification(Map<String, Rule> rules) {
        this.rules = rules;
    }

    /**
     * The specification that this kit certifies.
     *
     * @return the specification
     */
    public static Specification read() {
        try (InputStream text = Specification.class.getResourceAsStream(TEXT)) {
            if (text == null) {
                throw new IllegalStateException(TEXT + " is missing in the kit");
            }
            return parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Specification parse(String text) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        Matcher matcher = RULE.matcher(text);
        while (matcher.find()) {
            Rule rule = new Rule(
                    matcher.group("id"),
                    oneLine(matcher.group("sentence")),
                    oneLine(matcher.group("intent")),
                    list(matcher.group("asyncio")).map(Integer::valueOf).toList(),
                    list(matcher.group("needs")).toList(),
                    capabilities(matcher.group("claim")));
            if (!rule.id().equals(matcher.group("anchor")) || rules.put(rule.id(), rule) != null) {
                throw new IllegalStateException(rule.id() + " is there twice, or its anchor is another's");
            }
        }
        long headings = HEADING.matcher(text).results().count();
        if (rules.size() != headings) {
            throw new IllegalStateException(headings + " headings of rules, but only " + rules.size()
                    + " rules of the right form, the last of them " + last(rules));
        }
        return new Specification(rules);
    }

    private static String last(Map<String, Rule> rules) {
        return rules.keySet().stream().reduce((a, b) -> b).orElse("none");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static Stream<String> list(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(each -> !each.equals("-"));
    }

    private static Set<Capability> capabilities(String claim) {
        return switch (claim.strip()) {
            case "profile: semantic" -> Set.of();
            case "profile: turn-exact" -> Set.of(Capability.TURN_EXACT);
            default ->
                list(claim.replace("capability:", "")).map(Capability::valueOf).collect(Collectors.toUnmodifiableSet());
        };
    }

    /**
     * All rules.
     *
     * @return the rules in the order of the text, never empty
     */
    public List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    /**
     * One rule.
     *
     * @param id its id; never null
     * @return the rule
     * @throws IllegalArgumentException if there is no such rule
     */
    public Rule rule(String id) {
        Rule rule = rules.get(Objects.requireNonNull(id, "id"));
        if (rule == null) {
            throw new IllegalArgumentException("no rule " + id + ": there are " + rules.keySet());
        }
        return rule;
    }

    /**
     * What a rule needs, and what that needs, and so on.
     *
     * @param id its id; never null
     * @return the ids, without its own
     * @throws IllegalStateException if a rule needs itself in the end
     */
    public Set<String> needs(String id) {
        Objects.requireNonNull(id, "id");
        Set<String> all = new TreeSet<>();
        collect(rule(id), all, new LinkedHashSet<>());
        return all;
    }

    private void collect(Rule rule, Set<String> all, Set<String> path) {
        if (!path.add(rule.id())) {
            throw new IllegalStateException("needs go in a circle: " + path);
        }
        for (String need : rule.needs()) {
            all.add(need);
            collect(rule(need), all, path);
        }
        path.remove(rule.id());
    }

    /** The rules in an order in which each comes behind what it needs. */
    List<Rule> inOrderOfNeeds() {
        Map<String, Rule> ordered = new LinkedHashMap<>();
        rules.values().forEach(rule -> place(rule, ordered));
        return new ArrayList<>(ordered.values());
    }

    private void place(Rule rule, Map<String, Rule> ordered) {
        if (!ordered.containsKey(rule.id())) {
            rule.needs().forEach(need -> place(rule(need), ordered));
            ordered.put(rule.id(), rule);
        }
    }
}
