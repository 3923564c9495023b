package heddle.sync;

import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * A flag that tasks wait for; asyncio's Event. {@code set} followed by {@code clear} still wakes all who wait, who may then
 * see that it isn't set (asyncio-rule 152).
 *
 * <p>Loops, threads and waiting are described in the page of the package.
 */
public final class Event {

    private final Home home;
    private final Line waiters;
    private final Chainable<@Nullable Void> await;
    private boolean set;

    /** An event that isn't set. */
    public Event() {
        home = new Home(this);
        waiters = new Line(home);
        await = new Operation<>("Event.await", this::look, () -> new Await(this, "Event.await"));
    }

    /** The event that a part of {@code owner} waits for as {@code what}. */
    Event(Object owner, String what) {
        home = new Home(owner);
        waiters = new Line(home);
        await = new Operation<>(what, this::look, () -> new Await(this, what));
    }

    /**
     * Whether it is set. Safe from any thread.
     *
     * @return true if it is
     */
    public boolean isSet() {
        return set;
    }

    /**
     * Sets it, and wakes all who wait. If it is set already, nothing happens.
     *
     * @throws IllegalStateException if the calling thread may not use it
     */
    public void set() {
        home.check("set");
        doSet();
    }

    void doSet() {
        if (!set) {
            set = true;
            while (waiters.wakeNext()) {
                // wakes all, in order
            }
        }
    }

    /**
     * Takes it back: who awaits it from now on waits for the next {@link #set()}.
     *
     * @throws IllegalStateException if the calling thread may not use it
     */
    public void clear() {
        home.check("clear");
        doClear();
    }

    void doClear() {
        set = false;
    }

    /**
     * Waits until it is set; in no turn if it is (asyncio-rule 61). asyncio's wait, a name that Java takes.
     *
     * @return a recipe, of null
     */
    public Chainable<@Nullable Void> await() {
        return await;
    }

    private @Nullable Object look() {
        home.check("await");
        return set ? null : Attempt.MUST_WAIT;
    }

    @Override
    public String toString() {
        return Text.of("Event " + (set ? "set" : "not set"), waiters.size(), "waiting");
    }

    private static final class Await extends Waiter<@Nullable Void> {
        private final Event event;
        private final String name;

        Await(Event event, String name) {
            this.event = event;
            this.name = name;
        }

        @Override
        Suspension begin() {
            return event.look() == Attempt.MUST_WAIT ? event.waiters.join(this, name) : Pause.FINISHED;
        }

        @Override
        Suspension woken() {
            event.waiters.leave(this);
            return Pause.FINISHED;
        }

        @Override
        Suspension interrupted(Throwable error) throws Throwable {
            event.waiters.leave(this);
            throw error;
        }

        @Override
        public @Nullable Void result() {
            return null;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
