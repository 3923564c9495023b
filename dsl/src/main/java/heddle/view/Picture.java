package heddle.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Draws a timeline as SVG: time goes to the right, each task has a lane, and each event is a group of shapes that carries
 * the event itself in its {@code data-} attributes, so that a picture can be read back.
 */
final class Picture {

    private static final int LEFT = 150;
    /** For what the last task ended with. */
    private static final int RIGHT = 150;

    private static final int TOP = 46;
    private static final int SLOT = 22;
    private static final int LANE = 34;
    private static final int BAR = 14;
    private static final int LABEL = 50;

    private static final String STYLE = """
            text{font:11px ui-monospace,Menlo,Consolas,monospace;fill:#24292f}
            .lane{font-weight:bold}
            .axis{fill:#8c959f;stroke:none}
            .turn{stroke:#d0d7de;stroke-width:1}
            .run{fill:#2da44e}
            .wait{stroke:#bf8700;stroke-width:2;stroke-dasharray:2 3}
            .ready{stroke:#8c959f;stroke-width:2}
            .what{fill:#7d4e00}
            .CREATED{stroke:#2da44e;fill:none}
            .WOKEN{stroke:#0969da;fill:none}
            .CANCEL{stroke:#cf222e;fill:none}
            .end{fill:#57606a}
            .failed{fill:#cf222e}
            @media (prefers-color-scheme:dark){svg{background:#0d1117}text{fill:#e6edf3}.what{fill:#d4a72c}.turn{stroke:#30363d}}
            """;

    private static final String SCRIPT = """
            const svg=document.querySelector('svg');let box=svg.viewBox.baseVal,drag=null;
            svg.addEventListener('wheel',e=>{e.preventDefault();const k=e.deltaY<0?0.8:1.25,p=at(e);
            box.x=p.x-(p.x-box.x)*k;box.y=p.y-(p.y-box.y)*k;box.width*=k;box.height*=k},{passive:false});
            svg.addEventListener('pointerdown',e=>{drag=at(e);svg.setPointerCapture(e.pointerId)});
            svg.addEventListener('pointermove',e=>{if(drag){const p=at(e);box.x-=p.x-drag.x;box.y-=p.y-drag.y}});
            svg.addEventListener('pointerup',()=>{drag=null});
            function at(e){return new DOMPoint(e.clientX,e.clientY).matrixTransform(svg.getScreenCTM().inverse())}
            """;

    private final Timeline timeline;
    private final List<Integer> lanes;
    private final StringBuilder svg = new StringBuilder();
    /** Where each lane's current stretch began, and how it is drawn. */
    private final Map<Integer, Stretch> open = new HashMap<>();

    /** Where the last time was written. */
    private int labelled = -LABEL;

    private record Stretch(String kind, int from) {}

    Picture(Timeline timeline) {
        this.timeline = timeline;
        TreeSet<Integer> used = new TreeSet<>();
        used.add(Event.LOOP);
        for (Event each : timeline.events()) {
            used.add(each.lane());
            used.add(each.from());
        }
        lanes = new ArrayList<>(used);
    }

    String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(timeline.toString())
                + "</title>\n<style>html,body{margin:0;height:100%}svg{width:100%;height:100%;touch-action:none}</style></head>"
                + "<body>\n" + svg() + "<script>\n" + SCRIPT + "</script>\n</body></html>\n";
    }

    String svg() {
        int width = LEFT + (timeline.events().size() + 2) * SLOT + RIGHT;
        int height = TOP + lanes.size() * LANE + 10;
        svg.setLength(0);
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n",
                width, height, width, height);
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        for (int lane : lanes) {
            add(
                    "<text class=\"lane\" data-lane=\"%d\" x=\"6\" y=\"%d\">%s</text>\n",
                    lane, middle(lane) + 4, escape(timeline.names().getOrDefault(lane, "?")));
        }
        long turn = -1;
        int x = LEFT;
        for (Event each : timeline.events()) {
            if (each.turn() != turn) {
                turn = each.turn();
                turnLine(each, x, height);
            }
            draw(each, x);
            x += SLOT;
        }
        for (int lane : lanes) {
            close(lane, x);
        }
        return svg.append("</svg>\n").toString();
    }

    private void turnLine(Event first, int x, int height) {
        add("<line class=\"turn\" x1=\"%d\" y1=\"30\" x2=\"%d\" y2=\"%d\"/>", x - 4, x - 4, height);
        add("<text class=\"axis\" x=\"%d\" y=\"14\">%d</text>", x - 2, first.turn());
        if (x - labelled >= LABEL) {
            labelled = x;
            add("<text class=\"axis\" x=\"%d\" y=\"27\">%.3fs</text>", x - 2, first.seconds());
        }
        svg.append('\n');
    }

    private void draw(Event event, int x) {
        int lane = event.lane();
        int y = middle(lane);
        add(
                "<g data-turn=\"%d\" data-seconds=\"%s\" data-kind=\"%s\" data-lane=\"%d\" data-from=\"%d\" data-text=\"%s\">",
                event.turn(), event.seconds(), event.kind(), lane, event.from(), escape(event.text()));
        add(
                "<title>turn %d, %.6fs: %s %s %s</title>",
                event.turn(),
                event.seconds(),
                escape(timeline.names().getOrDefault(lane, "?")),
                event.kind().toString().toLowerCase(Locale.ROOT),
                escape(event.text()));
        switch (event.kind()) {
            case CREATED -> {
                arrow(event, x);
                begin(lane, "ready", x);
            }
            case RUNS -> begin(lane, "run", x);
            case WAITS -> {
                begin(lane, "wait", x + SLOT / 2);
                add("<text class=\"what\" x=\"%d\" y=\"%d\">%s</text>", x + SLOT / 2, y - 8, escape(event.text()));
            }
            case YIELDS -> begin(lane, "ready", x + SLOT / 2);
            case WOKEN -> {
                arrow(event, x);
                begin(lane, "ready", x);
            }
            case CANCEL -> arrow(event, x);
            case ENDS -> {
                close(lane, x + SLOT / 2);
                boolean failed = event.text().startsWith("failed");
                if (lane != Event.LOOP) {
                    add(
                            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                            failed ? "failed" : "end", x + SLOT / 2, y - BAR / 2, 5, BAR);
                    add("<text class=\"what\" x=\"%d\" y=\"%d\">%s</text>", x + SLOT, y + 4, escape(event.text()));
                }
            }
        }
        svg.append("</g>\n");
    }

    private void begin(int lane, String kind, int x) {
        close(lane, x);
        open.put(lane, new Stretch(kind, x));
    }

    private void close(int lane, int x) {
        Stretch stretch = open.remove(lane);
        if (stretch == null || x <= stretch.from) {
            return;
        }
        int y = middle(lane);
        if (stretch.kind.equals("run")) {
            add(
                    "<rect class=\"run\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                    stretch.from, y - BAR / 2, x - stretch.from, BAR);
        } else {
            add("<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", stretch.kind, stretch.from, y, x, y);
        }
    }

    /** A line with a head, from the lane of who did it to the lane to which it was done. */
    private void arrow(Event event, int x) {
        int from = middle(event.from());
        int to = middle(event.lane());
        int tip = from == to ? to - BAR : to + (from < to ? -BAR / 2 : BAR / 2);
        int back = from <= to ? -5 : 5;
        add(
                "<path class=\"%s\" d=\"M%d %dL%d %dM%d %dL%d %dL%d %d\"/>",
                event.kind(), x, from, x, tip, x - 4, tip + back, x, tip, x + 4, tip + back);
    }

    private int middle(int lane) {
        return TOP + lanes.indexOf(lane) * LANE + LANE / 2;
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    /** Safe in an attribute and in text. */
    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            switch (character) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default ->
                    safe.appendCodePoint(
                            character < ' '
                                            || (character >= 0xD800 && character <= 0xDFFF)
                                            || (character & 0xFFFE) == 0xFFFE
                                    ? 0xFFFD
                                    : character);
            }
        }
        return safe.toString();
    }
}
