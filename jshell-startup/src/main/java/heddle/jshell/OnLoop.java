package heddle.jshell;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.dsl.Session;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Executes snippets as tasks of the current {@link Session}, one after another, all in one context: what a snippet sets in
 * a context variable is there for the next. The thread that asks for a snippet waits for it here, and meanwhile sees
 * whether something blocks the loop, and whether Ctrl-C was pressed.
 *
 * <p>Where there is no session, as when its engine can't be made, a snippet runs on the thread that asks for it.
 */
abstract class OnLoop extends DirectExecutionControl {

    private final boolean quiet;
    private final Context context = Context.empty();
    private final SnippetLines lines = new SnippetLines();
    /** How many requests there were, the current one among them: {@link #pressed()} counts as this does. */
    private volatile long requests;

    private volatile boolean running;
    private volatile long lastEnd = System.nanoTime();
    /** How many snippets ran; the first is the last line of the start-up script, so that a user's begin with 1. */
    private int snippets = -1;

    private @Nullable Watch watch;
    private volatile @Nullable Session last;

    /**
     * Begins a session, if there is none.
     *
     * @param quiet whether to make no remarks about blocked loops and failures
     */
    OnLoop(boolean quiet) {
        this.quiet = quiet;
        Switch.snippetsRunOnTheLoop();
        try {
            if (Session.current() == null) {
                Switch.begin();
            }
        } catch (RuntimeException e) {
            // The start-up script tries again, and shows what is wrong.
        }
        last = Session.current();
    }

    /** The session that snippets ran on last. */
    final @Nullable Session session() {
        return last;
    }

    /** Which request Ctrl-C was pressed for last, and how often, as {@link #presses(long, int)} has it. */
    abstract long pressed();

    final long requests() {
        return requests;
    }

    /** A request and a number of presses in one word, which can be written at once. */
    static long presses(long request, int times) {
        return request << Short.SIZE | times;
    }

    private int presses() {
        long pressed = pressed();
        return pressed >> Short.SIZE == requests ? (short) pressed : 0;
    }

    // ---- what the tool asks for

    @Override
    public final void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        for (ClassBytecodes each : classes) {
            lines.add(each.name(), each.bytecodes());
        }
        super.load(classes);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread asks
    private void begin() {
        requests++;
        running = true;
    }

    private void end() {
        running = false;
        lastEnd = System.nanoTime();
    }

    final long lastEnd() {
        return lastEnd;
    }

    /** Whether a request is being answered. */
    final boolean isRunning() {
        return running;
    }

    @Override
    public final String invoke(String className, String methodName)
            throws RunException, EngineTerminationException, InternalException {
        begin();
        snippets++;
        try {
            return super.invoke(className, methodName);
        } finally {
            end();
        }
    }

    @Override
    protected final String invoke(Method snippet) throws Exception {
        return onLoop(() -> {
            try {
                return Values.text(snippet.invoke(null));
            } catch (InvocationTargetException e) {
                throw Values.<RuntimeException>raise(e.getTargetException());
            }
        });
    }

    @Override
    public final String varValue(String className, String varName)
            throws RunException, EngineTerminationException, InternalException {
        begin();
        try {
            return textOf(className, varName);
        } finally {
            end();
        }
    }

    private String textOf(String className, String varName)
            throws RunException, EngineTerminationException, InternalException {
        Object value;
        try {
            Field variable = findClass(className).getDeclaredField(varName);
            variable.setAccessible(true);
            value = variable.get(null);
        } catch (ReflectiveOperationException e) {
            throw new InternalException(e.toString());
        }
        try {
            return onLoop(() -> Values.text(value));
        } catch (InvocationTargetException e) {
            return throwConvertedInvocationException(e.getTargetException());
        } catch (RunException e) {
            throw e;
        } catch (Exception e) {
            throw new InternalException(e.toString());
        }
    }

    // ---- on the loop

    /** Runs code on the loop; what it throws comes in an {@link InvocationTargetException}. */
    private String onLoop(Callable<String> code) throws Exception {
        Session session = Session.current();
        if (session == null) {
            return here(code);
        }
        try {
            return session.stepper().isPaused() ? onStandingLoop(session, code) : onRunningLoop(session, code);
        } finally {
            Switch.carryOut(session);
            last = Session.current();
        }
    }

    private String onRunningLoop(Session session, Callable<String> code) throws Exception {
        Watch watching = watching(session);
        PromptTask task = new PromptTask(session);
        task.begin(code, "prompt-" + snippets, context);
        boolean stopped = task.await(this::presses, () -> {
            if (!quiet) {
                watching.look();
            }
        });
        if (!quiet) {
            watching.showFailures();
        }
        return outcome(task.failure(), stopped, task.value());
    }

    private String onStandingLoop(Session session, Callable<String> code) throws Exception {
        SpeakerThread speaker = new SpeakerThread(session, code);
        boolean stopped = speaker.run(this::presses);
        return outcome(speaker.failure(), stopped, speaker.value());
    }

    private static String outcome(@Nullable Throwable failure, boolean stopped, String value) throws Exception {
        if (stopped && (failure instanceof CancelledError || failure instanceof InterruptedException)) {
            throw new StoppedException();
        }
        if (failure != null) {
            throw new InvocationTargetException(failure);
        }
        return value;
    }

    private boolean isStopped() {
        return presses() > 0;
    }

    private static String here(Callable<String> code) throws InvocationTargetException {
        try {
            return code.call();
        } catch (Throwable e) {
            throw new InvocationTargetException(e);
        }
    }

    private Watch watching(Session session) throws Exception {
        Watch watching = watch;
        if (watching == null || watching.session() != session) {
            watching = Watch.over(session, lines, this::isStopped);
            watch = watching;
        }
        return watching;
    }
}
