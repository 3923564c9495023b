package heddle.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;

/** An operation, who does it, and how Heddle is to compare. */
final class Workload {

    /** How it is measured. */
    enum Kind {
        /** A loop of many operations, by JMH. */
        SMALL,
        /** A program that runs a few times in one JVM. */
        LARGE,
        /** The same, by the time that all processors spent on it: for servers, which wait for their clients. */
        CPU,
        /** The time that all processors spend in a second in which the program waits. */
        IDLE,
        /** The memory that a program takes at its peak. */
        MEMORY,
        /** A JVM from its start to the first result. */
        START
    }

    /** Does so many operations, and returns what shows that it did. */
    interface Program {
        long run(int operations) throws Exception;
    }

    /** Somebody who does the operation, what it takes, and the flags of the JVM for that. */
    record Contestant(String name, BooleanSupplier works, Program program, List<String> flags) {
        boolean isHeddle() {
            return name.startsWith("heddle");
        }
    }

    /** How Heddle is to compare with a peer: a ratio that it must reach, and one that it aims at. */
    record Target(String heddle, String peer, double ratio, boolean must) {}

    final String name;
    final String operation;
    final Kind kind;
    final int size;
    /** The least size at which every contestant does something. */
    final int tiny;

    /** How many files, sockets among them, a process must be allowed to have open. */
    int descriptors;
    /** What is given to peers that aren't Java, for them to call. */
    List<String> client = List.of();

    private final IntToLongFunction expected;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    Workload(String name, String operation, Kind kind, int size, int tiny, IntToLongFunction expected) {
        this.name = name;
        this.operation = operation;
        this.kind = kind;
        this.size = size;
        this.tiny = tiny;
        this.expected = expected;
    }

    Workload by(String contestant, Program program, String... flags) {
        return by(contestant, () -> true, program, flags);
    }

    Workload by(String contestant, BooleanSupplier works, Program program, String... flags) {
        contestants.add(new Contestant(contestant, works, program, List.of(flags)));
        return this;
    }

    Workload must(String heddle, double ratio, String peer) {
        targets.add(new Target(heddle, peer, ratio, true));
        return this;
    }

    Workload aim(String heddle, double ratio, String peer) {
        targets.add(new Target(heddle, peer, ratio, false));
        return this;
    }

    Workload opens(int files) {
        descriptors = files;
        return this;
    }

    Workload calledBy(List<String> words) {
        client = words;
        return this;
    }

    List<Contestant> contestants() {
        return contestants;
    }

    List<Target> targets() {
        return targets;
    }

    Contestant contestant(String wanted) {
        return contestants.stream()
                .filter(each -> each.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no contestant " + wanted));
    }

    /** Has a contestant do {@code operations}, and checks that it did. */
    void run(Contestant contestant, int operations) throws Exception {
        long result = contestant.program().run(operations);
        if (result != expected.applyAsLong(operations)) {
            throw new IllegalStateException(name + " by " + contestant.name() + " gave " + result + ", expected "
                    + expected.applyAsLong(operations));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
