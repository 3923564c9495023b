package heddle.engine.nio;

import heddle.api.EventLoop;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.function.IntConsumer;

/**
 * A loop whose engine has a {@link java.nio.channels.Selector}, as {@link NioNetwork} sees it. An engine implements it, and so
 * gets a network. Everything is called by whoever speaks for the loop, on whatever thread that is.
 */
public interface SelectorHost {

    /**
     * The loop itself.
     *
     * @return never null, and always the same
     */
    EventLoop loop();

    /**
     * What every operation asks first: refuses it on a thread that doesn't speak for the loop, and when the loop is closed.
     *
     * @param method the operation, for the message
     * @throws IllegalStateException if it is refused
     */
    void check(String method);

    /**
     * Puts something behind all that is ready. Called in a turn, and out of {@code ready} between turns.
     *
     * @param next what to run in a turn
     */
    void soon(Runnable next);

    /**
     * Registers a channel with the selector, watching for nothing yet; perhaps only when the loop looks next.
     *
     * @param channel a channel that doesn't block
     * @param ready to be called between turns, on the loop's thread, with the operations that are watched for and that the
     *     channel is ready for, again and again while it is; with all of them if the channel was closed by the engine
     * @return the registration
     * @throws IOException if that isn't possible
     */
    Registration register(SelectableChannel channel, IntConsumer ready) throws IOException;

    /** A channel that is registered. */
    interface Registration {

        /**
         * Says what is watched for from now on.
         *
         * @param ops of {@link java.nio.channels.SelectionKey}
         */
        void interest(int ops);

        /** Cancels the registration; the channel is closed next. */
        void end();

        /**
         * Has the selector let go of channels that were ended and closed, without telling anybody what is ready.
         *
         * @throws IOException if the selector failed
         */
        void flush() throws IOException;
    }
}
