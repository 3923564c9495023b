/**
 * The stacks on which direct-style code runs: {@link heddle.dsl.carrier.Strand} is one of them, {@link
 * heddle.dsl.carrier.Carrier} makes them and says which kind this JVM has. Not exported: programs see its effects only.
 */
@NullMarked
package heddle.dsl.carrier;

import org.jspecify.annotations.NullMarked;
