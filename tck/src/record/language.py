"""The statements of the language: which there are, what fields they have, what they mean.

This table is the one definition of the vocabulary: programs are validated against it, the Java side is compared with it, and
`python language.py` prints it as the table of README.md.
"""

# op -> (fields, meaning). A field ending in ? may be absent.
ACTIONS = {
    "log": ("text", "write a line; the value is the text (`$last` for the last value)"),
    "set_cell": ("cell value", "set a shared plain variable of the program"),
    "time": ("", "the loop's time"),
    "running_loop": ("", "is the program's loop the one that runs here?"),
    "current_task": ("", "name of the running task, null in a callback"),
    "all_tasks": ("", "names of the unfinished tasks, in order of creation"),
    "get_var": ("var", "read a context variable (null when not set)"),
    "set_var": ("var value", "set a context variable"),
    "copy_context": ("as", "a copy of the current context, for statements with a field `context`"),
    "future": ("as", "a new future of the loop"),
    "foreign": ("as", "a new future of another loop, which never runs"),
    "set_result": ("of value", "on a future"),
    "set_exception": ("of exception", "on a future; exception = {type, message?}"),
    "cancel": ("of message?", "a future, task, gather or shield; the value is what `cancel` answers"),
    "uncancel": ("of", "on a task; the value is the count that remains"),
    "cancelling": ("of", "the task's count of cancel requests"),
    "done": ("of", "is it done?"),
    "cancelled": ("of", "is it cancelled?"),
    "result": ("of", "its result, or the error of asking"),
    "exception": ("of", "its exception (null: success), or the error of asking"),
    "get_name": ("of", "a task's name"),
    "set_name": ("of name", "rename a task"),
    "same": ("of with", "are both names the same object?"),
    "add_callback": ("of callback context?", "add a done-callback"),
    "remove_callback": ("of callback", "remove a done-callback; the value is how many were removed"),
    "call_soon": ("callback as? context?", "schedule a callback; `as` names the handle"),
    "call_threadsafe": ("callback as?", "`call_soon_threadsafe`, while the loop runs, and from its own thread"),
    "call_later": ("delay callback as?", "schedule it after a delay (zero and negative too)"),
    "call_at": ("when callback as?", "schedule it at a loop time"),
    "cancel_handle": ("of", "cancel a handle"),
    "handle_cancelled": ("of", "is the handle cancelled?"),
    "spawn": ("body as? name? context?", "create a task of a fresh coroutine; the value is its name"),
    "gather": ("of as return_exceptions?", "start `gather` of a list of awaitables and name its future"),
    "shield": ("of as", "start `shield` of an awaitable and name its future"),
    "new_lock": ("as", "a Lock"),
    "new_event": ("as", "an Event"),
    "new_condition": ("as lock?", "a Condition (on a named Lock)"),
    "new_semaphore": ("as value", "a Semaphore"),
    "new_bounded_semaphore": ("as value", "a BoundedSemaphore"),
    "new_barrier": ("as parties", "a Barrier"),
    "new_queue": ("as kind maxsize", "kind = fifo, lifo, priority"),
    "release": ("of", "a lock, condition or semaphore"),
    "locked": ("of", "of the same"),
    "set": ("of", "an event"),
    "clear": ("of", "an event"),
    "is_set": ("of", "an event"),
    "notify": ("of n", "a condition"),
    "notify_all": ("of", "a condition"),
    "n_waiting": ("of", "a barrier"),
    "broken": ("of", "a barrier"),
    "put_nowait": ("of value", "a queue"),
    "get_nowait": ("of", "a queue"),
    "qsize": ("of", "a queue"),
    "empty": ("of", "a queue"),
    "full": ("of", "a queue"),
    "task_done": ("of", "a queue"),
    "shutdown": ("of immediate?", "a queue"),
    "new_timeout": ("as delay? when?", "`timeout(delay)` or `timeout_at(when)`, not entered; null: never"),
    "reschedule": ("of when? delay?", "to a loop time, or to now + delay; neither: disarm"),
    "expired": ("of", "a timeout"),
    "when": ("of", "a timeout's deadline"),
    "new_group": ("as", "a TaskGroup, not entered"),
    "group_spawn": ("of body as? name?", "the group's `create_task`; the value is the task's name"),
    "cause": ("", "in an except part: the cause of what was caught"),
    "stop": ("", "stop the loop (driven programs only)"),
    "close": ("", "close the loop (driven programs only)"),
    "run_nested": ("kind", "run a loop where one is running: kind = own, other (until a future is complete), forever (own)"),
    "handler_raises": ("exception", "from now on the exception handler throws, after its line"),
    "is_running": ("", "of the loop"),
    "is_closed": ("", "of the loop"),
}

AWAITS = {
    "sleep": ("seconds value?", "`sleep`, zero and negative too"),
    "await": ("of", "await an awaitable"),
    "wait": ("of timeout? return_when?", "`wait` for a list of names; the value lists the names done and pending"),
    "as_completed": ("of mode timeout? limit? catch?", "iterate; see above"),
    "wait_for": ("of timeout", "`wait_for` an awaitable; timeout null: none"),
    "acquire": ("of", "a lock, condition or semaphore"),
    "event_wait": ("of", "an event"),
    "cond_wait": ("of", "a condition"),
    "cond_wait_for": ("of cell value", "a condition, until the cell equals the value"),
    "barrier_wait": ("of", "the value is the index"),
    "barrier_reset": ("of", ""),
    "barrier_abort": ("of", ""),
    "put": ("of value", "a queue"),
    "get": ("of", "a queue"),
    "join": ("of", "a queue"),
    "custom": ("kind n? value? of?", "await an object with its own await protocol; see above"),
}

CONTROL = {
    "try": ("body except? finally?", "except = list of {kinds, body}: the first that fits runs"),
    "repeat": ("n body", "the body n times"),
    "if": ("is then else?", "compare the last value"),
    "raise": ("exception?", "raise {type, message?}; without: raise again what was caught"),
    "return": ("value", "only as the last statement of a body"),
    "with": ("of body", "`async with` a lock, condition or semaphore"),
    "in_timeout": ("of body", "`async with` a timeout"),
    "in_group": ("of body", "`async with` a task group"),
}

DRIVE = {
    "run_until_complete": ("of", "a name or a fresh body"),
    "run_forever": ("", "until `stop`"),
}

ALL = {**ACTIONS, **AWAITS, **CONTROL, **DRIVE}

EXCEPTIONS = ("ValueError", "KeyError", "RuntimeError", "TimeoutError", "CancelledError", "Fatal", "SystemExit")


def statements(program):
    """Every statement of a program, nested ones included."""
    for block in [*program["bodies"].values(), *program.get("callbacks", {}).values(), program.get("drive", [])]:
        yield from _within(block)


def _within(block):
    for s in block:
        yield s
        for part in ("body", "then", "else", "finally"):
            if isinstance(s.get(part), list):
                yield from _within(s[part])
        for handler in s.get("except", ()):
            yield from _within(handler["body"])


def validate(program):
    """Fail when a program is not of the language: an unknown statement or field, a body that isn't there."""
    bodies, callbacks = program["bodies"], program.get("callbacks", {})
    for s in statements(program):
        fields = ALL[s["op"]][0].split()
        allowed = {f.rstrip("?") for f in fields}
        needed = {f for f in fields if not f.endswith("?")}
        given = set(s) - {"op"}
        assert needed <= given <= allowed, s
        if isinstance(s.get("body"), str):
            assert s["body"] in bodies, s
        assert s["op"] != "run_nested" or s not in program.get("drive", ()), "nothing runs there"
        if "callback" in s:
            assert s["callback"] in callbacks, s
        for ref in s["of"] if isinstance(s.get("of"), list) else [s.get("of")]:
            if isinstance(ref, dict) and "body" in ref:
                assert ref["body"] in bodies, s
        assert "exception" not in s or s["exception"]["type"] in EXCEPTIONS, s
    for block in callbacks.values():
        assert all(s["op"] in ACTIONS or s["op"] == "raise" for s in block)
    for block in program.get("drive", ()):
        assert block["op"] in ACTIONS or block["op"] in DRIVE
    for name, block in bodies.items():
        for s in _within(block):
            assert s["op"] != "return" or s is block[-1], name
            assert s["op"] not in DRIVE, name
    assert ("drive" in program) != ("main" in bodies)


if __name__ == "__main__":
    for title, ops in (("Actions", ACTIONS), ("Awaits", AWAITS), ("Control", CONTROL), ("Driving", DRIVE)):
        print(f"**{title}**\n\n| op | fields | meaning |\n|---|---|---|")
        for op, (fields, meaning) in ops.items():
            print(f"| `{op}` | {' '.join(f'`{f}`' for f in fields.split())} | {meaning} |")
        print()
