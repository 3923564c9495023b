package heddle.stream;

import heddle.api.Awaitable;

/** What a server does with each connection: a coroutine function, as {@code Chain<Void> serve(StreamReader r, StreamWriter w)}. */
@FunctionalInterface
public interface ConnectionHandler {

    /**
     * Makes the coroutine object that serves a connection; the server makes a task of it. It closes the writer when it is
     * done; if it fails or is cancelled, the server does.
     *
     * @param reader what the client sends
     * @param writer what the client gets
     * @return what to run, never null
     * @throws Exception if it can't be served; the connection is then closed
     */
    Awaitable<?> handle(StreamReader reader, StreamWriter writer) throws Exception;
}
