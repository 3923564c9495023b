package heddle.api;

import heddle.api.spi.ContextSharing;
import heddle.api.spi.Display;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks for a loop: the one place that ties threads to loops. A thread speaks for a loop while it runs it, or while
 * the loop's own thread waits inside a step for it (a coroutine body on a thread of its own). The thread rule of the whole
 * API is {@code LoopBinding.current() == loop}.
 *
 * <p>For engines: {@link #enter} before running callbacks on a thread, {@link #leave()} after, and {@link #swapContext}
 * around each callback. For carriers of coroutine bodies: {@link #here()} on the loop's thread, then {@link #lend} on the
 * body's thread and {@link #leave()} before handing back. Programs need neither.
 */
public final class LoopBinding {

    private static final ThreadLocal<@Nullable LoopBinding> HERE = new ThreadLocal<>();

    private final @Nullable EventLoop loop;
    private final Thread owner = Thread.currentThread();
    private final @Nullable LoopBinding outer;
    private Context context;

    private LoopBinding(@Nullable EventLoop loop, @Nullable LoopBinding outer, Context context) {
        this.loop = loop;
        this.outer = outer;
        this.context = context;
    }

    /**
     * The loop that the calling thread speaks for.
     *
     * @return the loop, or null if there is none
     */
    public static @Nullable EventLoop current() {
        LoopBinding binding = HERE.get();
        return binding == null ? null : binding.loop;
    }

    /**
     * The binding of the calling thread, which holds its current context; without a loop if it speaks for none.
     *
     * @return never null
     */
    public static LoopBinding here() {
        LoopBinding binding = HERE.get();
        if (binding == null) {
            binding = new LoopBinding(null, null, Context.empty());
            HERE.set(binding);
        }
        return binding;
    }

    /**
     * Makes the calling thread speak for {@code loop}, until {@link #leave()}.
     *
     * @param loop the loop; never null
     * @return the new binding
     * @throws IllegalStateException if the thread speaks for a loop already
     */
    public static LoopBinding enter(EventLoop loop) {
        Objects.requireNonNull(loop, "loop");
        LoopBinding before = HERE.get();
        if (before != null && before.loop != null) {
            throw new IllegalStateException(
                    before.loop == loop
                            ? "this event loop is already running"
                            : "Cannot run the event loop while another loop is running");
        }
        LoopBinding binding = new LoopBinding(loop, before, here().context());
        HERE.set(binding);
        return binding;
    }

    /**
     * Lets the calling thread speak for this binding's loop, and share its context, until {@link #leave()}. Legal only while
     * the thread that speaks for the loop waits for this one inside a step.
     *
     * @throws IllegalStateException if the thread speaks for another loop
     */
    public void lend() {
        LoopBinding before = HERE.get();
        if (before != null && before.loop != null && before != this) {
            throw new IllegalStateException("this thread speaks for " + before.loop + " already");
        }
        HERE.set(this);
    }

    /** Ends what {@link #enter} or {@link #lend} began on the calling thread; without those it does nothing. */
    public static void leave() {
        LoopBinding binding = HERE.get();
        if (binding == null || binding.loop == null) {
            return;
        }
        if (binding.outer != null && binding.owner == Thread.currentThread()) {
            HERE.set(binding.outer);
        } else {
            HERE.set(null); // remove would make the next lend of this thread allocate
        }
    }

    @Override
    public String toString() {
        return "LoopBinding of " + Display.escape(owner.getName(), 30) + (loop == null ? " to no loop" : " to " + loop);
    }

    /**
     * The loop of this binding.
     *
     * @return the loop, or null for a thread that speaks for none
     */
    public @Nullable EventLoop loop() {
        return loop;
    }

    /**
     * The current context.
     *
     * @return the context itself, not a copy
     */
    public Context context() {
        Context before = context;
        Context own = before.own();
        if (own != before) {
            context = own;
            if (loop instanceof ContextSharing sharing) {
                sharing.contextTaken(before, own);
            }
        }
        return own;
    }

    /**
     * The values of the current context as they are now, for a callback to run in with {@link #swapContext}. It is as good as a
     * copy, and becomes one when the callback writes to it or asks for it; until then one does for many callbacks. A loop
     * whose tasks run in snapshots, too, is a {@link ContextSharing}, to hear of the copy.
     *
     * @return a context to give to {@link #swapContext}, and to nobody else
     */
    public Context snapshot() {
        return context.snapshot();
    }

    /**
     * Makes {@code next} the current context.
     *
     * @param next the context; never null
     * @return the one that was current, to be given back
     */
    public Context swapContext(Context next) {
        Context before = context;
        if (next != before) { // mostly it is the same, and a field of an old object is slow to write
            context = Objects.requireNonNull(next, "next");
        }
        return before;
    }

    /** The current context, to be read; {@link #context()} of {@link #here()} is the one to write to. */
    static Context currentValues() {
        return here().context;
    }
}
