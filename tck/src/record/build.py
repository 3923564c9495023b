"""Short ways to write statements, for templates and generator. Each function returns one statement (or a few, as a list)."""


class Program:
    """A program under construction."""

    def __init__(self):
        self.bodies = {}
        self.callbacks = {}

    def body(self, name, *statements):
        self.bodies[name] = flat(statements)
        return name

    def callback(self, name, *actions):
        self.callbacks[name] = flat(actions)
        return name

    def main(self, *statements):
        self.body("main", *statements)
        return self

    def drive(self, *statements):
        self.driven = flat(statements)
        return self

    def json(self):
        program = {"bodies": self.bodies}
        if self.callbacks:
            program["callbacks"] = self.callbacks
        if hasattr(self, "driven"):
            program["drive"] = self.driven
        return program


def flat(statements):
    """One list of statements out of nested ones."""
    out = []
    for s in statements:
        out.extend(flat(s) if isinstance(s, (list, tuple)) else [s])
    return out


def op(kind, of=None, /, **fields):
    """A statement; a field that is None is left out, `as_` is the field `as`."""
    s = {"op": kind}
    if of is not None:
        s["of"] = of
    for k, v in fields.items():
        if v is not None:
            s[k.rstrip("_")] = flat(v) if k == "body" and isinstance(v, list) else v
    return s


def fresh(body):
    return {"body": body}


def nap(seconds, value=None):
    return {"sleep": seconds} if value is None else {"sleep": seconds, "value": value}


def error(kind, message=None):
    return {"type": kind} if message is None else {"type": kind, "message": message}


def log(text):
    return op("log", text=text)


def sleep(seconds):
    return op("sleep", seconds=seconds)


def yields(n):
    """n turns."""
    return [sleep(0)] if n == 1 else [op("repeat", n=n, body=[sleep(0)])] if n else []


def spawn(body, as_=None, name=None, context=None):
    return op("spawn", body=body, as_=as_, name=name, context=context)


def wait_on(of):
    return op("await", of)


def future(*names):
    return [op("future", as_=n) for n in names]


def resolve(name, value):
    return {"op": "set_result", "of": name, "value": value}


def fail(name, kind, message=None):
    return op("set_exception", name, exception=error(kind, message))


def cancel(name, message=None):
    return op("cancel", name, message=message)


def throw(kind, message=None):
    return op("raise", exception=error(kind, message))


def rethrow():
    return {"op": "raise"}


def give(value):
    return {"op": "return", "value": value}


def attempt(*body, catch=None, then=(), last=()):
    """try body, except catch (a kind or a list of kinds): then, finally: last."""
    s = {"op": "try", "body": flat(body)}
    if catch:
        s["except"] = [{"kinds": [catch] if isinstance(catch, str) else list(catch), "body": flat(then)}]
    if last:
        s["finally"] = flat(last)
    return s


def safe(*body):
    """try body, except everything: go on."""
    return attempt(*body, catch="BaseException")


def later(delay, callback, as_=None):
    return op("call_later", delay=delay, callback=callback, as_=as_)


def soon(callback, as_=None, context=None):
    return op("call_soon", callback=callback, as_=as_, context=context)


def state(name):
    """All that can be asked of a future."""
    return [op("done", name), op("cancelled", name), op("result", name), op("exception", name)]


def inside(kind, of, *body):
    return {"op": kind, "of": of, "body": flat(body)}


def gather(as_, of, return_exceptions=None):
    return op("gather", of, as_=as_, return_exceptions=return_exceptions)
