/**
 * What tasks of one loop coordinate with: {@link heddle.sync.Lock}, {@link heddle.sync.Event}, {@link
 * heddle.sync.Condition}, {@link heddle.sync.Semaphore}, {@link heddle.sync.Barrier}, and the queues; asyncio's, turn by
 * turn (asyncio-rules 149 to 160).
 *
 * <p>What may wait is a method that returns a {@link heddle.dsl.Chainable}: a recipe, which does nothing until it is awaited
 * or made into a task, and may be used again. Awaiting it costs no turn when nothing blocks (asyncio-rule 61). Everything
 * else acts at the call. Code between two awaits is atomic anyway: a lock is for code that awaits while it must not be
 * disturbed.
 *
 * <p><b>Loops and threads.</b> An object is made on any thread and belongs to no loop until a task has to wait for it; from
 * then on it is bound to that task's loop, and waiting for it on another one fails with {@link
 * java.lang.IllegalStateException}. Once bound it may be used by the thread that speaks for its loop, and by any thread while
 * that loop isn't running; a call from elsewhere throws {@link java.lang.IllegalStateException} and changes nothing. Reading
 * state and {@code toString} are safe from any thread, as a snapshot.
 *
 * <p><b>Waiting</b> is in line, first come first served, and nobody wakes a thread: tasks wait, and say so as {@code Task-2
 * waiting on Queue.get}. A waiter that is cancelled leaves the line; what it was woken for goes to the next one.
 */
@NullMarked
package heddle.sync;

import org.jspecify.annotations.NullMarked;
