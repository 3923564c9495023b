package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.LoopObserver;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelHandle;
import heddle.tck.model.ModelLoop;
import java.util.List;
import java.util.Set;

/** Broken engines of the chapter LOOP. */
final class LoopZoo {

    private LoopZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("LOOP-1", "callSoon in a callback runs the callback at once", RunsInline::new),
                new Beast("LOOP-2", "the ready queue is a stack", LastInFirstOut::new),
                new Beast("LOOP-3", "a turn also runs what it scheduled", TurnWithoutEnd::new),
                new Beast("LOOP-4", "a cancel is too late once a callback is ready", CancelTooLate::new),
                new Beast("LOOP-5", "stop forgets what is ready", StopForgets::new),
                new Beast("LOOP-6", "a run forgets that stop came before", StopForgotten::new),
                new Beast("LOOP-7", "a loop whose main failed says that it still runs", StillRunning::new),
                new Beast("LOOP-8", "a nested run is a turn", NestedRun::new),
                new Beast("LOOP-9", "runUntilComplete wraps checked exceptions", WrapsExceptions::new),
                new Beast("LOOP-10", "runUntilComplete returns null when it was stopped", NullWhenStopped::new),
                new Beast("LOOP-11", "runUntilComplete returns before the done-callbacks run", ReturnsTooSoon::new),
                new Beast("LOOP-12", "nobody speaks for the loop in a callback", SpeaksForNobody::new),
                new Beast("LOOP-13", "observers don't hear the end of a callback that threw", EndUnheard::new),
                new Beast("LOOP-14", "a loop claims nothing", ClaimsNothing::new),
                new Beast("LOOP-15", "after a stop, timers come first", TimersFirstAfterStop::new));
    }

    private static final class RunsInline extends ModelLoop {
        private boolean inCallback;

        RunsInline(EngineOptions options) {
            super(options);
        }

        @Override
        protected void makeReady(ModelHandle handle) {
            if (inCallback) {
                runHandle(handle);
            } else {
                super.makeReady(handle);
            }
        }

        @Override
        protected void runHandle(ModelHandle handle) {
            inCallback = true;
            super.runHandle(handle);
            inCallback = false;
        }
    }

    private static final class LastInFirstOut extends ModelLoop {
        LastInFirstOut(EngineOptions options) {
            super(options);
        }

        @Override
        protected void makeReady(ModelHandle handle) {
            ready.addFirst(handle);
        }
    }

    private static final class TurnWithoutEnd extends ModelLoop {
        TurnWithoutEnd(EngineOptions options) {
            super(options);
        }

        @Override
        protected void turn() {
            super.turn();
            for (int left = ready.size(); left > 0; left--) {
                runHandle(ready.removeFirst());
            }
        }
    }

    private static final class CancelTooLate extends ModelLoop {
        CancelTooLate(EngineOptions options) {
            super(options);
        }

        @Override
        protected boolean mayRun(ModelHandle handle) {
            return !handle.isTimer() || super.mayRun(handle);
        }
    }

    private static final class StopForgets extends ModelLoop {
        StopForgets(EngineOptions options) {
            super(options);
        }

        @Override
        public void runForever() {
            super.runForever();
            ready.clear();
        }
    }

    private static final class StopForgotten extends ModelLoop {
        StopForgotten(EngineOptions options) {
            super(options);
        }

        @Override
        public void runForever() {
            stopping = false;
            super.runForever();
        }
    }

    private static final class StillRunning extends ModelLoop {
        private boolean failed;

        StillRunning(EngineOptions options) {
            super(options);
        }

        @Override
        public <T> T runUntilComplete(Awaitable<? extends T> awaitable) throws Exception {
            failed = true;
            T result = super.runUntilComplete(awaitable);
            failed = false;
            return result;
        }

        @Override
        public boolean isRunning() {
            return super.isRunning() || failed;
        }
    }

    private static final class NestedRun extends ModelLoop {
        NestedRun(EngineOptions options) {
            super(options);
        }

        @Override
        public void runForever() {
            if (isRunning()) {
                ready.addLast(new ModelHandle(this, () -> {}, Context.empty(), false));
            } else {
                super.runForever();
            }
        }
    }

    private static final class WrapsExceptions extends ModelLoop {
        WrapsExceptions(EngineOptions options) {
            super(options);
        }

        @Override
        public <T> T runUntilComplete(Awaitable<? extends T> awaitable) throws Exception {
            try {
                return super.runUntilComplete(awaitable);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new RuntimeException(e);
            }
        }
    }

    private static final class NullWhenStopped extends ModelLoop {
        NullWhenStopped(EngineOptions options) {
            super(options);
        }

        @Override
        public <T> T runUntilComplete(Awaitable<? extends T> awaitable) throws Exception {
            if (isClosed() || isRunning()) {
                return super.runUntilComplete(awaitable);
            }
            Future<? extends T> future = futureOf(awaitable);
            try {
                return super.runUntilComplete(future);
            } catch (IllegalStateException e) {
                if (future.done()) {
                    throw e;
                }
                return null;
            }
        }
    }

    private static final class ReturnsTooSoon extends ModelLoop {
        ReturnsTooSoon(EngineOptions options) {
            super(options);
            addObserver(new LoopObserver() {
                @Override
                public void done(Future<?> future) {
                    if (future == main) {
                        stop();
                    }
                }
            });
        }
    }

    private static final class SpeaksForNobody extends ModelLoop {
        SpeaksForNobody(EngineOptions options) {
            super(options);
        }

        @Override
        protected void runHandle(ModelHandle handle) {
            LoopBinding.leave();
            try {
                super.runHandle(handle);
            } finally {
                LoopBinding.enter(this);
            }
        }

        @Override
        protected void checkThread(String call) {
            if (runner != null && runner != Thread.currentThread()) {
                super.checkThread(call);
            }
        }
    }

    private static final class EndUnheard extends ModelLoop {
        private boolean threw;

        EndUnheard(EngineOptions options) {
            super(options);
        }

        @Override
        protected void callbackThrew(ModelHandle handle, Throwable error) {
            threw = true;
            super.callbackThrew(handle, error);
        }

        @Override
        protected void callbackEnds(ModelHandle handle) {
            if (!threw) {
                super.callbackEnds(handle);
            }
            threw = false;
        }
    }

    private static final class ClaimsNothing extends ModelLoop {
        ClaimsNothing(EngineOptions options) {
            super(options);
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }
    }

    private static final class TimersFirstAfterStop extends ModelLoop {
        private boolean again;
        private boolean first;

        TimersFirstAfterStop(EngineOptions options) {
            super(options);
        }

        @Override
        public void runForever() {
            first = again;
            again = true;
            super.runForever();
        }

        @Override
        protected void takeDueTimers() {
            int before = ready.size();
            super.takeDueTimers();
            for (int left = before; first && left > 0; left--) {
                ready.addLast(ready.removeFirst());
            }
            first = false;
        }
    }
}
