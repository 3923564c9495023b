/**
 * What programs are written with. Start at {@link heddle.dsl.Heddle}, whose functions are made for {@code import static}; a
 * coroutine object is a {@link heddle.dsl.Chain}, whose verbs are those of {@link heddle.dsl.Chainable}.
 *
 * <p>Inside, {@code ChainRun} is what a task steps: it interprets chains, and resumes the bodies of direct-style code
 * ({@code Body}) on their own stacks, which the package {@code carrier} provides.
 */
@NullMarked
package heddle.dsl;

import org.jspecify.annotations.NullMarked;
