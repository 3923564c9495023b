package heddle.tck.program;

import heddle.sync.Barrier;
import heddle.sync.BoundedSemaphore;
import heddle.sync.Condition;
import heddle.sync.Event;
import heddle.sync.LifoQueue;
import heddle.sync.Lock;
import heddle.sync.PriorityQueue;
import heddle.sync.Queue;
import heddle.sync.Semaphore;
import org.jspecify.annotations.Nullable;

/** The actions on locks and queues. */
final class SyncActions {

    private final Names names;

    SyncActions(ProgramRun run) {
        names = run.names;
    }

    @Nullable
    Object perform(Statement s, Me me) throws Exception {
        switch (s.op()) {
            case NEW_LOCK -> names.bind(s, new Lock());
            case NEW_EVENT -> names.bind(s, new Event());
            case NEW_CONDITION ->
                names.bind(s, s.has("lock") ? new Condition((Lock) names.get(s.text("lock"))) : new Condition());
            case NEW_SEMAPHORE -> names.bind(s, new Semaphore(s.integer("value")));
            case NEW_BOUNDED_SEMAPHORE -> names.bind(s, new BoundedSemaphore(s.integer("value")));
            case NEW_BARRIER -> names.bind(s, new Barrier(s.integer("parties")));
            case NEW_QUEUE -> names.bind(s, queue(s.text("kind"), s.integer("maxsize")));
            case RELEASE -> Holder.of(names.of(s)).release();
            case LOCKED -> {
                return Holder.of(names.of(s)).locked();
            }
            case SET -> event(s).set();
            case CLEAR -> event(s).clear();
            case IS_SET -> {
                return event(s).isSet();
            }
            case NOTIFY -> condition(s).signal(s.integer("n"));
            case NOTIFY_ALL -> condition(s).signalAll();
            case N_WAITING -> {
                return barrier(s).waiting();
            }
            case BROKEN -> {
                return barrier(s).broken();
            }
            case PUT_NOWAIT -> queue(s).putNowait(me.value(s, "value"));
            case GET_NOWAIT -> {
                return queue(s).getNowait();
            }
            case QSIZE -> {
                return queue(s).qsize();
            }
            case EMPTY -> {
                return queue(s).empty();
            }
            case FULL -> {
                return queue(s).full();
            }
            case TASK_DONE -> queue(s).taskDone();
            case SHUTDOWN -> queue(s).shutdown(s.flag("immediate"));
            default -> throw new AssertionError(s.op());
        }
        return null;
    }

    private static Queue<@Nullable Object> queue(String kind, int maxsize) {
        return switch (kind) {
            case "fifo" -> new Queue<>(maxsize);
            case "lifo" -> new LifoQueue<>(maxsize);
            case "priority" -> new PriorityQueue<>(maxsize);
            default -> throw new IllegalArgumentException("no queue is " + kind);
        };
    }

    Event event(Statement s) throws Unset {
        return (Event) names.of(s);
    }

    Condition condition(Statement s) throws Unset {
        return (Condition) names.of(s);
    }

    Barrier barrier(Statement s) throws Unset {
        return (Barrier) names.of(s);
    }

    @SuppressWarnings("unchecked") // the queues of a program hold values of any type
    Queue<@Nullable Object> queue(Statement s) throws Unset {
        return (Queue<@Nullable Object>) names.of(s);
    }
}
