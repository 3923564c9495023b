/** What programs are written with: chains, direct-style coroutines, gather, groups, locks, queues. */
@NullMarked
package heddle.dsl;

import org.jspecify.annotations.NullMarked;
