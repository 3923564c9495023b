/**
 * The examples that {@code rule(…)} and {@code tour()} show and run: each method is one, and its source is what is shown,
 * written as one types at the prompt. One without a parameter runs in a task of the session's loop; one with a loop gets a new
 * one, on virtual time, on a thread of its own.
 */
@NullUnmarked
package heddle.jshell.example;

import org.jspecify.annotations.NullUnmarked;
