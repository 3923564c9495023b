package heddle.bench;

import heddle.bench.Figures.Figure;
import java.util.Locale;

/** How much more an operation costs among a million than among a thousand, beside what it does for the floor. */
final class GrowthTable {

    private GrowthTable() {}

    /** A row for each operation that was measured; nothing if none was. */
    static String of(Figures figures) {
        StringBuilder rows = new StringBuilder();
        for (String operation : Growth.operations()) {
            Figure few = figures.of(operation + Growth.FEW, Growth.HEDDLE);
            Figure many = figures.of(operation + Growth.MANY, Growth.HEDDLE);
            Figure floorFew = figures.of(operation + Growth.FEW, Growth.FLOOR);
            Figure floorMany = figures.of(operation + Growth.MANY, Growth.FLOOR);
            if (few != null && many != null && floorFew != null && floorMany != null) {
                rows.append(row(operation, few.value(), many.value(), floorFew.value(), floorMany.value()));
            }
        }
        if (rows.isEmpty()) {
            return "";
        }
        return """

                | what grows | Heddle, 1,000 | 1,000,000 | factor | floor, 1,000 | 1,000,000 | factor | Heddle's / floor's | target |
                |---|---:|---:|---:|---:|---:|---:|---:|---|
                """ + rows;
    }

    private static String row(String operation, double few, double many, double floorFew, double floorMany) {
        double ours = many / few;
        double floors = floorMany / floorFew;
        double ratio = ours / floors;
        String name = operation.substring(Growth.PREFIX.length(), operation.length() - 1);
        return String.format(
                Locale.ROOT,
                "| **%s** | %s ns | %s ns | %s | %s ns | %s ns | %s | %s | must %.1f %s |%n",
                name,
                Table.number(few),
                Table.number(many),
                Table.number(ours),
                Table.number(floorFew),
                Table.number(floorMany),
                Table.number(floors),
                Table.number(ratio),
                Growth.MUST,
                ratio <= Growth.MUST ? "met" : "**missed**");
    }
}
