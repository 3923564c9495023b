package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingFunction;
import org.jspecify.annotations.Nullable;

/** Goes through an asynchronous iteration, and closes it at once if that is left before the end. */
final class Rounds<T extends @Nullable Object> {

    private static final Object END = new Object();

    private final AsyncIterator<T> source;
    private final ThrowingFunction<? super T, ? extends Awaitable<?>> code;

    private Rounds(AsyncIterator<T> source, ThrowingFunction<? super T, ? extends Awaitable<?>> code) {
        this.source = source;
        this.code = code;
    }

    // ---- as a chain

    static <R extends @Nullable Object> Chain<@Nullable Void> chain(
            AsyncIterable<R> source, ThrowingFunction<? super R, ? extends Awaitable<?>> code) {
        return Chain.<Object>start(Program.VALUE, null).await(() -> {
            AsyncIterator<R> iterator = Awaiting.nonNull(source.asyncIterator(), "asyncIterator()");
            return new Rounds<>(iterator, code).round().eventually(iterator::close);
        });
    }

    private Chain<@Nullable Void> round() {
        Awaitable<? extends T> next = Awaiting.nonNull(source.next(), "next()");
        return Chain.<T>of(next)
                .<Object>then(Element::new)
                .recover(StopAsyncIteration.class, end -> END)
                .await(one -> one instanceof Element<?> element ? inside(element) : Chain.start(Program.VALUE, null));
    }

    @SuppressWarnings("unchecked") // it holds what the source gave
    private Chain<@Nullable Void> inside(Element<?> element) throws Exception {
        Awaitable<?> inside = Awaiting.nonNull(code.apply((T) element.value), "the function given to awaitEach");
        return Chain.of(inside).await(this::round);
    }

    /** A value of its own for the end is not to be mistaken for an element, which may be anything. */
    private record Element<T extends @Nullable Object>(T value) {}

    // ---- in direct style

    static <R extends @Nullable Object> void run(AsyncIterable<R> source, ThrowingConsumer<? super R> code)
            throws Exception {
        try (Each<R> each = Each.of(source)) {
            while (each.hasNext()) {
                code.accept(each.next());
            }
        }
    }
}
