"""Makes programs of the language, deterministically from a seed.

    python generate.py --seed 1 --count 5      prints programs, one JSON object a line, with their tags

Three kinds, in turn: a template of `templates.py` (each with its rules as tags), a wild program (random statements over
shared futures, tasks, locks and queues, biased to races), and a composition of two templates that run at once, so that
features meet which nobody thought of together. A program that exceeds the budget of `virtual.VirtualLoop` or
`interpret.MAX_LINES` is dropped by the recorder and the next one taken.
"""
import argparse
import json
import random

import language
from build import *
from busy import BUSY
from more import MORE
from templates import TEMPLATES, boom, delay, value, word

TEMPLATES_ONLY_MAIN = [f for f, _ in TEMPLATES if "main" in f(random.Random(0)).json()["bodies"]]


class Wild:
    """One random program. Body i starts and awaits only bodies of a higher number: programs end, and no two tasks await each
    other (cancelling either would recurse without end, in CPython too)."""

    def __init__(self, r):
        self.r = r
        self.p = Program()
        self.count = r.randint(2, 5)
        self.futures = [f"f{i}" for i in range(r.randint(1, 3))]
        self.resources = set()
        self.calls = r.randint(1, 3)
        self.serial = 0
        self.made = []  # names of gathers and shields

    def program(self):
        for k in range(self.calls):
            self.p.callback(f"k{k}", self.actions(self.count, k, self.r.randint(1, 3)),
                            op("raise", exception=boom(self.r)) if self.r.random() < 0.15 else [])
        for i in range(self.count, 0, -1):
            self.p.body(f"b{i}", self.block(i, self.r.randint(2, 5), 0), self.ending())
        main = [spawn(f"b{i}", f"t{i}") for i in range(1, self.count + 1) if self.r.random() < 0.7]
        main += [later(delay(self.r), f"k{k}", f"h{k}") for k in range(self.calls) if self.r.random() < 0.7]
        main += self.block(0, self.r.randint(2, 6), 0)
        if self.r.random() < 0.6:
            main += [safe(wait_on(f"t{i}")) for i in range(1, self.count + 1)]
        setup = future(*self.futures) + [self.create(x) for x in sorted(self.resources)]
        return self.p.main(setup, main, self.ending())

    def driven(self):
        """The same, but the loop is driven from outside: started, stopped, started again, closed."""
        r = self.r
        for k in range(self.calls):
            self.p.callback(f"k{k}", self.actions(self.count, k, r.randint(1, 2)), op("stop") if r.random() < 0.6 else op("is_running"),
                            op("raise", exception=boom(r)) if r.random() < 0.15 else [])
        self.p.callback("halt", op("stop"), self.action(self.count, self.calls), op("close") if r.random() < 0.3 else [])
        for i in range(self.count, 0, -1):
            self.p.body(f"b{i}", self.block(i, r.randint(2, 4), 1), self.ending())
        out = [spawn(f"b{i}", f"t{i}") for i in range(1, self.count + 1) if r.random() < 0.5]
        for _ in range(r.randint(2, 4)):
            out += flat([self.outside() for _ in range(r.randint(0, 3))])
            out += r.choice([[soon("halt"), op("run_forever")], [later(delay(r), "halt"), op("run_forever")], [op("stop"), op("run_forever")],
                             [op("run_until_complete", self.awaitable(0))], [op("run_until_complete", r.choice(self.futures))]])
            out += r.choice([[], [op("is_running")], [op("all_tasks")], [op("done", r.choice(self.futures))]])
        if r.random() < 0.7:
            out += [op("close"), op("is_closed")] + flat([self.outside() for _ in range(r.randint(0, 2))])
        setup = future(*self.futures) + [self.create(x) for x in sorted(self.resources)]
        return self.p.drive(setup, out)

    def outside(self):
        """An action that needs no running loop."""
        r = self.r
        f, c = r.choice(self.futures), f"k{r.randrange(self.calls)}"
        i = r.randint(1, self.count)
        return r.choice([soon(c), later(r.choice([0, 0.5, 1]), c, "h0"), spawn(f"b{i}", f"t{i}"), op("add_callback", f, callback=c), resolve(f, value(r)), cancel(f, word(r)),
                         cancel(f"t{i}", word(r)), op("cancel_handle", "h0"), op("is_closed"), op("time")])

    def ending(self):
        r = self.r
        return r.choice([[], [], [give(value(r))], [give("$last")], [op("raise", exception=boom(r))], [throw("CancelledError", word(r))]])

    def create(self, name):
        r = self.r
        return {"l": op("new_lock", as_="l"), "e": op("new_event", as_="e"), "c": op("new_condition", as_="c"),
                "s": op(r.choice(["new_semaphore", "new_bounded_semaphore"]), as_="s", value=r.randint(0, 2)),
                "b": op("new_barrier", as_="b", parties=r.randint(1, 3)),
                "q": op("new_queue", as_="q", kind=r.choice(["fifo", "lifo", "priority"]), maxsize=r.randint(0, 2))}[name]

    def use(self, name):
        self.resources.add(name)
        return name

    def name(self, prefix):
        self.serial += 1
        return f"{prefix}{self.serial}"

    def task(self, above=0):
        """A task's name; with `above` only one that body `above` may await."""
        return f"t{self.r.randint(above + 1, self.count)}" if above < self.count else None

    def anything(self, i):
        """A future or task that body i may await."""
        task = self.task(i)
        return task if task and self.r.random() < 0.5 else self.r.choice(self.futures)

    def awaitable(self, i):
        x = self.r.random()
        if x < 0.25 and i < self.count:
            return fresh(f"b{self.r.randint(i + 1, self.count)}")
        if x < 0.4:
            return nap(self.r.choice([0, 0.5, 1]), self.r.randrange(9))
        return self.anything(i)

    def several(self, i):
        """Members for gather and the like: names once, fresh ones as often as wanted."""
        found = []
        for _ in range(self.r.randint(1, 3)):
            a = self.awaitable(i)
            if not isinstance(a, str) or a not in found:
                found.append(a)
        return found

    def block(self, i, n, depth):
        return flat([self.statement(i, depth) for _ in range(n)])

    def statement(self, i, depth):
        x = self.r.random()
        if x < 0.4:
            return self.action(i, -1)
        if x < 0.82 or depth > 1:
            s = self.awaiting(i)
            return safe(s) if self.r.random() < 0.4 else s
        return self.control(i, depth + 1)

    def control(self, i, depth):
        r = self.r
        body = lambda: self.block(i, r.randint(1, 3), depth)
        kind = r.choice(["try", "try", "finally", "finally", "timeout", "timeout", "group", "group", "with", "repeat", "if", "raise"])
        if kind == "try":
            return attempt(body(), catch=r.choice(["Exception", "CancelledError", "TimeoutError", "BaseException", ["ValueError", "CancelledError"]]),
                           then=[op("cause") if r.random() < 0.2 else [], body(), rethrow() if r.random() < 0.4 else []])
        if kind == "finally":
            return attempt(body(), last=body())
        if kind == "timeout":
            t = self.name("to")
            made = op("new_timeout", as_=t, **r.choice([{"delay": r.choice([0, 0.5, 1, 1])}, {"when": r.choice([0, 1, 1, 2])}, {}]))
            inner = body() + ([op("reschedule", t, delay=r.choice([0, 0.5, 1]))] if r.random() < 0.3 else [])
            s = inside("in_timeout", t, inner)
            return [made, safe(s) if r.random() < 0.5 else s, op("expired", t)]
        if kind == "group" and i < self.count:
            g = self.name("g")
            kids = [self.group_spawn(g, i) for _ in range(r.randint(1, 3))]
            s = inside("in_group", g, kids, body())
            return [op("new_group", as_=g), safe(s) if r.random() < 0.5 else s, op("cancelling", "self")]
        if kind == "with":
            return inside("with", self.use(r.choice("lcs")), body())
        if kind == "repeat":
            return op("repeat", n=2, body=body())
        if kind == "if":
            return {"op": "if", "is": r.choice([None, True, 1]), "then": body(), "else": body()}
        return op("raise", exception=boom(r)) if r.random() < 0.5 else sleep(0)

    def group_spawn(self, g, i):
        j = self.r.randint(i + 1, self.count)
        return op("group_spawn", g, body=f"b{j}", as_=f"t{j}")

    def awaiting(self, i):
        r = self.r
        kind = r.choice(["sleep0"] * 6 + ["sleep"] * 3 + ["await"] * 6 + ["fresh"] * 2 + ["gather"] * 4 + ["shield"] * 3 + ["wait"] * 3
                        + ["wait_for"] * 4 + ["as_completed"] * 2 + ["sync"] * 8 + ["custom"] * 2)
        if kind == "sleep0":
            return sleep(0)
        if kind == "sleep":
            return sleep(r.choice([0.5, 1, 1, 2, -1]))
        if kind == "fresh" and i < self.count:
            return wait_on(fresh(f"b{r.randint(i + 1, self.count)}"))
        if kind == "gather":
            g = self.name("g")
            self.made.append(g)
            return [gather(g, self.several(i), r.choice([None, True])), self.action(i, -1) if r.random() < 0.3 else [], wait_on(g)]
        if kind == "shield":
            s = self.name("s")
            self.made.append(s)
            return [op("shield", self.awaitable(i), as_=s), wait_on(s)]
        if kind == "wait":
            names = list(dict.fromkeys(self.anything(i) for _ in range(r.randint(1, 3))))
            return op("wait", names, timeout=r.choice([None, 0, 0.5, 1]), return_when=r.choice([None, "FIRST_COMPLETED", "FIRST_EXCEPTION"]))
        if kind == "wait_for":
            return {"op": "wait_for", "of": self.awaitable(i), "timeout": r.choice([None, 0, 0.5, 1, 1, 2])}
        if kind == "as_completed":
            return op("as_completed", self.several(i), mode=r.choice(["plain", "async"]), timeout=r.choice([None, 0.5, 1]),
                      limit=r.choice([None, None, 1]), catch=r.choice([None, True]))
        if kind == "custom":
            return r.choice([op("custom", kind="pause", n=r.randint(0, 3), value=value(r)), op("custom", kind="absorb"),
                             op("custom", kind="wrap", of=r.choice(self.futures)), op("custom", kind="bare", n=r.randrange(9))])
        if kind == "sync":
            return self.synchronising()
        return wait_on(self.anything(i))

    def synchronising(self):
        r = self.r
        kind = r.choice(["l", "e", "c", "cf", "s", "b", "br", "ba", "put", "get", "get", "join"])
        if kind in "ls":
            return [op("acquire", self.use(kind)), sleep(0) if r.random() < 0.5 else [], op("release", kind)]
        if kind == "e":
            return op("event_wait", self.use("e"))
        if kind == "c":
            return inside("with", self.use("c"), op("cond_wait", "c"))
        if kind == "cf":
            return inside("with", self.use("c"), op("cond_wait_for", "c", cell="x", value=1))
        if kind in ("b", "br", "ba"):
            return op({"b": "barrier_wait", "br": "barrier_reset", "ba": "barrier_abort"}[kind], self.use("b"))
        if kind == "put":
            return op("put", self.use("q"), value=r.randrange(9))
        return op(kind, self.use("q"))

    def actions(self, i, k, n):
        return [self.action(i, k) for _ in range(n)]

    def action(self, i, k):
        """A random action, or a race: some that belong together. In callback k (else -1) only later callbacks are scheduled."""
        r = self.r
        f, t = r.choice(self.futures), self.task()
        kind = r.choice(["set"] * 4 + ["race"] * 4 + ["cancel"] * 4 + ["spawn"] * 2 + ["query"] * 3 + ["call"] * 4 + ["sync"] * 5
                        + ["uncancel", "log", "var", "name", "tasks", "handle", "cancelf", "cancels"])
        if kind == "set":
            return r.choice([resolve(f, value(r)), resolve(f, value(r)), op("set_exception", f, exception=boom(r)), fail(f, r.choice(["CancelledError", "TimeoutError", "Fatal"]), word(r))])
        if kind == "race":
            pair = [resolve(f, value(r)), cancel(t, word(r))]
            more = r.choice([[], [cancel(t, word(r))], [op("uncancel", t)], [cancel(f)], [op("add_callback", f, callback=f"k{self.calls - 1}")] if k < self.calls - 1 else []])
            both = pair + more
            r.shuffle(both)
            return both
        if kind == "cancel":
            return cancel(t, word(r))
        if kind == "cancelf":
            return cancel(r.choice(self.made + [f]), word(r))
        if kind == "cancels":
            return cancel("self", word(r))
        if kind == "spawn":
            j = r.randint(i + 1, self.count) if i < self.count else None
            return spawn(f"b{j}", f"t{j}", r.choice([None, None, f"job{j}"])) if j else log("no one to spawn")
        if kind == "query":
            return op(r.choice(["done", "cancelled", "result", "exception"]), r.choice([f, t] + self.made[-1:])) if r.random() < 0.7 else op("cancelling", r.choice([t, "self"]))
        if kind == "call" and k < self.calls - 1:
            c = f"k{r.randint(k + 1, self.calls - 1)}"
            return r.choice([soon(c, f"h{c[1:]}"), later(r.choice([0, 0.5, 1, -1]), c, f"h{c[1:]}"), op("call_at", when=r.choice([0, 1, 2]), callback=c),
                             op("add_callback", r.choice([f, t]), callback=c), op("remove_callback", f, callback=c)])
        if kind == "handle":
            return op(r.choice(["cancel_handle", "handle_cancelled"]), f"h{r.randrange(self.calls)}")
        if kind == "uncancel":
            return op("uncancel", r.choice([t, "self"]))
        if kind == "var":
            return op("set_var", var="v", value=r.randrange(9)) if r.random() < 0.5 else op("get_var", var="v")
        if kind == "name":
            return r.choice([op("get_name", t), op("set_name", t, name=f"n{r.randrange(3)}"), op("current_task")])
        if kind == "tasks":
            return r.choice([op("all_tasks"), op("time")])
        if kind == "sync":
            return self.releasing()
        return log(r.choice(["a", "b", "$last"]))

    def releasing(self):
        r = self.r
        x = self.use(r.choice("leecsqqb"))
        if x == "e":
            return r.choice([op("set", "e"), [op("set", "e"), op("clear", "e")], op("clear", "e"), op("is_set", "e")])
        if x == "c":
            return r.choice([op("set_cell", cell="x", value=r.randint(0, 1)), op("notify", "c", n=1), op("notify_all", "c"), op("locked", "c")])
        if x == "q":
            return r.choice([op("put_nowait", "q", value=r.randrange(9)), op("put_nowait", "q", value=r.randrange(9)), op("get_nowait", "q"), op("task_done", "q"),
                             op("qsize", "q"), op("empty", "q"), op("full", "q"), op("shutdown", "q", immediate=r.choice([None, True])) if r.random() < 0.7 else op("qsize", "q")])
        if x == "b":
            return op(r.choice(["n_waiting", "broken"]), "b")
        return op(r.choice(["release", "locked"]), x)


REFERENCES = ("as", "with", "lock", "cell", "var", "callback")


def renamed(program, prefix):
    """The program with all its names (but `self`) under a prefix, so that two can live in one."""
    def ref(x):
        if isinstance(x, dict):
            return {**x, "body": prefix + x["body"]} if "body" in x else x
        return x if x == "self" else prefix + x
    program = json.loads(json.dumps(program))  # no statement is shared any more
    for s in language.statements(program):
        for field in REFERENCES:
            if field in s:
                s[field] = prefix + s[field]
        if isinstance(s.get("body"), str):
            s["body"] = prefix + s["body"]
        if "of" in s:
            s["of"] = [ref(x) for x in s["of"]] if isinstance(s["of"], list) else ref(s["of"])
    return ({prefix + k: v for k, v in program["bodies"].items()},
            {prefix + k: v for k, v in program.get("callbacks", {}).items()})


def composition(r):
    """Two templates at once, under something that connects them."""
    p = Program()
    for prefix in "AB":
        bodies, callbacks = renamed(r.choice(TEMPLATES_ONLY_MAIN)(r).json(), prefix)
        p.bodies.update(bodies)
        p.callbacks.update(callbacks)
    a, b = fresh("Amain"), fresh("Bmain")
    both = [spawn("Amain", "A"), spawn("Bmain", "B")]
    return p.main(r.choice([
        [gather("g", [a, b], r.choice([None, True])), safe(wait_on("g"))],
        [op("new_group", as_="g"), safe(inside("in_group", "g", op("group_spawn", "g", body="Amain"), op("group_spawn", "g", body="Bmain")))],
        [both, op("wait", ["A", "B"], return_when=r.choice([None, "FIRST_COMPLETED", "FIRST_EXCEPTION"]), timeout=r.choice([None, 1]))],
        [spawn("Bmain", "B"), safe({"op": "wait_for", "of": a, "timeout": r.choice([None, 0.5, 1, 2])}), safe(wait_on("B"))],
        [both, yields(r.randint(1, 5)), cancel("A", word(r)), safe(wait_on("A")), safe(wait_on("B"))],
        [both, op("shield", "A", as_="s"), op("new_timeout", as_="to", delay=delay(r)), safe(inside("in_timeout", "to", wait_on("s"))), cancel("B", word(r))],
        [op("as_completed", [a, b], mode=r.choice(["plain", "async"]), catch=True)],
    ]), give(r.choice([1, "$last"])))


def varied(r, p):
    """A template's program, often with something running beside it, or with its main part inside of something: turns are the same there."""
    for n in range(r.randint(0, 2)):
        p.body(f"z{n}", r.choice([[op("repeat", n=r.randint(1, 5), body=[sleep(0), log("z")])], [sleep(delay(r)), log("z"), sleep(delay(r))], [yields(r.randint(1, 4)), op("all_tasks")]]))
    beside = [spawn(z, z) for z in p.bodies if z.startswith("z")]
    r.shuffle(beside)
    if hasattr(p, "driven"):
        p.driven[:0] = beside
        return p
    main = p.bodies["main"]
    inside_of = r.randrange(9)
    if inside_of > 3:
        main[:0] = beside + r.choice([[], yields(1), [sleep(0.5)] if r.random() < 0.2 else []])
        return p
    p.body("zmain", main)
    around = [[spawn("zmain", "zm"), safe(wait_on("zm"))], [safe(wait_on(fresh("zmain")))],
              [op("new_group", as_="zg"), safe(inside("in_group", "zg", op("group_spawn", "zg", body="zmain")))],
              [op("new_timeout", as_="zt", delay=50), safe(inside("in_timeout", "zt", wait_on(fresh("zmain"))))]][inside_of]
    return p.main(beside, around, give("$last"))


def prelude(r):
    """What a program of the second batch begins with, so that its statements occur often."""
    z = [op("copy_context", as_="zc"), op("foreign", as_="zf"), op("handler_raises", exception=boom(r)) if r.random() < 0.4 else []]
    r.shuffle(z)
    return flat(z)


BATCHES = {"first": lambda number: False, "more": lambda number: True, "busy": lambda number: True, "all": lambda number: number % 6 == 5}

FIRST_ID = {"first": 0, "more": 100_000, "busy": 200_000, "all": 0}  # so that the files that ship share no number


def make(seed, number, batch="first"):
    """Program `number` of a seed: (tags, program). A batch is of templates, wild ones and compositions, of `more`, of `busy`, or of the first two."""
    r = random.Random(f"{seed}/{number}")
    if batch == "busy":
        template = BUSY[number % len(BUSY)]
        program = template(r).json()
        language.validate(program)
        return {"template": template.__name__, "rules": []}, program
    if BATCHES[batch](number):
        template, numbers = MORE[number % len(MORE) if batch == "more" else number // 6 % len(MORE)]
        program = varied(r, template(r)).json()
        (program.get("drive") or program["bodies"]["main"])[:0] = prelude(r)
        language.validate(program)
        return {"template": template.__name__, "rules": list(numbers)}, program
    kind = number % 5
    if kind < 2:
        template, numbers = TEMPLATES[(number // 5 * 2 + kind) % len(TEMPLATES)]
        tags, p = {"template": template.__name__, "rules": list(numbers)}, varied(r, template(r))
    elif kind < 4:
        tags, p = {"template": "wild"}, Wild(r).driven() if r.random() < 0.06 else Wild(r).program()
    else:
        tags, p = {"template": "composition"}, composition(r)
    program = p.json()
    language.validate(program)
    return tags, program


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=10)
    options.add_argument("--batch", choices=BATCHES, default="all")
    options = options.parse_args()
    for number in range(options.count):
        tags, program = make(options.seed, number, options.batch)
        print(json.dumps({**tags, "program": program}, separators=(",", ":")))
