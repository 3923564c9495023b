package heddle.tck;

import heddle.api.spi.Capability;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Label;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.MethodLifecycleContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Reports a rule whose capability the engine doesn't claim as skipped, and says so: it never passes silently. */
final class ClaimedRulesOnly implements SkipExecutionHook {

    /** The class says so for its properties. */
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        if (!(context instanceof MethodLifecycleContext method)) {
            return SkipResult.doNotSkip();
        }
        Label label = method.targetMethod().getAnnotation(Label.class);
        if (label == null || !(context.newInstance(method.containerClass()) instanceof EngineTck tck)) {
            return SkipResult.doNotSkip();
        }
        Rule rule = Judge.specification().rule(label.value().split(" ", 2)[0]);
        Set<Capability> missing = new TreeSet<>(rule.capabilities());
        missing.removeAll(tck.engine().capabilities());
        return missing.isEmpty() ? SkipResult.doNotSkip() : SkipResult.skip("not claimed: " + missing);
    }
}
