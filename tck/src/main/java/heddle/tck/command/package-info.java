/** The kit as a command: what is asked for, the process in which the engine runs, and the reports. */
@NullMarked
package heddle.tck.command;

import org.jspecify.annotations.NullMarked;
