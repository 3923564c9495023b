package heddle.engine;

import heddle.api.ErrorReport;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.LoopObserver;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All observers of a loop, as one that never throws: what one of them throws is reported, and the others still hear. */
final class Observers implements LoopObserver {

    private final AbstractEventLoop loop;
    private final List<LoopObserver> all;

    private Observers(AbstractEventLoop loop, List<LoopObserver> all) {
        this.loop = loop;
        this.all = all;
    }

    static Observers with(@Nullable Observers before, AbstractEventLoop loop, LoopObserver added) {
        List<LoopObserver> all = before == null ? new ArrayList<>() : new ArrayList<>(before.all);
        all.add(added);
        return new Observers(loop, all);
    }

    static @Nullable Observers without(@Nullable Observers before, LoopObserver removed) {
        if (before == null) {
            return null;
        }
        List<LoopObserver> all = new ArrayList<>(before.all);
        all.removeIf(each -> each == removed);
        return all.isEmpty() ? null : new Observers(before.loop, all);
    }

    private void tell(Consumer<LoopObserver> news) {
        for (LoopObserver observer : all) {
            try {
                news.accept(observer);
            } catch (Throwable e) {
                Throwables.rethrowFatal(e);
                loop.callExceptionHandler(new ErrorReport(
                        ErrorReport.Kind.OBSERVER, "Exception in observer " + Display.of(observer), e, null, null));
            }
        }
    }

    @Override
    public void taskCreated(Task<?> task) {
        tell(each -> each.taskCreated(task));
    }

    @Override
    public void stepBegins(Task<?> task) {
        tell(each -> each.stepBegins(task));
    }

    @Override
    public void stepEnds(Task<?> task, @Nullable Suspension suspension) {
        tell(each -> each.stepEnds(task, suspension));
    }

    @Override
    public void cancelRequested(Task<?> task, @Nullable String message) {
        tell(each -> each.cancelRequested(task, message));
    }

    @Override
    public void callbackBegins(Handle handle) {
        tell(each -> each.callbackBegins(handle));
    }

    @Override
    public void callbackEnds(Handle handle) {
        tell(each -> each.callbackEnds(handle));
    }

    @Override
    public void done(Future<?> future) {
        tell(each -> each.done(future));
    }

    @Override
    public void turnBegins() {
        tell(LoopObserver::turnBegins);
    }
}
