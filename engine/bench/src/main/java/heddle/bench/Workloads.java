package heddle.bench;

import java.util.ArrayList;
import java.util.List;

/** All that is measured, in the order of the table. */
final class Workloads {

    private Workloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>(List.of(
                Yield.chains(2),
                Yield.chains(1_000),
                Yield.bodies(2),
                Yield.bodies(1_000),
                Spawn.workload(),
                Skynet.workload(),
                HandOver.workload(),
                TokenRing.workload(),
                Steps.ready(),
                Steps.many(),
                Steps.again(),
                Steps.suspending(),
                Callbacks.soon(),
                Timers.workload(),
                Callbacks.threadsafe(),
                Sleepers.workload(),
                StartUp.workload(),
                Runs.workload(),
                Idle.workload()));
        all.addAll(Growth.workloads());
        all.addAll(Echo.workloads());
        return all;
    }

    static Workload named(String name) {
        return all().stream()
                .filter(each -> each.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload " + name + ": there are " + all()));
    }
}
