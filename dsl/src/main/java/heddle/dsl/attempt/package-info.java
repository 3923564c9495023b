/** What can often be had without waiting: tried by whoever awaits it, before there is anything to wait with. */
@NullMarked
package heddle.dsl.attempt;

import org.jspecify.annotations.NullMarked;
