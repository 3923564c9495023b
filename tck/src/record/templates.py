"""Programs written for one rule each (or a few that belong together), with random parameters.

A template is a function of a random generator that returns a Program; `@rules(...)` says which of the rules it exercises.
"""
from build import *

TEMPLATES = []  # (function, rules)


def rules(*numbers):
    def keep(function):
        TEMPLATES.append((function, numbers))
        return function
    return keep


def delay(r):
    return r.choice([0.25, 0.5, 1, 1.5, 2])


def value(r):
    return r.choice([r.randrange(100), "x", None, True])


def word(r):
    return r.choice([None, "stop", "now", "enough"])


def boom(r):
    return error(r.choice(["ValueError", "KeyError", "RuntimeError"]), r.choice(["boom", "bad", "no"]))


def explode(r):
    return op("raise", exception=boom(r))


def steps(r, low=0, high=3):
    return yields(r.randint(low, high))


def ticker(p, r, name="tick"):
    """A body that logs once a turn, for a few turns: it shows where the turns are."""
    return p.body(name, op("repeat", n=r.randint(2, 6), body=[sleep(0), log(name)]))


def some_await(r, f="f"):
    """Something to be suspended in: a future (made by who uses it) or a long sleep."""
    return r.choice([wait_on(f), sleep(5)])


def endings(r):
    """How a body may end."""
    return r.choice([[give(value(r))], [explode(r)], [throw("CancelledError", word(r))]])


# --- A. loop and callbacks

@rules(1, 2, 3, 4)
def soon_order(r):
    p = Program()
    p.callback("a", log("a"), soon("c"))
    p.callback("b", log("b"))
    p.callback("c", log("c"))
    p.body("t", log("t"), steps(r))
    order = [soon("a"), spawn("t", "t1"), soon("b"), spawn("t", "t2"), soon("a")]
    r.shuffle(order)
    return p.main(order, log("after"), steps(r, 1, 4), give(value(r)))


@rules(5, 6)
def cancel_handle_same_turn(r):
    p = Program()
    p.callback("kill", op("cancel_handle", "h2"), op("handle_cancelled", "h2"))
    p.callback("victim", log("ran"))
    first = [soon("kill"), soon("victim", "h2")]
    if r.random() < 0.4:
        d = delay(r)
        first = [later(d, "kill"), later(d, "victim", "h2")]
    if r.random() < 0.3:
        first.reverse()
    return p.main(first, op("handle_cancelled", "h2"), sleep(r.choice([0, 3])), op("cancel_handle", "h2"),
                  op("cancel_handle", "h2"), op("handle_cancelled", "h2"))


@rules(7, 39)
def raising_callbacks(r):
    p = Program()
    p.callback("bad", log("bad"), explode(r))
    p.callback("fatal", throw(r.choice(["Fatal", "CancelledError"]), "dire"))
    p.callback("good", log("good"))
    calls = [soon("bad"), soon("good"), soon("fatal"), soon("good")]
    r.shuffle(calls)
    adds = [op("add_callback", "f", callback=c) for c in r.sample(["bad", "good", "fatal", "good"], 3)]
    return p.main(future("f"), calls, adds, resolve("f", value(r)), steps(r, 1, 3), sleep(delay(r)))


@rules(9)
def chain_and_timers(r):
    p = Program()
    n = r.randint(3, 8)
    for i in range(n):
        p.callback(f"c{i}", soon(f"c{i + 1}") if i + 1 < n else log("end"))
    p.callback("timer", log("timer"))
    return p.main(soon("c0"), later(r.choice([0, 0, -1, 0.5]), "timer"), ticker_spawn(p, r), steps(r, 2, 6))


def ticker_spawn(p, r):
    ticker(p, r)
    return spawn("tick", "tk")


@rules(10, 11, 13, 19)
def stop_and_run_again(r):
    p = Program()
    p.callback("stop", op("stop"), soon("late"), op("is_running"))
    p.callback("late", log("late"))
    p.callback("other", log("other"))
    p.body("t", steps(r, 1, 3), log("t"))
    before = [op("stop")] if r.random() < 0.4 else []
    return p.drive(future("f"), soon("other"), soon("stop"), spawn("t", "t1"), soon("other"), later(r.choice([0, 1]), "late"), before,
                   op("run_forever"), log("stopped"), op("all_tasks"), soon("stop"), op("run_forever"),
                   soon("other"), op("close"), op("done", "f"), op("is_closed"))


@rules(12, 13, 19, 16)
def closed_loop(r):
    p = Program()
    p.callback("c", op("is_running"), op("close"), op("is_closed"))
    p.body("t", log("never"))
    after = [soon("c"), later(1, "c"), op("call_at", when=1, callback="c"), spawn("t")]
    r.shuffle(after)
    return p.drive(future("f"), op("is_running"), soon("c"), op("run_until_complete", nap(r.choice([0, 1]))),
                   op("add_callback", "f", callback="c"), op("close"), op("close"), op("is_closed"), after, op("done", "f"))


@rules(15)
def current_in_callback(r):
    p = Program()
    p.callback("c", op("current_task"), op("cancel", "self"))
    p.body("t", op("current_task"), soon("c"), op("get_name", "self"))
    return p.main(soon("c"), spawn("t", "t1", r.choice([None, "worker"])), future("f"),
                  op("add_callback", "f", callback="c"), resolve("f", 1), op("current_task"), steps(r, 1, 3))


@rules(17)
def run_until_complete(r):
    p = Program()
    p.callback("stop", op("stop"))
    p.callback("set", resolve("f", value(r)) if r.random() < 0.5 else fail("f", "ValueError", "boom"))
    p.body("t", steps(r, 0, 3), endings(r))
    return p.drive(future("f"), op("run_until_complete", fresh("t")), later(1, "set"),
                   soon("stop") if r.random() < 0.5 else [], op("run_until_complete", "f"), op("done", "f"),
                   op("run_until_complete", "f"))


@rules(18)
def run_until_complete_order(r):
    p = Program()
    p.callback("mine", log("mine"), soon("next"))
    p.callback("next", log("next"))
    p.callback("set", resolve("f", value(r)))
    return p.drive(future("f"), op("add_callback", "f", callback="mine"), later(delay(r), "set"),
                   op("run_until_complete", "f"), log("between"), op("run_until_complete", nap(r.choice([0, 1]))), log("end"))


@rules(20)
def all_tasks(r):
    p = Program()
    p.body("t", steps(r, 0, 2), op("all_tasks"), sleep(delay(r)))
    return p.main([spawn("t", f"t{i}", r.choice([None, f"n{i}"])) for i in range(r.randint(2, 4))], op("all_tasks"), sleep(0.5),
                  op("all_tasks"), cancel("t0"), op("all_tasks"), sleep(0), op("all_tasks"))


# --- B. timers

@rules(21, 22, 23, 27)
def timer_order(r):
    p = Program()
    names = "abcdef"
    for n in names:
        p.callback(n, op("time"))
    def one(n):
        d = r.choice([0, 0, -1, 0.5, 1, 1, 2])
        return later(d, n) if r.random() < 0.5 else op("call_at", when=d, callback=n)
    return p.main([one(n) for n in names], sleep(r.choice([0, 1, 3])), [one(n) for n in names[:3]], sleep(2))


@rules(24, 27)
def soon_beats_later(r):
    p = Program()
    p.callback("timer", log("timer"))
    p.callback("soon", log("soon"), later(r.choice([0, -1]), "timer2"), soon("soon2"))
    p.callback("timer2", log("timer2"))
    p.callback("soon2", log("soon2"))
    return p.main(later(r.choice([0, -1]), "timer"), soon("soon"), ticker_spawn(p, r), later(0, "timer"), steps(r, 2, 5))


@rules(26)
def cancelled_timers(r):
    p = Program()
    p.callback("dead", log("dead"))
    p.callback("alive", log("alive"))
    n = r.choice([3, 10, 110])
    return p.main(later(2, "alive"), op("repeat", n=n, body=[later(delay(r), "dead", "h"), op("cancel_handle", "h")]),
                  later(1, "alive"), later(1, "dead", "h"), sleep(0.5), op("cancel_handle", "h"), sleep(delay(r)), sleep(3))


# --- C. futures

@rules(29, 30, 31, 33, 34)
def future_states(r):
    p = Program()
    ends = [resolve("f", value(r)), fail("f", "ValueError", "boom"), cancel("f", word(r)), resolve("f", value(r))]
    r.shuffle(ends)
    return p.main(future("f"), state("f"), ends[0], state("f"), ends[1:], state("f"), safe(wait_on("f")))


@rules(32, 44)
def cancelled_future(r):
    p = Program()
    p.body("w", safe(wait_on("f")), safe(wait_on("f")))
    return p.main(future("f"), spawn("w", "w1"), steps(r), cancel("f", word(r)), op("result", "f"), op("exception", "f"),
                  safe(wait_on("f")), safe(wait_on("f")), sleep(1))


@rules(35, 48)
def waiters_and_callbacks(r):
    p = Program()
    p.body("w", safe(wait_on("f")), log("w"))
    for c in "abc":
        p.callback(c, log(c))
    mixed = [op("add_callback", "f", callback=c) for c in "abc"]
    plan = []
    for i in range(r.randint(2, 4)):
        plan += [spawn("w", f"w{i}"), sleep(0), mixed[i % 3]]
    end = r.choice([resolve("f", value(r)), cancel("f", word(r)), fail("f", "KeyError", "bad")])
    return p.main(future("f"), plan, end, log("set"), steps(r, 1, 3), sleep(1))


@rules(36)
def callback_on_done(r):
    p = Program()
    p.callback("c", op("result", "f"))
    end = r.choice([resolve("f", value(r)), cancel("f", word(r)), fail("f", "KeyError", "bad")])
    return p.main(future("f"), end, op("add_callback", "f", callback="c"), log("added"), steps(r, 1, 2),
                  op("add_callback", "f", callback="c"), sleep(0))


@rules(37, 38)
def callback_twice(r):
    p = Program()
    for c in "ab":
        p.callback(c, log(c))
    adds = [op("add_callback", "f", callback=r.choice("ab")) for _ in range(r.randint(2, 4))] + [op("add_callback", "f", callback="a")] * 2
    early = [op("remove_callback", "f", callback=r.choice("ab"))] if r.random() < 0.5 else []
    return p.main(future("f"), adds, early, resolve("f", value(r)), op("remove_callback", "f", callback="a"), sleep(0),
                  op("add_callback", "f", callback="b"), op("remove_callback", "f", callback="b"), sleep(0))


@rules(42, 43)
def stored_errors(r):
    p = Program()
    kind = r.choice(["CancelledError", "CancelledError", "ValueError", "Fatal"])
    p.body("w", safe(wait_on("f")), op("cancelling", "self"), wait_on("f"))
    return p.main(future("f"), spawn("w", "w1"), steps(r), fail("f", kind, word(r)), state("f"), safe(wait_on("f")),
                  safe(wait_on("w1")), state("w1"))


@rules(45, 95)
def cancelled_task_twice(r):
    p = Program()
    p.body("t", some_await(r))
    ask = r.choice([[], [op("result", "t1")], [op("exception", "t1")]])
    return p.main(future("f"), spawn("t", "t1"), steps(r, 0, 2), cancel("t1", r.choice(["stop", "now"])), steps(r, 0, 3), ask,
                  safe(wait_on("t1")), safe(wait_on("t1")), op("result", "t1"))


# --- D. stepping and costs

def measured(r, *setup_and_act, before=()):
    """A main that runs one thing beside a ticker, so that its cost in turns is seen."""
    p = before if isinstance(before, Program) else Program()
    ticker(p, r)
    return p.main(spawn("tick", "tk"), steps(r, 0, 1), log("from"), *setup_and_act, log("to"), steps(r, 0, 2))


@rules(49, 4)
def direct_await(r):
    p = Program()
    depth = r.randint(1, 6)
    for i in range(depth):
        p.body(f"d{i}", wait_on(fresh(f"d{i + 1}")), give("$last"))
    p.body(f"d{depth}", r.choice([[], [sleep(0)]]), endings(r))
    return measured(r, safe(wait_on(fresh("d0"))), before=p)


@rules(50, 56)
def await_done(r):
    p = Program()
    p.body("t", endings(r))
    return measured(r, future("f"), r.choice([resolve("f", value(r)), fail("f", "ValueError", "boom"), cancel("f")]), spawn("t", "t1"), safe(wait_on("f")),
                    safe(wait_on("f")), yields(1), safe(wait_on("t1")), log("no turn"), safe(wait_on("t1")), before=p)


@rules(51, 27)
def sleep_costs(r):
    return measured(r, [[sleep(r.choice([0, -1, 0, -0.5, 0.5])), log("woke")] for _ in range(r.randint(1, 4))])


@rules(52)
def round_robin(r):
    p = Program()
    for i in range(r.randint(2, 4)):
        p.body(f"b{i}", op("repeat", n=r.randint(1, 4), body=[sleep(r.choice([0, 0, -1]))]))
    return p.main([spawn(f"b{r.randrange(len(p.bodies))}", f"t{i}") for i in range(r.randint(2, 5))], steps(r, 1, 6))


@rules(53, 62)
def wake_direct(r):
    p = Program()
    p.callback("set", r.choice([resolve("f", value(r)), fail("f", "ValueError", "boom"), cancel("f", word(r))]))
    return measured(r, future("f"), later(r.choice([0, 0.5]), "set") if r.random() < 0.5 else soon("set"), safe(wait_on("f")), before=p)


@rules(54, 63)
def await_fresh_task(r):
    p = Program()
    p.body("t", endings(r))
    p.callback("c", op("done", "t1"))
    return measured(r, spawn("t", "t1"), op("add_callback", "t1", callback="c"), op("done", "t1"), safe(wait_on("t1")), before=p)


@rules(55)
def chain_of_tasks(r):
    p = Program()
    k = r.randint(2, 6)
    p.body("b0", wait_on("f"), give("$last"))
    for i in range(1, k):
        p.body(f"b{i}", wait_on(f"t{i - 1}"), give("$last"))
    end = r.choice([resolve("f", value(r)), fail("f", "ValueError", "boom"), cancel("f", "stop")])
    return measured(r, future("f"), [spawn(f"b{i}", f"t{i}") for i in range(k)], yields(2), end, safe(wait_on(f"t{k - 1}")), before=p)


@rules(57, 96)
def fresh_costs(r):
    p = Program()
    p.body("t", give(value(r)))
    n = r.randint(1, 3)
    kind = r.choice(["gather", "wait", "shield", "group", "as_completed"])
    if kind == "gather":
        act = [gather("g", [fresh("t")] * n), wait_on("g")]
    elif kind == "wait":
        act = [[spawn("t", f"t{i}") for i in range(n)], op("wait", [f"t{i}" for i in range(n)])]
    elif kind == "shield":
        act = [op("shield", fresh("t"), as_="s"), wait_on("s")]
    elif kind == "group":
        act = [op("new_group", as_="g"), inside("in_group", "g", [op("group_spawn", "g", body="t")] * n)]
    else:
        act = [op("as_completed", [fresh("t")] * n, mode=r.choice(["plain", "async"]))]
    return measured(r, act, before=p)


@rules(58, 59)
def done_costs(r):
    p = Program()
    f = [future("f"), r.choice([resolve("f", value(r)), resolve("f", 1), fail("f", "KeyError", "bad"), cancel("f", word(r))])]
    act = r.choice([[gather("g", []), op("done", "g"), wait_on("g")],
                    [f, gather("g", ["f"], r.choice([None, True])), op("done", "g"), wait_on("g")],
                    [f, op("wait", ["f"], timeout=r.choice([None, 1]))],
                    [f, future("e"), gather("g", ["f", "e"]), resolve("e", 2), op("done", "g"), wait_on("g")]])
    return measured(r, safe(act), before=p)


@rules(60, 118)
def wait_for_costs(r):
    p = Program()
    p.body("t", op("get_var", var="v"), op("set_var", var="v", value=r.randrange(9)), op("current_task"), steps(r, 0, 2), endings(r))
    return measured(r, op("set_var", var="v", value="outer"), safe(op("wait_for", fresh("t"), timeout=5)), op("get_var", var="v"),
                    safe({"op": "wait_for", "of": fresh("t"), "timeout": None}), op("get_var", var="v"), before=p)


@rules(61)
def free_things(r):
    acts = [[op("new_lock", as_="l"), op("acquire", "l"), op("release", "l"), inside("with", "l", log("in"))],
            [op("new_event", as_="e"), op("set", "e"), op("event_wait", "e")],
            [op("new_queue", as_="q", kind=r.choice(["fifo", "lifo", "priority"]), maxsize=0), op("put", "q", value=1), op("get", "q"), op("task_done", "q"), op("join", "q")],
            [op("new_timeout", as_="to", delay=1), inside("in_timeout", "to", log("in"))],
            [op("new_group", as_="g"), inside("in_group", "g", log("in"))],
            [op("new_semaphore", as_="s", value=1), inside("with", "s", op("locked", "s"))],
            [op("new_barrier", as_="b", parties=1), op("barrier_wait", "b")]]
    r.shuffle(acts)
    return measured(r, acts[:r.randint(1, 4)])


@rules(62)
def wake_latency(r):
    p = Program()
    end = r.choice([resolve("f", value(r)), fail("f", "ValueError", "boom"), cancel("f", word(r))])
    p.callback("set", end)
    p.body("t", wait_on("f"), give("$last"))
    act = r.choice([
        [op("new_timeout", as_="to", delay=5), inside("in_timeout", "to", wait_on("f"))],
        [gather("g", ["f"]), wait_on("g")],
        [op("shield", "f", as_="s"), wait_on("s")],
        [op("wait", ["f"])],
        [op("new_group", as_="g"), inside("in_group", "g", op("group_spawn", "g", body="t"))],
        [op("wait_for", "f", timeout=5)],
        [op("as_completed", ["f"], mode=r.choice(["plain", "async"]))],
        [spawn("t", "t1"), wait_on("t1")]])
    return measured(r, future("f"), later(r.choice([0, 1]), "set"), safe(act), before=p)


@rules(64)
def self_await(r):
    p = Program()
    act = r.choice([[wait_on("self")], [op("wait_for", "self", timeout=r.choice([None, 3]))]])
    act = [{**a, "timeout": a.get("timeout")} if a["op"] == "wait_for" else a for a in act]
    p.body("t", steps(r, 0, 1), safe(act) if r.random() < 0.6 else act, log("on"), sleep(0), give(1))
    return measured(r, spawn("t", "t1"), safe(wait_on("t1")), before=p)


@rules(66)
def bad_yield(r):
    p = Program()
    bad = op("custom", kind="bare", n=r.randrange(9), value=value(r))
    p.body("t", steps(r, 0, 1), safe(bad) if r.random() < 0.6 else bad, log("on"), sleep(0), give(1))
    return measured(r, spawn("t", "t1"), safe(wait_on("t1")), before=p)


@rules(66, 51)
def custom_awaitables(r):
    p = Program()
    p.body("t", steps(r, 0, 2), give(value(r)))
    p.body("u", op("custom", kind="pause", n=r.randint(0, 4), value=value(r)), op("custom", kind="absorb", value=value(r)),
           op("custom", kind="wrap", of=r.choice([None, "f"]) or "t1"), give("$last"))
    return measured(r, future("f"), spawn("t", "t1"), spawn("u", "u1"), steps(r, 1, 6), cancel("u1", word(r)) if r.random() < 0.6 else [],
                    resolve("f", 5), safe(wait_on("u1")), state("u1"), before=p)


@rules(67)
def throws_anything(r):
    p = Program()
    p.body("t", steps(r, 0, 1), throw(r.choice(["Fatal", "Fatal", "KeyError", "TimeoutError"]), r.choice([None, "dire"])))
    p.body("w", attempt(wait_on("t1"), catch="Exception", then=[log("an Exception")]))
    return p.main(spawn("t", "t1"), spawn("w", "w1"), safe(wait_on("t1")), state("t1"), sleep(1), state("w1"))


@rules(69, 71)
def atomic(r):
    p = Program()
    p.body("t", op("repeat", n=r.randint(2, 3), body=[op("set_cell", cell="c", value=1), soon("k"), spawn("n"), log("still me"), sleep(0)]))
    p.body("n", log("n"))
    p.callback("k", log("k"))
    return p.main(spawn("t", "t1"), spawn("t", "t2"), steps(r, 1, 6))


@rules(72)
def names(r):
    p = Program()
    p.body("t", op("get_name", "self"), sleep(0), op("get_name", "self"))
    return p.main(spawn("t", "a"), spawn("t", "b", "given"), gather("g", [fresh("t"), fresh("t")]), op("shield", fresh("t"), as_="s"), spawn("t", "c"),
                  op("set_name", r.choice("abc"), name="renamed"), op("get_name", "a"), op("all_tasks"), safe(op("wait_for", fresh("t"), timeout=0)),
                  spawn("t", "d"), steps(r, 1, 4))


# --- E. cancellation

@rules(73)
def cancel_done_task(r):
    p = Program()
    p.body("t", endings(r))
    return p.main(spawn("t", "t1"), steps(r, 1, 2), cancel("t1", word(r)), op("cancelling", "t1"), cancel("t1"), state("t1"), op("uncancel", "t1"))


@rules(74, 76, 94)
def cancel_waiting_task(r):
    p = Program()
    p.callback("c", log("f done"))
    p.body("t", attempt(wait_on("f"), last=[log("cleanup"), steps(r, 0, 2)]))
    return p.main(future("f"), op("add_callback", "f", callback="c"), spawn("t", "t1"), steps(r, 1, 2), cancel("t1", word(r)), op("cancelling", "t1"),
                  op("cancelled", "t1"), op("cancelled", "f"), safe(wait_on("t1")), op("cancelled", "t1"))


@rules(75, 93)
def cancel_before_start(r):
    p = Program()
    p.body("t", attempt(log("body"), sleep(0), last=[log("finally")]), give(1))
    undo = r.choice([[], [op("uncancel", "t1")], [cancel("t1", "again")], [op("uncancel", "t1")] * 2, [cancel("t1"), op("uncancel", "t1")]])
    return p.main(spawn("t", "t1"), cancel("t1", word(r)), undo, op("cancelled", "t1"), sleep(0), op("cancelled", "t1"), safe(wait_on("t1")), op("cancelling", "t1"))


@rules(77, 95)
def cancel_through_tasks(r):
    p = Program()
    p.body("b0", attempt(some_await(r), catch=r.choice(["CancelledError", "ValueError"]), then=[op("cancelling", "self"), steps(r), r.choice([rethrow(), log("swallowed"), explode(r)])]))
    k = r.randint(1, 3)
    for i in range(1, k + 1):
        p.body(f"b{i}", attempt(wait_on(f"t{i - 1}"), last=[op("cancelling", "self")]))
    return p.main(future("f"), [spawn(f"b{i}", f"t{i}") for i in range(k + 1)], sleep(1), cancel(f"t{k}", word(r)), [op("cancelling", f"t{i}") for i in range(k + 1)],
                  safe(wait_on(f"t{k}")), [op("cancelled", f"t{i}") for i in range(k + 1)])


@rules(78)
def cancel_shared(r):
    p = Program()
    p.body("w", wait_on("f"))
    n = r.randint(2, 4)
    return p.main(future("f"), [spawn("w", f"w{i}") for i in range(n)], steps(r, 1, 2), cancel(f"w{r.randrange(n)}", word(r)), state("f"),
                  resolve("f", 1), sleep(0), [op("cancelled", f"w{i}") for i in range(n)], [op("cancelling", f"w{i}") for i in range(n)])


@rules(79)
def cancel_beats_outcome(r):
    p = Program()
    p.body("t", attempt(wait_on("f"), catch="CancelledError", then=[r.choice([rethrow(), log("swallowed")])]), give("$last"))
    both = [r.choice([resolve("f", value(r)), fail("f", "ValueError", "boom"), fail("f", "CancelledError", "inner")]), cancel("t1", word(r))]
    if r.random() < 0.25:
        both.reverse()
    p.callback("race", both)
    return p.main(future("f"), spawn("t", "t1"), sleep(0), r.choice([both, [soon("race")], [later(1, "race")]]), sleep(r.choice([0, 1])), sleep(0), state("f"), state("t1"))


@rules(80)
def cancel_twice(r):
    p = Program()
    p.body("t", attempt(some_await(r), catch="CancelledError", then=[op("cancelling", "self"), sleep(0), log("next")]), sleep(r.choice([0, 1])), give(1))
    return p.main(future("f"), spawn("t", "t1"), steps(r, 0, 2), cancel("t1", "first"), cancel("t1", "second"), op("cancelling", "t1"), safe(wait_on("t1")), state("t1"))


@rules(81, 92)
def swallow(r):
    p = Program()
    p.body("t", attempt(some_await(r), catch="CancelledError", then=[op("uncancel", "self") if r.random() < 0.4 else []]), log("on"), sleep(0.5), op("cancelling", "self"), give(value(r)))
    return p.main(future("f"), spawn("t", "t1"), steps(r, 1, 2), cancel("t1", word(r)), op("uncancel", "t1") if r.random() < 0.3 else [], safe(wait_on("t1")), op("cancelled", "t1"), op("cancelling", "t1"))


@rules(82)
def cancel_in_cleanup(r):
    p = Program()
    p.body("t", attempt(some_await(r), last=[attempt(sleep(2), last=[log("inner cleanup"), steps(r)])]))
    return p.main(future("f"), spawn("t", "t1"), sleep(0.5), cancel("t1", "first"), sleep(r.choice([0, 0.5])), cancel("t1", "second"), safe(wait_on("t1")), op("cancelling", "t1"), state("t1"))


@rules(83, 84, 85)
def self_cancel(r):
    p = Program()
    p.body("done", give(3))
    no_suspend = r.sample([[wait_on("g")], [wait_on(fresh("done"))], [op("event_wait", "e")], [log("x")]], 2)
    then = r.choice([[wait_on("f"), log("never")], [sleep(0), log("never")], [sleep(1)], [op("custom", kind="absorb")]])
    p.body("t", cancel("self", word(r)), op("cancelling", "self"), no_suspend, then)
    return p.main(future("f", "g"), resolve("g", 1), op("new_event", as_="e"), op("set", "e"), spawn("t", "t1"), sleep(0), state("f"), safe(wait_on("t1")), state("t1"))


@rules(86, 87)
def self_cancel_and_end(r):
    p = Program()
    p.body("t", steps(r, 0, 1), cancel("self", word(r)), r.choice([[], [op("uncancel", "self")]]), endings(r))
    return p.main(spawn("t", "t1"), safe(wait_on("t1")), safe(wait_on("t1")), state("t1"), op("cancelling", "t1"))


@rules(88, 89)
def raises_cancelled(r):
    p = Program()
    p.body("t", steps(r, 0, 2), throw("CancelledError", word(r)))
    p.body("w", wait_on("t1"))
    p.body("v", attempt(wait_on("t1"), catch="CancelledError", then=[op("cancelling", "self")]), give(1))
    return p.main(spawn("t", "t1"), spawn("w", "w1"), spawn("v", "v1"), sleep(1), [[op("cancelled", t), op("cancelling", t)] for t in ("t1", "w1", "v1")], safe(wait_on("w1")))


@rules(90)
def replace_cancel(r):
    p = Program()
    p.body("t", attempt(some_await(r), catch="CancelledError", then=[steps(r, 0, 1), explode(r)]) if r.random() < 0.5 else attempt(some_await(r), last=[steps(r, 0, 1), explode(r)]))
    return p.main(future("f"), spawn("t", "t1"), steps(r, 1, 2), cancel("t1", word(r)), safe(wait_on("t1")), state("t1"), op("cancelling", "t1"))


@rules(91)
def uncancel(r):
    p = Program()
    p.body("t", safe(some_await(r)), op("repeat", n=r.randint(1, 4), body=[op("uncancel", "self")]), op("cancelling", "self"), sleep(0), give(1))
    return p.main(future("f"), spawn("t", "t1"), steps(r, 0, 2), [cancel("t1", word(r)) for _ in range(r.randint(0, 3))], op("cancelling", "t1"),
                  op("uncancel", "t1") if r.random() < 0.5 else [], sleep(1), op("done", "t1"), resolve("f", 1), safe(wait_on("t1")))


# --- F. gather

def workers(p, r, n, ends=None):
    """n bodies w0.. that take some time and end somehow."""
    for i in range(n):
        p.body(f"w{i}", r.choice([sleep(delay(r)), steps(r, 0, 3), [sleep(0), sleep(delay(r))]]), ends(r) if ends else endings(r) if r.random() < 0.4 else give(i))
    return [f"w{i}" for i in range(n)]


@rules(96)
def gather_order(r):
    p = Program()
    ws = workers(p, r, r.randint(2, 5), lambda r: give(r.randrange(50)))
    return measured(r, gather("g", [fresh(w) for w in ws]), wait_on("g"), before=p)


@rules(97)
def gather_duplicates(r):
    p = Program()
    p.body("t", steps(r, 0, 2), give(value(r)))
    return measured(r, spawn("t", "t1"), future("f"), resolve("f", 4), gather("g", r.choice([["t1", "t1"], ["t1", "f", "t1", "f"], ["f", "f"]])), wait_on("g"), before=p)


@rules(98, 99)
def gather_failure(r):
    p = Program()
    p.body("a", steps(r, 0, 2), throw("ValueError", "first"))
    p.body("b", sleep(r.choice([0, 1])), throw("KeyError", "second"))
    p.body("c", sleep(2), log("still runs"), give(3))
    members = [fresh("a"), fresh("b"), fresh("c")]
    r.shuffle(members)
    return p.main(gather("g", members), safe(wait_on("g")), cancel("g", word(r)), state("g"), sleep(r.choice([0, 3])), op("all_tasks"))


@rules(100)
def gather_exceptions(r):
    p = Program()
    ws = workers(p, r, r.randint(2, 4), endings)
    p.body("s", sleep(5))
    return p.main(spawn("s", "t1"), gather("g", [fresh(w) for w in ws] + ["t1"], True), sleep(0), cancel("t1", word(r)), safe(wait_on("g")), state("g"))


@rules(101)
def gather_child_cancelled(r):
    p = Program()
    p.body("s", attempt(sleep(2), last=[steps(r)]))
    p.body("o", sleep(3), log("sibling"))
    return p.main(spawn("s", "t1"), spawn("o", "t2"), gather("g", ["t1", "t2"]), steps(r, 0, 2), cancel("t1", word(r)), safe(wait_on("g")), state("g"),
                  op("cancelling", "self"), op("done", "t2"), wait_on("t2"))


@rules(102, 103)
def gather_cancelled(r):
    p = Program()
    p.body("a", attempt(sleep(2), last=[steps(r, 0, 3), log("a cleaned")]))
    p.body("b", attempt(sleep(2), catch="CancelledError", then=[sleep(r.choice([0, 1])), r.choice([log("swallowed"), explode(r), rethrow()])]), give(1))
    p.body("d", give(0))
    members = ["t1", "t2", "t3"]
    r.shuffle(members)
    return p.main(spawn("a", "t1"), spawn("b", "t2"), spawn("d", "t3"), gather("g", members, r.choice([None, True])), sleep(r.choice([0, 1])), cancel("g", word(r)),
                  op("done", "g"), cancel("g", "again") if r.random() < 0.3 else [], safe(wait_on("g")), state("g"), op("cancelling", "t1"))


@rules(104)
def gather_cancelled_late(r):
    p = Program()
    p.callback("c", cancel("g", word(r)), op("done", "g"))
    n = r.randint(1, 3)
    return p.main(future(*[f"f{i}" for i in range(n)]), gather("g", [f"f{i}" for i in range(n)]), [resolve(f"f{i}", i) for i in range(n)],
                  r.choice([[cancel("g"), op("done", "g")], [soon("c")]]), safe(wait_on("g")), cancel("g"), state("g"))


@rules(105)
def cancel_awaiting_gather(r):
    p = Program()
    p.body("s", attempt(sleep(2), last=[log("child"), steps(r, 0, 1)]))
    p.body("g", gather("g", [fresh("s")] * r.randint(1, 3), r.choice([None, True])), wait_on("g"))
    return measured(r, spawn("g", "t1"), sleep(1), cancel("t1", word(r)), safe(wait_on("t1")), state("t1"), before=p)


# --- G. wait, as_completed

@rules(107, 108, 111)
def wait_simple(r):
    p = Program()
    ws = workers(p, r, r.randint(2, 4))
    ts = [f"t{i}" for i in range(len(ws))]
    return p.main([spawn(w, t) for w, t in zip(ws, ts)], op("wait", ts, timeout=r.choice([None, 0, 0.5, 1, -1]), return_when=r.choice([None, "FIRST_COMPLETED", "FIRST_EXCEPTION"])),
                  [op("cancelling", t) for t in ts], op("wait", ts), [op("exception", t) for t in ts])


@rules(108)
def wait_cancelled(r):
    p = Program()
    p.body("s", sleep(2), log("unharmed"))
    p.body("w", op("wait", ["t1", "t2"], timeout=r.choice([None, 5])))
    return p.main(spawn("s", "t1"), spawn("s", "t2"), spawn("w", "w1"), sleep(1), cancel("w1", word(r)), safe(wait_on("w1")), op("cancelling", "t1"), sleep(2), state("w1"))


@rules(109)
def wait_nothing(r):
    return measured(r, steps(r), safe(op("wait", ["missing"], timeout=r.choice([None, 0, 1]))), op("as_completed", ["missing"], mode=r.choice(["plain", "async"])))


@rules(110, 111)
def wait_first_exception(r):
    p = Program()
    p.body("c", sleep(5))
    p.body("x", sleep(r.choice([1, 2])), explode(r))
    p.body("o", sleep(r.choice([1, 1.5])), give(1))
    ts = ["t1", "t2", "t3"]
    r.shuffle(ts)
    return p.main(spawn("c", "t1"), spawn("x", "t2"), spawn("o", "t3"), sleep(0), cancel("t1"), op("wait", ts, return_when="FIRST_EXCEPTION"), op("time"), op("exception", "t2"))


@rules(111)
def wait_sees_more(r):
    p = Program()
    p.callback("set", resolve("f0", 1), resolve("f1", 2))
    p.callback("set2", resolve("f2", 3))
    both = [soon("set"), soon("set2")]
    r.shuffle(both)
    return p.main(future("f0", "f1", "f2"), both if r.random() < 0.5 else [later(1, "set"), later(1, "set2")],
                  op("wait", ["f0", "f1", "f2"], return_when="FIRST_COMPLETED", timeout=r.choice([None, 1])), op("done", "f2"))


@rules(112)
def as_completed_plain(r):
    p = Program()
    ws = workers(p, r, r.randint(2, 4))
    members = [fresh(w) for w in ws]
    return measured(r, safe(op("as_completed", members, mode="plain", timeout=r.choice([None, 0.5, 1, 0]), catch=r.choice([True, True, None]), limit=r.choice([None, None, 1]))),
                    op("all_tasks"), sleep(2), before=p)


@rules(113)
def as_completed_async(r):
    p = Program()
    ws = workers(p, r, r.randint(2, 4), lambda r: give(1))
    ts = [f"t{i}" for i in range(len(ws))]
    return measured(r, [spawn(w, t) for w, t in zip(ws, ts)], safe(op("as_completed", ts + r.choice([[], [fresh("w0")]]), mode="async", timeout=r.choice([None, None, 0.5]), limit=r.choice([None, None, 1]))),
                    op("time"), sleep(2), before=p)


# --- H. wait_for, timeout

@rules(114)
def wait_for_zero(r):
    p = Program()
    p.body("t", log("never"), give(1))
    p.body("s", attempt(sleep(1), last=[steps(r)]), give(2))
    of = r.choice([fresh("t"), "t1", "f", "d"])
    return p.main(future("f", "d"), resolve("d", 5), spawn("s", "t1"), steps(r, 0, 2), safe(op("wait_for", of, timeout=r.choice([0, -1]))), op("cancelled", "t1"), op("cancelled", "f"), op("all_tasks"))


@rules(115, 116, 117)
def wait_for_cleanup(r):
    p = Program()
    p.body("t", attempt(sleep(3), catch="CancelledError", then=[sleep(r.choice([0, 1])), log("cleaned"), r.choice([rethrow(), log("swallowed"), explode(r), throw("CancelledError", "own")])]), give(7))
    of = r.choice([fresh("t"), "t1"])
    return p.main(spawn("t", "t1"), attempt(op("wait_for", of, timeout=delay(r)), catch=["TimeoutError", "Exception"], then=[op("cause")]), op("time"), op("cancelling", "t1"), op("cancelling", "self"))


@rules(119, 129)
def wait_for_race(r):
    p = Program()
    p.body("t", attempt(op("wait_for", "f", timeout=r.choice([1, 2, 2])), catch="TimeoutError", then=[log("late")]), give("$last"))
    both = [resolve("f", 1), cancel("t1", word(r))]
    r.shuffle(both)
    p.callback("race", both[:r.randint(1, 2)])
    first = r.random() < 0.5
    return p.main(future("f"), later(1, "race") if first else [], spawn("t", "t1"), steps(r, 0, 1), [] if first else later(1, "race"), sleep(3), state("f"), state("t1"))


@rules(120)
def timeout_misuse(r):
    acts = [op("reschedule", "to", delay=1), inside("in_timeout", "to", log("in"), op("reschedule", "to", delay=r.choice([1, 0]))), op("reschedule", "to"), inside("in_timeout", "to", log("again")),
            inside("in_timeout", "to", inside("in_timeout", "to", log("twice")))]
    first = r.randrange(3)
    return measured(r, op("new_timeout", as_="to", delay=r.choice([None, 5])), [safe(a) for a in acts[first:]], op("when", "to"), op("expired", "to"))


@rules(121, 122, 117)
def timeout_expires(r):
    p = Program()
    return measured(r, op("cancelling", "self"), op("new_timeout", as_="to", delay=delay(r)),
                    attempt(inside("in_timeout", "to", op("expired", "to"), attempt(sleep(9), last=[op("expired", "to"), op("cancelling", "self"), steps(r, 0, 2)])), catch="TimeoutError", then=[op("cause")]),
                    op("expired", "to"), op("cancelling", "self"), op("time"), before=p)


@rules(123)
def timeout_and_cancel(r):
    p = Program()
    both = [log("tick"), cancel("t1", word(r))]
    p.callback("race", both)
    p.body("t", op("new_timeout", as_="to", delay=1), attempt(inside("in_timeout", "to", attempt(sleep(9), last=[sleep(r.choice([0, 0, 1]))])), last=[op("cancelling", "self"), op("expired", "to")]))
    before = r.random() < 0.5
    return p.main(later(1, "race") if before else [], spawn("t", "t1"), sleep(0), [] if before else later(r.choice([1, 1, 1.5]), "race"), sleep(r.choice([3])), state("t1"), op("cancelling", "t1"))


@rules(124, 125)
def timeout_body_decides(r):
    return measured(r, op("new_timeout", as_="to", delay=delay(r)),
                    safe(inside("in_timeout", "to", attempt(sleep(9), catch="CancelledError", then=[steps(r, 0, 1), r.choice([log("swallowed"), explode(r), op("uncancel", "self")])]), r.choice([[], [sleep(0)]]))),
                    op("expired", "to"), op("cancelling", "self"), sleep(0))


@rules(126)
def timeout_zero(r):
    make = r.choice([{"delay": 0}, {"delay": -1}, {"when": 0}])
    return measured(r, op("new_timeout", as_="to", **make), safe(inside("in_timeout", "to", log("body"), r.choice([[], [sleep(0), log("after")], [sleep(1)], [wait_on("missing")]]))), op("expired", "to"), op("cancelling", "self"), sleep(0))


@rules(127)
def timeout_nested(r):
    p = Program()
    a, b = r.choice([(1, 2), (1, 1), (1, 1), (2, 1)])
    return measured(r, op("new_timeout", as_="outer", when=a), op("new_timeout", as_="inner", when=b),
                    safe(inside("in_timeout", "outer", attempt(inside("in_timeout", "inner", sleep(9)), last=[op("expired", "inner"), op("expired", "outer"), op("cancelling", "self")]), log("between"), sleep(r.choice([0, 2])))),
                    op("expired", "inner"), op("expired", "outer"), op("cancelling", "self"), before=p)


@rules(128)
def timeout_reschedule(r):
    p = Program()
    change = r.choice([op("reschedule", "to"), op("reschedule", "to", delay=2), op("reschedule", "to", when=1.5), op("reschedule", "to", delay=0), op("reschedule", "to", when=0)])
    p.callback("change", change)
    return measured(r, op("new_timeout", as_="to", delay=r.choice([1, None])), safe(inside("in_timeout", "to", r.choice([change, later(0.5, "change")]), op("when", "to"), sleep(3))), op("when", "to"), op("expired", "to"), op("time"), before=p)


@rules(129)
def result_beats_timer(r):
    p = Program()
    both = [resolve("f", value(r)), op("reschedule", "to", when=0)]
    if r.random() < 0.3:
        both.reverse()
    p.callback("set", both[:r.choice([1, 2, 2])])
    return measured(r, future("f"), later(r.choice([0.5, 1]), "set"), op("new_timeout", as_="to", when=1), safe(inside("in_timeout", "to", wait_on("f"), steps(r, 0, 1))), op("expired", "to"), op("cancelling", "self"), sleep(0), before=p)


# --- I. shield

@rules(130)
def shield_done(r):
    p = Program()
    p.body("t", endings(r))
    return measured(r, spawn("t", "t1"), future("f"), resolve("f", value(r)), op("shield", "f", as_="s"), op("same", "s", **{"with": "f"}), op("shield", "t1", as_="u"), op("same", "u", **{"with": "t1"}),
                    sleep(0), op("shield", "t1", as_="v"), op("same", "v", **{"with": "t1"}), safe(wait_on("s")), safe(wait_on("v")), before=p)


@rules(131)
def shield_caller_cancelled(r):
    p = Program()
    p.body("i", attempt(sleep(2), last=[log("inner ends")]), give(value(r)))
    p.body("c", op("shield", "t1", as_="s"), attempt(wait_on("s"), catch="CancelledError", then=[op("cancelling", "t1"), r.choice([rethrow(), wait_on("t1")])]))
    return measured(r, spawn("i", "t1"), spawn("c", "c1"), sleep(1), cancel("c1", word(r)), safe(wait_on("c1")), op("cancelled", "s"), safe(wait_on("t1")), before=p)


@rules(132)
def shield_inner_cancelled(r):
    p = Program()
    p.body("i", attempt(sleep(2), last=[steps(r)]))
    return measured(r, spawn("i", "t1"), op("shield", "t1", as_="s"), steps(r, 0, 2), cancel("t1", word(r)), safe(wait_on("s")), state("s"), op("cancelling", "self"), before=p)


@rules(133)
def shield_failure_after(r):
    p = Program()
    both = [fail("f", "ValueError", "boom"), cancel("s", word(r))]
    r.shuffle(both)
    p.callback("later", fail("f", "ValueError", "boom"))
    return measured(r, future("f"), op("shield", "f", as_="s"), r.choice([both, [cancel("s"), sleep(r.choice([0, 1])), soon("later")]]), safe(wait_on("s")), sleep(1), state("s"), before=p)


# --- J. task groups

@rules(134, 120)
def group_misuse(r):
    p = Program()
    p.body("c", steps(r))
    p.body("x", throw("ValueError", "boom"))
    p.callback("late", op("group_spawn", "g", body="c"))
    aborting = attempt(sleep(3), last=[op("group_spawn", "g", body="c")])
    return p.main(op("new_group", as_="g"), op("group_spawn", "g", body="c"), safe(inside("in_group", "g", op("group_spawn", "g", body="c"), r.choice([[], [op("group_spawn", "g", body="x"), aborting]]))),
                  op("group_spawn", "g", body="c"), soon("late"), safe(inside("in_group", "g", log("again"))), sleep(0))


@rules(135)
def group_waits(r):
    p = Program()
    p.body("late", steps(r), log("late"))
    p.body("c", sleep(delay(r)), op("group_spawn", "g", body="late"), log("c"))
    return measured(r, op("new_group", as_="g"), inside("in_group", "g", [op("group_spawn", "g", body="c") for _ in range(r.randint(1, 3))], log("body ends")), op("time"), before=p)


@rules(136, 137, 141)
def group_failure(r):
    p = Program()
    p.body("x", steps(r, 0, 2), explode(r))
    p.body("s", attempt(sleep(3), catch="CancelledError", then=[op("cancelling", "self"), steps(r, 0, 2), r.choice([rethrow(), log("swallowed"), explode(r)])], last=[log("finally")]))
    kids = [op("group_spawn", "g", body="x"), op("group_spawn", "g", body="s"), op("group_spawn", "g", body=r.choice("sx"))]
    r.shuffle(kids)
    return measured(r, op("new_group", as_="g"), safe(inside("in_group", "g", kids, attempt(sleep(2), last=[op("cancelling", "self"), steps(r, 0, 1)]) if r.random() < 0.7 else [])), op("cancelling", "self"), sleep(0), before=p)


@rules(138)
def group_child_cancelled(r):
    p = Program()
    p.body("s", sleep(2), log("s"))
    return measured(r, op("new_group", as_="g"), inside("in_group", "g", op("group_spawn", "g", body="s", as_="t1"), op("group_spawn", "g", body="s", as_="t2"), steps(r, 0, 2), cancel("t1", word(r))), op("cancelled", "t1"), op("cancelled", "t2"), before=p)


@rules(139, 140)
def group_errors(r):
    p = Program()
    p.body("a", sleep(r.choice([0, 1, 2])), throw("ValueError", "a"))
    p.body("b", sleep(r.choice([0, 1, 2])), throw("KeyError", "b"))
    p.body("c", attempt(sleep(3), last=[steps(r), throw("RuntimeError", "c")]))
    kids = [op("group_spawn", "g", body=b) for b in r.sample("abc", r.randint(0, 3))]
    return measured(r, op("new_group", as_="g"), safe(inside("in_group", "g", kids, sleep(r.choice([0, 1])), r.choice([[explode(r)], [attempt(sleep(4), last=[throw("ValueError", "body")])]]))), op("cancelling", "self"), before=p)


@rules(141)
def group_never_started(r):
    p = Program()
    p.body("s", attempt(log("started"), sleep(1), last=[log("finally")]))
    return measured(r, op("new_group", as_="g"), safe(inside("in_group", "g", [op("group_spawn", "g", body="s", as_=f"t{i}") for i in range(r.randint(1, 3))], explode(r))), state("t0"), before=p)


@rules(142)
def group_parent_cancelled(r):
    p = Program()
    p.body("s", attempt(sleep(3), last=[log("child"), steps(r, 0, 2)]))
    p.body("p", op("new_group", as_="g"), attempt(inside("in_group", "g", [op("group_spawn", "g", body="s")] * r.randint(1, 3), r.choice([[], [sleep(2)]])), last=[op("cancelling", "self")]))
    return measured(r, spawn("p", "p1"), sleep(r.choice([0, 1])), cancel("p1", word(r)), sleep(0) if r.random() < 0.5 else [], cancel("p1", "again") if r.random() < 0.3 else [], safe(wait_on("p1")), op("cancelling", "p1"), op("cancelled", "p1"), before=p)


@rules(143)
def group_cancelled_and_failing(r):
    p = Program()
    p.body("s", attempt(sleep(3), last=[steps(r, 0, 2), explode(r)]))
    p.body("p", op("new_group", as_="g"), safe(inside("in_group", "g", [op("group_spawn", "g", body="s")] * r.randint(1, 2), r.choice([[], [sleep(2)]]))), op("cancelling", "self"), log("next"), r.choice([sleep(0), sleep(1), log("no await")]), give(1))
    return measured(r, spawn("p", "p1"), sleep(1), cancel("p1", word(r)), safe(wait_on("p1")), op("cancelled", "p1"), op("cancelling", "p1"), before=p)


@rules(144)
def group_nested(r):
    p = Program()
    p.body("x", steps(r), explode(r))
    p.body("s", attempt(sleep(3), last=[log("s ends")]))
    p.body("n", op("new_group", as_="h"), inside("in_group", "h", op("group_spawn", "h", body="x"), op("group_spawn", "h", body="s")))
    inner = [op("new_group", as_="h"), inside("in_group", "h", op("group_spawn", "h", body="x"), op("group_spawn", "h", body="s"))] if r.random() < 0.5 else [op("group_spawn", "g", body="n")]
    return measured(r, op("new_group", as_="g"), safe(inside("in_group", "g", op("group_spawn", "g", body=r.choice("sx")), inner, r.choice([[], [sleep(2)]]))), op("cancelling", "self"), sleep(0), before=p)


@rules(146)
def group_cancel_order(r):
    p = Program()
    for i in range(4):
        p.body(f"s{i}", attempt(sleep(3), last=[log(i), steps(r, 0, 1)]))
    p.body("x", sleep(1), explode(r))
    kids = [op("group_spawn", "g", body=f"s{i}") for i in range(r.randint(2, 4))]
    kids.insert(r.randrange(len(kids)), op("group_spawn", "g", body="x"))
    return measured(r, op("new_group", as_="g"), safe(inside("in_group", "g", kids)), before=p)


@rules(147)
def group_in_timeout(r):
    p = Program()
    p.body("s", attempt(sleep(3), last=[log("child"), steps(r, 0, 2), r.choice([[], [], [explode(r)]])]))
    return measured(r, op("new_timeout", as_="to", delay=1), op("new_group", as_="g"), attempt(inside("in_timeout", "to", inside("in_group", "g", [op("group_spawn", "g", body="s")] * r.randint(1, 3), r.choice([[], [sleep(9)]]))), catch="BaseException", then=[op("cause")]),
                    op("expired", "to"), op("cancelling", "self"), sleep(0), before=p)


# --- K. locks, queues

@rules(149)
def lock_fifo(r):
    p = Program()
    p.body("w", inside("with", "l", log("has it"), steps(r, 0, 1)))
    p.body("barge", op("acquire", "l"), log("barged"), op("release", "l"))
    return p.main(op("new_lock", as_="l"), op("acquire", "l"), [spawn("w") for _ in range(r.randint(1, 3))], yields(2), op("release", "l"), op("locked", "l"), spawn("barge"), r.choice([[op("acquire", "l"), log("me"), op("release", "l")], [sleep(0)]]), sleep(1))


@rules(150)
def lock_release(r):
    p = Program()
    p.body("other", op("release", "l"))
    return measured(r, op("new_lock", as_="l"), op("release", "l"), op("acquire", "l"), spawn("other"), op("acquire", "l"), op("locked", "l"), op("release", "l"), op("release", "l"), before=p)


@rules(151)
def lock_cancel_woken(r):
    p = Program()
    p.body("w", inside("with", "l", log("has it"), steps(r, 0, 1)))
    n = r.randint(2, 3)
    both = [op("release", "l"), cancel(f"w{r.randrange(n)}", word(r))]
    if r.random() < 0.3:
        both.reverse()
    return p.main(op("new_lock", as_="l"), op("acquire", "l"), [spawn("w", f"w{i}") for i in range(n)], yields(2), both, op("locked", "l"), sleep(1), op("locked", "l"), [op("cancelled", f"w{i}") for i in range(n)])


@rules(152)
def event_set_clear(r):
    p = Program()
    p.body("w", op("event_wait", "e"), op("is_set", "e"), r.choice([[], [op("event_wait", "e")]]))
    return p.main(op("new_event", as_="e"), [spawn("w") for _ in range(r.randint(1, 3))], yields(r.randint(1, 2)), op("set", "e"), r.choice([[], [op("clear", "e")]]), op("set", "e"), op("clear", "e"), steps(r, 1, 3), op("set", "e"), sleep(1))


@rules(153)
def semaphore(r):
    p = Program()
    kind = r.choice(["new_semaphore", "new_bounded_semaphore"])
    p.body("w", op("acquire", "s"), log("in"), steps(r, 0, 2), op("locked", "s"), op("release", "s"))
    n = r.randint(2, 4)
    return p.main(op(kind, as_="bad", value=-1), op(kind, as_="s", value=r.randint(1, 2)), op("acquire", "s"), [spawn("w", f"w{i}") for i in range(n)], yields(2), op("release", "s"), op("locked", "s"),
                  cancel(f"w{r.randrange(n)}") if r.random() < 0.5 else [], sleep(1), op("release", "s"), op("release", "s"), op("locked", "s"))


@rules(154)
def condition_misuse_and_reacquire(r):
    p = Program()
    p.body("w", inside("with", "c", attempt(op("cond_wait", "c"), last=[op("locked", "c")])))
    return p.main(op("new_lock", as_="l"), op("new_condition", as_="c", lock=r.choice([None, "l"])), safe(op("cond_wait", "c")), op("notify", "c", n=1), op("notify_all", "c"),
                  spawn("w", "w1"), spawn("w", "w2"), sleep(0.5), op("acquire", "c"), r.choice([[op("notify", "c", n=1)], [op("notify_all", "c")], [cancel("w1", word(r))], [op("notify", "c", n=1), cancel("w1", word(r))]]),
                  sleep(r.choice([0, 1])), log("releasing"), op("release", "c"), sleep(1), op("done", "w1"), op("done", "w2"), op("cancelled", "w1"))


@rules(155)
def condition_passes_on(r):
    p = Program()
    n = r.randint(2, 4)
    p.body("w", inside("with", "c", op("cond_wait", "c"), log("notified")))
    p.body("k", inside("with", "c", op("notify", "c", n=1), cancel("w0", word(r)) if r.random() < 0.7 else []), steps(r, 0, 1), cancel("w0", word(r)))
    return p.main(op("new_condition", as_="c"), [spawn("w", f"w{i}") for i in range(n)], yields(2), spawn("k", "k1"), sleep(1), [op("done", f"w{i}") for i in range(n)], op("locked", "c"))


@rules(154, 155)
def condition_wait_for(r):
    p = Program()
    p.body("w", inside("with", "c", op("cond_wait_for", "c", cell="x", value=2), log("it is 2")))
    return p.main(op("new_condition", as_="c"), [spawn("w", f"w{i}") for i in range(r.randint(1, 3))], yields(2), [inside("with", "c", op("set_cell", cell="x", value=i), op(r.choice(["notify_all"]), "c")) for i in range(1, 3)],
                  cancel("w0", word(r)) if r.random() < 0.3 else [], sleep(1), op("done", "w0"))


@rules(156)
def barrier(r):
    p = Program()
    n = r.randint(2, 3)
    p.body("w", steps(r, 0, 1), safe(op("barrier_wait", "b")), op("n_waiting", "b"), r.choice([[], [safe(op("barrier_wait", "b"))]]))
    extra = r.choice([0, 0, 1, n - 1, n])
    act = r.choice([[], [], [safe(op("barrier_abort", "b"))], [safe(op("barrier_reset", "b"))], [cancel("w0", word(r))]])
    return p.main(op("new_barrier", as_="b", parties=0), op("new_barrier", as_="b", parties=n), [spawn("w", f"w{i}") for i in range(n - 1 + extra)], yields(r.randint(1, 4)), op("n_waiting", "b"), act, op("broken", "b"),
                  steps(r, 1, 3), spawn("w", "last"), sleep(1), op("n_waiting", "b"), op("broken", "b"), safe(op("barrier_abort", "b")), sleep(1))


@rules(157)
def queue_fifo(r):
    p = Program()
    kind = r.choice(["fifo", "lifo", "priority"])
    n = r.randint(2, 4)
    p.body("prod", [op("put", "q", value=r.randrange(20)) for _ in range(n)])
    p.body("cons", op("repeat", n=n, body=[op("get", "q"), steps(r, 0, 1)]))
    order = [spawn("prod", "p1"), spawn("cons", "c1"), spawn("prod", "p2"), spawn("cons", "c2")]
    r.shuffle(order)
    return p.main(op("new_queue", as_="q", kind=kind, maxsize=r.choice([0, 1, 2])), op("get_nowait", "q"), op("put_nowait", "q", value=r.randrange(20)), op("put_nowait", "q", value=3), op("full", "q"), op("qsize", "q"), order, sleep(1), op("empty", "q"))


@rules(158)
def queue_cancelled_getter(r):
    p = Program()
    n = r.randint(2, 3)
    p.body("g", op("get", "q"), steps(r, 0, 1), give("$last"))
    act = [op("put_nowait", "q", value=1), cancel(f"g{r.randrange(n)}", word(r)), op("put_nowait", "q", value=2)][:r.randint(2, 3)]
    if r.random() < 0.3:
        r.shuffle(act)
    p.callback("race", act)
    p.body("p", op("put", "q", value=9), log("put"))
    full = r.random() < 0.4
    return p.main(op("new_queue", as_="q", kind="fifo", maxsize=1 if full else 0), [spawn("g", f"g{i}") for i in range(n)], yields(r.randint(1, 2)), r.choice([act, [soon("race")], [later(1, "race")]]),
                  [spawn("p", f"p{i}") for i in range(2)], sleep(0), cancel("p0", word(r)) if full else [], sleep(2), op("qsize", "q"), [op("done", f"g{i}") for i in range(n)])


@rules(159)
def queue_join(r):
    p = Program()
    n = r.randint(1, 3)
    p.body("worker", op("repeat", n=n, body=[op("get", "q"), steps(r, 0, 2), op("task_done", "q")]))
    p.body("joiner", op("join", "q"), log("joined"))
    return p.main(op("new_queue", as_="q", kind="fifo", maxsize=0), op("task_done", "q"), op("join", "q"), [op("put_nowait", "q", value=i) for i in range(n)], spawn("joiner"), spawn("worker"), op("join", "q"), op("task_done", "q"), sleep(0))


@rules(160)
def queue_shutdown(r):
    p = Program()
    p.body("g", safe(op("get", "q")), safe(op("get", "q")))
    p.body("p", safe(op("put", "q", value=5)), safe(op("put", "q", value=6)))
    p.body("j", op("join", "q"), log("joined"))
    start = r.choice([[spawn("g", "g1"), spawn("g", "g2")], [op("put_nowait", "q", value=1), spawn("p", "p1"), spawn("j", "j1")], [op("put_nowait", "q", value=1), spawn("p"), spawn("g"), spawn("j")]])
    return p.main(op("new_queue", as_="q", kind=r.choice(["fifo", "fifo", "lifo", "priority"]), maxsize=r.choice([0, 1])), start, yields(r.randint(1, 2)), op("shutdown", "q", immediate=r.choice([None, True])), op("put_nowait", "q", value=7), op("get_nowait", "q"), op("qsize", "q"),
                  steps(r, 1, 3), safe(op("put", "q", value=8)), safe(op("get", "q")), op("get_nowait", "q"), op("task_done", "q"), sleep(1))


# --- L, M: context, run

@rules(161, 162)
def context(r):
    p = Program()
    p.body("t", op("get_var", var="v"), op("set_var", var="v", value="task"), sleep(0), op("get_var", var="v"), soon("c"))
    p.body("d", op("get_var", var="v"), op("set_var", var="v", value="direct"))
    p.callback("c", op("get_var", var="v"), op("set_var", var="v", value="callback"), op("get_var", var="v"))
    return p.main(op("get_var", var="v"), op("set_var", var="v", value=1), future("f"), op("add_callback", "f", callback="c"), spawn("t", "t1"), soon("c"), later(1, "c"), op("set_var", var="v", value=2), resolve("f", 1),
                  op("add_callback", "f", callback="c"), sleep(0), op("get_var", var="v"), wait_on(fresh("d")), op("get_var", var="v"), r.choice([[gather("g", [fresh("t"), fresh("d")]), wait_on("g")], [op("wait_for", fresh("d"), timeout=1)]]), op("get_var", var="v"), sleep(1))


@rules(169, 170, 172, 173)
def leftovers(r):
    p = Program()
    p.body("a", attempt(sleep(9), last=[log("a cleanup"), steps(r, 0, 2)]))
    p.body("b", attempt(sleep(9), catch="CancelledError", then=[r.choice([log("ignored"), explode(r)])]), sleep(r.choice([0, 1])), log("b ends"))
    p.body("c", r.choice([[wait_on("f")], [gather("g", [fresh("a"), fresh("a")]), wait_on("g")]]))
    kids = [spawn(b) for b in r.sample("abcab", r.randint(1, 4))]
    ways = r.choice([give(1), explode(r), throw("CancelledError", "own"), [cancel("self", "me"), sleep(0)]])
    return p.main(future("f"), kids, steps(r, 0, 2), ways)


@rules(171)
def spawned_in_shutdown(r):
    p = Program()
    p.body("n", log("new"), steps(r, 0, 6), attempt(sleep(r.choice([0, 5])), last=[log("n ends")]))
    p.body("a", attempt(sleep(9), last=[spawn("n", "n1"), steps(r, 0, 2)]))
    p.callback("k", log("k"), soon("k2"))
    p.callback("k2", log("k2"), spawn("n"))
    return p.main([spawn("a") for _ in range(r.randint(1, 2))], steps(r, 1, 2), soon("k") if r.random() < 0.5 else [], give(1))


@rules(177)
def lost_failures(r):
    p = Program()
    p.body("x", steps(r), explode(r))
    ask = r.choice([[], [op("exception", "t1")], [op("result", "t1")], [cancel("t1")], [safe(wait_on("t1"))], [op("wait", ["t1"])], [op("shield", "t1", as_="s")], [gather("g", ["t1"])]])
    return p.main(spawn("x", "t1"), future("f"), fail("f", "KeyError", "lost"), sleep(1), ask, r.choice([[], [op("exception", "f")], [op("add_callback", "f", callback=p.callback("c", log("c")))]]), sleep(0))


# --- deadlock: nothing can ever happen again

@rules(169)
def deadlock(r):
    p = Program()
    p.body("w", attempt(r.choice([wait_on("f"), op("acquire", "l"), op("get", "q"), op("event_wait", "e")]), last=[log("cleanup"), steps(r, 0, 1)]))
    return p.main(future("f"), op("new_lock", as_="l"), op("acquire", "l"), op("new_event", as_="e"), op("new_queue", as_="q", kind="fifo", maxsize=0), [spawn("w") for _ in range(r.randint(0, 2))], steps(r, 0, 2), sleep(r.choice([0, 1])),
                  r.choice([wait_on("f"), op("acquire", "l"), op("get", "q"), op("event_wait", "e"), attempt(wait_on("f"), last=[sleep(0)])]))
