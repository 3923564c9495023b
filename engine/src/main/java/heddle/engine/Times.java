package heddle.engine;

/** Between seconds, as programs see time, and the nanoseconds of the loop's clock. */
final class Times {

    private static final double NANOS = 1e9;

    private Times() {}

    /** The nearest nanosecond; saturated, so that infinity is {@link Long#MAX_VALUE}. */
    static long nanos(double seconds, String what) {
        if (Double.isNaN(seconds)) {
            throw new IllegalArgumentException(what + " is NaN: give seconds, or infinity for never");
        }
        return Math.round(seconds * NANOS);
    }

    static double seconds(long nanos) {
        return nanos == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : nanos / NANOS;
    }

    /** The sum, saturated. A negative delay gives a time that has passed, before that of a shorter one. */
    static long after(long now, long delay) {
        long sum = now + delay;
        if (delay > 0 && sum < now) {
            return Long.MAX_VALUE;
        }
        return delay < 0 && sum > now ? Long.MIN_VALUE : sum;
    }

    static String show(long nanos) {
        double seconds = seconds(nanos);
        return seconds == Math.rint(seconds) && Math.abs(seconds) < 1e15 ? (long) seconds + "s" : seconds + "s";
    }
}
