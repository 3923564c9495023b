/** Certifies any engine, from that engine's own build. */
@NullMarked
package heddle.tck;

import org.jspecify.annotations.NullMarked;
