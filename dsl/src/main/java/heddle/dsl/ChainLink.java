package heddle.dsl;

import heddle.api.Coroutine;
import heddle.api.spi.Display;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a chain, and what it goes on from. There may be millions of them, so it has three fields: the length and
 * the code of the step share one.
 */
final class ChainLink<T extends @Nullable Object> extends Chain<T> {

    /** How many bits the code of a step takes; the rest is for the length. */
    private static final int CODE_BITS = Integer.SIZE - Integer.numberOfLeadingZeros(Program.NAME);

    private static final int MAX_LENGTH = Integer.MAX_VALUE >>> CODE_BITS;

    /**
     * The chain that it goes on from, {@link Program#NOTHING} for none; once this has been run, the {@link Program} of the
     * first steps instead, which lets the chains before go. Not volatile: who reads the older of the two makes an equal program
     * again.
     */
    private Object before;

    private final int lengthAndCode;
    private final @Nullable Object argument;

    private ChainLink(Object before, int length, byte code, @Nullable Object argument) {
        this.before = before;
        this.lengthAndCode = length << CODE_BITS | code;
        this.argument = argument;
        VarHandle.storeStoreFence(); // before, too, is there for whoever gets this by a race
    }

    /** A chain of one step. */
    ChainLink(byte code, @Nullable Object argument) {
        this(Program.NOTHING, 1, code, argument);
    }

    /** One step more. */
    static <R extends @Nullable Object> ChainLink<R> after(Chain<?> before, byte code, Object argument) {
        int length = before.length();
        if (length == MAX_LENGTH) {
            throw new IllegalStateException("a chain has at most " + MAX_LENGTH
                    + " steps; one that goes round needs few: repeatWhile(value -> more)");
        }
        return new ChainLink<>(before, length + 1, code, argument);
    }

    static <R extends @Nullable Object> ChainLink<R> named(Chain<R> before, String name) {
        return new ChainLink<>(before, before.length(), Program.NAME, name);
    }

    @Override
    int length() {
        return lengthAndCode >>> CODE_BITS;
    }

    private byte code() {
        return (byte) (lengthAndCode & (1 << CODE_BITS) - 1);
    }

    private @Nullable String name() {
        Object link = this;
        while (link instanceof ChainLink<?> step) {
            if (step.code() == Program.NAME) {
                return (String) step.argument;
            }
            link = step.before;
        }
        return link instanceof Program made ? made.name : null;
    }

    /** The steps, from the first on. */
    Program program() {
        if (before instanceof Program made && made != Program.NOTHING) {
            return made;
        }
        Program made = assemble();
        VarHandle.storeStoreFence(); // whoever gets it by a race gets all of it
        before = made;
        return made;
    }

    @SuppressWarnings("NullAway") // the argument is null only where it is a value, and there is at least one step
    private Program assemble() {
        String name = null;
        Program following = null;
        Object link = this;
        int end = length();
        do {
            int from = (end - 1) / Program.MOST * Program.MOST;
            byte[] codes = new byte[end - from];
            Object[] arguments = new Object[codes.length];
            int i = codes.length;
            while (i > 0 && link instanceof ChainLink<?> step) {
                if (step.code() != Program.NAME) {
                    codes[--i] = step.code();
                    arguments[i] = step.argument;
                } else if (name == null) {
                    name = (String) step.argument;
                }
                link = step.before;
            }
            if (i > 0 && link instanceof ChainValue<?> first) {
                codes[0] = Program.VALUE;
                arguments[0] = first.result();
            } else if (i > 0 && link instanceof Program made) {
                made.copy(from, i, codes, arguments);
                name = name == null ? made.name : name;
            }
            following = new Program(codes, arguments, following);
            end = from;
        } while (end > 0);
        return following.chain(name);
    }

    @Override
    @SuppressWarnings("unchecked") // the one step's value is the chain's
    public Coroutine<T> coroutine() {
        if (length() == 1 && argument instanceof Sleep<?> sleep) {
            return ((Sleep<T>) sleep).coroutine();
        }
        return new ChainRun<>(program());
    }

    @Override
    public String toString() {
        String name = name();
        if (name != null) {
            return "Chain " + Display.escape(name, 50);
        }
        return length() == 1 ? "Chain " + program().describe(0) : "Chain of " + length() + " steps";
    }
}
