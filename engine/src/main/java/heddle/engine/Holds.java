package heddle.engine;

import heddle.api.Hold;
import heddle.api.spi.Display;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open claims that something outside will wake a loop. Safe from any thread. */
final class Holds {

    private final AbstractEventLoop loop;
    private final Set<Hold> open = ConcurrentHashMap.newKeySet();

    Holds(AbstractEventLoop loop) {
        this.loop = loop;
    }

    Hold open(String why) {
        Hold hold = new OpenHold(why);
        open.add(hold);
        return hold;
    }

    boolean any() {
        return !open.isEmpty();
    }

    private final class OpenHold implements Hold {
        private final String why;

        OpenHold(String why) {
            this.why = why;
        }

        @Override
        public String why() {
            return why;
        }

        @Override
        public void close() {
            if (open.remove(this)) {
                loop.wakeUp(); // it may be time to jump, or to say that nothing will come
            }
        }

        @Override
        public String toString() {
            return "Hold " + Display.of(why) + (open.contains(this) ? "" : " closed");
        }
    }
}
