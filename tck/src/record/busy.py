"""Programs of the third batch: every statement often, so that each kind occurs two hundred times in what every build runs."""
from build import *
from templates import boom, steps, value

BUSY = []  # functions


def busy(function):
    BUSY.append(function)
    return function


def again(n, *body):
    return op("repeat", n=n, body=flat(body))


@busy
def queues(r):
    p = Program()
    kinds = ["fifo", "lifo", "priority"]
    ask = [op("qsize", "q"), op("empty", "q"), op("full", "q")]
    r.shuffle(ask)
    p.body("w", again(8, op("get", "q"), steps(r, 0, 1), op("task_done", "q")))
    work = again(8, op("put_nowait", "q", value=r.randrange(9)), ask, op("get_nowait", "q"), op("task_done", "q"), op("join", "q"))
    more = again(8, op("put", "q", value=r.randrange(9)), sleep(0) if r.random() < 0.5 else [])
    ends = again(8, op("new_queue", as_="e", kind=r.choice(kinds), maxsize=r.randint(0, 2)), op("put_nowait", "e", value=1) if r.random() < 0.5 else [],
                 op("shutdown", "e", immediate=r.choice([None, True])), op("get_nowait", "e"), op("put_nowait", "e", value=2))
    parts = [work, [spawn("w", "w1"), more, sleep(1)], ends]
    r.shuffle(parts)
    return p.main(op("new_queue", as_="q", kind=r.choice(kinds), maxsize=r.randint(1, 3)), parts, op("qsize", "q"))


@busy
def locks(r):
    p = Program()
    p.body("c", again(8, inside("with", "c", op("cond_wait", "c"), op("locked", "c"))))
    p.body("u", again(8, inside("with", "c", op("cond_wait_for", "c", cell="x", value=1), op("set_cell", cell="x", value=0))))
    p.body("e", again(8, op("event_wait", "e"), op("is_set", "e"), steps(r, 1, 2)))
    p.body("b", again(8, safe(op("barrier_wait", "b")), op("n_waiting", "b"), op("broken", "b")))
    tell = [op("notify", "c", n=1), op("notify_all", "c"), op("set_cell", cell="x", value=1)]
    r.shuffle(tell)
    kids = [spawn(k) for k in "cuebb"]
    r.shuffle(kids)
    return p.main(op("new_condition", as_="c"), op("new_event", as_="e"), op("new_barrier", as_="b", parties=2), op("new_barrier", as_="d", parties=1), kids,
                  again(9, steps(r, 0, 1), inside("with", "c", tell), op("set", "e"), op("is_set", "e"), sleep(0), op("clear", "e"), safe(op("barrier_wait", "d")),
                        op(r.choice(["barrier_reset", "barrier_abort"]), "b") if r.random() < 0.5 else []),
                  again(8, op("barrier_abort", "b"), op("broken", "b"), op("barrier_reset", "b"), op("n_waiting", "b")),
                  again(8, op("new_semaphore", as_="s", value=r.randint(0, 2)), op("locked", "s"), op("release", "s"), op("new_bounded_semaphore", as_="d", value=1), op("release", "d")))


@busy
def scopes(r):
    p = Program()
    p.callback("k", log("k"))
    caught = attempt(op("new_timeout", as_="o", delay=0), inside("in_timeout", "o", sleep(1)), catch="Exception", then=[op("cause")])
    change = [op("reschedule", "to", delay=r.choice([1, 2])), op("when", "to"), op("expired", "to"), op("reschedule", "to"), op("when", "to")]
    name = [op("set_name", "self", name="renamed"), op("get_name", "self")]
    handle = [op("add_callback", "g", callback="k"), op("remove_callback", "g", callback="k"), op("call_at", when=r.choice([0, 1]), callback="k", as_="h"), op("cancel_handle", "h"), soon("k", "h"), op("handle_cancelled", "h"), op("cancel_handle", "h"), op("handle_cancelled", "h")]
    same = [op("shield", "f", as_="s"), op("same", "s", **{"with": "f"}), {"op": "if", "is": r.choice([True, None]), "then": [log("same")], "else": [log("other")]}]
    parts = [change, name, handle, same, caught, [call_here("k"), sleep(0)]]
    r.shuffle(parts)
    return p.main(future("f", "g"), resolve("f", value(r)), again(8, op("new_timeout", as_="to", delay=9), inside("in_timeout", "to", parts)))


@busy
def loops(r):
    p = Program()
    p.callback("bad", op("running_loop"), op("raise", exception=boom(r)))
    p.callback("good", op("running_loop"), op("run_nested", kind=r.choice(["own", "other", "forever"])), call_here("last"))
    p.callback("last", log("last"))
    p.body("t", again(8, op("handler_raises", exception=boom(r)), soon(r.choice(["bad", "good"])), op("foreign", as_="x"), op("copy_context", as_="c"), soon("good", context="c"), sleep(0)))
    stop = p.callback("stop", op("stop"), op("is_running"))
    return p.drive([[soon(stop), op("run_forever"), op("is_running")] for _ in range(8)], op("run_until_complete", fresh("t")), [[op("close"), op("is_closed")] for _ in range(8)])


def call_here(callback):
    return op("call_threadsafe", callback=callback)
