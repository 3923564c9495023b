/**
 * Streams, servers, datagrams, files, processes and signals; {@link heddle.stream.Io} is the way in.
 *
 * <p>What reads or waits returns something that can be awaited in direct style and built on as a chain; it runs nothing until
 * then. <b>Threads:</b> a stream, server or process belongs to the loop that it was made on, and is used by whoever speaks for
 * that loop. <b>Cancelling</b> a read loses no byte: what had come is there for the next read.
 *
 * <p>Null for a parameter throws {@link NullPointerException} with its name, unless it is marked nullable.
 */
@NullMarked
package heddle.stream;

import org.jspecify.annotations.NullMarked;
