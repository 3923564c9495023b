package heddle.tck.command;

import heddle.tck.Rule;
import java.io.PrintStream;

/** Tells that the kit works, at most once a second, and at once when a rule is broken. */
public final class Progress {

    private static final long OFTEN = 1_000_000_000;

    private final PrintStream out;
    private final int rules;
    private final long begun = System.nanoTime();
    private long told = begun;
    private int done;
    private int broken;
    private String current = "";

    /**
     * Begins.
     *
     * @param out where to tell
     * @param engine the engine's name
     * @param rules how many rules there are to judge
     * @param programs how many programs of the library there are to run
     */
    public Progress(PrintStream out, String engine, int rules, int programs) {
        this.out = out;
        this.rules = rules;
        out.println("Judging the engine " + Printable.line(engine) + " by " + rules + " rules"
                + (programs == 0 ? "" : " and " + programs + " library programs"));
    }

    /**
     * The turn of a rule, or of the programs.
     *
     * @param what which
     */
    public void begins(String what) {
        current = what;
    }

    /**
     * A try begins.
     *
     * @param number its number
     */
    public void tries(int number) {
        long now = System.nanoTime();
        if (now - told > OFTEN) {
            told = now;
            out.println("  " + done + " of " + rules + " rules judged, " + broken + " broken; " + current + ", try "
                    + number + " (" + Math.round(seconds()) + " s)");
        }
    }

    /**
     * A rule was judged.
     *
     * @param rule the rule
     * @param kept what came of it
     */
    public void ended(Rule rule, boolean kept) {
        done++;
        if (!kept) {
            broken++;
            broken(rule.toString());
        }
    }

    /**
     * Something is broken.
     *
     * @param what what it is
     */
    public void broken(String what) {
        out.println("  broken: " + what);
    }

    /**
     * How long it took so far.
     *
     * @return seconds
     */
    public double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }
}
