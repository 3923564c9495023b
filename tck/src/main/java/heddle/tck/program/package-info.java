/**
 * Small asynchronous programs as data, with the traces that CPython 3.13 made of them, and what runs them here: the proof
 * that Heddle's order of events is asyncio's. The language is described in {@code src/record/README.md}.
 *
 * <p>Start at {@link heddle.tck.program.ProgramRun}, which makes the trace of a program, then read the two forms of it:
 * {@link heddle.tck.program.Chains} and {@link heddle.tck.program.Direct}. {@link heddle.tck.program.Normal} says what is
 * taken for equal.
 */
@NullMarked
package heddle.tck.program;

import org.jspecify.annotations.NullMarked;
