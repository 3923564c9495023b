package heddle.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The text must be the same on every JDK, so the forms that JDKs may write differently are spelled out here. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the JSpecify annotations are there at run time on the class path only")
class SignaturesTest {
    abstract static class Hidden {
        public void inherited() {}
    }

    public abstract static class Awkward<T extends @Nullable Object, C extends Comparable<? super C> & Serializable>
            extends Hidden implements Callable<@Nullable T> {
        public final class Inner {}

        protected @Nullable String @Nullable [] arrays;

        protected Awkward(Map.@Nullable Entry<String, int[][]> entry) {
            this.arrays = null;
        }

        public abstract Inner inner(List<? extends @Nullable C> list, Function<?, ? super T> f);

        @SafeVarargs
        public static synchronized <R extends @Nullable Object, X extends Exception> R each(int i, List<R>... rest)
                throws X, Exception {
            throw new Exception();
        }

        @Override
        public String toString() {
            return "";
        }

        void unseen() {}
    }

    @Test
    void of_awkwardType() {
        assertEquals("""
                public abstract static class heddle.house.SignaturesTest$Awkward<T extends @Nullable Object, \
                C extends Comparable<? super C> & java.io.Serializable> \
                : heddle.house.SignaturesTest$Hidden, java.util.concurrent.Callable<@Nullable T>
                    protected new(@Nullable java.util.Map$Entry<String, int[][]>)
                    protected @Nullable String @Nullable[] arrays
                    public static <R extends @Nullable Object, X extends Exception> \
                R each(int, java.util.List<R>...) throws X, Exception
                    public void inherited()
                    public abstract SignaturesTest$Awkward$Inner \
                inner(java.util.List<? extends @Nullable C>, java.util.function.Function<?, ? super T>)""", String.join("\n", Signatures.of(Awkward.class)));
    }
}
