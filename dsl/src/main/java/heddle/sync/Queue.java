package heddle.sync;

import heddle.api.QueueEmpty;
import heddle.api.QueueFull;
import heddle.api.QueueShutDown;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from tasks to tasks, first in, first out; asyncio's Queue. With a maximum size, {@code put} waits while it is
 * full, which slows producers down to the speed of consumers (asyncio-rule 157). An item is neither lost nor doubled when a
 * task that waits is cancelled (asyncio-rule 158).
 *
 * <p>Items may be null, except in a {@link PriorityQueue} without an order of its own. Loops, threads and waiting are
 * described in the page of the package.
 *
 * @param <T> the type of the items
 */
public sealed class Queue<T extends @Nullable Object> permits LifoQueue, PriorityQueue {

    private final int maxsize;
    private final Items<T> items;
    final Home home = new Home(this);
    final Line getters = new Line(home);
    final Line putters = new Line(home);
    private final Event finished = new Event(this, "Queue.join");
    private final Chainable<T> get = new Get.Operation<>(this);
    private long unfinished;
    private boolean shutDown;

    /** A queue without a limit. */
    public Queue() {
        this(0);
    }

    /**
     * A queue.
     *
     * @param maxsize how many items it may hold; zero or less for no limit
     */
    public Queue(int maxsize) {
        this(maxsize, new Items.Sequence<>(false));
    }

    Queue(int maxsize, Items<T> items) {
        this.maxsize = maxsize;
        this.items = items;
        finished.doSet();
    }

    /**
     * Puts an item in, waiting while the queue is full; in no turn if it isn't (asyncio-rule 61). It fails with {@link
     * QueueShutDown} once the queue is shut down.
     *
     * @param item the item; may be null where the queue takes it
     * @return a recipe, of null; each use of it puts the item in once
     */
    public final Chainable<@Nullable Void> put(T item) {
        items.check(item);
        return new Put.Operation<>(this, item);
    }

    /**
     * Takes an item out, waiting while there is none; in no turn if there is (asyncio-rule 61). It fails with {@link
     * QueueShutDown} once the queue is shut down and empty.
     *
     * @return a recipe, of the item
     */
    public final Chainable<T> get() {
        return get;
    }

    /**
     * Puts an item in at once.
     *
     * @param item the item; may be null where the queue takes it
     * @throws QueueFull if the queue is full
     * @throws QueueShutDown if the queue is shut down
     * @throws IllegalStateException if the calling thread may not use it
     */
    public final void putNowait(T item) {
        items.check(item);
        home.check("putNowait");
        if (full() && !shutDown) {
            throw new QueueFull("the queue has " + maxsize + " items, its maxsize: await put(item) waits for room");
        }
        doPut(item);
    }

    /** Puts an item in, for which there is room. */
    final void doPut(T item) {
        if (shutDown) {
            throw shutDownError("put");
        }
        items.add(item);
        if (unfinished++ == 0) {
            finished.doClear();
        }
        getters.wakeNextOut();
    }

    /**
     * Takes an item out at once.
     *
     * @return the item
     * @throws QueueEmpty if there is none
     * @throws QueueShutDown if there is none, and the queue is shut down
     * @throws IllegalStateException if the calling thread may not use it
     */
    public final T getNowait() {
        home.check("getNowait");
        if (empty() && !shutDown) {
            throw new QueueEmpty("the queue is empty: await get() waits for an item");
        }
        return doGet();
    }

    /** Takes an item out, of which there is one unless it is shut down. */
    final T doGet() {
        if (empty()) {
            throw shutDownError("get");
        }
        T item = items.take();
        putters.wakeNextOut();
        return item;
    }

    /**
     * Says that the work on an item that was taken out is done; {@link #join()} waits for that.
     *
     * @throws IllegalArgumentException if it is called more often than items were put in (asyncio-rule 159)
     * @throws IllegalStateException if the calling thread may not use it
     */
    public final void taskDone() {
        home.check("taskDone");
        if (unfinished <= 0) {
            throw new IllegalArgumentException(
                    "taskDone() called too many times: call it once for each item that was put in");
        }
        unfinished--;
        if (unfinished == 0) {
            finished.doSet();
        }
    }

    /**
     * Waits until {@link #taskDone()} was called for each item that was put in; in no turn if it was.
     *
     * @return a recipe, of null
     */
    public final Chainable<@Nullable Void> join() {
        return finished.await();
    }

    /**
     * Ends the queue: puts fail, gets take what is there and then fail, each with {@link QueueShutDown}, and those that wait
     * go on to do so (asyncio-rule 160).
     *
     * @throws IllegalStateException if the calling thread may not use it
     */
    public final void shutdown() {
        shutdown(false);
    }

    /**
     * As {@link #shutdown()}.
     *
     * @param immediate whether to drop the items that are there, as if each was taken out and done
     * @throws IllegalStateException if the calling thread may not use it
     */
    public final void shutdown(boolean immediate) {
        home.check("shutdown");
        shutDown = true;
        if (immediate) {
            unfinished = Math.max(0, unfinished - items.size());
            items.clear();
            if (unfinished == 0) {
                finished.doSet();
            }
        }
        while (getters.wakeNextOut()) {
            // all look again
        }
        while (putters.wakeNextOut()) {
            // all look again
        }
    }

    /**
     * How many items are in it. Safe from any thread.
     *
     * @return zero or more
     */
    public final int qsize() {
        return items.size();
    }

    /**
     * How many items it may hold.
     *
     * @return what it was made with; zero or less for no limit
     */
    public final int maxsize() {
        return maxsize;
    }

    /**
     * Whether it has no items. Safe from any thread.
     *
     * @return true if it has none
     */
    public final boolean empty() {
        return items.size() == 0;
    }

    /**
     * Whether it has as many items as it may hold. Safe from any thread.
     *
     * @return true if it has; never without a limit
     */
    public final boolean full() {
        return maxsize > 0 && items.size() >= maxsize;
    }

    @Override
    public final String toString() {
        String text = getClass().getSimpleName() + " " + items.size() + (maxsize > 0 ? " of " + maxsize : " items");
        text = Text.with(text, getters.size(), "getting");
        text = Text.with(text, putters.size(), "putting");
        text = Text.with(text, unfinished, "unfinished");
        return Text.cut(shutDown ? text + ", shut down" : text);
    }

    /** Puts the item in, unless that has to wait. */
    final @Nullable Object tryPut(T item) {
        if (mustPutWait()) {
            return Attempt.MUST_WAIT;
        }
        home.check("put");
        doPut(item);
        return null;
    }

    final boolean mustPutWait() {
        return full() && !shutDown;
    }

    /** Takes an item out, unless that has to wait. */
    final @Nullable Object tryGet() {
        if (mustGetWait()) {
            return Attempt.MUST_WAIT;
        }
        home.check("get");
        return doGet();
    }

    final boolean mustGetWait() {
        return empty() && !shutDown;
    }

    private QueueShutDown shutDownError(String method) {
        return new QueueShutDown(method + " on a queue that is shut down"
                + (method.equals("get") ? " and empty: no item will come any more" : ": it takes no more items"));
    }
}
