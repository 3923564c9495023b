package heddle.tck.zoo;

import heddle.api.Context;
import heddle.api.LoopBinding;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelHandle;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelPromise;
import java.util.ArrayList;
import java.util.List;

/** Broken engines of the chapter THREAD: posts, the thread rule, and who speaks for a loop. */
final class ThreadZoo {

    private ThreadZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("THREAD-1", "a post doesn't wake the loop", NeverWakes::new),
                new Beast("THREAD-2", "posts are taken the last first", LastInFirstOut::new),
                new Beast("THREAD-3", "the tenth post is lost", LosesOne::new),
                new Beast("THREAD-4", "posts of the loop's own thread go the long way round", LongWayRound::new),
                new Beast("THREAD-5", "any thread may call anything", Unchecked::new),
                new Beast("THREAD-6", "a loop belongs to the thread that made it", BelongsToItsMaker::new),
                new Beast("THREAD-7", "lent threads don't speak for the loop", LentUnknown::new),
                new Beast("THREAD-12", "done() is for the loop's thread", DoneIsPrivate::new),
                new Beast("THREAD-13", "posts run on a thread of their own", PostsElsewhere::new));
    }

    private static final class NeverWakes extends ModelLoop {
        NeverWakes(EngineOptions options) {
            super(options);
        }

        @Override
        protected void wakeUp() {
            // it will see the post when it wakes up by itself
        }
    }

    private static final class LastInFirstOut extends ModelLoop {
        LastInFirstOut(EngineOptions options) {
            super(options);
        }

        @Override
        protected void takePosts() {
            List<ModelHandle> taken = new ArrayList<>();
            for (ModelHandle post = posts.poll(); post != null; post = posts.poll()) {
                taken.add(0, post);
            }
            ready.addAll(taken);
        }
    }

    private static final class LosesOne extends ModelLoop {
        private int taken;

        LosesOne(EngineOptions options) {
            super(options);
        }

        @Override
        protected void takePosts() {
            for (ModelHandle post = posts.poll(); post != null; post = posts.poll()) {
                if (++taken != 10) {
                    ready.addLast(post);
                }
            }
        }
    }

    private static final class LongWayRound extends ModelLoop {
        LongWayRound(EngineOptions options) {
            super(options);
        }

        @Override
        protected void post(ModelHandle handle) {
            posts.add(handle);
            wakeUp();
        }
    }

    private static final class Unchecked extends ModelLoop {
        Unchecked(EngineOptions options) {
            super(options);
        }

        @Override
        protected void checkThread(String call) {
            // whoever calls, calls
        }
    }

    private static final class BelongsToItsMaker extends ModelLoop {
        private final Thread maker = Thread.currentThread();

        BelongsToItsMaker(EngineOptions options) {
            super(options);
        }

        @Override
        protected void checkThread(String call) {
            if (runner == null && Thread.currentThread() != maker) {
                throw new IllegalStateException(call + " is for the thread that made the loop");
            }
            super.checkThread(call);
        }
    }

    private static final class LentUnknown extends ModelLoop {
        LentUnknown(EngineOptions options) {
            super(options);
        }

        @Override
        protected void checkThread(String call) {
            if (runner != null && Thread.currentThread() != runner) {
                throw new IllegalStateException(call + " is for the thread of the loop");
            }
        }
    }

    private static final class DoneIsPrivate extends ModelLoop {
        DoneIsPrivate(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelPromise<T> newPromise(Object what) {
            return new ModelPromise<>(this, what) {
                @Override
                public boolean done() {
                    checkThread("Future.done");
                    return super.done();
                }
            };
        }
    }

    private static final class PostsElsewhere extends ModelLoop {
        PostsElsewhere(EngineOptions options) {
            super(options);
        }

        @Override
        protected void takePosts() {
            for (ModelHandle post = posts.poll(); post != null; post = posts.poll()) {
                ModelHandle taken = post;
                ready.addLast(new ModelHandle(this, () -> runElsewhere(taken), Context.empty(), false));
            }
        }

        private void runElsewhere(ModelHandle post) throws InterruptedException {
            LoopBinding binding = LoopBinding.here();
            Thread thread = new Thread(() -> {
                binding.lend();
                runHandle(post);
                LoopBinding.leave();
            });
            thread.start();
            thread.join();
        }
    }
}
