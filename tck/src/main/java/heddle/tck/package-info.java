/**
 * Certifies any engine, from that engine's own build: extend {@link heddle.tck.EngineTck}, and return its provider. {@link
 * heddle.tck.LibraryTck} runs whole programs of the library on it, and {@link heddle.tck.Certificate} is what comes of it: a
 * {@link heddle.tck.Verdict} for each {@link heddle.tck.Rule} of the {@link heddle.tck.Specification}. The module's jar is a
 * command that judges an engine without a build.
 */
@NullMarked
package heddle.tck;

import org.jspecify.annotations.NullMarked;
