"""Generates programs, records their traces, writes the files that ship (see `record`)."""
import argparse
import gc
import gzip
import hashlib
import json
import os
import platform
import subprocess
import sys

import generate
import interpret

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.normpath(os.path.join(HERE, "../main/resources/heddle/tck/program"))
FULL, SAMPLE, MORE, BUSY = "traces.jsonl.gz", "traces-sample.jsonl.gz", "traces-more.jsonl.gz", "traces-busy.jsonl.gz"
SAMPLE_SIZE = 200

# The C implementation of a future leaves a task that awaited itself unfit for other awaiters; the Python one does not.
WART = "await wasn't used with future"


def tags(trace):
    """What happened in a trace, for those who want to choose."""
    found = []
    deadlocks = sum(line.split(" ", 3)[3] == "deadlock" for line in trace)
    if deadlocks:
        found.append("deadlock")
    if deadlocks > 1:
        found.append("deadlock-again")
    if any(" - - left " in line for line in trace):
        found.append("left")
    if any(" - - lost " in line for line in trace):
        found.append("lost")
    if any(" report leftover " in line for line in trace):
        found.append("leftover")
    if any("BaseExceptionGroup" in line for line in trace):
        found.append("fatal-in-group")
    return found


def records(seed, count, batch):
    """`count` records of programs with their traces, and how many were dropped."""
    seen, dropped, number, found = set(), {"budget": 0, "duplicate": 0, "wart": 0}, 0, []
    while len(found) < count:
        about, program = generate.make(seed, number, batch)
        number += 1
        text = json.dumps(program, sort_keys=True)
        if text in seen:
            dropped["duplicate"] += 1
            continue
        seen.add(text)
        trace = interpret.trace(program)
        if number % 50 == 0:
            gc.collect()
        if trace is None:
            dropped["budget"] += 1
        elif any(WART in line for line in trace):
            dropped["wart"] += 1
        else:
            found.append({"id": number - 1 + generate.FIRST_ID[batch], **about, "tags": tags(trace), "program": program, "trace": trace})
    return found, dropped


def header(seed, batch, found, dropped):
    return {"format": 1, "batch": batch, "python": platform.python_version(), "seed": seed, "count": len(found), "dropped": dropped}


def lines(first, found):
    return [json.dumps(x, separators=(",", ":")) for x in [first, *found]]


def sample(found):
    """One program of each template, then the first of the others."""
    chosen, templates = [], set()
    for x in found:
        if x["template"] not in templates:
            templates.add(x["template"])
            chosen.append(x["id"])
    chosen += [x["id"] for x in found if x["template"] in ("wild", "composition")]
    ids = set(list(dict.fromkeys(chosen))[:SAMPLE_SIZE])
    return [x for x in found if x["id"] in ids]


def write(path, text_lines):
    """A gzip file whose bytes depend on nothing but the lines."""
    with open(path, "wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as out:
        for line in text_lines:
            out.write(line.encode() + b"\n")


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as source:
        return source.read().splitlines()


def digest(text_lines):
    return hashlib.sha256("\n".join(text_lines).encode()).hexdigest()


def check(path):
    """Record a file again, with both implementations of Task, and compare."""
    kept = read(path)
    first = json.loads(kept[0])
    again = [sys.executable, os.path.join(HERE, "record.py"), "--digest", "--seed", str(first["seed"]), "--count", str(first["count"]), "--batch", first.get("batch", "first")]
    for kind in ("c", "pure"):
        got = subprocess.run(again, env={**os.environ, "TRACE_TASKS": kind}, check=True, capture_output=True, text=True).stdout.strip()
        same = got == digest(kept[1:])
        print(f"{os.path.basename(path)}, {kind} Task: {'same' if same else 'DIFFERENT'} ({first['count']} programs, seed {first['seed']}; "
              f"recorded with {first['python']}, now {platform.python_version()})")
        if not same:
            sys.exit(1)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=313)
    options.add_argument("--count", type=int, default=12_000)
    options.add_argument("--batch", choices=generate.BATCHES, help="which programs; default: first for the files that ship, all with --out")
    options.add_argument("--out", default=OUT)
    options.add_argument("--check", action="store_true")
    options.add_argument("--digest", action="store_true", help="print only the digest of the records")
    options = options.parse_args()
    if options.check:
        for name in (FULL, MORE, BUSY):
            check(os.path.join(options.out, name))
        return

    ships = options.out == OUT
    batch = options.batch or ("first" if ships else "all")
    found, dropped = records(options.seed, options.count, batch)
    everything = lines(header(options.seed, batch, found, dropped), found)
    if options.digest:
        print(digest(everything[1:]))
        return
    os.makedirs(options.out, exist_ok=True)
    path = os.path.join(options.out, {"more": MORE, "busy": BUSY}.get(batch, FULL) if ships else FULL)
    write(path, everything)
    if ships and batch == "first":
        few = sample(found)
        write(os.path.join(options.out, SAMPLE), lines(header(options.seed, batch, few, {}), few))
    print(f"{len(found)} programs of seed {options.seed}, {sum(len(x['trace']) for x in found)} lines, {os.path.getsize(path)} bytes; dropped {dropped}")


if __name__ == "__main__":
    main()
