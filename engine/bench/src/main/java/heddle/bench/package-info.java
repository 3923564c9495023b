/**
 * What Heddle costs. A {@link heddle.bench.Workload} is an operation and those who do it: Heddle in its several forms, its
 * peers, and the bare floors below all of them. {@link heddle.bench.Bench} has each measured in JVMs of its own by {@link
 * heddle.bench.Measure}, round after round, and compares. {@link heddle.bench.Workloads} lists them all.
 */
@NullMarked
package heddle.bench;

import org.jspecify.annotations.NullMarked;
