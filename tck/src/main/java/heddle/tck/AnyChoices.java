package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Lets jqwik generate and shrink programs: they are lists of numbers. */
final class AnyChoices implements ArbitrarySupplier<Choices> {

    private static final int LONGEST = 80;

    @Override
    public Arbitrary<Choices> get() {
        return Arbitraries.integers()
                .between(0, Choices.LARGEST)
                .list()
                .ofMaxSize(LONGEST)
                .map(Choices::of);
    }
}
