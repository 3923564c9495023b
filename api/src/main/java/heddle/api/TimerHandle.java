package heddle.api;

/** A callback that was scheduled for a time. */
public interface TimerHandle extends Handle {

    /**
     * The time it is due.
     *
     * @return seconds on the loop's clock, as {@link EventLoop#time()}; positive infinity for never
     */
    double when();
}
