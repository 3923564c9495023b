package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bodies of many laws are made of. */
public final class Bodies {

    public static final Suspension YIELD = Pause.YIELD;

    private Bodies() {}

    /** A value that a program may give: null, equal ones, one that is equal to itself only. */
    public static @Nullable Object value(Choices c) {
        return switch (c.between("value", 0, 3)) {
            case 0 -> "text";
            case 1 -> null;
            case 2 -> List.of();
            default -> new Object();
        };
    }

    /** An exception that a program may fail with, checked or not, or an error. */
    public static Throwable problem(Choices c) {
        return switch (c.between("problem", 0, 4)) {
            case 0 -> new IOException("checked");
            case 1 -> new IllegalArgumentException("unchecked");
            case 2 -> new AssertionError("error");
            case 3 -> new StackOverflowError("deep");
            default -> new Throwable("neither exception nor error");
        };
    }

    /** As {@link #problem}, or a cancellation that nobody asked for. */
    public static Throwable problemOrCancellation(Choices c) {
        return c.flag("a cancellation") ? new CancelledError("own") : problem(c);
    }

    public static void complete(
            Promise<@Nullable Object> promise, @Nullable Object value, @Nullable Throwable problem) {
        if (problem == null) {
            promise.setResult(value);
        } else {
            promise.setException(problem);
        }
    }

    /** Runs a piece as a callback. */
    public static void run(Body.Piece piece) throws Exception {
        try {
            piece.run();
        } catch (Throwable e) {
            throw Bodies.<Exception>as(e);
        }
    }

    /** Lets code throw what it was given, of whatever kind. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: nothing is cast at run time
    public static <E extends Throwable> E as(Throwable error) throws E {
        throw (E) error;
    }
}
