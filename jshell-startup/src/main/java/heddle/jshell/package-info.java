/** Heddle at the JShell prompt. */
@NullMarked
package heddle.jshell;

import org.jspecify.annotations.NullMarked;
