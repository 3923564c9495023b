/**
 * Heddle's own engine, {@code nio}: {@link heddle.engine.nio.NioEngine} is found by the lookup of engines, and has real and
 * virtual time and, from JDK's channels, a network. {@link heddle.engine.nio.SelectorHost} is for engines that have a selector
 * and want the same network.
 */
@NullMarked
package heddle.engine.nio;

import org.jspecify.annotations.NullMarked;
