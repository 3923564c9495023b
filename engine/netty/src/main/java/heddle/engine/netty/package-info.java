/**
 * Event loops on Netty's: {@link heddle.engine.netty.NettyEngine} drives a Netty loop of its own, {@link
 * heddle.engine.netty.HostedOnNetty} lives on the loop of an existing Netty program.
 */
@NullMarked
package heddle.engine.netty;

import org.jspecify.annotations.NullMarked;
