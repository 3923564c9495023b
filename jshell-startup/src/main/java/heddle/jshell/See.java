package heddle.jshell;

import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Task;
import heddle.dsl.Session;
import heddle.view.Moment;
import heddle.view.Stepper;
import heddle.view.TaskTree;
import heddle.view.Terminal;
import heddle.view.Timeline;
import heddle.view.Why;
import java.util.Objects;

/**
 * What one looks at the session's loop with, at the prompt. Each function prints what it shows. They work on the loop and
 * beside it, so that they do in plain {@code jshell}, too.
 */
public final class See {

    /** More than that, and it scrolls out of sight. */
    private static final int TURNS = 12;

    private See() {}

    private static Session session() {
        Session session = Session.current();
        if (session == null) {
            throw new IllegalStateException("there is no session: Session.start() begins one");
        }
        return session;
    }

    /**
     * Prints the tree of who awaits whom.
     *
     * @throws Exception if interrupted
     */
    public static void tasks() throws Exception {
        Session session = session();
        System.out.println(session.onLoop(() -> TaskTree.of(session.loop(), session.recorder())));
    }

    /**
     * Prints what a task or future waits for, in a sentence.
     *
     * @param future the task or future; never null
     * @throws Exception if interrupted
     */
    public static void why(Future<?> future) throws Exception {
        Objects.requireNonNull(future, "future");
        System.out.println(session().onLoop(() -> Why.of(future)));
    }

    /**
     * Prints the last turns as swim lanes, and returns all that is remembered.
     *
     * @return the timeline: {@code timeline().save("run.svg")}
     * @throws Exception if interrupted
     */
    public static Timeline timeline() throws Exception {
        Session session = session();
        Timeline all = session.onLoop(() -> session.recorder().timeline());
        System.out.print(all.last(TURNS).draw(Terminal.current()));
        return all;
    }

    /**
     * Has the loop stand still, after this snippet, and shows what it would do next.
     *
     * @throws Exception if interrupted
     */
    public static void pause() throws Exception {
        Session session = session();
        Task<?> current =
                LoopBinding.current() == session.loop() ? session.loop().currentTask() : null;
        if (current == null) {
            show(session.stepper().pause());
        } else {
            session.stepper().pauseAfter(current);
            System.out.println("paused: step() lets one turn pass, resume() all");
        }
    }

    /**
     * Lets one turn of the paused loop pass, and shows what it would do next. If nothing is ready, it waits for the next timer,
     * I/O or post.
     *
     * @throws Exception if interrupted
     */
    public static void step() throws Exception {
        Stepper stepper = session().stepper();
        if (!stepper.isPaused()) {
            throw new IllegalStateException("the loop isn't paused: pause() first");
        }
        show(stepper.step());
    }

    /** Lets the paused loop go on. */
    public static void resume() {
        session().stepper().resume();
    }

    private static void show(Moment moment) {
        System.out.println(moment.draw());
    }
}
