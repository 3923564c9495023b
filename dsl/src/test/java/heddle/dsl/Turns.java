package heddle.dsl;

import heddle.api.EventLoop;
import heddle.api.LoopObserver;
import heddle.api.spi.EngineOptions;

/** Counts the turns of the loop that runs here: what an await costs is the turn in which it returns less that in which it began. */
final class Turns implements LoopObserver {

    private int begun;
    private int mark;

    /** New virtual time: no test waits, and one that hangs is called deadlocked. */
    static EngineOptions virtual() {
        return EngineOptions.DEFAULT.withVirtualTime();
    }

    static Turns counted() {
        Turns turns = new Turns();
        EventLoop.running().addObserver(turns);
        return turns;
    }

    @Override
    public void turnBegins() {
        begun++;
    }

    void mark() {
        mark = begun;
    }

    /** How many began since the mark. */
    int sinceMark() {
        return begun - mark;
    }

    static double now() {
        return EventLoop.running().time();
    }
}
