package heddle.bench;

import heddle.bench.Workload.Contestant;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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
    /** Of a server, which has answered a hundred thousand requests after one. */
    private static final int FEW_WARM_UPS = 2;

    private static final int RUNS = 5;
    /** Runs that are long are fewer, since each counts more; but never fewer than this. */
    private static final int FEWEST = 3;

    private static final long ENOUGH_WARM_UP = TimeUnit.SECONDS.toNanos(3);
    private static final long ENOUGH = TimeUnit.SECONDS.toNanos(6);
    /** What a process that is to wait is given to begin with, and to end. */
    private static final int AROUND_MILLIS = 500;

    /** Said instead of a sample where the contestant doesn't exist. */
    static final String ABSENT = "absent";

    private Measure() {}

    /** Arguments: the workload, the contestant. */
    public static void main(String[] args) throws Exception {
        Workload workload = Workloads.named(args[0]);
        Contestant contestant = workload.contestant(args[1]);
        if (!contestant.works().getAsBoolean()) {
            System.out.println(ABSENT);
            return;
        }
        Sample sample = switch (workload.kind) {
            case SMALL -> small(workload, contestant);
            case LARGE -> large(workload, contestant, System::nanoTime, WARM_UPS);
            case CPU -> large(workload, contestant, Measure::processorTime, FEW_WARM_UPS);
            case IDLE -> idle(workload, contestant);
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

    private static Sample large(Workload workload, Contestant contestant, LongSupplier clock, int warmUps)
            throws Exception {
        runs(workload, contestant, clock, warmUps, ENOUGH_WARM_UP);
        List<Sample> samples = runs(workload, contestant, clock, RUNS, ENOUGH);
        return new Sample(
                Figures.median(samples.stream().mapToDouble(Sample::value).toArray()),
                Figures.median(samples.stream().mapToDouble(Sample::bytes).toArray()));
    }

    private static List<Sample> runs(
            Workload workload, Contestant contestant, LongSupplier clock, int most, long enough) throws Exception {
        List<Sample> samples = new ArrayList<>();
        long started = System.nanoTime();
        while (samples.size() < most && (samples.size() < FEWEST || System.nanoTime() - started < enough)) {
            System.gc(); // so that no run pays for the garbage of the one before
            Aside.take();
            long allocated = allocated();
            long begin = clock.getAsLong();
            workload.run(contestant, workload.size);
            long took = clock.getAsLong() - begin - Aside.take();
            samples.add(new Sample((double) took / workload.size, (double) (allocated() - allocated) / workload.size));
        }
        return samples;
    }

    /** Looks at the clocks from outside, while the program waits. */
    private static Sample idle(Workload workload, Contestant contestant) throws Exception {
        workload.run(contestant, workload.tiny);
        FutureTask<Void> waiting = new FutureTask<>(() -> {
            workload.run(contestant, workload.size + 2 * AROUND_MILLIS);
            return null;
        });
        new Thread(waiting, "waiting").start();
        threadTimes(); // the first call loads classes
        Idle.pass(AROUND_MILLIS);
        long begin = System.nanoTime();
        Map<Long, Long> before = threadTimes();
        Idle.pass(workload.size);
        double millis = took(before, threadTimes()) / 1e6;
        double seconds = (System.nanoTime() - begin) / 1e9;
        waiting.get();
        return new Sample(millis / seconds, 0);
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

    /** The time that processors have spent on each of the program's threads but this one: finer, and without the JVM's own. */
    private static Map<Long, Long> threadTimes() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> times = new HashMap<>();
        for (long id : threads.getAllThreadIds()) {
            if (id != Thread.currentThread().getId()) {
                times.put(id, Math.max(0, threads.getThreadCpuTime(id)));
            }
        }
        return times;
    }

    /** What the threads took that are there now. */
    private static long took(Map<Long, Long> before, Map<Long, Long> now) {
        return now.entrySet().stream()
                .mapToLong(each -> each.getValue() - before.getOrDefault(each.getKey(), 0L))
                .sum();
    }

    /** How many files a process may have open here; the JVM sees to it that those are as many as the system allows. */
    static long descriptors() {
        try {
            return (Long) attribute(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, "MaxFileDescriptorCount");
        } catch (JMException e) {
            return Long.MAX_VALUE; // a system that doesn't count them
        }
    }

    private static Object attribute(String bean, String name) throws JMException {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), name);
    }
}
