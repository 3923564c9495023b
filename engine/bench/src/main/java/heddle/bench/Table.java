package heddle.bench;

import heddle.bench.Figures.Figure;
import heddle.bench.Workload.Kind;
import heddle.bench.Workload.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures as Markdown, and what changed since the last ones. */
final class Table {

    private static final String BEGIN = "<!-- figures: engine/bench/run writes what follows -->";
    private static final String END = "<!-- end of figures -->";

    private static final double NOTABLE = 0.10;
    /** Where the greatest of the rounds is so many times the least, their number is shown. */
    private static final double WIDE = 1.2;
    /** What a process that waits needs is chance, below so many milliseconds in a second. */
    private static final double IDLE = 5;

    private Table() {}

    /** All that is shown: a row for each contestant, what grows, and how long it takes to measure that. */
    static String of(List<Workload> workloads, Figures figures) {
        return rows(workloads, figures)
                + GrowthTable.of(figures)
                + String.format(
                        Locale.ROOT,
                        "%nJDK %s, %d processors. Measuring all of this once takes %.0f minutes.%n",
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors(),
                        figures.minutes());
    }

    private static String rows(List<Workload> workloads, Figures figures) {
        StringBuilder table = new StringBuilder("""
                | workload | who | figure | low to high | allocated | Heddle / this | target |
                |---|---|---:|---|---:|---|---|
                """);
        for (Workload workload : workloads) {
            if (workload.name.startsWith(Growth.PREFIX)) {
                continue; // they have a table of their own
            }
            boolean first = true;
            for (Figure figure : figures.of(workload.name)) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %s | %s |%n",
                        first ? "**" + workload.name + "**: " + workload.operation : "",
                        figure.contestant(),
                        show(workload, figure.value()),
                        spread(figure),
                        figure.bytes() > 0 ? number(figure.bytes()) + " B" : "",
                        ratios(workload, figures, figure),
                        targets(workload, figures, figure)));
                first = false;
            }
        }
        return table.toString();
    }

    private static String show(Workload workload, double value) {
        return number(value) + " " + (Figures.unit(workload).equals("bytes") ? "B" : Figures.unit(workload));
    }

    private static String spread(Figure figure) {
        if (figure.rounds() == 1) {
            return "one round";
        }
        return number(figure.low()) + " to " + number(figure.high())
                + (figure.high() > WIDE * figure.low() ? ", " + figure.rounds() + " rounds" : "");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String ratios(Workload workload, Figures figures, Figure peer) {
        if (peer.contestant().startsWith("heddle") || peer.value() == 0) {
            return "";
        }
        List<Figure> ours = figures.of(workload.name).stream()
                .filter(each -> each.contestant().startsWith("heddle"))
                .toList();
        return ours.stream()
                .map(each -> number(each.value() / peer.value())
                        + (ours.size() > 1 ? " " + each.contestant().replaceFirst("heddle-?", "") : ""))
                .map(String::strip)
                .collect(Collectors.joining(", "));
    }

    private static String targets(Workload workload, Figures figures, Figure peer) {
        List<String> all = new ArrayList<>();
        for (Target target : workload.targets()) {
            Figure ours = figures.of(workload.name, target.heddle());
            if (target.peer().equals(peer.contestant()) && ours != null) {
                boolean met = ours.value() <= target.ratio() * peer.value();
                all.add((target.must() ? "must " : "aim ")
                        + number(target.ratio())
                        + (target.heddle().equals("heddle")
                                ? ""
                                : " " + target.heddle().replace("heddle-", ""))
                        + (met ? " met" : " **missed**"));
            }
        }
        return String.join(", ", all);
    }

    /** Lines that name every change of Heddle's figures that is worth a look. */
    static List<String> changes(List<Workload> workloads, Figures before, Figures now) {
        List<String> changes = new ArrayList<>();
        for (Workload workload : workloads) {
            double machine = machine(workload, before, now);
            for (Figure figure : now.of(workload.name)) {
                Figure last = before.of(workload.name, figure.contestant());
                if (last == null || !figure.contestant().startsWith("heddle")) {
                    continue;
                }
                double change = figure.value() / last.value() / machine - 1;
                boolean chance = workload.kind == Kind.IDLE && Math.max(figure.value(), last.value()) < IDLE;
                if (Math.abs(change) >= NOTABLE && !chance) {
                    changes.add(String.format(
                            Locale.ROOT,
                            "%s, %s: %+.0f %% (%s, was %s; the peers are at %.2f of their last figures)",
                            workload.name,
                            figure.contestant(),
                            change * 100,
                            show(workload, figure.value()),
                            show(workload, last.value()),
                            machine));
                }
            }
        }
        return changes;
    }

    /** How much slower the machine is than it was: what the peers' figures say, which didn't change their code. */
    private static double machine(Workload workload, Figures before, Figures now) {
        double[] ratios = now.of(workload.name).stream()
                .filter(each -> !each.contestant().startsWith("heddle"))
                .filter(each -> before.of(workload.name, each.contestant()) != null
                        && before.of(workload.name, each.contestant()).value() > 0)
                .mapToDouble(each -> each.value()
                        / before.of(workload.name, each.contestant()).value())
                .toArray();
        return ratios.length == 0 ? 1 : Figures.median(ratios);
    }

    /** Puts the table into a page, between its two marks. */
    static void into(Path page, String table) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for figures, between " + BEGIN + " and " + END);
        }
        Files.writeString(
                page, text.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + text.substring(end));
    }
}
