package heddle.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What happened on a loop, for as long as a {@link Recorder} remembers: to be drawn in the terminal, or saved as a picture.
 * It doesn't change any more. Safe from any thread.
 *
 * @param events what happened, in order
 * @param names the names of the lanes by number; {@link Event#LOOP} is the loop's own
 */
public record Timeline(List<Event> events, Map<Integer, String> names) {

    /**
     * A timeline.
     *
     * @param events what happened, in order
     * @param names the names of the lanes by number; {@link Event#LOOP} is the loop's own
     * @throws IllegalArgumentException if an event is about a lane without a name
     */
    public Timeline {
        events = List.copyOf(Objects.requireNonNull(events, "events"));
        names = Map.copyOf(Objects.requireNonNull(names, "names"));
        for (Event each : events) {
            if (!names.containsKey(each.lane()) || !names.containsKey(each.from())) {
                throw new IllegalArgumentException("no name for a lane of " + each);
            }
        }
    }

    /**
     * Its end.
     *
     * @param turns how many turns in which something happened, at least 1
     * @return a timeline of the last turns only
     * @throws IllegalArgumentException if {@code turns} is less than 1
     */
    public Timeline last(int turns) {
        if (turns < 1) {
            throw new IllegalArgumentException("at least 1 turn, not " + turns);
        }
        int left = turns;
        long turn = -1;
        int from = events.size();
        while (from > 0) {
            long before = events.get(from - 1).turn();
            if (before != turn && left-- == 0) {
                break;
            }
            turn = before;
            from--;
        }
        return new Timeline(events.subList(from, events.size()), names);
    }

    /**
     * Draws it as swim lanes: a column for each task, a line for each thing that happened.
     *
     * @param terminal what can be drawn; never null
     * @return the lines, each ended
     */
    public String draw(Terminal terminal) {
        return new Lanes(this, Objects.requireNonNull(terminal, "terminal")).draw();
    }

    /**
     * Saves it as a picture that one can zoom, with its own data in it.
     *
     * @param file where to; its name ends in {@code .svg} or {@code .html}
     * @return the file
     * @throws IllegalArgumentException if the name ends in anything else
     * @throws IOException if it can't be written
     */
    public Path save(String file) throws IOException {
        String kind = Objects.requireNonNull(file, "file").toLowerCase(Locale.ROOT);
        String picture;
        if (kind.endsWith(".svg")) {
            picture = new Picture(this).svg();
        } else if (kind.endsWith(".html")) {
            picture = new Picture(this).html();
        } else {
            throw new IllegalArgumentException("a timeline is saved as NAME.svg or NAME.html, not as " + file);
        }
        return Files.writeString(Path.of(file), picture);
    }

    /**
     * Reads back what a picture holds.
     *
     * @param file a picture that {@link #save} wrote
     * @return the timeline that was saved, with the names of the lanes in it
     * @throws IllegalArgumentException if it is no such picture
     * @throws IOException if it can't be read
     */
    public static Timeline load(String file) throws IOException {
        return SavedPicture.read(file, Files.readString(Path.of(Objects.requireNonNull(file, "file"))));
    }

    @Override
    public String toString() {
        if (events.isEmpty()) {
            return "Timeline, empty";
        }
        long lanes = events.stream()
                .mapToInt(Event::lane)
                .filter(lane -> lane != Event.LOOP)
                .distinct()
                .count();
        return "Timeline of " + lanes + (lanes == 1 ? " task" : " tasks") + ", turns "
                + events.get(0).turn() + " to " + events.get(events.size() - 1).turn();
    }
}
