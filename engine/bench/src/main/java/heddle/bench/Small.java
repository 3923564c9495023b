package heddle.bench;

import heddle.bench.Workload.Contestant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One contestant of one workload, for JMH: {@link Measure} says which, and how many operations a call is. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Small {

    /** The workload. */
    @Param("")
    public String workload;

    /** Who does it. */
    @Param("")
    public String contestant;

    private Workload measured;
    private Contestant by;

    /** Finds them. */
    @Setup
    public void find() {
        measured = Workloads.named(workload);
        by = measured.contestant(contestant);
    }

    /** So many operations, checked. */
    @Benchmark
    public void run() throws Exception {
        measured.run(by, measured.size);
    }
}
