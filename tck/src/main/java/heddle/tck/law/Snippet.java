package heddle.tck.law;

import heddle.tck.program.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A failing program as code to paste into JShell. */
public final class Snippet {

    private Snippet() {}

    /**
     * The program that a law draws from numbers.
     *
     * @param rule the rule that the law judges
     * @param engine the engine's name
     * @param numbers what it draws from
     * @return lines with a headline, or nothing if the law's source isn't at hand
     */
    public static String of(String rule, String engine, List<Integer> numbers) {
        return code(rule, className(rule), numbers)
                .map(code -> {
                    List<String> lines = new ArrayList<>(code);
                    lines.add("");
                    lines.add(call(rule, engine, numbers));
                    return lines.stream()
                            .map(line -> line.isEmpty() ? "" : "    " + line)
                            .collect(Collectors.joining("\n", "\n  the program, for JShell:\n", ""));
                })
                .orElse("");
    }

    /** The code alone, imports and a class. */
    static Optional<List<String>> code(String rule, String className, List<Integer> numbers) {
        Program program = ProgramLaws.program(rule, Choices.of(numbers));
        return program == null
                ? LawSource.of(Laws.law(rule), className)
                : Optional.of(ProgramCode.of(program, className));
    }

    private static String call(String rule, String engine, List<Integer> numbers) {
        String provider = "Engines.provider(" + Literals.text(engine) + ")";
        if (ProgramLaws.program(rule, Choices.of(numbers)) != null) {
            return "System.out.println(Replay.program(" + provider + ", " + className(rule) + "::new));";
        }
        String law = className(rule) + "::" + Laws.law(rule).getName();
        return "System.out.println(Replay.law(" + provider + ", " + law
                + numbers.stream().map(number -> ", " + number).collect(Collectors.joining()) + "));";
    }

    /** As {@code Rule_FUT_3}. */
    static String className(String rule) {
        return "Rule_" + rule.replace('-', '_');
    }
}
