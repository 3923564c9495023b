package heddle.dsl;

import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The asynchronous generators of each loop whose code has begun and not ended, so that the end of the loop can close them,
 * as asyncio's shutdown_asyncgens does. It keeps neither loops nor generators alive.
 */
final class OpenGenerators {

    private static final Map<EventLoop, Set<AsyncGenerator<?>>> OPEN = Collections.synchronizedMap(new WeakHashMap<>());

    private OpenGenerators() {}

    private static Set<AsyncGenerator<?>> of(EventLoop loop) {
        return OPEN.computeIfAbsent(loop, unused -> Collections.newSetFromMap(new WeakHashMap<>()));
    }

    static void add(EventLoop loop, AsyncGenerator<?> generator) {
        of(loop).add(generator);
    }

    static void remove(EventLoop loop, AsyncGenerator<?> generator) {
        of(loop).remove(generator);
    }

    /** Closes all of a loop, at the same time, in the order in which they began; failures are reported. */
    static Chain<?> close(EventLoop loop) {
        Set<AsyncGenerator<?>> begun = OPEN.get(loop);
        if (begun == null || begun.isEmpty()) {
            return Chain.start(Program.VALUE, null);
        }
        List<AsyncGenerator<?>> open = new ArrayList<>(begun);
        open.sort(Comparator.comparingLong(AsyncGenerator::order));
        List<Chain<?>> closings = new ArrayList<>();
        open.forEach(generator -> closings.add(generator.close()));
        return Heddle.gatherReturningExceptions(closings).tap(results -> {
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof Exception e) {
                    loop.callExceptionHandler(new ErrorReport(
                            ErrorReport.Kind.SHUTDOWN,
                            "an error occurred during closing of " + open.get(i),
                            e,
                            null,
                            null));
                }
            }
        });
    }
}
