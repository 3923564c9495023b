"""Facts about asyncio computed by hand, asserted on traces, with both implementations of Task.

    python selfcheck.py
"""
import os
import subprocess
import sys

import interpret
import language
import normal
from build import *


def run(*main, **rest):
    """The trace of a small program as a list of (time, turn, task, event)."""
    p = Program()
    for name, statements in rest.items():
        (p.callback if name.startswith("k") else p.body)(name, *statements)
    program = p.main(*main).json()
    language.validate(program)
    return [tuple(line.split(" ", 3)) for line in interpret.trace(program)]


def turn(trace, event):
    """The turn of the first line with this event."""
    return next(int(t) for _, t, _, e in trace if e == event)


def events(trace, task=None):
    return [e for _, _, t, e in trace if task in (None, t)]


def cost(*statements, before=(), **rest):
    """How many turns the statements take in main."""
    trace = run(before, log("from"), statements, log("to"), **rest)
    return turn(trace, 'log = "to"') - turn(trace, 'log = "from"')


def latency(*statements, **rest):
    """How many turns after a future's completion (by a timer) the statements that wait for it are over."""
    trace = run(future("f"), later(1, "kset"), statements, log("to"), kset=[resolve("f", 1)], **rest)
    return turn(trace, 'log = "to"') - turn(trace, "set_result f = null")


one = dict(t=[give(1)])
group = [op("new_group", as_="g")]


def costs():
    same(49, cost(wait_on(fresh("a")), a=[wait_on(fresh("b"))], b=[give(1)]), 0)
    same(50, cost(wait_on("f"), before=[future("f"), resolve("f", 1)]), 0)
    same(51, cost(sleep(0)), 1)
    same(51, cost(sleep(-1)), 1)
    same(54, cost(spawn("t", "x"), wait_on("x"), **one), 2)
    same(56, cost(wait_on("x"), before=[spawn("t", "x"), sleep(0)], **one), 0)
    same(57, cost(gather("g", [fresh("t")]), wait_on("g"), **one), 3)
    same(57, cost(spawn("t", "x"), op("wait", ["x"]), **one), 3)
    same(57, cost(op("shield", fresh("t"), as_="s"), wait_on("s"), **one), 3)
    same(57, cost(group, inside("in_group", "g", op("group_spawn", "g", body="t")), **one), 3)
    same(57, cost(op("as_completed", [fresh("t")] * 3, mode="plain"), **one), 3)
    same(58, cost(gather("g", []), wait_on("g")), 0)
    same(58, cost(gather("g", ["f"]), wait_on("g"), before=[future("f"), resolve("f", 1)]), 0)
    same(59, cost(op("wait", ["f"]), before=[future("f"), resolve("f", 1)]), 2)
    same(60, cost(op("wait_for", fresh("t"), timeout=1), **one), 0)
    same(60, cost({"op": "wait_for", "of": fresh("t"), "timeout": None}, **one), 0)
    same(61, cost(op("acquire", "l"), before=[op("new_lock", as_="l")]), 0)
    same(61, cost(op("event_wait", "e"), before=[op("new_event", as_="e"), op("set", "e")]), 0)
    same(61, cost(op("get", "q"), before=[op("new_queue", as_="q", kind="fifo", maxsize=0), op("put_nowait", "q", value=1)]), 0)
    same(61, cost(op("new_timeout", as_="to", delay=1), inside("in_timeout", "to", log("x"))), 0)
    same(61, cost(group, inside("in_group", "g", log("x"))), 0)


def latencies():
    same(53, latency(wait_on("f")), 1)
    same(62, latency(op("new_timeout", as_="to", delay=9), inside("in_timeout", "to", wait_on("f"))), 1)
    same(62, latency(gather("g", ["f"]), wait_on("g")), 2)
    same(62, latency(op("shield", "f", as_="s"), wait_on("s")), 2)
    same(62, latency(op("wait", ["f"])), 2)
    same(62, latency(op("wait_for", "f", timeout=9)), 1)
    # the child ends one turn after the future, the group two turns after its last child
    same(62, latency(group, inside("in_group", "g", op("group_spawn", "g", body="t")), t=[wait_on("f")]), 3)
    chain = {f"t{i}": [wait_on(f"x{i - 1}" if i else "f")] for i in range(5)}
    same(55, latency([spawn(f"t{i}", f"x{i}") for i in range(5)], wait_on("x4"), **chain), 6)


def orders():
    trace = run(soon("ka"), spawn("t"), soon("kb"), sleep(0), ka=[], kb=[], t=[])
    same(3, [e for e in events(trace) if e in ("callback ka", "start t", "callback kb")], ["callback ka", "start t", "callback kb"])
    trace = run(later(0, "kt"), soon("ks"), sleep(1), kt=[], ks=[])
    same(24, [e for e in events(trace) if e.startswith("callback")], ["callback ks", "callback kt"])
    trace = run([later(1, k) for k in ("ka", "kb", "kc", "kd", "ke", "kf")], sleep(2), ka=[], kb=[], kc=[], kd=[], ke=[], kf=[])
    same(23, [e[-1] for e in events(trace) if e.startswith("callback")], list("abcdef"))


def cancellation():
    trace = run(spawn("t", "x"), cancel("x"), safe(wait_on("x")), t=[attempt(log("never"), last=[log("never")])])
    same(75, [e for e in events(trace) if "start t" in e or "never" in e], [])
    trace = run(spawn("t", "x"), cancel("x", "stop"), sleep(0), safe(wait_on("x")), safe(wait_on("x")), t=[])
    same(45, [e for e in events(trace) if e.startswith("await")], ["await x ! CancelledError: stop", "await x ! CancelledError"])
    trace = run(future("f"), spawn("t", "x"), sleep(0), cancel("x", "first"), cancel("x", "second"), op("cancelling", "x"), safe(wait_on("x")),
                t=[attempt(wait_on("f"), catch="CancelledError", then=[sleep(0), log("one only")])])
    # f is cancelled by the first; the second finds it done and waits for the task's next step, which takes one error for both
    same(80, events(trace, "Task-2"), ["start t", "await f ! CancelledError: first", "caught CancelledError: first", "sleep = null", 'log = "one only"', "return t null"])
    trace = run(spawn("g", "x"), sleep(1), cancel("x"), safe(wait_on("x")), g=[gather("y", [fresh("s")]), wait_on("y")], s=[sleep(9)])
    same(105, turn(trace, "await y ! CancelledError") - turn(trace, "cancel x = true"), 3)
    same(105, turn(trace, "sleep ! CancelledError") - turn(trace, "cancel x = true"), 1)
    trace = run(group, safe(inside("in_group", "g", op("group_spawn", "g", body="x"), op("group_spawn", "g", body="s"), sleep(9))),
                op("cancelling", "self"), x=[sleep(1), throw("ValueError", "boom")], s=[attempt(sleep(9), last=[log("hit")])])
    n = turn(trace, "raise x ValueError: boom")
    same(137, [turn(trace, 'log = "hit"') - n, turn(trace, "in_group g ! ExceptionGroup: unhandled errors in a TaskGroup [ValueError: boom]") - n], [2, 4])
    same(136, events(trace)[-3], "cancelling self = 0")
    # a deadline in the turn in which the result is set: the cancel finds the wake-up under way, and wins; if the wake-up runs first, the value wins
    body = [op("new_timeout", as_="to", when=1), safe(inside("in_timeout", "to", wait_on("f"))), op("expired", "to")]
    trace = run(future("f"), later(1, "kset"), body, kset=[resolve("f", 7)])
    same(79, [e for e in events(trace) if e.startswith(("await", "in_timeout", "expired"))], ["await f ! CancelledError", "in_timeout to ! TimeoutError", "expired to = true"])
    trace = run(future("f"), later(0.5, "kset"), body, kset=[resolve("f", 7), op("reschedule", "to", when=0)])
    same(129, [e for e in events(trace) if e.startswith(("await", "in_timeout", "expired"))], ["await f = 7", "in_timeout to = null", "expired to = false"])


def endings():
    trace = run(future("f"), attempt(wait_on("f"), last=[log("cleanup")]))
    same("deadlock", events(trace), ["start main", "future f = null", "deadlock", "await f ! CancelledError", 'log = "cleanup"', "raise main CancelledError", "end ! DeadlockError: deadlock"])
    trace = run(spawn("x"), sleep(0), x=[attempt(sleep(9), last=[throw("ValueError", "late")])])
    same(169, events(trace)[-2:], ["report leftover Task-2 ValueError: late", "end = null"])
    trace = run(spawn("x"), sleep(1), x=[throw("ValueError", "lost")])
    same(177, events(trace)[-1], "lost task Task-2 ValueError: lost")
    same("text", normal.value([None, True, 1, 0.5, "a", ValueError("b"), KeyError("c"), RuntimeError()]), '[null, true, 1, 0.5, "a", <ValueError: b>, <KeyError: c>, <RuntimeError>]')


CHECKED = 0


def same(rule, got, wanted):
    global CHECKED
    CHECKED += 1
    if got != wanted:
        sys.exit(f"rule {rule}: got {got}, wanted {wanted}")


if __name__ == "__main__":
    for facts in (costs, latencies, orders, cancellation, endings):
        facts()
    print(f"{'pure' if interpret.virtual.PURE else 'C'} Task: {CHECKED} facts hold")
    if not interpret.virtual.PURE:
        sys.exit(subprocess.run([sys.executable, __file__], env={**os.environ, "TRACE_TASKS": "pure"}).returncode)
