package heddle.tck.program;

import static heddle.tck.program.Literals.failure;
import static heddle.tck.program.Literals.seconds;
import static heddle.tck.program.Literals.text;
import static heddle.tck.program.Literals.texts;
import static heddle.tck.program.Literals.value;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Statements as calls of the library: what to do, without what is told about it. */
final class JavaCode {

    private final Map<String, Op> made;

    /** For a program whose names are made by these statements. */
    JavaCode(Map<String, Op> made) {
        this.made = made;
    }

    /** The code of an action or of an await, to be written behind an arrow. */
    String of(Statement s) {
        return switch (s.op().kind()) {
            case LOOP, DRIVE -> onLoop(s);
            case FUTURE -> onFuture(s);
            case SYNC -> onSync(s);
            case SCOPE -> onScope(s);
            case AWAIT -> awaited(s);
            case CONTROL -> throw new AssertionError(s.op() + " is a statement around others");
        };
    }

    private static String onLoop(Statement s) {
        return switch (s.op()) {
            case LOG -> last(s, "text");
            case SET_CELL -> "cell(" + text(s.text("cell")) + ", " + value(s.value("value")) + ")";
            case TIME -> "loop().time()";
            case RUNNING_LOOP -> "runs()";
            case CURRENT_TASK -> "currentTask()";
            case ALL_TASKS -> "allTasks()";
            case GET_VAR -> variable(s) + ".get()";
            case SET_VAR -> "{ " + variable(s) + ".set(" + value(s.value("value")) + "); }";
            case SAME -> "same(" + text(name(s)) + ", " + text(s.text("with")) + ")";
            case COPY_CONTEXT -> named(s, "Context.copyCurrent()");
            case CALL_SOON -> named(s, "loop().callSoon(" + callback(s) + context(s) + ")");
            case CALL_THREADSAFE -> named(s, "loop().callSoonThreadsafe(" + callback(s) + ")");
            case CALL_LATER -> named(s, "loop().callLater(" + seconds(s.value("delay")) + ", " + callback(s) + ")");
            case CALL_AT -> named(s, "loop().callAt(" + seconds(s.value("when")) + ", " + callback(s) + ")");
            case CANCEL_HANDLE -> thing("handle", s) + ".cancel()";
            case HANDLE_CANCELLED -> thing("handle", s) + ".cancelled()";
            case SPAWN ->
                started(
                        s,
                        "loop().createTask(" + body(s.text("body")) + ", " + value(s.value("name"))
                                + (s.has("context") ? context(s) : ", null") + ")");
            case CAUSE -> "me.cause()";
            case STOP -> "loop().stop()";
            case CLOSE -> "close()";
            case RUN_NESTED ->
                switch (s.text("kind")) {
                    case "forever" -> "loop().runForever()";
                    case "own" -> "{ loop().runUntilComplete(loop().createFuture()); }";
                    default -> "{ var other = otherLoop(); other.runUntilComplete(other.createFuture()); }";
                };
            case HANDLER_RAISES ->
                "handlerRaises(" + text(s.failure().type()) + ", "
                        + value(s.failure().message()) + ")";
            case IS_RUNNING -> "loop().isRunning()";
            case IS_CLOSED -> "loop().isClosed()";
            case RUN_FOREVER -> "driving(() -> { loop().runForever(); return null; })";
            case RUN_UNTIL_COMPLETE -> "driving(() -> loop().runUntilComplete(" + ref(s.of()) + "))";
            default -> throw new AssertionError(s.op());
        };
    }

    private static String onFuture(Statement s) {
        return switch (s.op()) {
            case FUTURE -> named(s, "loop().createFuture()");
            case FOREIGN -> named(s, "otherLoop().createFuture()");
            case SET_RESULT -> thing("promise", s) + ".setResult(" + last(s, "value") + ")";
            case SET_EXCEPTION -> thing("promise", s) + ".setException(" + failure(s.failure()) + ")";
            case CANCEL -> thing("seen", s) + ".cancel(" + (s.has("message") ? text(s.text("message")) : "") + ")";
            case UNCANCEL -> thing("task", s) + ".uncancel()";
            case CANCELLING -> thing("task", s) + ".cancelling()";
            case DONE -> thing("future", s) + ".done()";
            case CANCELLED -> thing("future", s) + ".cancelled()";
            case RESULT -> thing("seen", s) + ".result()";
            case EXCEPTION -> thing("seen", s) + ".exception()";
            case GET_NAME -> thing("task", s) + ".name()";
            case SET_NAME -> thing("task", s) + ".setName(" + text(s.text("name")) + ")";
            case ADD_CALLBACK -> thing("future", s) + ".addDoneCallback(" + callback(s) + context(s) + ")";
            case REMOVE_CALLBACK -> thing("future", s) + ".removeDoneCallback(" + callback(s) + ")";
            case GATHER ->
                named(
                        s,
                        "gather" + (s.flag("return_exceptions") ? "ReturningExceptions" : "") + "(" + present(s) + ")");
            case SHIELD -> named(s, "shield(" + ref(s.of()) + ")");
            default -> throw new AssertionError(s.op());
        };
    }

    private String onSync(Statement s) {
        return switch (s.op()) {
            case NEW_LOCK -> named(s, "new Lock()");
            case NEW_EVENT -> named(s, "new Event()");
            case NEW_CONDITION ->
                named(s, "new Condition(" + (s.has("lock") ? "lock(" + text(s.text("lock")) + ")" : "") + ")");
            case NEW_SEMAPHORE -> named(s, "new Semaphore(" + s.integer("value") + ")");
            case NEW_BOUNDED_SEMAPHORE -> named(s, "new BoundedSemaphore(" + s.integer("value") + ")");
            case NEW_BARRIER -> named(s, "new Barrier(" + s.integer("parties") + ")");
            case NEW_QUEUE ->
                named(
                        s,
                        "new "
                                + switch (s.text("kind")) {
                                    case "fifo" -> "Queue";
                                    case "lifo" -> "LifoQueue";
                                    default -> "heddle.sync.PriorityQueue";
                                }
                                + "<Object>(" + s.integer("maxsize") + ")");
            case RELEASE -> holder(s) + ".release()";
            case LOCKED -> holder(s) + ".locked()";
            case SET -> thing("event", s) + ".set()";
            case CLEAR -> thing("event", s) + ".clear()";
            case IS_SET -> thing("event", s) + ".isSet()";
            case NOTIFY -> thing("condition", s) + ".signal(" + s.integer("n") + ")";
            case NOTIFY_ALL -> thing("condition", s) + ".signalAll()";
            case N_WAITING -> thing("barrier", s) + ".waiting()";
            case BROKEN -> thing("barrier", s) + ".broken()";
            case PUT_NOWAIT -> thing("queue", s) + ".putNowait(" + last(s, "value") + ")";
            case GET_NOWAIT -> thing("queue", s) + ".getNowait()";
            case QSIZE -> thing("queue", s) + ".qsize()";
            case EMPTY -> thing("queue", s) + ".empty()";
            case FULL -> thing("queue", s) + ".full()";
            case TASK_DONE -> thing("queue", s) + ".taskDone()";
            case SHUTDOWN -> thing("queue", s) + ".shutdown(" + s.flag("immediate") + ")";
            default -> throw new AssertionError(s.op());
        };
    }

    private static String onScope(Statement s) {
        return switch (s.op()) {
            case NEW_TIMEOUT ->
                named(
                        s,
                        s.has("when")
                                ? "timeoutAt(" + seconds(s.value("when")) + ")"
                                : "timeoutAfter(" + seconds(s.value("delay")) + ")");
            case RESCHEDULE ->
                thing("timeout", s) + ".reschedule("
                        + (s.has("delay") ? "loop().time() + " + seconds(s.value("delay")) : seconds(s.value("when")))
                        + ")";
            case EXPIRED -> thing("timeout", s) + ".expired()";
            case WHEN -> thing("timeout", s) + ".when()";
            case NEW_GROUP -> named(s, "taskGroup()");
            case GROUP_SPAWN ->
                started(
                        s,
                        thing("group", s) + ".createTask(" + body(s.text("body")) + ", "
                                + (s.value("name") == null ? "(String) null" : text(s.text("name"))) + ")");
            default -> throw new AssertionError(s.op());
        };
    }

    private String awaited(Statement s) {
        return switch (s.op()) {
            case SLEEP ->
                "sleep(" + seconds(s.value("seconds"))
                        + (s.value("value") == null ? "" : ", " + value(s.value("value"))) + ")";
            case AWAIT -> ref(s.of());
            case WAIT -> {
                String names = texts(s.members().stream().map(Object::toString).toList());
                yield "names(members(" + names + "), waitUntil(members(" + names + ").values(), ReturnWhen."
                        + (s.has("return_when") ? s.text("return_when") : "ALL_COMPLETED") + ", "
                        + seconds(s.value("timeout")) + "))";
            }
            case WAIT_FOR -> "waitFor(" + ref(s.of()) + ", " + seconds(s.value("timeout")) + ")";
            case ACQUIRE -> holder(s) + ".acquire()";
            case EVENT_WAIT -> thing("event", s) + ".await()";
            case COND_WAIT -> thing("condition", s) + ".await()";
            case COND_WAIT_FOR ->
                thing("condition", s) + ".awaitUntil(() -> cellIs(" + text(s.text("cell")) + ", "
                        + value(s.value("value")) + "))";
            case BARRIER_WAIT -> thing("barrier", s) + ".await()";
            case BARRIER_RESET -> thing("barrier", s) + ".reset()";
            case BARRIER_ABORT -> thing("barrier", s) + ".abort()";
            case PUT -> thing("queue", s) + ".put(" + last(s, "value") + ")";
            case GET -> thing("queue", s) + ".get()";
            case JOIN -> thing("queue", s) + ".join()";
            case CUSTOM -> custom(s);
            default -> throw new AssertionError(s.op());
        };
    }

    /** The items of {@code as_completed}, which are awaited in a loop. */
    static String items(Statement s, boolean chain) {
        boolean futures = s.text("mode").equals("async");
        return (futures ? "futures" : "items") + (chain ? "Of" : "") + "(asCompleted(" + present(s) + ", "
                + seconds(s.value("timeout")) + "), "
                + (s.has("limit") ? String.valueOf(s.integer("limit")) : "Integer.MAX_VALUE")
                + (futures ? "" : ", " + s.flag("catch")) + ")";
    }

    private static String custom(Statement s) {
        String kind = s.text("kind");
        return kind
                + switch (kind) {
                    case "pause", "bare" -> "(" + s.integer("n") + ", " + value(s.value("value")) + ")";
                    case "absorb" -> "(" + value(s.value("value")) + ")";
                    case "trust" -> "(" + thing("future", s) + ", " + value(s.value("value")) + ")";
                    default -> "(" + ref(s.of()) + ")";
                };
    }

    /** The block of a lock, a timeout or a group: an object with methods to run code inside. */
    String block(Statement s) {
        return switch (s.op()) {
            case IN_TIMEOUT -> thing("timeout", s);
            case IN_GROUP -> thing("group", s);
            default -> holder(s);
        };
    }

    // ---- parts of statements

    private static String name(Statement s) {
        return s.of().toString();
    }

    private static String thing(String kind, Statement s) {
        return kind + "(" + text(name(s)) + ")";
    }

    private String holder(Statement s) {
        Op op = made.getOrDefault(name(s), Op.NEW_LOCK);
        return thing(op == Op.NEW_LOCK ? "lock" : op == Op.NEW_CONDITION ? "condition" : "semaphore", s);
    }

    private static String named(Statement s, String code) {
        return s.has("as") ? "name(" + text(s.text("as")) + ", " + code + ")" : "{ " + code + "; }";
    }

    private static String started(Statement s, String code) {
        return s.has("as") ? "started(" + text(s.text("as")) + ", " + code + ")" : code + ".name()";
    }

    private static String callback(Statement s) {
        String name = s.text("callback");
        return "callback(" + text(name) + ", this::callback_" + name + ")";
    }

    private static String context(Statement s) {
        return s.has("context") ? ", context(" + text(s.text("context")) + ")" : "";
    }

    private static String variable(Statement s) {
        return "variable(" + text(s.text("var")) + ")";
    }

    /** A value, or the last one. */
    static String last(Statement s, String field) {
        @Nullable Object value = s.value(field);
        return "$last".equals(value) ? "me.last()" : value(value);
    }

    static String body(String name) {
        return "body_" + name + "()";
    }

    /** An awaitable. */
    private static String ref(Ref ref) {
        if (ref instanceof Ref.FreshBody fresh) {
            return body(fresh.body());
        }
        if (ref instanceof Ref.FreshSleep fresh) {
            return "sleep(" + fresh.seconds() + ", (Object) " + value(fresh.value()) + ")";
        }
        return "future(" + text(ref.toString()) + ")";
    }

    /** Those of several that are there. */
    private static String present(Statement s) {
        List<Ref> refs = s.members();
        return "present("
                + refs.stream()
                        .map(ref -> ref instanceof Ref.Named ? text(ref.toString()) : ref(ref))
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
