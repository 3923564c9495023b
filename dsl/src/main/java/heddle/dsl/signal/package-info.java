/** The signals that the system sends to the process; not exported. */
@NullMarked
package heddle.dsl.signal;

import org.jspecify.annotations.NullMarked;
