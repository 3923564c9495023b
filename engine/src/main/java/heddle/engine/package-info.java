/** The default engine: an NIO event loop. */
@NullMarked
package heddle.engine;

import org.jspecify.annotations.NullMarked;
