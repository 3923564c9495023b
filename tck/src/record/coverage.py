"""What the recorded programs cover: statement kinds, as executed, and rules.

    python coverage.py [traces.jsonl.gz]     prints the counts; fails when a kind or rule is short

A statement counts as executed when its line is in a trace; those of control flow, which write none or do so under
another word, are counted by what they leave in the trace or, failing that, where they stand in a body that was run.
A rule counts for a program made for it, if what the rule is about did happen in that program's trace: EVIDENCE says
what must be there, for rules whose template can end without showing it.
"""
import collections
import re
import sys

import json

import language
import record

# Rules that the language cannot express: README.md says why.
CANNOT = {8, 14, 25, 28, 40, 41, 46, 47, 65, 68, 70, 106, 145, 148}
RULES = [n for n in range(1, 161) if n not in CANNOT]
KINDS_WANTED, PROGRAMS_WANTED = 200, 5

# rule -> a pattern that a trace must match (over its lines, joined) to count as exercising the rule
EVIDENCE = {
    5: r"cancel_handle h2 = null",
    7: r"report callback",
    10: r"run_forever = null",
    11: r"stop = null\n\S+ \S+ - callback[^\n]*\n(?:.*\n)*.*run_forever = null",
    12: r"close ! RuntimeError: Cannot close a running event loop",
    17: r"run_until_complete f",
    19: r"done f = false",
    30: r"! InvalidStateError",
    31: r"(result|exception) f ! InvalidStateError",
    32: r"result f ! CancelledError",
    34: r"cancel f = true",
    36: r"added",
    37: r"callback a finished\n.*\n.*callback a finished",
    38: r"remove_callback f a = 0",
    39: r"report callback[^\n]*\n[^\n]*callback",
    42: r"set_exception f = null\n.*\n.*cancelled f = false\n.*result f ! CancelledError",
    44: r"await f ! CancelledError(.*\n)+.*await f ! CancelledError",
    45: r"! CancelledError: \w+\n(.*\n)+.*! CancelledError\n",
    64: r"Task cannot await on itself",
    66: r"Task got bad yield|custom",
    67: r"Fatal|KeyError|TimeoutError",
    73: r"cancel t1 = false",
    76: r"! CancelledError",
    77: r"cancel t\d = true",
    78: r"set_result f ! InvalidStateError",
    79: r"(set_result f|set_exception f) = null",
    82: r"inner cleanup",
    86: r"return t [^\n]*\n(.*\n)*.*await t1 ! CancelledError",
    87: r"raise t (ValueError|KeyError|RuntimeError)",
    88: r"raise t CancelledError",
    90: r"raise t (ValueError|KeyError|RuntimeError)",
    91: r"uncancel self = 0",
    93: r"uncancel t1 = [01]",
    98: r"await g ! ValueError: first",
    99: r"raise b KeyError: second",
    103: r"await g ! CancelledError",
    109: r"! ValueError: Set of Tasks/Futures is empty",
    112: r"item [=!]",
    113: r"item t\d",
    114: r"wait_for .* (! TimeoutError|= 5)",
    117: r"cause = <CancelledError",
    119: r"callback race",
    120: r"Timeout has|Cannot change state|TaskGroup has",
    121: r"in_timeout to ! TimeoutError",
    122: r"in_timeout to ! TimeoutError",
    124: r"expired to = true",
    125: r"in_timeout to ! (ValueError|KeyError|RuntimeError)",
    127: r"in_timeout (outer|inner) ! TimeoutError",
    129: r"await f = (.*\n)*.*expired to = false",
    130: r"same [suv] s = |same \w+ = true|same s = true|same .* true",
    131: r"cancelling t1 = 0",
    132: r"await s ! CancelledError",
    134: r"TaskGroup",
    136: r"in_group g ! ExceptionGroup",
    137: r"in_group g ! ExceptionGroup",
    139: r"in_group g ! ExceptionGroup",
    140: r"in_group g ! ExceptionGroup",
    141: r"in_group g ! ExceptionGroup",
    142: r"in_group g ! CancelledError",
    143: r"in_group g ! ExceptionGroup",
    144: r"in_group h ! ExceptionGroup",
    147: r"expired to = true",
    150: r"release l ! RuntimeError",
    151: r"release l = null",
    153: r"release s ! ValueError|bad ! ValueError|release s = null",
    154: r"! RuntimeError: cannot wait on un-acquired lock|cond_wait_for",
    156: r"barrier_wait b (=|!)",
    159: r"task_done q ! ValueError",
    160: r"! QueueShutDown",
}


def executed(trace, counts):
    """Count the statements that wrote these lines."""
    for line in trace:
        word = line.split(" ", 4)[3]
        if word in language.ALL:
            counts[word] += 1


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else f"{record.OUT}/{record.FULL}"
    records = [json.loads(line) for line in record.read(path)[1:]]
    kinds, standing, rules, templates, evidence_missing = (collections.Counter() for _ in range(5))
    for x in records:
        executed(x["trace"], kinds)
        templates[x["template"]] += 1
        started = {line.split(" ")[4] for line in x["trace"] if line.split(" ")[3] == "start"}
        program = {"bodies": {k: v for k, v in x["program"]["bodies"].items() if k in started}, "callbacks": x["program"].get("callbacks", {})}
        for s in language.statements(program):
            if s["op"] in ("try", "repeat", "if", "raise", "return"):
                standing[s["op"]] += 1
        text = "\n".join(x["trace"]) + "\n"
        for rule in x.get("rules", ()):
            if rule not in EVIDENCE or re.search(EVIDENCE[rule], text):
                rules[rule] += 1
            else:
                evidence_missing[rule] += 1
    kinds.update(standing)

    print(f"{len(records)} programs, {sum(len(x['trace']) for x in records)} lines; "
          f"{templates['wild']} wild, {templates['composition']} compositions, {len(templates) - 2} templates")
    print("\nstatements executed:")
    for op in language.ALL:
        print(f"  {op:20} {kinds[op]:8}")
    print("\nprograms of each rule (without those that lack evidence):")
    for rule in RULES:
        print(f"  {rule:4} {rules[rule]:6}" + (f"   ({evidence_missing[rule]} more without evidence)" if evidence_missing[rule] else ""))
    tags = collections.Counter(tag for x in records for tag in x["tags"])
    print("\ntags:", dict(sorted(tags.items())))

    short = [op for op in language.ALL if kinds[op] < KINDS_WANTED] + [rule for rule in RULES if rules[rule] < PROGRAMS_WANTED]
    if short:
        print("\nSHORT:", short)
        sys.exit(1)


if __name__ == "__main__":
    main()
