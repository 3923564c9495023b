import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.taskGroup;

import heddle.api.EventLoop;
import heddle.api.QueueShutDown;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.EngineOptions;
import heddle.dsl.Chain;
import heddle.dsl.TaskGroup;
import heddle.sync.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A few workers take jobs from a bounded queue, and begin no more of them a second than is allowed. */
public class WorkerPool {

    private final Queue<String> jobs = new Queue<>(4); // who brings more waits
    private final double interval;
    private double next = Double.NEGATIVE_INFINITY;

    WorkerPool(double perSecond) {
        this.interval = 1 / perSecond;
    }

    /** Waits for the caller's turn. No lock is needed: nobody else runs between the two lines before the await. */
    private void turn() throws Exception {
        double now = EventLoop.running().time();
        double mine = Math.max(now, next);
        next = mine + interval;
        await(sleep(mine - now));
    }

    private Chain<Void> worker(ThrowingConsumer<String> work) {
        return async(() -> {
            try {
                while (true) {
                    String job = await(jobs.get());
                    turn();
                    work.accept(job);
                }
            } catch (QueueShutDown e) {
                // all is done
            }
        });
    }

    /** Has all {@code names} worked on; a failure ends it all. */
    void process(int workers, List<String> names, ThrowingConsumer<String> work) throws Exception {
        TaskGroup group = taskGroup();
        group.run(() -> {
            for (int i = 0; i < workers; i++) {
                group.createTask(worker(work));
            }
            for (String name : names) {
                await(jobs.put(name));
            }
            jobs.shutdown(); // who gets goes on until it is empty
        });
    }

    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("job " + i);
        }
        run(
                () -> {
                    WorkerPool pool = new WorkerPool(10);
                    List<String> done = new ArrayList<>();
                    double begin = EventLoop.running().time();
                    pool.process(3, names, name -> {
                        await(sleep(0.2)); // here it would talk to somebody who bears only so much
                        done.add(name);
                    });
                    System.out.println(done.size() + " done, the last is " + done.get(19));
                    System.out.printf(Locale.ROOT, "%.1f seconds%n", EventLoop.running().time() - begin);
                },
                EngineOptions.DEFAULT.withVirtualTime()); // the seconds of this clock need no waiting
    }
}
// prints
// 20 done, the last is job 19
// 2.1 seconds
