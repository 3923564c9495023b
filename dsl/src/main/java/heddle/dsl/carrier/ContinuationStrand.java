package heddle.dsl.carrier;

import heddle.api.LoopBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A strand whose stack the JVM itself moves on and off the thread that resumes it; no other thread takes part. */
final class ContinuationStrand extends Strand {

    private final Object continuation;
    /** Who resumed it last. */
    private volatile @Nullable LoopBinding resumer;

    ContinuationStrand(Runnable code) {
        super(code);
        continuation = Continuations.create(this::runCode);
    }

    @Override
    void switchTo(LoopBinding caller) {
        if (resumer != caller) {
            resumer = caller; // volatile, and nearly always the same
        }
        Mount mount = mount();
        Runnable outer = mount.code;
        mount.code = code;
        try {
            Continuations.run(continuation);
        } finally {
            mount.code = outer;
        }
    }

    @Override
    public void pause() {
        try {
            Continuations.pause();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "await can't pause here: " + pinnedBy() + " is on the stack (" + e.getMessage()
                            + "); await outside of it, or use the carrier virtual (docs/codes.md#pinned)",
                    e);
        }
    }

    /** The innermost frame that can't be left: native code, or a class being initialised. */
    private static String pinnedBy() {
        @Nullable
        String frame = StackWalker.getInstance()
                .walk(frames -> frames.filter(
                                f -> f.isNativeMethod() || f.getMethodName().equals("<clinit>"))
                        .map(f -> f.getMethodName().equals("<clinit>")
                                ? "the initialiser of " + f.getClassName()
                                : "the native method " + f.getClassName() + "." + f.getMethodName())
                        .findFirst()
                        .orElse(null));
        return frame == null ? "a native frame" : frame;
    }

    /** Known to the one who resumes it only: walking a stack that another thread goes on with may end the JVM. */
    @Override
    public List<StackTraceElement> stack() {
        if (LoopBinding.here() != resumer) {
            return List.of();
        }
        return List.of(Continuations.stack(continuation));
    }

    @Override
    public boolean leaks() {
        return false; // it is garbage with its stack
    }

    @Override
    public String toString() {
        return "strand on a continuation";
    }
}
