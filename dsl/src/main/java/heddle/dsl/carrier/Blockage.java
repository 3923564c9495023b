package heddle.dsl.carrier;

import heddle.api.spi.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What the code that a loop runs is blocked by, as far as the JVM tells.
 *
 * @param where the line of the program that waits; null if there is none
 * @param lock the lock or other object that it waits for; null if that isn't known
 * @param owner who has the lock, and where that one waits; null if that isn't known
 */
public record Blockage(
        @Nullable StackTraceElement where,
        @Nullable String lock,
        @Nullable String owner) {

    /**
     * Looks at a loop's thread, or at that of the body which it waits for.
     *
     * @param loops the thread that runs the loop
     * @return null if the code isn't blocked
     */
    public static @Nullable Blockage of(Thread loops) {
        Thread thread = loops;
        while (LockSupport.getBlocker(thread) instanceof ThreadStrand strand && strand.runs()) {
            thread = strand.thread();
        }
        Thread.State state = thread.getState();
        if (state == Thread.State.RUNNABLE || state == Thread.State.TERMINATED || state == Thread.State.NEW) {
            return null;
        }
        StackTraceElement where = innermost(thread.getStackTrace());
        ThreadInfo info = infoOf(thread);
        if (info == null || info.getLockInfo() == null) {
            return ofDump(thread, where);
        }
        ThreadInfo owner = info.getLockOwnerId() < 0
                ? null
                : ManagementFactory.getThreadMXBean().getThreadInfo(info.getLockOwnerId(), Integer.MAX_VALUE);
        return new Blockage(
                where,
                info.getLockName(),
                owner == null ? null : describe(owner.getThreadName(), owner.getStackTrace()));
    }

    @SuppressWarnings("deprecation") // its successor is younger than Java 17
    private static @Nullable ThreadInfo infoOf(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
    }

    private static @Nullable StackTraceElement innermost(StackTraceElement[] stack) {
        List<StackTraceElement> program = Traces.ofPaused(List.of(stack));
        return program.isEmpty() ? null : program.get(0);
    }

    private static String describe(String name, StackTraceElement[] stack) {
        StackTraceElement where = innermost(stack);
        return name + (where == null ? "" : ", which waits at " + where);
    }

    // ---- virtual threads and continuations: the JVM tells of their locks in a thread dump only, from 25 on

    private static Blockage ofDump(Thread thread, @Nullable StackTraceElement where) {
        String dump = dump();
        @SuppressWarnings("deprecation") // its successor is younger than Java 17
        String mine = entry(dump, "\"tid\": \"" + thread.getId() + "\"");
        String lock = first(mine, "\"blockedOn\": \"([^\"]+)\"");
        if (lock != null) {
            return new Blockage(where, lock, ownerOf(dump, lock));
        }
        lock = first(mine, "\"parkBlocker\": \\{\\s*\"object\": \"([^\"]+)\"");
        String owner = first(mine, "\"parkBlocker\": \\{[^}]*\"owner\": \"(\\d+)\"");
        return new Blockage(where, lock, owner == null ? null : told(entry(dump, "\"tid\": \"" + owner + "\"")));
    }

    private static @Nullable String ownerOf(String dump, String lock) {
        int owned = -1;
        while ((owned = dump.indexOf("\"" + lock + "\"", owned + 1)) >= 0) {
            String entry = dump.substring(dump.lastIndexOf("\"tid\":", owned), owned);
            if (entry.contains("\"monitorsOwned\"")) {
                return told(entry(dump, entry.substring(0, entry.indexOf(','))));
            }
        }
        return null;
    }

    /** The name of a thread in a dump, and where it waits. */
    private static String told(String entry) {
        Matcher line = Pattern.compile("\"(?:[^/\"]*/)*([\\w.$]+)\\.([\\w$<>]+)\\(([^:)\"]+)(?::(\\d+))?\\)\"")
                .matcher(entry);
        while (line.find()) {
            String type = line.group(1);
            if (!Traces.ofPaused(List.of(new StackTraceElement(type, line.group(2), line.group(3), -1)))
                    .isEmpty()) {
                int number = line.group(4) == null ? -1 : Integer.parseInt(line.group(4));
                return describe(
                        String.valueOf(first(entry, "\"name\": \"([^\"]*)\"")),
                        new StackTraceElement[] {new StackTraceElement(type, line.group(2), line.group(3), number)});
            }
        }
        return String.valueOf(first(entry, "\"name\": \"([^\"]*)\""));
    }

    /** What a dump tells of one thread. */
    private static String entry(String dump, String tid) {
        int begin = dump.indexOf(tid);
        if (begin < 0) {
            return "";
        }
        int end = dump.indexOf("\"tid\":", begin + tid.length());
        return dump.substring(begin, end < 0 ? dump.length() : end);
    }

    private static @Nullable String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String dump() {
        try {
            Path folder = Files.createTempDirectory("heddle");
            Path file = folder.resolve("threads.json");
            try {
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                                "dumpThreads",
                                new Object[] {file.toString(), "JSON"},
                                new String[] {"java.lang.String", "java.lang.String"});
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (JMException | IOException | UncheckedIOException e) {
            return ""; // a JVM that doesn't tell
        }
    }
}
