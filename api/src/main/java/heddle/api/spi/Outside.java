package heddle.api.spi;

import heddle.api.Future;
import heddle.api.WaitsFor;
import java.util.List;
import java.util.Objects;

/**
 * What a future stands for that is completed from outside of its loop: by a peer, another thread, the system. Who explains what a
 * task waits for names it, and never says that nobody will wake it.
 *
 * @param what what it is, as it prints itself: "receive"
 * @param wokenBy who completes it, in words that go on from "woken by": "a datagram"
 */
public record Outside(String what, String wokenBy) implements WaitsFor {

    /**
     * Checks what must not be null.
     *
     * @param what what it is; never null
     * @param wokenBy who completes it; never null
     * @throws NullPointerException if one is null
     */
    public Outside {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(wokenBy, "wokenBy");
    }

    @Override
    public List<Future<?>> waitsFor() {
        return List.of();
    }

    @Override
    public String toString() {
        return Display.escape(what, 60);
    }
}
