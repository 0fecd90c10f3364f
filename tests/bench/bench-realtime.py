#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cloud voice against the fake service, and against the official JavaScript client in the same run where it can be had.

Usage: bench-realtime.py BUILD SCHEMA REFERENCE_FOLDER OUT [--few]
Rows: name value unit reference ratio.
"""
import json
import os
import random
import subprocess
import sys

BUILD, SCHEMA, REFERENCE, OUT = sys.argv[1:5]
FEW = "--few" in sys.argv
THINK_MS = 300
SERVER = os.path.join(BUILD, "tests/fakes/fake-realtime")
BENCH = os.path.join(BUILD, "tests/bench/bench-realtime")
NODE_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "realtime-reference.mjs")
ANSWER = {"hear": "When are you open?", "steps": [{"say": "From nine to seven on weekdays, and until four on Saturdays."}]}
TALK = {"think_ms": THINK_MS, "pace": 5, "greeting": [{"say": "Thank you for calling. How can I help?"}], "turns": [ANSWER] * 40}
FAULTS = [
    {"on": "response.output_audio.delta", "nth": 3, "do": "close", "code": 1006},
    {"on": "response.output_audio.delta", "nth": 2, "do": "close", "code": 1011, "reason": "internal"},
    {"on": "session.updated", "do": "close", "code": 3000, "reason": "invalid_request_error.invalid_api_key"},
    {"on": "response.created", "do": "error", "code": "insufficient_quota"},
    {"on": "response.output_audio.delta", "nth": 2, "do": "text", "text": "{"},
    {"on": "response.output_audio.delta", "nth": 2, "do": "deep", "size": 200000},
    {"on": "response.output_audio.delta", "nth": 2, "do": "huge", "size": 3000000},
    {"on": "response.done", "do": "drop"},
    {"on": "response.created", "do": "twice"},
    {"on": "response.output_audio.delta", "nth": 2, "do": "error", "code": "server_error"},
]


class Server:
    """The fake in a process of its own, so that its work is not counted."""

    def __init__(self, name, script):
        path = os.path.join(OUT, f"{name}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(script, file)
        self.process = subprocess.Popen([SERVER, SCHEMA, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        out, _ = self.process.communicate()
        for line in out.split("\n"):
            if line.startswith("wrong:"):
                print("#", line)


def bench(*args):
    out = subprocess.run([BENCH, *map(str, args)], capture_output=True, text=True, timeout=400, check=False).stdout
    return [line.split() for line in out.strip().split("\n") if line]


def soak_script(n):
    random.seed(4)
    quick = {"pace": 20, "think_ms": 50, "greeting": [{"say": "Thank you for calling, how can I help?"}]}
    return {"sessions": [dict(quick, faults=[random.choice(FAULTS)] if random.random() < 0.7 else []) for _ in range(n)]}


def ask_reference(url, n, seconds):
    if not os.path.isdir(os.path.join(REFERENCE, "node_modules/openai")):
        return None
    base = url.replace("ws://", "http://").removesuffix("/realtime")
    link = os.path.join(REFERENCE, "realtime-reference.mjs")
    with open(NODE_SCRIPT, encoding="utf-8") as source, open(link, "w", encoding="utf-8") as copy:
        copy.write(source.read())
    run = subprocess.run(["node", link, base, str(n), str(seconds)], capture_output=True, text=True, timeout=400, check=False)
    words = run.stdout.split()
    return (float(words[0]), float(words[1])) if len(words) == 3 and float(words[2]) > 0 else None


def show(name, value, unit, reference):
    print(f"{name} {value:.3f} {unit} {reference:.3f} {value / reference if reference else 0:.2f}", flush=True)


def main():
    os.makedirs(OUT, exist_ok=True)
    with Server("latency", TALK) as server:
        for name, value, unit, reference, _ in bench("latency", server.url, THINK_MS):
            show(name, float(value), unit, float(reference))
    for n in (1, 10) if FEW else (1, 10, 50, 100):
        with Server(f"calls-{n}", TALK) as server:
            rows = bench("calls", server.url, n, 20)
            reference = ask_reference(server.url, n, 20)
        for name, value, unit, goal, _ in rows:
            other = float(goal)
            if reference is not None and name.endswith("/cpu"):
                other = reference[0]
            elif reference is not None and name.endswith("/memory"):
                other = reference[1]
            show(name, float(value), unit, other)
    n = 40 if FEW else 200
    with Server("soak", soak_script(n)) as server:
        for name, value, unit, reference, _ in bench("soak", server.url, n):
            show(name, float(value), unit, float(reference))


main()
