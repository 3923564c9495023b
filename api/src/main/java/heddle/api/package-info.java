/** The interfaces of the event loop, and nothing else. */
@NullMarked
package heddle.api;

import org.jspecify.annotations.NullMarked;
