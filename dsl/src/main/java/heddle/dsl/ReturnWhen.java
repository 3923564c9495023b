package heddle.dsl;

/** When {@link Heddle#waitUntil} has waited enough; asyncio's return_when. */
public enum ReturnWhen {
    /** When the first of the members is done, in whatever way. */
    FIRST_COMPLETED,
    /** When the first of the members has failed; cancelled ones don't count (asyncio-rule 110). Else when all are done. */
    FIRST_EXCEPTION,
    /** When all members are done. */
    ALL_COMPLETED
}
