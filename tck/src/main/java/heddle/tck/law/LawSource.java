package heddle.tck.law;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cuts a law out of its chapter's source, with what else of the chapter it uses, as a class that stands alone. */
final class LawSource {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?[\\w.]+\\.(\\w+);$");
    private static final Pattern NULLNESS =
            Pattern.compile("@Nullable\\s+|@SuppressWarnings\\((\\{.*?}|\".*?\")\\)\\s*");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum)\\s+(\\w+)");
    private static final Pattern CALLABLE = Pattern.compile("(\\w+)\\s*\\(");
    private static final Pattern FIELD = Pattern.compile("(\\w+)\\s*[=;]");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern BETWEEN =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])+'|//.*|(?s:/\\*.*?\\*/)");

    private LawSource() {}

    /** The class, by that name, behind its imports; nothing if the source isn't at hand. */
    static Optional<List<String>> of(Method law, String className) {
        return read(law.getDeclaringClass()).map(source -> cut(source, law, className));
    }

    private static Optional<String> read(Class<?> chapter) {
        try (InputStream in = chapter.getResourceAsStream(chapter.getSimpleName() + ".java")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cut(String source, Method law, String className) {
        String chapter = law.getDeclaringClass().getSimpleName();
        int begin = source.indexOf('{', source.indexOf("class " + chapter)) + 1;
        Map<String, String> members = members(source.substring(begin, source.lastIndexOf('}')));
        Set<String> wanted = new LinkedHashSet<>(List.of(law.getName()));
        Deque<String> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            words(members.getOrDefault(open.remove(), "")).stream()
                    .filter(members::containsKey)
                    .filter(wanted::add)
                    .forEach(open::add);
        }
        String body = wanted.stream()
                .map(member -> "    " + members.getOrDefault(member, "").strip())
                .collect(Collectors.joining("\n\n"))
                .replaceAll("\\b" + chapter + "\\b", className);
        Set<String> used = words(body);
        List<String> code = new ArrayList<>();
        Matcher imports = IMPORT.matcher(source);
        while (imports.find()) {
            if (used.contains(imports.group(2)) && !imports.group(2).equals("Nullable")) {
                code.add(imports.group());
            }
        }
        code.add("import heddle.api.spi.Engines;");
        code.add("import heddle.tck.law.*;");
        code.add("");
        code.add("class " + className + " {");
        code.addAll(NULLNESS.matcher(body).replaceAll("").lines().toList());
        code.add("}");
        return code;
    }

    private static Set<String> words(String code) {
        return WORD.matcher(code)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The members of a class by name, those of one name together. */
    private static Map<String, String> members(String body) {
        // the same length, but no brace or semicolon in a string or a comment counts
        String bare = BETWEEN.matcher(body)
                .replaceAll(match -> " ".repeat(match.group().length()));
        Map<String, String> members = new LinkedHashMap<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            depth += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
            boolean ends = depth == 0 && (c == ';' || (c == '}' && !isInitialiser(bare, i)));
            if (ends) {
                members.merge(name(bare.substring(from, i + 1)), body.substring(from, i + 1), String::concat);
                from = i + 1;
            }
        }
        return members;
    }

    /** Whether this brace is the end of a field's value, as an array's. */
    private static boolean isInitialiser(String bare, int brace) {
        return bare.substring(brace + 1).stripLeading().startsWith(";");
    }

    private static String name(String member) {
        String head = member.replaceAll("@\\w+(\\([^)]*\\))?", " ");
        int body = head.indexOf('{');
        String signature = body < 0 ? head : head.substring(0, body);
        for (Pattern pattern : List.of(TYPE, FIELD, CALLABLE)) {
            Matcher matcher = pattern.matcher(pattern == CALLABLE ? signature : signature.replaceAll("\\(.*", ""));
            if ((pattern != FIELD || signature.contains("=") || body < 0) && matcher.find()) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
