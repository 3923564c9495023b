"""Programs of the second batch: statements that the language got later, and what the first batch shows too seldom.

Made like those of `templates.py`, which stay as they are so that the first batch can be recorded again.
"""
from build import *
from templates import boom, delay, endings, explode, measured, state, steps, value, word

MORE = []  # (function, rules)


def rules(*numbers):
    def keep(function):
        MORE.append((function, numbers))
        return function
    return keep


def leave(r):
    return throw("SystemExit", word(r))


# --- what leaves the loop at once

@rules(8)
def exit_in_callback(r):
    p = Program()
    p.callback("good", log("good"))
    p.callback("exit", log("exit"), leave(r))
    p.body("t", steps(r, 0, 2), log("t"), give(value(r)))
    calls = [soon("good"), r.choice([soon("exit"), later(0, "exit")]), soon("good"), spawn("t", "t1")]
    r.shuffle(calls)
    stop = p.callback("stop", op("stop"))
    return p.drive(future("f"), calls, op("run_until_complete", r.choice(["f", "t1"])), op("is_running"), op("all_tasks"), op("done", "t1"),
                   soon(stop), op("run_forever"), op("done", "t1"), soon(stop), op("run_forever"))


@rules(8)
def exit_in_task(r):
    p = Program()
    p.body("x", steps(r), leave(r))
    p.body("t", attempt(r.choice([wait_on("x1"), sleep(2)]), last=[log("t ends"), steps(r, 0, 1)]))
    kids = [spawn("x", "x1"), spawn("t", "t1")]
    r.shuffle(kids)
    return p.main(kids, r.choice([[], [safe(wait_on("t1"))], [safe(wait_on("x1"))], [explode(r)], [leave(r)]]), attempt(sleep(3), last=[log("main ends")]))


@rules(145)
def exit_in_group(r):
    p = Program()
    p.body("x", steps(r), r.choice([leave(r), leave(r), explode(r)]))
    p.body("s", attempt(sleep(3), last=[log("s ends"), steps(r, 0, 2), r.choice([[], [explode(r)]])]))
    p.body("m", op("new_group", as_="g"), safe(inside("in_group", "g", [op("group_spawn", "g", body=b) for b in r.sample("xss", 3)], r.choice([[], [sleep(2)], [leave(r)]]))), op("cancelling", "self"), give(1))
    stop = p.callback("stop", op("stop"))
    if r.random() < 0.5:
        return p.main(wait_on(fresh("m")), log("on"), sleep(1))
    return p.drive(spawn("m", "m1"), op("run_until_complete", "m1"), log("escaped"), op("run_until_complete", "m1"), state("m1"), soon(stop), op("run_forever"))


# --- loops in loops, futures of other loops

@rules(14, 16)
def nested_runs(r):
    p = Program()
    nested = [op("run_nested", kind="own"), op("run_nested", kind="other"), op("run_nested", kind="forever"), op("is_running"), op("running_loop")]
    r.shuffle(nested)
    p.callback("k", nested, log("k"), op("run_nested", kind=r.choice(["own", "forever"])))
    p.body("t", nested, steps(r, 0, 1), op("run_nested", kind="other"), op("current_task"))
    act = [soon("k"), spawn("t", "t1"), later(1, "k")]
    r.shuffle(act)
    if r.random() < 0.4:
        return p.drive(act, op("running_loop"), op("run_until_complete", fresh("t")), op("running_loop"), op("is_running"))
    return p.main(act, op("run_nested", kind=r.choice(["own", "other", "forever"])), steps(r, 1, 3), sleep(r.choice([0, 2])))


@rules(15)
def whose_loop(r):
    p = Program()
    ask = [op("running_loop"), op("current_task"), op("is_running")]
    p.callback("k", ask, op("all_tasks"))
    p.callback("bad", op("running_loop"), explode(r))
    p.callback("post", call_here("k"), soon("k"))
    p.body("t", ask, sleep(0), call_here("k"), ask)
    return p.drive(ask, future("f"), op("add_callback", "f", callback="k"), soon("bad"), soon("k"), soon("post"), spawn("t", "t1"), later(r.choice([0, 1]), "k"), resolve("f", 1),
                   op("run_until_complete", nap(r.choice([0, 1]))), ask, op("run_until_complete", r.choice(["t1", "f"])), op("close"), op("running_loop"))


@rules(65)
def other_loops_future(r):
    p = Program()
    end = r.choice([[], [resolve("x", value(r))], [cancel("x", word(r))], [fail("x", "ValueError", "boom")]])
    act = r.choice([wait_on("x"), op("wait_for", "x", timeout=r.choice([1, 2])), op("custom", kind="wrap", of="x"), inside("in_timeout", "to", wait_on("x"))])
    p.body("t", steps(r, 0, 1), cancel("self", word(r)) if r.random() < 0.15 else [], safe(act) if r.random() < 0.6 else act, log("on"), sleep(0), give(1))
    return measured(r, op("foreign", as_="x"), op("foreign", as_="y"), op("new_timeout", as_="to", delay=1), end, spawn("t", "t1"), steps(r, 0, 2), cancel("t1", word(r)) if r.random() < 0.2 else [],
                    safe(wait_on("t1")), safe(wait_on("y")), op("done", "x"), op("done", "y"), before=p)


@rules(106)
def gather_of_two_loops(r):
    p = Program()
    members = r.choice([["f", "x"], ["t1", "x"], ["f", "x", fresh("t")], ["t1", "f", "x", "x"]])  # before x nothing that gather would start
    p.body("t", steps(r, 0, 2), log("t"), give(value(r)))
    return p.main(future("f"), op("foreign", as_="x"), resolve("x", 1) if r.random() < 0.3 else [], spawn("t", "t1"), gather("g", members, r.choice([None, True])), safe(wait_on("g")),
                  gather("h", ["t1", "f"]), resolve("f", value(r)), safe(wait_on("h")), sleep(1))


# --- posts, contexts that are given, handlers that throw

def call_here(callback, as_=None):
    return op("call_threadsafe", callback=callback, as_=as_)


@rules(1)
def posts_from_here(r):
    p = Program()
    names = [p.callback(f"k{i}", log(i), op("get_var", var="v"), op("running_loop")) for i in range(r.choice([3, 5, 12]))]
    p.body("t", log("t"))
    calls = [op("set_var", var="v", value=r.randrange(9))] + [r.choice([soon, call_here, call_here])(n) for n in names] + [spawn("t")]
    calls.insert(r.randint(1, len(calls)), op("set_var", var="v", value="later"))
    return p.main(calls, call_here(names[0], "h"), op("cancel_handle", "h") if r.random() < 0.5 else [], op("handle_cancelled", "h"), steps(r, 1, 3), call_here(names[1]), sleep(r.choice([0, 1])), sleep(0))


@rules(161)
def contexts_given(r):
    p = Program()
    p.callback("k", op("get_var", var="v"), op("set_var", var="v", value="k"), op("get_var", var="v"))
    p.callback("look", op("get_var", var="v"))
    p.body("t", op("get_var", var="v"), sleep(0), op("set_var", var="v", value="t"), sleep(0), op("get_var", var="v"))
    acts = [soon("k", context="c"), soon("look", context="c"), spawn("t", "t1", context="c"), op("add_callback", "f", callback="k", context="d"), soon("k"),
            op("add_callback", "f", callback="look"), spawn("t", "t2", context="d"), soon("look", context="d")]
    r.shuffle(acts)
    return p.main(future("f"), op("set_var", var="v", value=1), op("copy_context", as_="c"), op("set_var", var="v", value=2), op("copy_context", as_="d"), acts[:r.randint(4, 8)],
                  op("set_var", var="v", value=3), resolve("f", 1), steps(r, 1, 4), soon("look", context="c"), soon("look", context="d"), op("add_callback", "f", callback="k", context="c"),
                  sleep(0), sleep(0), op("get_var", var="v"), soon("k", context="missing"))


@rules(7)
def handler_throws(r):
    p = Program()
    p.callback("bad", log("bad"), explode(r))
    p.callback("good", log("good"))
    p.body("left", attempt(sleep(5), last=[explode(r)]))
    calls = [soon("bad"), soon("good"), op("handler_raises", exception=boom(r)), soon("bad"), soon("good"), op("handler_raises", exception=boom(r))]
    r.shuffle(calls)
    return p.main(spawn("left") if r.random() < 0.4 else [], calls, steps(r, 1, 2), op("handler_raises", exception=error(r.choice(["ValueError", "Fatal", "CancelledError"]), "dire")), soon("bad"), later(1, "bad"), later(1, "good"), sleep(2))


# --- what the first batch shows seldom

@rules(66, 53)
def trusting_awaitable(r):
    p = Program()
    p.callback("end", r.choice([resolve("f", value(r)), fail("f", "ValueError", "boom"), cancel("f", word(r))]))
    p.body("t", steps(r, 0, 1), r.choice([give(1), explode(r)]))
    act = op("custom", kind="trust", of=r.choice(["f", "f", "t1"]), value="trusted")
    p.body("w", attempt(act, catch="BaseException", then=[log("not to be trusted")]), act, give("$last"))
    return measured(r, future("f"), spawn("t", "t1"), spawn("w", "w1"), spawn("w", "w2") if r.random() < 0.3 else [], r.choice([soon("end"), later(1, "end")]), steps(r, 0, 2), cancel("w1", word(r)) if r.random() < 0.2 else [],
                    safe(wait_on("w1")), safe(op("custom", kind="trust", of="f", value=2)), before=p)


@rules(22)
def near_and_far(r):
    p = Program()
    names = [p.callback(n, op("time")) for n in "abcd"]
    gaps = [0, 0.00075, 0.0015, 0.00225]
    r.shuffle(gaps)
    calls = [r.choice([later(1 + g, n), op("call_at", when=1 + g, callback=n)]) for n, g in zip(names, gaps)]
    far = [later(r.choice([1e10, 1e12]), "a", "far"), op("new_timeout", as_="to", delay=1e11)]
    return p.main(calls, far, inside("in_timeout", "to", sleep(r.choice([2, 3]))), op("handle_cancelled", "far"), op("cancel_handle", "far") if r.random() < 0.5 else [],
                  later(r.choice([90, 200]), "b"), sleep(r.choice([70, 100, 250])), op("time"))

@rules(17, 16)
def main_ends_somehow(r):
    p = Program()
    kind = r.choice(["TimeoutError", "TimeoutError", "KeyError", "Fatal", "CancelledError"])
    p.body("t", steps(r, 0, 2), throw(kind, word(r)))
    p.callback("fail", fail("f", kind, word(r)))
    stop = p.callback("stop", op("stop"))
    return p.drive(future("f"), op("run_until_complete", fresh("t")), op("is_running"), soon("fail"), op("run_until_complete", "f"), op("is_running"),
                   op("run_until_complete", "f"), soon(stop), op("run_until_complete", nap(1)), soon(stop), op("run_forever"), op("is_running"))


@rules(86, 87, 94)
def self_cancel_then_end(r):
    p = Program()
    p.body("t", cancel("self", word(r)), cancel("self", word(r)) if r.random() < 0.3 else [], r.choice([[give(value(r))], [], [explode(r)], [throw("TimeoutError")]]))
    return p.main(spawn("t", "t1"), safe(wait_on("t1")), safe(wait_on("t1")), state("t1"), op("cancelling", "t1"))


@rules(34, 94)
def cancel_runs_nothing(r):
    p = Program()
    p.callback("k", log("k"))
    p.body("w", safe(wait_on("f")), log("w"))
    return p.main(future("f"), op("add_callback", "f", callback="k"), spawn("w", "w1"), sleep(0), r.choice([cancel("f", word(r)), cancel("w1", word(r))]), op("done", "f"), cancel("f"),
                  log("not yet"), op("add_callback", "f", callback="k"), steps(r, 1, 3), sleep(1))


@rules(37, 38)
def callbacks_of_callbacks(r):
    p = Program()
    p.callback("a", log("a"), op("remove_callback", "f", callback="b"), op("add_callback", "f", callback="c"))
    p.callback("b", log("b"), op("result", "f"))
    p.callback("c", log("c"))
    adds = [op("add_callback", "f", callback=c) for c in "abab"]
    r.shuffle(adds)
    return p.main(future("f"), adds, op("remove_callback", "f", callback=r.choice("abc")) if r.random() < 0.6 else [], resolve("f", value(r)), op("remove_callback", "f", callback="a"),
                  steps(r, 1, 3), op("remove_callback", "f", callback="b"))


@rules(11, 10)
def stop_before_run(r):
    p = Program()
    p.callback("k", log("k"), soon("n"))
    p.callback("n", log("n"))
    stop = p.callback("stop", op("stop"))
    p.body("t", op("repeat", n=3, body=[log("t"), sleep(0)]))
    return p.drive(op("stop"), soon("k"), spawn("t", "t1"), later(r.choice([0, 0, 1]), "n"), op("run_forever"), op("time"), log("once"), op("stop"), op("run_forever"), r.choice([[], [op("stop")]]),
                   soon(stop), op("run_forever"), op("all_tasks"), op("run_until_complete", nap(r.choice([0, 1]))))


@rules(125)
def error_after_expiry(r):
    return measured(r, op("new_timeout", as_="to", delay=delay(r)),
                    attempt(inside("in_timeout", "to", attempt(sleep(9), catch="CancelledError", then=[op("expired", "to"), steps(r, 0, 1), explode(r)])), catch="BaseException", then=[op("cause")]),
                    op("expired", "to"), op("cancelling", "self"), sleep(0))


@rules(129)
def wake_up_before_timer(r):
    p = Program()
    p.callback("set", resolve("f", value(r)), op("reschedule", "to", when=0))
    p.body("t", op("new_timeout", as_="to", when=9), attempt(inside("in_timeout", "to", wait_on("f"), r.choice([[], [log("in time")], [sleep(0)]])), catch="BaseException", then=[log("late")]), op("expired", "to"), op("cancelling", "self"), sleep(0), give(1))
    return measured(r, future("f"), r.choice([soon("set"), later(0, "set"), later(1, "set")]), spawn("t", "t1"), safe(wait_on("t1")), before=p)
