package heddle.tck;

import heddle.api.spi.Capability;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One rule of the specification.
 *
 * @param id its chapter and number, as {@code FUT-3}
 * @param sentence what an engine must do
 * @param intent why
 * @param asyncio the numbers of the facts about asyncio that it covers
 * @param needs the rules without which it can't be judged
 * @param capabilities what an engine must claim for the rule to hold for it
 */
public record Rule(
        String id,
        String sentence,
        String intent,
        List<Integer> asyncio,
        List<String> needs,
        Set<Capability> capabilities) {

    /**
     * Checks what must not be null, and copies.
     *
     * @throws NullPointerException if anything is null
     */
    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(intent, "intent");
        asyncio = List.copyOf(Objects.requireNonNull(asyncio, "asyncio"));
        needs = List.copyOf(Objects.requireNonNull(needs, "needs"));
        capabilities = Set.copyOf(Objects.requireNonNull(capabilities, "capabilities"));
    }

    /**
     * The chapter.
     *
     * @return what stands before the number, as {@code FUT}
     */
    public String chapter() {
        return id.substring(0, id.indexOf('-'));
    }

    @Override
    public String toString() {
        return id + " " + sentence;
    }
}
