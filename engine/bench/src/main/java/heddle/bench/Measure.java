package heddle.bench;

import heddle.bench.Workload.Contestant;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The main class of a JVM that measures one contestant, once: it prints the figure and the bytes of an operation. */
final class Measure {

    private static final TimeValue ITERATION = TimeValue.milliseconds(500);
    private static final int ITERATIONS = 6;
    private static final int WARM_UPS = 5;
    private static final int RUNS = 5;
    /** Of a server, whose clients take their time. */
    private static final int FEWER = 3;

    private Measure() {}

    /** Arguments: the workload, the contestant. */
    public static void main(String[] args) throws Exception {
        Workload workload = Workloads.named(args[0]);
        Contestant contestant = workload.contestant(args[1]);
        Sample sample = switch (workload.kind) {
            case SMALL -> small(workload, contestant);
            case LARGE -> large(workload, contestant, WARM_UPS, RUNS, System::nanoTime);
            case CPU -> large(workload, contestant, FEWER, FEWER, Measure::processorTime);
            default -> memory(workload, contestant);
        };
        System.out.println(sample.line());
        System.exit(0); // a peer's threads may live on
    }

    /** What was measured: nanoseconds, or bytes of memory, for an operation; and the bytes that it allocated. */
    record Sample(double value, double bytes) {
        private static final String MARK = "sample";

        String line() {
            return String.format(Locale.ROOT, "%s %.3f %.3f", MARK, value, bytes);
        }

        /** The sample in a line of output, or null. */
        static Sample of(String line) {
            String[] parts = line.split(" ", -1);
            return parts.length == 3 && parts[0].equals(MARK)
                    ? new Sample(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]))
                    : null;
        }
    }

    @SuppressWarnings("rawtypes") // JMH's
    private static Sample small(Workload workload, Contestant contestant) throws Exception {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(Small.class.getName())
                        .param("workload", workload.name)
                        .param("contestant", contestant.name())
                        .forks(0) // this JVM is the fork
                        .warmupIterations(ITERATIONS)
                        .warmupTime(ITERATION)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(ITERATION)
                        .operationsPerInvocation(workload.size)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        double bytes = result.getSecondaryResults().entrySet().stream()
                .filter(each -> each.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(each -> score(each.getValue()))
                .findFirst()
                .orElse(Double.NaN);
        double[] scores = result.getBenchmarkResults().iterator().next().getIterationResults().stream()
                .mapToDouble(each -> score(each.getPrimaryResult()))
                .toArray();
        return new Sample(Figures.median(scores), bytes);
    }

    private static double score(Result<?> result) {
        return result.getScore();
    }

    private static Sample large(Workload workload, Contestant contestant, int warmUps, int runs, LongSupplier clock)
            throws Exception {
        double[] nanos = new double[runs];
        double[] bytes = new double[runs];
        for (int i = -warmUps; i < runs; i++) {
            System.gc(); // so that no run pays for the garbage of the one before
            Idle.take();
            long allocated = allocated();
            long begin = clock.getAsLong();
            workload.run(contestant, workload.size);
            long took = clock.getAsLong() - begin - Idle.take();
            if (i >= 0) {
                nanos[i] = (double) took / workload.size;
                bytes[i] = (double) (allocated() - allocated) / workload.size;
            }
        }
        return new Sample(Figures.median(nanos), Figures.median(bytes));
    }

    private static Sample memory(Workload workload, Contestant contestant) throws Exception {
        long allocated = allocated();
        workload.run(contestant, workload.size);
        double bytes = (double) (allocated() - allocated) / workload.size;
        return new Sample((double) peak() / workload.size, bytes);
    }

    /** The most memory that this process ever had, in bytes; not known outside of Linux. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            throw new IOException("the peak of memory is read from " + status + ", which isn't there");
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** What all threads have allocated so far; zero before JDK 21, which doesn't tell. */
    private static long allocated() {
        try {
            return (Long) attribute(ManagementFactory.THREAD_MXBEAN_NAME, "TotalThreadAllocatedBytes");
        } catch (JMException e) {
            return 0;
        }
    }

    /** The time that all processors have spent on this process. */
    private static long processorTime() {
        try {
            return (Long) attribute(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, "ProcessCpuTime");
        } catch (JMException e) {
            throw new IllegalStateException("this JVM doesn't tell its time on processors", e);
        }
    }

    private static Object attribute(String bean, String name) throws JMException {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), name);
    }
}
