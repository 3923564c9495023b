/**
 * The reference model: a tiny engine from nothing, to be checked by eye. It favours the obvious over the fast, follows
 * CPython 3.13 line by line, and is cut into small methods so that a broken engine is a subclass that overrides one.
 *
 * <p>Start at {@link heddle.tck.model.ModelTurns}, which has one turn of the loop, then {@link
 * heddle.tck.model.ModelTask}, which has one step of a task.
 */
@NullMarked
package heddle.tck.model;

import org.jspecify.annotations.NullMarked;
