package heddle.tck.program;

import java.util.List;

/**
 * An {@code except} part of a {@code try}.
 *
 * @param kinds the types that it takes: exact ones, {@code Exception} or {@code BaseException}
 * @param body what it does
 */
public record Handler(List<String> kinds, List<Statement> body) {

    boolean takes(Throwable e) {
        return takes(kinds, e);
    }

    static boolean takes(List<String> kinds, Throwable e) {
        return kinds.contains("BaseException")
                || (kinds.contains("Exception") && Normal.isOrdinary(e))
                || kinds.contains(Normal.type(e));
    }
}
