package heddle.tck.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the statements around others mean, and the awaits when they end: what both forms of a program have in common. */
final class Steps {

    private final Trace trace;

    Steps(Trace trace) {
        this.trace = trace;
    }

    /** An await ended: writes its line, and throws its error. */
    void ended(Statement s, Frame frame, Outcome outcome) {
        Throwable error = outcome.error();
        frame.last = outcome.value();
        if (error == null) {
            trace.line(s.key() + " = " + Normal.value(frame.last));
        } else if (error instanceof Unset) {
            trace.line(s.key() + " unset");
        } else {
            trace.line(s.key() + " ! " + Normal.exception(error));
            throw Throwing.raise(error);
        }
    }

    /** A block around others was entered. */
    void entered(Statement s) {
        if (s.op() == Op.WITH) {
            trace.line(s.key() + " enter");
        }
    }

    /** A block around others was left. */
    void left(Statement s, Frame frame, Outcome outcome) {
        frame.last = null;
        Throwable error = outcome.error();
        if (error != null) {
            trace.line(s.key() + " ! " + Normal.exception(error));
            throw Throwing.raise(error);
        }
        trace.line(s.key() + " = null");
    }

    /** An item of {@code as_completed} ended; throws what is to leave the statement. */
    void item(Statement s, Outcome outcome) {
        Throwable error = outcome.error();
        if (error == null) {
            trace.line("item = " + Normal.value(outcome.value()));
            return;
        }
        if (Normal.isOrdinary(error)) {
            trace.line("item ! " + Normal.exception(error));
            if (s.flag("catch")) {
                return;
            }
        }
        throw Throwing.raise(error);
    }

    /** Whether {@code as_completed} goes on after so many. */
    static boolean wantsMore(Statement s, int count) {
        return !s.has("limit") || count < s.integer("limit");
    }

    /** What an {@code if} chooses; true and 1 are not equal here. */
    List<Statement> branch(Statement s, Frame frame) {
        return s.block(Normal.value(frame.last).equals(Normal.value(s.value("is"))) ? "then" : "else");
    }

    /** Throws what a {@code raise} raises. */
    RuntimeException raise(Statement s, Frame frame) {
        Throwable caught = frame.caught;
        throw Throwing.raise(s.has("exception") || caught == null ? s.failure().make() : caught);
    }

    /** The part of a {@code try} that takes an error, else throws the error. */
    List<Statement> handler(Statement s, Throwable error) {
        for (Handler handler : s.handlers()) {
            if (handler.takes(error)) {
                return handler.body();
            }
        }
        throw Throwing.raise(error);
    }

    /** An {@code except} part begins; answers what was caught before. */
    @Nullable
    Throwable caught(Frame frame, Throwable error) {
        trace.line("caught " + Normal.exception(error));
        Throwable outer = frame.caught;
        frame.caught = error;
        frame.last = null;
        return outer;
    }
}
