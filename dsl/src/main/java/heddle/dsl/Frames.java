package heddle.dsl;

import java.util.List;

/** Picks the lines of a stack that are the user's. */
final class Frames {

    private static final List<String> MACHINERY = List.of(
            "heddle.dsl.Awaiting",
            "heddle.dsl.Body",
            "heddle.dsl.Chain",
            "heddle.dsl.ChainRun",
            "heddle.dsl.Heddle",
            "heddle.dsl.carrier.",
            "heddle.engine.",
            "heddle.sync.",
            "java.lang.System",
            "java.lang.Thread",
            "java.lang.VirtualThread",
            "java.lang.invoke.",
            "java.lang.reflect.",
            "java.util.concurrent.locks.",
            "jdk.internal.");

    private Frames() {}

    static List<StackTraceElement> ofUser(List<StackTraceElement> all) {
        return all.stream().filter(frame -> !isMachinery(frame.getClassName())).toList();
    }

    private static boolean isMachinery(String type) {
        for (String each : MACHINERY) {
            if (type.startsWith(each)
                    && (each.endsWith(".") || type.length() == each.length() || type.charAt(each.length()) == '$')) {
                return true;
            }
        }
        return false;
    }
}
