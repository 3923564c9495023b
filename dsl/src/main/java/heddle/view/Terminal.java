package heddle.view;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What a terminal can show.
 *
 * @param columns how wide it is, at least 40
 * @param unicode whether it shows lines and arrows; else they are drawn in ASCII
 * @param colour whether it understands escape sequences for colours
 */
public record Terminal(int columns, boolean unicode, boolean colour) {

    private static final int NARROWEST = 40;
    private static final int USUAL = 80;

    /**
     * A terminal.
     *
     * @param columns how wide it is, at least 40
     * @param unicode whether it shows lines and arrows; else they are drawn in ASCII
     * @param colour whether it understands escape sequences for colours
     * @throws IllegalArgumentException if it has less than 40 columns
     */
    public Terminal {
        if (columns < NARROWEST) {
            throw new IllegalArgumentException("at least " + NARROWEST + " columns are needed, not " + columns);
        }
    }

    /**
     * What this program's output goes to: {@code heddle.columns} and {@code heddle.colour} say it, for a JVM can't ask; without
     * them it has 80 columns and no colour.
     *
     * @return never null
     */
    public static Terminal current() {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        Charset charset = encoding != null && Charset.isSupported(encoding)
                ? Charset.forName(encoding)
                : Charset.defaultCharset();
        return new Terminal(
                Math.max(NARROWEST, Integer.getInteger("heddle.columns", USUAL)),
                charset.equals(StandardCharsets.UTF_8),
                Boolean.getBoolean("heddle.colour"));
    }
}
