package heddle.dsl;

import heddle.api.spi.Display;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a chain, as {@link ChainRun} interprets them: a code for each, and what it works with. A chain of more than
 * {@link #MOST} is a row of these, since one large array of references is what a collector has most work with.
 */
final class Program {

    /** A value: the argument. */
    static final byte VALUE = 0;
    /** The next turn, then a value: the argument. */
    static final byte PAUSE = 1;
    /** Direct-style code on a strand: a Callable. */
    static final byte BODY = 2;

    static final byte THEN = 3;
    static final byte CALL = 4;
    static final byte TAP = 5;
    static final byte AWAIT = 6;
    static final byte AWAIT_OF_VALUE = 7;
    static final byte AWAIT_CALL = 8;
    /** A list of awaitables. */
    static final byte GATHER = 9;

    static final byte GATHER_OF_VALUE = 10;
    /** Back to the first step, as long as a predicate likes the value. */
    static final byte REPEAT_WHILE = 11;

    /** Deals with errors: a {@link Rescue}. */
    static final byte RECOVER = 12;

    static final byte EVENTUALLY = 13;
    static final byte EVENTUALLY_AWAIT = 14;

    /** The name of all steps: a part of a chain, and no step. The last code that a link may have. */
    static final byte NAME = 15;

    /** A {@link #REPEAT_WHILE} right behind the chain's first step, if that awaits: what most loops are. */
    static final byte REPEAT_AWAIT = 16;

    private static final String[] VERBS = {
        "value",
        "sleep",
        "async",
        "then",
        "then",
        "tap",
        "await",
        "await",
        "await",
        "gather",
        "gather",
        "repeatWhile",
        "recover",
        "eventually",
        "eventually",
        "named",
        "repeatWhile"
    };

    /** How many steps are together at most. */
    static final int MOST = 8192;

    /** No steps: where a chain waits that has nothing left to do but to return. */
    static final Program NOTHING = new Program(new byte[0], new Object[0], null);

    final byte[] codes;
    /** What each step works with; null only where that is a value. */
    final Object[] arguments;

    /** Where a run of the chain begins, if these are its first steps, and with what: behind a leading value, with that. */
    final int first;

    final @Nullable Object initial;

    /** The steps after these. */
    final @Nullable Program following;

    /** The first steps of the chain. This and the name are set by {@link #chain}, before other threads see them. */
    Program beginning = this;

    @Nullable
    String name;

    Program(byte[] codes, Object[] arguments, @Nullable Program following) {
        this.codes = codes;
        this.arguments = arguments;
        this.following = following;
        this.first = codes.length > 0 && codes[0] == VALUE ? 1 : 0;
        this.initial = first == 1 ? arguments[0] : null;
    }

    /** Makes a chain of these steps and all that follow. */
    Program chain(@Nullable String itsName) {
        for (Program each = this; each != null; each = each.following) {
            each.beginning = this;
            each.name = itsName;
        }
        if (codes.length > first + 1 && codes[first + 1] == REPEAT_WHILE && awaits(codes[first])) {
            codes[first + 1] = REPEAT_AWAIT;
        }
        return this;
    }

    private static boolean awaits(byte code) {
        return code == AWAIT || code == AWAIT_OF_VALUE || code == AWAIT_CALL;
    }

    /** Copies {@code count} steps of one program of the chain that begins with this, those from its step {@code from} on. */
    @SuppressWarnings("NullAway") // so many follow
    void copy(int from, int count, byte[] toCodes, Object[] toArguments) {
        Program source = this;
        for (int i = 0; i < from; i += MOST) {
            source = source.following;
        }
        System.arraycopy(source.codes, 0, toCodes, 0, count);
        System.arraycopy(source.arguments, 0, toArguments, 0, count);
    }

    String verb(int step) {
        return VERBS[codes[step]];
    }

    /** A step for people: its verb, and what it waits for where that is known. */
    String describe(int step) {
        return switch (codes[step]) {
            case VALUE, AWAIT -> Display.of(arguments[step]);
            case PAUSE -> "sleep(0)";
            default -> verb(step);
        };
    }

    /** The first of these steps from {@code next} on that deals with {@code e}; negative if there is none. */
    int handler(int next, Throwable e) {
        for (int i = next; i < codes.length; i++) {
            byte code = codes[i];
            if (code == EVENTUALLY
                    || code == EVENTUALLY_AWAIT
                    || (code == RECOVER && ((Rescue) arguments[i]).takes(e))) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a step as a line of a stack trace: the class that holds the function, and the verb that it was given to. */
    void describe(int step, List<StackTraceElement> frames) {
        if (step < 0 || (codes[step] == BODY && !frames.isEmpty())) {
            return; // it didn't begin, or a body has lines of its own
        }
        frames.add(new StackTraceElement(holder(step), name == null ? verb(step) : name, null, -1));
    }

    /** The class that a step's function was written in. */
    private String holder(int step) {
        Object argument = arguments[step] instanceof Rescue rescue ? rescue.function() : arguments[step];
        if (argument == null || codes[step] == AWAIT || codes[step] == GATHER || codes[step] <= PAUSE) {
            return "heddle.dsl.Chain"; // it has none
        }
        String type = argument.getClass().getName();
        int lambda = type.indexOf("$$Lambda");
        return lambda < 0 ? type : type.substring(0, lambda);
    }
}
