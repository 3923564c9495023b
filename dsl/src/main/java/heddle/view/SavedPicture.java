package heddle.view;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads a timeline back from the picture that {@link Picture} drew of it. */
final class SavedPicture {

    private static final Pattern LANE =
            Pattern.compile("<text class=\"lane\" data-lane=\"(\\d+)\"[^>]*>([^<]*)</text>");

    private static final Pattern EVENT = Pattern.compile("<g data-turn=\"(\\d+)\" data-seconds=\"([^\"]+)\""
            + " data-kind=\"([A-Z]+)\" data-lane=\"(\\d+)\" data-from=\"(\\d+)\" data-text=\"([^\"<>]*)\">");

    private SavedPicture() {}

    /** What is in {@code picture}, which is of {@code file}. */
    static Timeline read(String file, String picture) {
        Map<Integer, String> names = new TreeMap<>();
        LANE.matcher(picture)
                .results()
                .forEach(lane -> names.put(Integer.valueOf(lane.group(1)), unescape(lane.group(2))));
        if (!names.containsKey(Event.LOOP)) {
            throw new IllegalArgumentException(file + " is no picture that a timeline was saved as");
        }
        List<Event> events =
                EVENT.matcher(picture).results().map(SavedPicture::event).toList();
        return new Timeline(events, names);
    }

    private static Event event(MatchResult group) {
        return new Event(
                Long.parseLong(group.group(1)),
                Double.parseDouble(group.group(2)),
                Event.Kind.valueOf(group.group(3)),
                Integer.parseInt(group.group(4)),
                Integer.parseInt(group.group(5)),
                unescape(group.group(6)));
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
