package heddle.jshell;

import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Task;
import heddle.dsl.Session;
import heddle.view.Moment;
import heddle.view.TaskTree;
import heddle.view.Terminal;
import heddle.view.Timeline;
import heddle.view.Why;
import java.util.Objects;

/**
 * What one explores the session's loop with, at the prompt: looks at it, learns how it works, and exchanges it. Each function
 * prints what it shows. They work on the loop and
 * beside it, so that they do in plain {@code jshell}, too.
 */
public final class Explore {

    /** More than that, and it scrolls out of sight. */
    private static final int TURNS = 12;

    /** The last step of the tour that was shown. */
    private static volatile int tourStep;

    private Explore() {}

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
        Session session = session();
        if (!session.stepper().isPaused()) {
            throw new IllegalStateException("the loop isn't paused: pause() first");
        }
        show(session.step());
    }

    /** Lets the paused loop go on. */
    public static void resume() {
        session().stepper().resume();
    }

    // ---- learn

    /**
     * Prints the chapters of the specification.
     */
    public static void rule() {
        new Learn(session(), System.out).chapters();
    }

    /**
     * Prints a rule of the specification, and runs its example.
     *
     * @param id the rule's id, as {@code TASK-7}; never null
     * @throws IllegalArgumentException if there is no such rule; the message lists the nearest
     * @throws Exception if interrupted
     */
    public static void rule(String id) throws Exception {
        new Learn(session(), System.out).rule(Objects.requireNonNull(id, "id"));
    }

    /**
     * Shows the next step of the tour through the model, and runs it.
     *
     * @throws Exception if interrupted
     */
    public static void tour() throws Exception {
        tour(tourStep % Learn.TOUR_STEPS + 1);
    }

    /**
     * Shows a step of the tour, and runs it.
     *
     * @param step its number, from 1 on
     * @throws IllegalArgumentException if the tour has no such step
     * @throws Exception if interrupted
     */
    public static void tour(int step) throws Exception {
        new Learn(session(), System.out).tour(step);
        tourStep = step;
    }

    // ---- switch

    /** Prints which engine the session's loop is of, and which others there are. */
    public static void engine() {
        System.out.println(Switch.describe());
    }

    /**
     * Goes on with a new loop of another engine. The tasks of the old one are cancelled, and it is closed; its futures, tasks,
     * locks and queues are of no use any more.
     *
     * @param name the engine's name; never null
     * @throws IllegalStateException if there is no such engine; the message lists what was found
     */
    public static void engine(String name) {
        Switch.toEngine(session(), Objects.requireNonNull(name, "name"));
    }

    /**
     * Goes on with a new loop on virtual time, as {@link #engine(String)} does: time stands still while one types, and passes at
     * once while one awaits.
     *
     * @throws IllegalStateException if the engine has no virtual time
     */
    public static void virtualTime() {
        Switch.toTime(session(), true);
    }

    /** Goes on with a new loop on real time, as {@link #engine(String)} does. */
    public static void realTime() {
        Switch.toTime(session(), false);
    }

    private static void show(Moment moment) {
        System.out.println(moment.draw());
    }
}
