/**
 * For those who write engines, and those who choose one: {@link heddle.api.spi.EngineProvider} is what an engine offers,
 * {@link heddle.api.spi.Engines} finds it.
 */
@NullMarked
package heddle.api.spi;

import org.jspecify.annotations.NullMarked;
