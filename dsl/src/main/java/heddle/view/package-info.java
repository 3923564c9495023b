/**
 * What a loop is doing, made visible: {@link heddle.view.Recorder} watches it, {@link heddle.view.TaskTree} says who awaits
 * whom, {@link heddle.view.Why} what a task waits for, {@link heddle.view.Timeline} draws what happened, and
 * {@link heddle.view.Stepper} drives the loop turn by turn. All of it stands on {@link heddle.api.LoopObserver} and
 * {@link heddle.api.WaitsFor}, so that it works with any engine.
 */
@NullMarked
package heddle.view;

import org.jspecify.annotations.NullMarked;
