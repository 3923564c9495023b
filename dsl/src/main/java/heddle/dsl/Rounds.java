package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingFunction;
import org.jspecify.annotations.Nullable;

/** Goes through an asynchronous iteration, and closes it at once if that is left before the end. */
final class Rounds {

    private static final Object END = new Object();
    private static final Chain<Boolean> NO_MORE = Chain.start(Program.VALUE, false);

    private Rounds() {}

    // ---- as a chain

    static <R extends @Nullable Object> Chain<@Nullable Void> chain(
            AsyncIterable<R> source, ThrowingFunction<? super R, ? extends Awaitable<?>> code) {
        return Chain.<@Nullable Void>start(Program.VALUE, null).await(() -> {
            AsyncIterator<R> iterator = Awaiting.nonNull(source.asyncIterator(), "asyncIterator()");
            return rounds(iterator, code).eventually(iterator::close);
        });
    }

    private static <R extends @Nullable Object> Chain<@Nullable Void> rounds(
            AsyncIterator<R> iterator, ThrowingFunction<? super R, ? extends Awaitable<?>> code) {
        return Chain.<@Nullable Object>start(Program.VALUE, null)
                .<R>await(() -> Awaiting.nonNull(iterator.next(), "next()"))
                .<Object>then(Element::new)
                .recover(StopAsyncIteration.class, end -> END)
                .await(one -> one instanceof Element<?> element ? inside(element, code) : NO_MORE)
                .repeatWhile(more -> more)
                .then(() -> null);
    }

    @SuppressWarnings("unchecked") // it holds what the source gave
    private static <R extends @Nullable Object> Chain<Boolean> inside(
            Element<?> element, ThrowingFunction<? super R, ? extends Awaitable<?>> code) throws Exception {
        return Chain.of(Awaiting.nonNull(code.apply((R) element.value), "the function given to awaitEach"))
                .then(() -> true);
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
