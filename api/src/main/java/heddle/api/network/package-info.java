/**
 * Sockets in completion style, which any engine can offer: {@link heddle.api.network.Network} is what {@code
 * EventLoop.network()} returns. Programs rather use the streams of the library, which stand on this.
 *
 * <p>Each operation returns a future of the loop. <b>A buffer is touched only while its operation is pending</b>, and its
 * position says at any time how many bytes have gone through it; so an operation can be cancelled at any moment, and no byte
 * is lost or sent twice: go on from the position.
 *
 * <p><b>Threads.</b> Everything is for whoever speaks for the loop; {@code toString}, {@code isOpen} and the addresses are
 * safe from any thread. Errors of a peer, a reset among them, arrive at the operation that is pending or comes next, and
 * nowhere else.
 */
@NullMarked
package heddle.api.network;

import org.jspecify.annotations.NullMarked;
