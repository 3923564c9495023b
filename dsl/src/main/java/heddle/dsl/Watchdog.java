package heddle.dsl;

import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.LoopObserver;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.Display;
import heddle.dsl.carrier.Blockage;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches a loop in debug mode from a thread of its own: code that has been blocked for a tenth of a second, by a lock above
 * all, is reported while it is, with the lock and who holds it. That one is often a body which holds it over an await, and
 * then nobody would ever hear of it otherwise. The report is made on the watchdog's thread, since the loop's stands still.
 */
final class Watchdog implements LoopObserver, Runnable {

    private static final long LIMIT_NANOS = 100_000_000;
    private static final int SUSPECTS = 5;

    private final EventLoop loop;
    private volatile @Nullable Thread loops;
    /** What the loop runs now, and since when; the second is written first. */
    private volatile @Nullable Object running;

    private volatile long begun;
    private @Nullable Object reported;

    private Watchdog(EventLoop loop) {
        this.loop = loop;
    }

    /** Watches a new loop, if it is in debug mode, until it is closed. */
    static void watch(EventLoop loop) {
        if (!loop.debug()) {
            return;
        }
        Watchdog watchdog = new Watchdog(loop);
        loop.addObserver(watchdog);
        Thread thread = new Thread(watchdog, "heddle-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    // ---- on the loop

    @Override
    public void stepBegins(Task<?> task) {
        begin(task);
    }

    @Override
    public void stepEnds(Task<?> task, @Nullable Suspension suspension) {
        running = null;
    }

    @Override
    public void callbackBegins(Handle handle) {
        begin(handle);
    }

    @Override
    public void callbackEnds(Handle handle) {
        running = null;
    }

    private void begin(Object what) {
        loops = Thread.currentThread();
        begun = System.nanoTime();
        running = what;
    }

    // ---- on the watchdog's thread

    @Override
    public void run() {
        while (!loop.isClosed()) {
            LockSupport.parkNanos(LIMIT_NANOS / 2);
            Object now = running;
            if (now == null) {
                reported = null;
            } else if (now != reported && System.nanoTime() - begun > LIMIT_NANOS) {
                look(now);
            }
        }
    }

    private void look(Object now) {
        Thread thread = loops;
        Blockage blockage = thread == null ? null : Blockage.of(thread);
        if (blockage == null || running != now) {
            return; // it computes, or went on meanwhile
        }
        reported = now;
        loop.callExceptionHandler(new ErrorReport(
                ErrorReport.Kind.SLOW,
                describe(now, blockage),
                null,
                now instanceof Future<?> future ? future : null,
                now instanceof Handle handle ? handle : null));
    }

    private String describe(Object now, Blockage blockage) {
        StringBuilder text = new StringBuilder("The event loop stands still: ")
                .append(now instanceof Task<?> task ? task.name() : Display.text(now))
                .append(" is blocked");
        if (blockage.where() != null) {
            text.append(" at ").append(blockage.where());
        }
        if (blockage.lock() != null) {
            text.append(" by ").append(blockage.lock());
        }
        if (blockage.owner() != null) {
            text.append(", held by ").append(blockage.owner());
        } else {
            text.append(suspects(now));
        }
        return text.append("; hold no lock over an await, and block in toThread(…) only (docs/codes.md#blocked)")
                .toString();
    }

    /** Where the JVM doesn't say who holds a lock: those whose code waits, perhaps with that lock. */
    private String suspects(Object now) {
        try {
            String names = loop.allTasks().stream()
                    .filter(task -> task != now && task.waitingOn() != null)
                    .limit(SUSPECTS)
                    .map(task -> task.stack().isEmpty()
                            ? task.name()
                            : task.name() + " at " + task.stack().get(0))
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "" : ", while these wait: " + names;
        } catch (RuntimeException e) {
            return ""; // the loop went on meanwhile
        }
    }
}
