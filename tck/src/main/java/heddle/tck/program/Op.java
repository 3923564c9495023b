package heddle.tck.program;

import java.util.List;
import java.util.Locale;

/** The kinds of statement; {@code language.py} says what each means. */
public enum Op {
    LOG(Kind.LOOP, "text"),
    SET_CELL(Kind.LOOP, "cell value"),
    TIME(Kind.LOOP, ""),
    RUNNING_LOOP(Kind.LOOP, ""),
    CURRENT_TASK(Kind.LOOP, ""),
    ALL_TASKS(Kind.LOOP, ""),
    GET_VAR(Kind.LOOP, "var"),
    SET_VAR(Kind.LOOP, "var value"),
    SAME(Kind.LOOP, "of with"),
    COPY_CONTEXT(Kind.LOOP, "as"),
    CALL_SOON(Kind.LOOP, "callback as? context?"),
    CALL_THREADSAFE(Kind.LOOP, "callback as?"),
    CALL_LATER(Kind.LOOP, "delay callback as?"),
    CALL_AT(Kind.LOOP, "when callback as?"),
    CANCEL_HANDLE(Kind.LOOP, "of"),
    HANDLE_CANCELLED(Kind.LOOP, "of"),
    SPAWN(Kind.LOOP, "body as? name? context?"),
    CAUSE(Kind.LOOP, ""),
    STOP(Kind.LOOP, ""),
    CLOSE(Kind.LOOP, ""),
    RUN_NESTED(Kind.LOOP, "kind"),
    HANDLER_RAISES(Kind.LOOP, "exception"),
    IS_RUNNING(Kind.LOOP, ""),
    IS_CLOSED(Kind.LOOP, ""),

    FUTURE(Kind.FUTURE, "as"),
    FOREIGN(Kind.FUTURE, "as"),
    SET_RESULT(Kind.FUTURE, "of value"),
    SET_EXCEPTION(Kind.FUTURE, "of exception"),
    CANCEL(Kind.FUTURE, "of message?"),
    UNCANCEL(Kind.FUTURE, "of"),
    CANCELLING(Kind.FUTURE, "of"),
    DONE(Kind.FUTURE, "of"),
    CANCELLED(Kind.FUTURE, "of"),
    RESULT(Kind.FUTURE, "of"),
    EXCEPTION(Kind.FUTURE, "of"),
    GET_NAME(Kind.FUTURE, "of"),
    SET_NAME(Kind.FUTURE, "of name"),
    ADD_CALLBACK(Kind.FUTURE, "of callback context?"),
    REMOVE_CALLBACK(Kind.FUTURE, "of callback"),
    GATHER(Kind.FUTURE, "of as return_exceptions?"),
    SHIELD(Kind.FUTURE, "of as"),

    NEW_LOCK(Kind.SYNC, "as"),
    NEW_EVENT(Kind.SYNC, "as"),
    NEW_CONDITION(Kind.SYNC, "as lock?"),
    NEW_SEMAPHORE(Kind.SYNC, "as value"),
    NEW_BOUNDED_SEMAPHORE(Kind.SYNC, "as value"),
    NEW_BARRIER(Kind.SYNC, "as parties"),
    NEW_QUEUE(Kind.SYNC, "as kind maxsize"),
    RELEASE(Kind.SYNC, "of"),
    LOCKED(Kind.SYNC, "of"),
    SET(Kind.SYNC, "of"),
    CLEAR(Kind.SYNC, "of"),
    IS_SET(Kind.SYNC, "of"),
    NOTIFY(Kind.SYNC, "of n"),
    NOTIFY_ALL(Kind.SYNC, "of"),
    N_WAITING(Kind.SYNC, "of"),
    BROKEN(Kind.SYNC, "of"),
    PUT_NOWAIT(Kind.SYNC, "of value"),
    GET_NOWAIT(Kind.SYNC, "of"),
    QSIZE(Kind.SYNC, "of"),
    EMPTY(Kind.SYNC, "of"),
    FULL(Kind.SYNC, "of"),
    TASK_DONE(Kind.SYNC, "of"),
    SHUTDOWN(Kind.SYNC, "of immediate?"),

    NEW_TIMEOUT(Kind.SCOPE, "as delay? when?"),
    RESCHEDULE(Kind.SCOPE, "of when? delay?"),
    EXPIRED(Kind.SCOPE, "of"),
    WHEN(Kind.SCOPE, "of"),
    NEW_GROUP(Kind.SCOPE, "as"),
    GROUP_SPAWN(Kind.SCOPE, "of body as? name?"),

    SLEEP(Kind.AWAIT, "seconds value?"),
    AWAIT(Kind.AWAIT, "of"),
    WAIT(Kind.AWAIT, "of timeout? return_when?"),
    AS_COMPLETED(Kind.AWAIT, "of mode timeout? limit? catch?"),
    WAIT_FOR(Kind.AWAIT, "of timeout"),
    ACQUIRE(Kind.AWAIT, "of"),
    EVENT_WAIT(Kind.AWAIT, "of"),
    COND_WAIT(Kind.AWAIT, "of"),
    COND_WAIT_FOR(Kind.AWAIT, "of cell value"),
    BARRIER_WAIT(Kind.AWAIT, "of"),
    BARRIER_RESET(Kind.AWAIT, "of"),
    BARRIER_ABORT(Kind.AWAIT, "of"),
    PUT(Kind.AWAIT, "of value"),
    GET(Kind.AWAIT, "of"),
    JOIN(Kind.AWAIT, "of"),
    CUSTOM(Kind.AWAIT, "kind n? value? of?"),

    TRY(Kind.CONTROL, "body except? finally?"),
    REPEAT(Kind.CONTROL, "n body"),
    IF(Kind.CONTROL, "is then else?"),
    RAISE(Kind.CONTROL, "exception?"),
    RETURN(Kind.CONTROL, "value"),
    WITH(Kind.CONTROL, "of body"),
    IN_TIMEOUT(Kind.CONTROL, "of body"),
    IN_GROUP(Kind.CONTROL, "of body"),

    RUN_UNTIL_COMPLETE(Kind.DRIVE, "of"),
    RUN_FOREVER(Kind.DRIVE, "");

    /** What sort of statement it is, and who executes it. */
    public enum Kind {
        /** An action on the loop, on names and variables. */
        LOOP(true),
        /** An action on futures and tasks. */
        FUTURE(true),
        /** An action on locks and queues. */
        SYNC(true),
        /** An action on timeouts and groups. */
        SCOPE(true),
        /** Something that may suspend. */
        AWAIT(false),
        /** A statement around others. */
        CONTROL(false),
        /** Something that runs the loop, outside of it. */
        DRIVE(true);

        private final boolean action;

        Kind(boolean action) {
            this.action = action;
        }

        /** Whether its errors are written in the trace and go no further. */
        boolean isAction() {
            return action;
        }
    }

    private final Kind kind;
    private final String fields;

    Op(Kind kind, String fields) {
        this.kind = kind;
        this.fields = fields;
    }

    /**
     * What sort of statement it is.
     *
     * @return never null
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The names of its fields; those that may be absent end in a question mark.
     *
     * @return an immutable list
     */
    public List<String> fields() {
        return fields.isEmpty() ? List.of() : List.of(fields.split(" "));
    }

    /** As programs and traces spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
