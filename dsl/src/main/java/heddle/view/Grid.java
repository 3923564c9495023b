package heddle.view;

import java.util.Arrays;

/** One line of a terminal, drawn cell by cell. A character that is two cells wide takes two. */
final class Grid {

    /** The second cell of a wide character. */
    private static final int TAKEN = -1;

    private final int[] cells;
    private final int[] colours;

    Grid(int columns) {
        cells = new int[columns];
        colours = new int[columns];
        Arrays.fill(cells, ' ');
    }

    void put(int column, int character, int colour) {
        if (column >= 0 && column < cells.length) {
            cells[column] = character;
            colours[column] = colour;
        }
    }

    /** Puts text, cut with an ellipsis where it is longer than {@code width}. */
    void put(int column, String text, int width, String ellipsis, int colour) {
        int room = Math.min(width, cells.length - column);
        String shown = cut(text, room, ellipsis);
        int at = column;
        for (int i = 0; i < shown.length(); ) {
            int character = shown.codePointAt(i);
            i += Character.charCount(character);
            put(at++, character, colour);
            if (isWide(character)) {
                put(at++, TAKEN, colour);
            }
        }
    }

    static String cut(String text, int room, String ellipsis) {
        if (width(text) <= room) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = ellipsis.length();
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            used += isWide(character) ? 2 : 1;
            if (used > room) {
                break;
            }
            kept.appendCodePoint(character);
        }
        return room < ellipsis.length() ? "" : kept + ellipsis;
    }

    static int width(String text) {
        return text.codePoints().map(each -> isWide(each) ? 2 : 1).sum();
    }

    /** Whether a terminal gives it two cells: ideographs, kana, hangul, full-width forms, emoji. */
    private static boolean isWide(int character) {
        return (character >= 0x1100 && character <= 0x115F)
                || (character >= 0x2E80 && character <= 0xA4CF)
                || (character >= 0xAC00 && character <= 0xD7A3)
                || (character >= 0xF900 && character <= 0xFAFF)
                || (character >= 0xFE30 && character <= 0xFE6F)
                || (character >= 0xFF00 && character <= 0xFF60)
                || (character >= 0xFFE0 && character <= 0xFFE6)
                || (character >= 0x1F300 && character <= 0x1FAFF)
                || (character >= 0x20000 && character <= 0x3FFFD);
    }

    /** The line without blanks at its end; with escape sequences if {@code coloured}. */
    String line(boolean coloured) {
        int end = cells.length;
        while (end > 0 && cells[end - 1] == ' ') {
            end--;
        }
        StringBuilder line = new StringBuilder();
        int colour = 0;
        for (int i = 0; i < end; i++) {
            if (coloured && colours[i] != colour && cells[i] != ' ') {
                colour = colours[i];
                line.append("\u001b[").append(colour).append('m');
            }
            if (cells[i] != TAKEN) {
                line.appendCodePoint(cells[i]);
            }
        }
        return colour == 0 ? line.toString() : line.append("\u001b[0m").toString();
    }
}
