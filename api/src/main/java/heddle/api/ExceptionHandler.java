package heddle.api;

/** Gets the failures of a loop that nobody else can get; see {@link EventLoop#setExceptionHandler}. */
@FunctionalInterface
public interface ExceptionHandler {

    /**
     * Deals with one failure, on the thread that speaks for the loop (a failure found lost after the loop ended: on the
     * thread that found it).
     *
     * @param loop the loop
     * @param report what happened
     * @throws Exception anything: the loop's default handler then reports both failures, and the loop lives on
     */
    void handle(EventLoop loop, ErrorReport report) throws Exception;
}
