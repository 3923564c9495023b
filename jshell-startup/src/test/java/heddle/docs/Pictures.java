package heddle.docs;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.currentTask;

import heddle.api.Awaitable;
import heddle.api.spi.EngineOptions;
import heddle.dsl.Runner;
import heddle.house.Modules;
import heddle.view.Event;
import heddle.view.Recorder;
import heddle.view.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * The pictures in the documentation: each is drawn anew and must equal the one in {@code docs/pictures}, and what was seen must
 * be all in it. Also called by the snippets that {@link DocsTest} types for each picture of a page.
 */
public final class Pictures {

    /** Where they are. */
    static final Path FOLDER = Modules.ROOT.resolve("docs/pictures");

    private static final Path DRAWN = Modules.ROOT.resolve("jshell-startup/target/pictures");
    /** A picture shows the last ones; with more it would be too large to look at, and to keep. */
    static final int EVENTS = 400;

    private Pictures() {}

    /**
     * Runs {@code code} on a loop of its own, on virtual time, and compares the picture of it.
     *
     * @param name the file, in {@code docs/pictures}
     * @param code makes what is awaited
     * @return what was compared
     * @throws Exception whatever the code throws
     */
    public static String draw(String name, Callable<? extends Awaitable<?>> code) throws Exception {
        FutureTask<Timeline> drawing = new FutureTask<>(() -> record(code));
        Thread thread = new Thread(drawing, "draws " + name); // this one may speak for a loop already
        thread.start();
        return compare(name, drawing.get());
    }

    private static Timeline record(Callable<? extends Awaitable<?>> code) throws Exception {
        try (var runner = Runner.open(EngineOptions.DEFAULT.withVirtualTime());
                var recorder = Recorder.watch(runner.loop(), EVENTS)) {
            runner.run(async(() -> {
                Objects.requireNonNull(currentTask()).setName("main");
                await(code.call());
            }));
            return recorder.timeline();
        }
    }

    /** Fails if the picture isn't the one in the documentation, or doesn't hold what was seen. */
    static String compare(String name, Timeline seen) throws IOException {
        if (seen.events().size() < 5) {
            throw new AssertionError(name + ": " + seen + " is no picture of anything");
        }
        Path drawn = seen.save(Files.createDirectories(DRAWN).resolve(name).toString());
        Timeline held = Timeline.load(drawn.toString());
        if (!held.events().equals(seen.events())) {
            throw new AssertionError(name + " holds " + held.events() + ", but seen was " + seen.events());
        }
        Set<Integer> lanes = new HashSet<>(Set.of(Event.LOOP));
        seen.events().forEach(event -> lanes.add(event.lane()));
        for (int lane : lanes) {
            if (!held.names().get(lane).equals(seen.names().get(lane))) {
                throw new AssertionError(
                        name + " calls lane " + lane + " " + held.names().get(lane));
            }
        }
        Path golden = FOLDER.resolve(name);
        if (!Files.exists(golden) || Files.mismatch(golden, drawn) >= 0) {
            throw new AssertionError("docs/pictures/" + name + " isn't what is drawn now. If this is right: cp "
                    + Modules.ROOT.relativize(drawn) + " docs/pictures/");
        }
        return name + " as drawn: " + seen;
    }
}
