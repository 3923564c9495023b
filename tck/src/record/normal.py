"""How values and exceptions are written in a trace: the one place that normalises what CPython says."""
import json
import re

# Messages of CPython that contain the text form of an object, and what stands for them in a trace.
# `InvalidStateError` is written without any message: the C and the Python implementation word it differently.
MESSAGES = [
    (r"Task cannot await on itself: .*", "Task cannot await on itself"),
    (r"Task <.*> got Future <.*> attached to a different loop", "Task got Future attached to a different loop"),
    (r"TaskGroup <.*> (has not been entered|is finished|is shutting down|has already been entered)", r"TaskGroup \1"),
]


def exception(exc):
    """`Type: message`, `Type` without a message, `ExceptionGroup: message [first, second]`."""
    name = type(exc).__name__
    if isinstance(exc, BaseExceptionGroup):
        return f"{name}: {exc.message} [{', '.join(exception(e) for e in exc.exceptions)}]"
    message = str(exc.args[0]) if exc.args else ""
    for pattern, text in MESSAGES:
        message = re.sub(pattern, text, message, flags=re.DOTALL)
    if name == "InvalidStateError" or not message:
        return name
    return f"{name}: {message}"


def number(x):
    """A time in seconds, without trailing zeros: 0, 0.5, 12."""
    return f"{x:.3f}".rstrip("0").rstrip(".")


def value(v):
    """A value as compact JSON; an exception among the values as <Type: message>."""
    if isinstance(v, BaseException):
        return f"<{exception(v)}>"
    if isinstance(v, (list, tuple)):
        return "[" + ", ".join(value(x) for x in v) + "]"
    if isinstance(v, float):
        return number(v)
    return json.dumps(v)
