package heddle.tck.zoo;

import java.util.List;
import java.util.stream.Stream;

/** All broken engines. */
public final class Zoo {

    private Zoo() {}

    /** The broken engines, in the order of the chapters. */
    public static List<Beast> beasts() {
        return Stream.of(
                        LoopZoo.beasts(),
                        TimeZoo.beasts(),
                        FutureZoo.beasts(),
                        TaskZoo.beasts(),
                        TaskStateZoo.beasts(),
                        CancelZoo.beasts(),
                        CancelEndZoo.beasts(),
                        ContextZoo.beasts(),
                        ThreadZoo.beasts(),
                        JobZoo.beasts(),
                        ErrorZoo.beasts(),
                        CloseZoo.beasts(),
                        NetworkZoo.beasts())
                .flatMap(List::stream)
                .toList();
    }
}
