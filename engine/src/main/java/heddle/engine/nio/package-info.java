/** The engine {@code nio}, named by {@link heddle.engine.nio.NioEngine}. */
@NullMarked
package heddle.engine.nio;

import org.jspecify.annotations.NullMarked;
