/**
 * The laws: for each rule of the specification a plain method over one try of an engine and the choices of a generator,
 * independent of what generates and shrinks them.
 *
 * <p>Start at {@link heddle.tck.law.Trial}, which is all that a law has in its hands, then read the laws of a chapter beside
 * the chapter's text.
 */
@NullMarked
package heddle.tck.law;

import org.jspecify.annotations.NullMarked;
