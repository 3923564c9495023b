package heddle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The figures of a run, one for each contestant of each workload: as lines of JSON, and back. */
final class Figures {

    /**
     * A contestant's figure: the median of the rounds, the least and the greatest, and the bytes of an operation; then how many
     * rounds there were, and how many seconds it took to measure it in one.
     */
    record Figure(
            String workload,
            String contestant,
            double value,
            double low,
            double high,
            double bytes,
            int rounds,
            double seconds) {
        static Figure of(String workload, String contestant, List<Measure.Sample> rounds, double seconds) {
            double[] values =
                    rounds.stream().mapToDouble(Measure.Sample::value).sorted().toArray();
            return new Figure(
                    workload,
                    contestant,
                    median(values),
                    values[0],
                    values[values.length - 1],
                    median(rounds.stream().mapToDouble(Measure.Sample::bytes).toArray()),
                    rounds.size(),
                    seconds);
        }
    }

    private static final Pattern LINE = Pattern.compile("\\{\"workload\":\"([^\"]+)\",\"contestant\":\"([^\"]+)\""
            + ",\"unit\":\"[^\"]+\",\"value\":([^,]+),\"low\":([^,]+),\"high\":([^,]+),\"bytes\":([^,]+),\"rounds\":(\\d+)"
            + "(?:,\"seconds\":([^,]+))?,.*");

    private final Map<String, List<Figure>> byWorkload = new LinkedHashMap<>();

    void add(Figure figure) {
        List<Figure> figures = byWorkload.computeIfAbsent(figure.workload, name -> new ArrayList<>());
        figures.removeIf(each -> each.contestant.equals(figure.contestant));
        figures.add(figure);
    }

    List<Figure> of(String workload) {
        return byWorkload.getOrDefault(workload, List.of());
    }

    /** How many minutes it takes to measure all once. */
    double minutes() {
        return byWorkload.values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(Figure::seconds)
                        .sum()
                / 60;
    }

    /** The figure of a contestant, or null. */
    Figure of(String workload, String contestant) {
        return of(workload).stream()
                .filter(each -> each.contestant.equals(contestant))
                .findFirst()
                .orElse(null);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    // ---- JSON

    String json(Workload workload, Figure figure) {
        String ratios = of(workload.name).stream()
                .filter(each -> !each.contestant.startsWith("heddle") && each.value > 0)
                .map(each -> String.format(Locale.ROOT, "\"%s\":%.3f", each.contestant, figure.value / each.value))
                .collect(Collectors.joining(",", "{", "}"));
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"contestant\":\"%s\",\"unit\":\"%s\",\"value\":%.3f,\"low\":%.3f,\"high\":%.3f,"
                        + "\"bytes\":%.1f,\"rounds\":%d,\"seconds\":%.1f,\"jdk\":\"%s\",\"ratios\":%s}",
                figure.workload,
                figure.contestant,
                unit(workload),
                figure.value,
                figure.low,
                figure.high,
                figure.bytes,
                figure.rounds,
                figure.seconds,
                Runtime.version(),
                ratios);
    }

    static String unit(Workload workload) {
        return switch (workload.kind) {
            case SMALL, LARGE, CPU -> "ns";
            case MEMORY -> "bytes";
            case START, IDLE -> "ms";
        };
    }

    static Figures read(Path file) throws IOException {
        Figures figures = new Figures();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Matcher match = LINE.matcher(line);
                if (match.matches()) {
                    figures.add(new Figure(
                            match.group(1),
                            match.group(2),
                            Double.parseDouble(match.group(3)),
                            Double.parseDouble(match.group(4)),
                            Double.parseDouble(match.group(5)),
                            Double.parseDouble(match.group(6)),
                            Integer.parseInt(match.group(7)),
                            match.group(8) == null ? 0 : Double.parseDouble(match.group(8))));
                }
            }
        }
        return figures;
    }
}
