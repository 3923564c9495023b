/**
 * The event loop, and what programs hold: start at {@link heddle.api.EventLoop}, {@link heddle.api.Future} and {@link
 * heddle.api.Task}.
 *
 * <p>Three groups: the await protocol ({@link heddle.api.Awaitable}, {@link heddle.api.Coroutine}, {@link
 * heddle.api.Suspension}, {@link heddle.api.Pause}), the loop and who speaks for it ({@link heddle.api.EventLoop}, {@link
 * heddle.api.LoopBinding}, {@link heddle.api.LoopObserver}), and context variables ({@link heddle.api.Context}, {@link
 * heddle.api.ContextVar}). "asyncio-rule N" in these pages is a numbered fact about CPython 3.13's asyncio; {@code
 * docs/specification.md} lists them with the rules of this API.
 *
 * <p>Parameters and results are never null unless marked {@link org.jspecify.annotations.Nullable}; null for another one
 * throws {@link java.lang.NullPointerException} with its name, and changes nothing.
 */
@NullMarked
package heddle.api;

import org.jspecify.annotations.NullMarked;
