package heddle.dsl;

import heddle.api.spi.Display;
import org.jspecify.annotations.Nullable;

/**
 * Two values: what {@link Heddle#both} gives.
 *
 * @param first the first; may be null
 * @param second the second; may be null
 * @param <A> the type of the first
 * @param <B> the type of the second
 */
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {

    @Override
    public String toString() {
        return "Pair[first=" + Display.of(first) + ", second=" + Display.of(second) + "]";
    }
}
