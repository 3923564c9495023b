package heddle.api.spi;

import heddle.api.Future;
import heddle.api.ThrowingConsumer;

/**
 * A done-callback that runs no code of a program, as {@code gather} has for its members: it doesn't matter in which context
 * it runs. An engine may take {@link Future#addDoneCallback(ThrowingConsumer)} of one without a copy of the current context.
 */
public interface Bookkeeping extends ThrowingConsumer<Future<?>> {}
