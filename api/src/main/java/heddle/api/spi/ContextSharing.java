package heddle.api.spi;

import heddle.api.Context;

/** A loop whose tasks share {@linkplain heddle.api.LoopBinding#snapshot() snapshots} of contexts until one of them needs its own. */
public interface ContextSharing {

    /**
     * The code that runs now got a context of its own. If it is a task that runs in {@code snapshot}, it runs in {@code own}
     * from now on.
     *
     * @param snapshot the snapshot that was current
     * @param own the one that is, a copy
     */
    void contextTaken(Context snapshot, Context own);
}
