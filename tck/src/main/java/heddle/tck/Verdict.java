package heddle.tck;

import java.util.Objects;

/**
 * What came of one rule.
 *
 * @param rule the rule
 * @param status how it ended
 * @param detail why, in some lines; empty when it passed
 */
public record Verdict(Rule rule, Status status, String detail) {

    /**
     * Checks what must not be null.
     *
     * @throws NullPointerException if anything is null
     */
    public Verdict {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
    }

    /** The ways in which a rule can end. */
    public enum Status {
        /** The engine kept it in every try. */
        PASSED("passed"),
        /** The engine broke it, and nothing that it needs. */
        FAILED("FAILED"),
        /** The engine broke a rule that this one needs. */
        NOT_JUDGED("not judged"),
        /** The engine doesn't claim the capability or profile. */
        NOT_CLAIMED("not claimed");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
