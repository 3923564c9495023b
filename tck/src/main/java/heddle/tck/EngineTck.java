package heddle.tck;

import heddle.api.spi.EngineProvider;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Certifies an engine from its own build: extend this, return your provider, and run it as any test.
 *
 * <pre>{@code
 * class MyEngineTckTest extends EngineTck {
 *     @Override
 *     public EngineProvider engine() {
 *         return new MyProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>Each property is one rule of the specification; its label names it. A rule whose capability your engine doesn't claim
 * is reported as skipped. For a verdict that tells causes from consequences see {@link Certificate}.
 */
@AddLifecycleHook(ClaimedRulesOnly.class)
public abstract class EngineTck
        implements LoopRules,
                TimeRules,
                FutureRules,
                TaskRules,
                CancelRules,
                ContextRules,
                ThreadRules,
                ErrorRules,
                NetworkRules {

    /** For subclasses. */
    protected EngineTck() {}

    /**
     * The engine to certify.
     *
     * @return its provider, never null
     */
    @Override
    public abstract EngineProvider engine();
}
