package heddle.tck.program;

import java.util.List;

/**
 * A program with the trace that CPython made of it.
 *
 * @param id its number
 * @param template what it was made from
 * @param tags what happens in it
 * @param json its text
 * @param program the program
 * @param trace the lines
 */
public record Recorded(int id, String template, List<String> tags, String json, Program program, List<String> trace) {

    @Override
    public String toString() {
        return "program " + id + " (" + template + ", " + tags + ")";
    }

    /**
     * The same program with another trace.
     *
     * @param trace the lines
     * @return a copy
     */
    public Recorded withTrace(List<String> trace) {
        return new Recorded(id, template, tags, json, program, trace);
    }
}
