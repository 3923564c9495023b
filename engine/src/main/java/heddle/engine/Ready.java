package heddle.engine;

/**
 * What the ready ring holds: a task whose step is due, a callback that was scheduled, a done-callback. A class and no
 * interface, since the JVM must search what a class implements before it calls an interface, and the loop calls nothing more
 * often than this.
 */
abstract class Ready {

    /** Called on the thread that speaks for the loop; nothing that it throws is caught. */
    abstract void run();

    /** Something that isn't of this engine, which calls it once. */
    static Ready of(Runnable work) {
        return new Other(work);
    }

    /** What this stands for, to whoever looks at the loop. */
    Object shown() {
        return this;
    }

    private static final class Other extends Ready {
        private final Runnable work;

        Other(Runnable work) {
            this.work = work;
        }

        @Override
        void run() {
            work.run();
        }

        @Override
        Object shown() {
            return work;
        }

        @Override
        public String toString() {
            return work.toString();
        }
    }
}
