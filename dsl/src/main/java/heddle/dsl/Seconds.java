package heddle.dsl;

import java.time.Duration;

/** Times as programs give and read them. */
final class Seconds {

    private Seconds() {}

    static double of(Duration time) {
        return time.getSeconds() + time.getNano() / 1e9;
    }

    /** {@code seconds}, which may be infinite but must be a number. */
    static double checked(double seconds, String name) {
        if (Double.isNaN(seconds)) {
            throw new IllegalArgumentException(name + " is NaN: give seconds, or infinity for never");
        }
        return seconds;
    }

    /** As {@code 1.5s}, to the millisecond. */
    static String show(double seconds) {
        if (Double.isInfinite(seconds)) {
            return seconds > 0 ? "forever" : "0s";
        }
        double rounded = Math.rint(seconds * 1000) / 1000;
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15 ? (long) rounded + "s" : rounded + "s";
    }
}
