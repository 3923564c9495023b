package heddle.tck.zoo;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.tck.model.ModelProvider;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A broken engine: the reference model, but for one mistake that an author could make.
 *
 * @param rule the rule that the mistake breaks, and no other that doesn't need it
 * @param mistake what is wrong, in a few words
 * @param loops makes its loops
 */
public record Beast(String rule, String mistake, Function<EngineOptions, EventLoop> loops) implements EngineProvider {

    @Override
    public String name() {
        return "broken: " + mistake;
    }

    /** Those of the model; its network only where that is what is broken. */
    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.copyOf(new ModelProvider().capabilities());
        if (!rule.startsWith("NET-")) {
            all.remove(Capability.NETWORK);
        }
        return all;
    }

    @Override
    public EventLoop newEventLoop(EngineOptions options) {
        return loops.apply(Objects.requireNonNull(options, "options"));
    }

    @Override
    public String toString() {
        return rule + " " + mistake;
    }
}
