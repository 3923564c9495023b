/**
 * The skeleton of an event loop, {@link heddle.engine.AbstractEventLoop}: asyncio's behaviour, exact to the turn, for
 * engines that say how to wait.
 */
@NullMarked
package heddle.engine;

import org.jspecify.annotations.NullMarked;
