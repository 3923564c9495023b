package heddle.stream;

import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.network.Connection;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes in order, and keeps those that the system doesn't take yet. While nothing is kept, a write is one system call
 * and copies nothing.
 */
final class Outlet {

    private static final String DRAIN = "drain";
    private static final String WAIT_CLOSED = "waitClosed";

    private static final int HIGH = 64 * 1024;
    /** How much is given to the connection at once, so that a drain hears of progress. */
    private static final int PIECE = 64 * 1024;

    private final EventLoop loop;
    private final Connection connection;
    private int high = HIGH;
    private int low = HIGH / 4;

    private final Backlog kept = new Backlog();
    /** The connection reads from a piece of what is kept. */
    private boolean given;

    private boolean paused;
    private boolean ending;
    private boolean closing;
    private boolean aborted;
    private @Nullable Throwable failure;
    private final Waiters drains = new Waiters();
    private final Drain drain = new Drain();
    private final Waiters closings = new Waiters();
    private @Nullable Runnable onClosed;

    Outlet(EventLoop loop, Connection connection) {
        this.loop = loop;
        this.connection = connection;
    }

    int size() {
        return kept.size();
    }

    boolean isClosing() {
        return closing;
    }

    void setLimits(int newHigh, int newLow) {
        high = newHigh;
        low = newLow;
        paused = size() > high;
        wakeDrains();
    }

    /** Has {@code told} run once the connection is closed. */
    void onClosed(Runnable told) {
        onClosed = told;
    }

    // ---- sending

    void write(byte[] data) {
        if (closing || ending) {
            throw new IllegalStateException(
                    closing ? "write after close()" : "write after writeEof(): the peer was told that nothing follows");
        }
        if (failure != null || data.length == 0) {
            return;
        }
        if (size() > 0) {
            kept.add(data, 0, given);
        } else {
            sendNow(data);
        }
        if (size() > high) {
            paused = true;
        }
    }

    private void sendNow(byte[] data) {
        ByteBuffer all = ByteBuffer.wrap(data);
        Future<Integer> write = connection.write(all);
        if (write.done()) {
            Throwable failed = Errors.of(write);
            if (failed != null) {
                fail(failed);
            }
            return;
        }
        write.cancel(); // so that the array is the caller's again; the position says what was sent
        kept.add(data, all.position(), given);
        sendPiece();
    }

    private void sendPiece() {
        while (size() > 0) {
            Future<Integer> write = connection.write(kept.piece(PIECE));
            if (!write.done()) {
                given = true;
                write.addDoneCallback(done -> {
                    given = false;
                    if (sent(done)) {
                        sendPiece();
                    }
                });
                return;
            }
            if (!sent(write)) {
                return;
            }
        }
        allSent();
    }

    /** Counts a piece; false if it failed. */
    private boolean sent(Future<Integer> write) {
        Throwable failed = Errors.of(write);
        if (aborted) {
            return false;
        }
        if (failed != null) {
            fail(failed);
            return false;
        }
        kept.drop(resultOf(write));
        if (size() <= low) {
            paused = false;
            wakeDrains();
        }
        return true;
    }

    private static int resultOf(Future<Integer> write) {
        try {
            return write.result();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void allSent() {
        if (closing) {
            closeNow();
        } else if (ending) {
            shutdown();
        }
    }

    private void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        kept.clear();
        paused = false;
        wakeDrains();
        if (closing) {
            closeNow();
        }
    }

    // ---- the end

    void writeEof() {
        if (closing) {
            throw new IllegalStateException("writeEof() after close()");
        }
        if (ending) {
            return;
        }
        ending = true;
        if (size() == 0) {
            shutdown();
        }
    }

    private void shutdown() {
        if (failure != null) {
            return;
        }
        try {
            connection.shutdownOutput();
        } catch (Exception e) {
            fail(e);
        }
    }

    void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (size() == 0) {
            closeNow();
        }
    }

    void abort() {
        closing = true;
        aborted = true;
        closeNow();
        kept.clear();
    }

    private void closeNow() {
        boolean wasOpen = connection.isOpen();
        connection.close();
        Runnable told = onClosed;
        if (wasOpen && told != null) {
            onClosed = null;
            told.run();
        }
        closings.wake();
        wakeDrains();
    }

    // ---- waiting

    private void wakeDrains() {
        if (!paused || closing) {
            drains.wake();
        }
    }

    Chainable<@Nullable Void> drain() {
        return drain;
    }

    Chainable<@Nullable Void> waitClosed() {
        return new Recipe<>(WAIT_CLOSED, WaitClosed::new);
    }

    /** As the writer hands it out, the same to everybody: mostly there is nothing to wait for. */
    private final class Drain extends Attempt<@Nullable Void> implements Chainable<@Nullable Void> {
        @Override
        public @Nullable Object attempt() throws Throwable {
            return mayGoOn() && !closing ? null : MUST_WAIT;
        }

        @Override
        public Coroutine<@Nullable Void> coroutine() {
            return new Draining();
        }

        @Override
        public String toString() {
            return DRAIN;
        }
    }

    /** Whether a drain needn't wait; throws what there is to be told. */
    private boolean mayGoOn() throws Throwable {
        Throwable failed = failure;
        if (failed != null) {
            throw failed;
        }
        return !paused || closing;
    }

    private final class Draining extends Waiters.Wait {
        private boolean yielded;

        Draining() {
            super(loop, drains, DRAIN);
        }

        @Override
        @Nullable
        Pause look() throws Throwable {
            boolean goesOn = mayGoOn();
            if (closing && !yielded) {
                yielded = true;
                return Pause.YIELD; // so that a failing connection is heard of, as in CPython
            }
            return goesOn ? Pause.FINISHED : null;
        }
    }

    private final class WaitClosed extends Waiters.Wait {
        WaitClosed() {
            super(loop, closings, WAIT_CLOSED);
        }

        @Override
        @Nullable
        Pause look() throws Throwable {
            if (connection.isOpen()) {
                return null;
            }
            if (failure != null) {
                throw failure;
            }
            return Pause.FINISHED;
        }
    }

    @Override
    public String toString() {
        return size() + " bytes to be sent" + (closing ? ", then closed" : "");
    }
}
