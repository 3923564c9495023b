"""An asyncio event loop on virtual time, with the orders that CPython leaves open fixed to first come, first served.

`BaseEventLoop._run_once`, `Task`, `Future` and everything built on them are CPython's own. Importing this module patches:

1. `events.TimerHandle`: timers of equal deadline run in the order in which they were scheduled.
2. `tasks.all_tasks`: what CPython returns, as a set that iterates in order of creation; so shutdown cancels in that order.
3. `set` inside `asyncio.tasks` (`wait`, `as_completed`) and `asyncio.taskgroups`: a set that iterates in order of insertion.
4. `_AsCompletedIterator.__init__`: word for word CPython's, but for its set comprehension, which becomes such a set.

5. `run_forever_nested`: 3.13.0 refuses a nested `run_forever`, but then takes the outer run for over; that is undone.

With TRACE_TASKS=pure in the environment asyncio is imported without its C accelerator: Task and Future of pure Python.
"""
import os
import sys

PURE = os.environ.get("TRACE_TASKS") == "pure"
if PURE:
    assert "asyncio" not in sys.modules
    sys.modules["_asyncio"] = None

import asyncio
import itertools
from asyncio import base_events, events, queues, taskgroups, tasks

assert (tasks.Task is tasks._PyTask) == PURE


class OrderedSet(dict):
    """A set that iterates in order of insertion, with the methods that asyncio uses."""

    def __init__(self, items=()):
        super().__init__((x, None) for x in items)

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)

    def remove(self, item):
        del self[item]


class OrderedTimerHandle(events.TimerHandle):
    """A timer that comes after those of the same deadline scheduled before it."""
    __slots__ = ("_sequence",)
    _counter = itertools.count()

    def __init__(self, *args):
        super().__init__(*args)
        self._sequence = next(OrderedTimerHandle._counter)

    def __lt__(self, other):
        return (self._when, self._sequence) < (other._when, other._sequence)


def _as_completed_init(self, aws, timeout):
    self._done = queues.Queue()
    self._timeout_handle = None

    loop = events.get_event_loop()
    todo = OrderedSet(tasks.ensure_future(aw, loop=loop) for aw in OrderedSet(aws))
    for f in todo:
        f.add_done_callback(self._handle_completion)
    if todo and timeout is not None:
        self._timeout_handle = (
            loop.call_later(timeout, self._handle_timeout)
        )
    self._todo = todo
    self._todo_left = len(todo)


_all_tasks = tasks.all_tasks


def _ordered_all_tasks(loop=None):
    loop = loop or events.get_running_loop()
    return OrderedSet(sorted(_all_tasks(loop), key=loop.tasks.index))


events.TimerHandle = OrderedTimerHandle
tasks.all_tasks = asyncio.all_tasks = _ordered_all_tasks
tasks.set = taskgroups.set = OrderedSet
tasks._AsCompletedIterator.__init__ = _as_completed_init


class DeadlockError(RuntimeError):
    """Nothing is ready and no timer is pending: on virtual time nothing can ever happen again."""


class BudgetExceeded(BaseException):
    """The program runs for too long to be worth recording."""


class VirtualLoop(base_events.BaseEventLoop):
    """Time starts at 0 and jumps to the next deadline when nothing is ready. Tasks are held strongly, named from Task-1 on."""

    MAX_TURNS = 1500
    MAX_TIME = 10_000

    def __init__(self):
        super().__init__()
        # CPython runs timers up to one clock resolution early. Deadlines here are multiples of 1/8 s, so none is.
        self._clock_resolution = 2.0 ** -20
        self._selector = self
        self.now = 0.0
        self.turn = 0
        self.tasks = []
        self.futures = []
        self._names = itertools.count(1)
        self.on_deadlock = lambda: None
        self.over_budget = False

    def time(self):
        return self.now

    def create_task(self, coro, *, name=None, context=None):
        """As BaseEventLoop.create_task, but names count within this loop."""
        self._check_closed()
        if name is None:
            name = f"Task-{next(self._names)}"
        task = tasks.Task(coro, loop=self, name=name, context=context)
        self.tasks.append(task)
        return task

    def create_future(self):
        future = super().create_future()
        self.futures.append(future)
        return future

    def _run_once(self):
        self.turn += 1
        if self.over_budget or self.turn > self.MAX_TURNS or self.now > self.MAX_TIME:
            self.over_budget = True
            raise BudgetExceeded()
        super()._run_once()

    def select(self, timeout):
        """The selector: nothing but time ever happens."""
        if timeout is None:
            self.turn -= 1  # a turn in which nothing can ever be ready does not count
            self.on_deadlock()
            raise DeadlockError("deadlock")
        if timeout > 0:
            self.now = self._scheduled[0]._when
        return []

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass


def run_forever_nested(loop):
    """`run_forever` while the loop runs: an error, after which the outer run goes on."""
    thread, hooks, agen_hooks = loop._thread_id, loop._old_agen_hooks, sys.get_asyncgen_hooks()
    try:
        loop.run_forever()
    finally:
        loop._thread_id, loop._old_agen_hooks = thread, hooks
        sys.set_asyncgen_hooks(*agen_hooks)
        events._set_running_loop(loop)
