package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.spi.Display;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A resource of the program's around code. */
final class Using extends Block {

    private final AsyncResource resource;

    Using(AsyncResource resource) {
        this.resource = resource;
    }

    @Override
    Awaitable<?> enter() {
        return Awaiting.nonNull(resource.enter(), "enter() of " + this);
    }

    @Override
    Awaitable<Boolean> exit(@Nullable Throwable failure) {
        Callable<Awaitable<?>> leaving = () -> Awaiting.nonNull(resource.exit(failure), "exit() of " + this);
        Chain<Boolean> left = Chain.start(Program.AWAIT_CALL, leaving).then(() -> false);
        if (failure == null) {
            return left;
        }
        return left.recover(Throwable.class, e -> {
            throw Throwables.raise(Throwables.replacing(e, failure));
        });
    }

    @Override
    boolean forbidsYield() {
        return false;
    }

    @Override
    public String toString() {
        return Display.of(resource);
    }
}
