"""Runs one program of the language on CPython's asyncio and records its trace (see README.md).

    python interpret.py program.json     prints the trace; TRACE_TASKS=pure uses the Task of pure Python
"""
import virtual  # first: it chooses the implementation of Task
import asyncio
import contextvars
import functools
import gc
import json
import logging
import sys
import warnings
from asyncio import events

import language
import normal

warnings.simplefilter("ignore")
logging.disable()
sys.unraisablehook = lambda unraisable: None
gc.disable()  # nothing may end because the collector ran

MAX_LINES = 400


class Fatal(BaseException):
    """A failure that is no Exception."""


class Unset(Exception):
    """A statement names something that does not exist (yet)."""


EXCEPTIONS = {"ValueError": ValueError, "KeyError": KeyError, "RuntimeError": RuntimeError,
              "TimeoutError": TimeoutError, "CancelledError": asyncio.CancelledError, "Fatal": Fatal, "SystemExit": SystemExit}


def make_exception(spec):
    kind = EXCEPTIONS[spec["type"]]
    return kind(spec["message"]) if "message" in spec else kind()


class Frame:
    """What one run of a body or callback knows: its last value and what its except part caught."""
    last = None
    caught = None


class Custom:
    """An awaitable with its own `__await__`."""

    def __init__(self, run, kind, n, value, target):
        self.run, self.kind, self.n, self.value, self.target = run, kind, n, value, target

    def __await__(self):
        if self.kind == "pause":        # yields nothing, n times
            for _ in range(self.n):
                yield None
            return self.value
        if self.kind == "bare":         # yields what is no future
            yield self.n
            return self.value
        if self.kind == "trust":        # yields a future, done or not, and takes it for granted that it succeeds
            self.target._asyncio_future_blocking = True
            yield self.target
            return self.value
        if self.kind == "absorb":       # answers whatever is thrown at it
            try:
                yield None
            except BaseException as e:
                return normal.exception(e)
            return self.value
        if self.kind == "wrap":         # hands on to the protocol of another awaitable
            self.run.line("custom begins")
            result = yield from self.target.__await__()
            self.run.line(f"custom got {normal.value(result)}")
            return result


class Run:
    """One run of one program."""

    def __init__(self, program):
        self.program = program
        self.lines = []
        self.names = {}
        self.cells = {}
        self.vars = {}
        self.callbacks = {}
        self.handler_raises = None
        self.ended = self.closed = False
        self.loop = virtual.VirtualLoop()
        self.loop.on_deadlock = lambda: self.line("deadlock")
        self.loop.set_exception_handler(self.report)

    # --- the trace

    def line(self, event):
        """Add a line: time, turn, task, event."""
        if self.closed:
            return
        if len(self.lines) >= MAX_LINES:
            self.loop.over_budget = True
            return
        task = self.current()
        turn = "-" if self.ended else self.loop.turn
        self.lines.append(f"{normal.number(self.loop.now)} {turn} {task.get_name() if task else '-'} {event}")

    def current(self):
        return asyncio.current_task() if events._get_running_loop() else None

    def report(self, loop, context):
        """The loop's exception handler."""
        message = context["message"]
        if message.startswith("Exception in callback"):
            self.line(f"report callback {normal.exception(context['exception'])}")
        elif message == "unhandled exception during asyncio.run() shutdown":
            self.line(f"report leftover {context['task'].get_name()} {normal.exception(context['exception'])}")
        elif "its parent task" in message:
            self.line(f"report orphan {context['task'].get_name()} {normal.exception(context['exception'])}")
        elif "never retrieved" not in message and "was destroyed" not in message and not self.closed:
            raise AssertionError(message)
        if self.handler_raises and not self.closed:
            raise make_exception(self.handler_raises)

    def record(self):
        """Run the program and return its trace, or None when it exceeds the budget."""
        try:
            if "drive" in self.program:
                self.drive()
            else:
                try:
                    value = asyncio.run(self.coroutine("main"), loop_factory=lambda: self.loop)
                except virtual.BudgetExceeded:
                    pass
                except BaseException as e:
                    self.ended = True
                    self.line(f"end ! {normal.exception(e)}")
                else:
                    self.ended = True
                    self.line(f"end = {normal.value(value)}")
        finally:
            self.finish()
        return None if self.loop.over_budget else self.lines

    def finish(self):
        """What is left pending, and the failures that nobody asked for."""
        left = [t.get_name() for t in self.loop.tasks if not t.done()]
        if left:
            self.line(f"left [{', '.join(left)}]")
        lost = []
        for f in self.loop.tasks + self.loop.futures:
            if f._log_traceback:
                who = f"task {f.get_name()}" if isinstance(f, asyncio.Task) else f"future {self.label(f)}"
                lost.append(f"lost {who} {normal.exception(f._exception)}")
                f._log_traceback = False
        for text in sorted(lost):
            self.line(text)
        self.closed = True
        self.loop.close()

    def drive(self):
        """A program that drives the loop itself."""
        frame = Frame()
        for s in self.program["drive"]:
            try:
                self.act(s, frame)
            except virtual.BudgetExceeded:
                return
        self.ended = True
        self.line("end")

    # --- names

    def get(self, name):
        found = self.current() if name == "self" else self.names.get(name)
        if found is None:
            raise Unset()
        return found

    def bind(self, s, thing):
        if "as" in s:
            self.names[s["as"]] = thing
        return thing

    def label(self, thing):
        """The program's (first) name for a thing, a task's own name when it has none."""
        for name, named in self.names.items():
            if named is thing:
                return name
        return thing.get_name() if isinstance(thing, asyncio.Task) else "-"

    def awaitable(self, ref):
        if isinstance(ref, str):
            return self.get(ref)
        if "body" in ref:
            return self.coroutine(ref["body"])
        return asyncio.sleep(ref["sleep"], ref.get("value"))

    def awaitables(self, refs):
        """A list of awaitables; names that are not set are left out."""
        return [self.awaitable(r) for r in refs if not (isinstance(r, str) and self.missing(r))]

    def missing(self, name):
        return (self.current() if name == "self" else self.names.get(name)) is None

    def value(self, v, frame):
        return frame.last if v == "$last" else v

    # --- bodies, callbacks, statements

    async def coroutine(self, name):
        """One run of a body."""
        self.line(f"start {name}")
        frame = Frame()
        try:
            await self.block(self.program["bodies"][name], frame)
        except GeneratorExit:
            raise
        except BaseException as e:
            self.line(f"raise {name} {normal.exception(e)}")
            raise
        value = frame.returned
        self.line(f"return {name} {normal.value(value)}")
        return value

    async def block(self, statements, frame):
        frame.returned = None
        for s in statements:
            op = s["op"]
            if op in language.ACTIONS:
                self.act(s, frame)
            elif op in language.AWAITS:
                await self.awaiting(s, frame)
            elif op == "return":
                frame.returned = self.value(s["value"], frame)
            else:
                await getattr(self, "control_" + op)(s, frame)

    def callback(self, name):
        """The function of a callback: always the same object, so that it can be removed."""
        if name not in self.callbacks:
            self.callbacks[name] = functools.partial(self.called, name)
        return self.callbacks[name]

    def called(self, name, future=None):
        state = "" if future is None else " cancelled" if future.cancelled() else " finished"
        self.line(f"callback {name}{state}")
        frame = Frame()
        for s in self.program["callbacks"][name]:
            if s["op"] == "raise":
                raise make_exception(s["exception"])
            self.act(s, frame)

    def key(self, s):
        """What a statement is called in the trace: its op and what it is about."""
        def ref(r):
            return r if isinstance(r, str) else f"body:{r['body']}" if "body" in r else f"sleep:{normal.number(r['sleep'])}"
        words = [s["op"]]
        if isinstance(s.get("of"), list):
            words.append("[" + ", ".join(ref(r) for r in s["of"]) + "]")
        elif "of" in s:
            words.append(ref(s["of"]))
        for field in ("body", "callback", "var", "cell", "kind", "as"):
            if isinstance(s.get(field), str):
                words.append(s[field])
        return " ".join(words)

    def act(self, s, frame):
        """An action: never waits, never throws; its error is written instead."""
        try:
            frame.last = getattr(self, "do_" + s["op"])(s, frame)
            self.line(f"{self.key(s)} = {normal.value(frame.last)}")
        except Unset:
            frame.last = None
            self.line(f"{self.key(s)} unset")
        except (GeneratorExit, virtual.BudgetExceeded):
            raise
        except BaseException as e:
            frame.last = None
            self.line(f"{self.key(s)} ! {normal.exception(e)}")

    async def awaiting(self, s, frame):
        """An await: writes its value or error when it ends, and throws the error."""
        try:
            frame.last = await getattr(self, "await_" + s["op"])(s, frame)
            self.line(f"{self.key(s)} = {normal.value(frame.last)}")
        except Unset:
            frame.last = None
            self.line(f"{self.key(s)} unset")
        except GeneratorExit:
            raise
        except BaseException as e:
            frame.last = None
            self.line(f"{self.key(s)} ! {normal.exception(e)}")
            raise

    # --- control

    async def control_try(self, s, frame):
        try:
            try:
                await self.block(s["body"], frame)
            except GeneratorExit:
                raise
            except BaseException as e:
                handler = next((h for h in s.get("except", ()) if any(self.fits(e, k) for k in h["kinds"])), None)
                if handler is None:
                    raise
                self.line(f"caught {normal.exception(e)}")
                outer, frame.caught, frame.last = frame.caught, e, None
                try:
                    await self.block(handler["body"], frame)
                finally:
                    frame.caught = outer
        finally:
            await self.block(s.get("finally", ()), frame)

    def fits(self, e, kind):
        return (kind == "BaseException" or kind == "Exception" and isinstance(e, Exception)
                or kind == type(e).__name__)

    async def control_repeat(self, s, frame):
        for _ in range(s["n"]):
            await self.block(s["body"], frame)

    async def control_if(self, s, frame):
        # true and 1 are not equal here
        same = normal.value(frame.last) == normal.value(s["is"])
        await self.block(s["then"] if same else s.get("else", ()), frame)

    async def control_raise(self, s, frame):
        raise make_exception(s["exception"]) if "exception" in s else frame.caught

    async def inside(self, s, frame, trace_entry):
        if self.missing(s["of"]):
            self.line(f"{self.key(s)} unset")
            return
        try:
            async with self.get(s["of"]):
                if trace_entry:
                    self.line(f"{self.key(s)} enter")
                await self.block(s["body"], frame)
        except GeneratorExit:
            raise
        except BaseException as e:
            frame.last = None
            self.line(f"{self.key(s)} ! {normal.exception(e)}")
            raise
        frame.last = None
        self.line(f"{self.key(s)} = null")

    async def control_with(self, s, frame):
        await self.inside(s, frame, True)

    async def control_in_timeout(self, s, frame):
        await self.inside(s, frame, False)

    async def control_in_group(self, s, frame):
        await self.inside(s, frame, False)

    # --- awaits

    async def await_sleep(self, s, frame):
        return await asyncio.sleep(s["seconds"], s.get("value"))

    async def await_await(self, s, frame):
        return await self.awaitable(s["of"])

    async def await_wait(self, s, frame):
        members = {r: self.names[r] for r in s["of"] if not self.missing(r)}
        done, pending = await asyncio.wait(
            list(members.values()), timeout=s.get("timeout"), return_when=s.get("return_when", "ALL_COMPLETED"))
        return [[r for r in members if members[r] in done], [r for r in members if members[r] in pending]]

    async def await_as_completed(self, s, frame):
        count = 0
        limit = s.get("limit", 1000)
        members = self.awaitables(s["of"])
        if s["mode"] == "async":
            async for f in asyncio.as_completed(members, timeout=s.get("timeout")):
                self.line(f"item {self.label(f)}")
                count += 1
                if count == limit:
                    break
        else:
            for item in asyncio.as_completed(members, timeout=s.get("timeout")):
                try:
                    self.line(f"item = {normal.value(await item)}")
                except Exception as e:
                    self.line(f"item ! {normal.exception(e)}")
                    if not s.get("catch"):
                        raise
                count += 1
                if count == limit:
                    break
        return count

    async def await_wait_for(self, s, frame):
        return await asyncio.wait_for(self.awaitable(s["of"]), s["timeout"])

    async def await_acquire(self, s, frame):
        await self.get(s["of"]).acquire()

    async def await_event_wait(self, s, frame):
        await self.get(s["of"]).wait()

    async def await_cond_wait(self, s, frame):
        await self.get(s["of"]).wait()

    async def await_cond_wait_for(self, s, frame):
        await self.get(s["of"]).wait_for(lambda: self.cells.get(s["cell"]) == s["value"])

    async def await_barrier_wait(self, s, frame):
        return await self.get(s["of"]).wait()

    async def await_barrier_reset(self, s, frame):
        await self.get(s["of"]).reset()

    async def await_barrier_abort(self, s, frame):
        await self.get(s["of"]).abort()

    async def await_put(self, s, frame):
        await self.get(s["of"]).put(self.value(s["value"], frame))

    async def await_get(self, s, frame):
        return await self.get(s["of"]).get()

    async def await_join(self, s, frame):
        await self.get(s["of"]).join()

    async def await_custom(self, s, frame):
        target = self.awaitable(s["of"]) if "of" in s else None
        return await Custom(self, s["kind"], s.get("n", 1), s.get("value"), target)

    # --- actions

    def do_log(self, s, frame):
        return self.value(s["text"], frame)

    def do_set_cell(self, s, frame):
        self.cells[s["cell"]] = s["value"]

    def do_time(self, s, frame):
        return float(self.loop.time())

    def do_running_loop(self, s, frame):
        return events._get_running_loop() is self.loop

    def do_current_task(self, s, frame):
        task = self.current()
        return task and task.get_name()

    def do_all_tasks(self, s, frame):
        return [t.get_name() for t in asyncio.all_tasks(self.loop)]

    def var(self, name):
        if name not in self.vars:
            self.vars[name] = contextvars.ContextVar(name, default=None)
        return self.vars[name]

    def do_get_var(self, s, frame):
        return self.var(s["var"]).get()

    def do_set_var(self, s, frame):
        self.var(s["var"]).set(s["value"])

    def do_copy_context(self, s, frame):
        self.bind(s, contextvars.copy_context())

    def context(self, s):
        """The argument `context`, where there is one: None for it is not the same as none."""
        return {"context": self.get(s["context"])} if "context" in s else {}

    def do_foreign(self, s, frame):
        self.bind(s, virtual.VirtualLoop().create_future())

    def do_future(self, s, frame):
        self.bind(s, self.loop.create_future())

    def do_set_result(self, s, frame):
        self.get(s["of"]).set_result(self.value(s["value"], frame))

    def do_set_exception(self, s, frame):
        self.get(s["of"]).set_exception(make_exception(s["exception"]))

    def do_cancel(self, s, frame):
        target = self.get(s["of"])
        return target.cancel(s["message"]) if "message" in s else target.cancel()

    def do_uncancel(self, s, frame):
        return self.get(s["of"]).uncancel()

    def do_cancelling(self, s, frame):
        return self.get(s["of"]).cancelling()

    def do_done(self, s, frame):
        return self.get(s["of"]).done()

    def do_cancelled(self, s, frame):
        return self.get(s["of"]).cancelled()

    def do_result(self, s, frame):
        return self.get(s["of"]).result()

    def do_exception(self, s, frame):
        return self.get(s["of"]).exception()

    def do_get_name(self, s, frame):
        return self.get(s["of"]).get_name()

    def do_set_name(self, s, frame):
        self.get(s["of"]).set_name(s["name"])

    def do_same(self, s, frame):
        return self.get(s["of"]) is self.get(s["with"])

    def do_add_callback(self, s, frame):
        self.get(s["of"]).add_done_callback(self.callback(s["callback"]), **self.context(s))

    def do_remove_callback(self, s, frame):
        return self.get(s["of"]).remove_done_callback(self.callback(s["callback"]))

    def do_call_soon(self, s, frame):
        self.bind(s, self.loop.call_soon(self.callback(s["callback"]), **self.context(s)))

    def do_call_threadsafe(self, s, frame):
        self.bind(s, self.loop.call_soon_threadsafe(self.callback(s["callback"])))

    def do_call_later(self, s, frame):
        self.bind(s, self.loop.call_later(s["delay"], self.callback(s["callback"])))

    def do_call_at(self, s, frame):
        self.bind(s, self.loop.call_at(s["when"], self.callback(s["callback"])))

    def do_cancel_handle(self, s, frame):
        self.get(s["of"]).cancel()

    def do_handle_cancelled(self, s, frame):
        return self.get(s["of"]).cancelled()

    def do_spawn(self, s, frame):
        return self.bind(s, self.loop.create_task(self.coroutine(s["body"]), name=s.get("name"), **self.context(s))).get_name()

    def do_gather(self, s, frame):
        outer = asyncio.gather(*self.awaitables(s["of"]), return_exceptions=s.get("return_exceptions", False))
        if outer not in self.loop.futures:
            self.loop.futures.append(outer)
        self.bind(s, outer)

    def do_shield(self, s, frame):
        self.bind(s, asyncio.shield(self.awaitable(s["of"])))

    def do_new_lock(self, s, frame):
        self.bind(s, asyncio.Lock())

    def do_new_event(self, s, frame):
        self.bind(s, asyncio.Event())

    def do_new_condition(self, s, frame):
        self.bind(s, asyncio.Condition(self.get(s["lock"]) if "lock" in s else None))

    def do_new_semaphore(self, s, frame):
        self.bind(s, asyncio.Semaphore(s["value"]))

    def do_new_bounded_semaphore(self, s, frame):
        self.bind(s, asyncio.BoundedSemaphore(s["value"]))

    def do_new_barrier(self, s, frame):
        self.bind(s, asyncio.Barrier(s["parties"]))

    def do_new_queue(self, s, frame):
        kinds = {"fifo": asyncio.Queue, "lifo": asyncio.LifoQueue, "priority": asyncio.PriorityQueue}
        self.bind(s, kinds[s["kind"]](s["maxsize"]))

    def do_release(self, s, frame):
        self.get(s["of"]).release()

    def do_locked(self, s, frame):
        return self.get(s["of"]).locked()

    def do_set(self, s, frame):
        self.get(s["of"]).set()

    def do_clear(self, s, frame):
        self.get(s["of"]).clear()

    def do_is_set(self, s, frame):
        return self.get(s["of"]).is_set()

    def do_notify(self, s, frame):
        self.get(s["of"]).notify(s["n"])

    def do_notify_all(self, s, frame):
        self.get(s["of"]).notify_all()

    def do_n_waiting(self, s, frame):
        return self.get(s["of"]).n_waiting

    def do_broken(self, s, frame):
        return self.get(s["of"]).broken

    def do_put_nowait(self, s, frame):
        self.get(s["of"]).put_nowait(self.value(s["value"], frame))

    def do_get_nowait(self, s, frame):
        return self.get(s["of"]).get_nowait()

    def do_qsize(self, s, frame):
        return self.get(s["of"]).qsize()

    def do_empty(self, s, frame):
        return self.get(s["of"]).empty()

    def do_full(self, s, frame):
        return self.get(s["of"]).full()

    def do_task_done(self, s, frame):
        self.get(s["of"]).task_done()

    def do_shutdown(self, s, frame):
        self.get(s["of"]).shutdown(s.get("immediate", False))

    def do_new_timeout(self, s, frame):
        if "when" in s:
            self.bind(s, asyncio.timeout_at(s["when"]))
        else:
            self.bind(s, asyncio.timeout(s.get("delay")))

    def do_reschedule(self, s, frame):
        timeout = self.get(s["of"])
        timeout.reschedule(self.loop.time() + s["delay"] if "delay" in s else s.get("when"))

    def do_expired(self, s, frame):
        return self.get(s["of"]).expired()

    def do_when(self, s, frame):
        when = self.get(s["of"]).when()
        return None if when is None else float(when)

    def do_new_group(self, s, frame):
        self.bind(s, asyncio.TaskGroup())

    def do_group_spawn(self, s, frame):
        group = self.get(s["of"])
        return self.bind(s, group.create_task(self.coroutine(s["body"]), name=s.get("name"))).get_name()

    def do_cause(self, s, frame):
        return frame.caught and frame.caught.__cause__

    def do_stop(self, s, frame):
        self.loop.stop()

    def do_close(self, s, frame):
        self.loop.close()

    def do_run_nested(self, s, frame):
        if s["kind"] == "forever":
            return virtual.run_forever_nested(self.loop)
        loop = self.loop if s["kind"] == "own" else virtual.VirtualLoop()
        loop.run_until_complete(loop.create_future())

    def do_handler_raises(self, s, frame):
        self.handler_raises = s["exception"]

    def do_is_running(self, s, frame):
        return self.loop.is_running()

    def do_is_closed(self, s, frame):
        return self.loop.is_closed()

    def do_run_until_complete(self, s, frame):
        return self.loop.run_until_complete(self.awaitable(s["of"]))

    def do_run_forever(self, s, frame):
        self.loop.run_forever()


def trace(program):
    """The trace of a program: a list of lines, or None when it exceeds the budget."""
    return Run(program).record()


if __name__ == "__main__":
    with open(sys.argv[1]) if len(sys.argv) > 1 else sys.stdin as source:
        program = json.load(source)
    language.validate(program)
    print("\n".join(trace(program) or ["over budget"]))
