package heddle.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows: as much of an xterm as line editors need. Whatever it doesn't know is an error, so that no screen
 * is quietly wrong. It never scrolls away: all lines are kept.
 */
final class Screen {
    private static final int ESCAPE = 27;

    private final int columns;
    private final List<StringBuilder> lines = new ArrayList<>();
    private int row;
    private int column;
    /** The last column is full: the next character begins a new line. */
    private boolean full;

    private StringBuilder sequence;

    Screen(int columns) {
        this.columns = columns;
        lines.add(new StringBuilder());
    }

    /** All lines, without spaces at their ends and without blank lines at the end. */
    List<String> lines() {
        var shown = new ArrayList<String>();
        for (var line : lines) {
            shown.add(line.toString().stripTrailing());
        }
        while (!shown.isEmpty() && shown.get(shown.size() - 1).isEmpty()) {
            shown.remove(shown.size() - 1);
        }
        return shown;
    }

    void write(String text) {
        text.chars().forEach(c -> write((char) c));
    }

    private void write(char c) {
        if (sequence != null) {
            sequence.append(c);
            if (isWhole(sequence)) {
                var whole = sequence.toString();
                sequence = null;
                obey(whole);
            }
            return;
        }
        switch (c) {
            case ESCAPE -> sequence = new StringBuilder();
            case '\r' -> move(row, 0);
            case '\n' -> move(row + 1, column);
            case '\b' -> move(row, Math.max(0, column - 1));
            case 7, 14, 15 -> {} // the bell, and character sets
            default -> put(c);
        }
    }

    private static boolean isWhole(CharSequence sequence) {
        char first = sequence.charAt(0);
        char last = sequence.charAt(sequence.length() - 1);
        return switch (first) {
            case '[' -> sequence.length() > 1 && last >= '@' && last <= '~';
            case ']' -> last == 7;
            case '(', ')' -> sequence.length() == 2;
            default -> true;
        };
    }

    private void obey(String sequence) {
        char kind = sequence.charAt(sequence.length() - 1);
        if (!sequence.startsWith("[")) {
            if (sequence.equals("M")) {
                move(Math.max(0, row - 1), column);
            } else if (!sequence.startsWith("]") && !sequence.startsWith("(") && "=>78".indexOf(kind) < 0) {
                throw new AssertionError("unknown: ESC " + sequence);
            }
            return;
        }
        var parameters = sequence.substring(1, sequence.length() - 1);
        if (parameters.startsWith("?") || parameters.startsWith(">")) {
            return; // modes
        }
        var first = parameters.split(";", -1)[0];
        int n = first.isEmpty() ? 0 : Integer.parseInt(first);
        int times = Math.max(1, n);
        switch (kind) {
            case 'A' -> move(Math.max(0, row - times), column);
            case 'B' -> move(row + times, column);
            case 'C' -> move(row, Math.min(columns - 1, column + times));
            case 'D' -> move(row, Math.max(0, column - times));
            case 'G' -> move(row, times - 1);
            case 'K' -> erase(n);
            case 'J' -> {
                erase(n);
                if (n == 0) {
                    lines.subList(row + 1, lines.size()).clear();
                }
            }
            case 'P' -> {
                pad();
                lines.get(row).delete(column, Math.min(lines.get(row).length(), column + times));
            }
            case '@' -> {
                pad();
                lines.get(row).insert(column, " ".repeat(times));
            }
            case 'm', 'h', 'l', 't', 'n', 'c', 'r' -> {} // colours, modes, questions
            default -> throw new AssertionError("unknown: ESC " + sequence);
        }
    }

    private void erase(int what) {
        pad();
        var line = lines.get(row);
        switch (what) {
            case 0 -> line.setLength(column);
            case 1 -> line.replace(0, column, " ".repeat(column));
            default -> line.setLength(0);
        }
        pad();
    }

    private void put(char c) {
        if (full) {
            move(row + 1, 0);
        }
        pad();
        var line = lines.get(row);
        if (column < line.length()) {
            line.setCharAt(column, c);
        } else {
            line.append(c);
        }
        if (column == columns - 1) {
            full = true;
        } else {
            column++;
        }
    }

    private void move(int toRow, int toColumn) {
        full = false;
        row = toRow;
        column = toColumn;
        while (lines.size() <= row) {
            lines.add(new StringBuilder());
        }
    }

    private void pad() {
        var line = lines.get(row);
        while (line.length() < column) {
            line.append(' ');
        }
    }
}
