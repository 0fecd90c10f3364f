#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cloud voice against the fake service, and against the official JavaScript client in the same run where it can be had.

Usage: bench-realtime.py BUILD SCHEMA REFERENCE_FOLDER OUT [--few]
Rows: name value unit reference ratio. What is late is only told; behaviour that is wrong (a call lost or without its outcome, speech
that runs dry, memory or sockets left, a client event the service must refuse) is told on stderr, and fails the bench.
"""
import json
import os
import subprocess
import sys

BUILD, SCHEMA, REFERENCE, OUT = sys.argv[1:5]
FEW = "--few" in sys.argv
THINK_MS = 300
HANDSHAKE_MS = 400   # name, TCP, TLS and upgrade, as they take over the open network
SECONDS = 20
SERVER = os.path.join(BUILD, "tests/fakes/fake-realtime")
BENCH = os.path.join(BUILD, "tests/bench/bench-realtime")
FLOOR = os.path.join(BUILD, "tests/bench/realtime-floor")
SOAK = os.path.join(BUILD, "tests/agent/test-realtime-soak")
NODE_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "realtime-reference.mjs")
LONG = "We are open from nine to seven on weekdays, until eight on Thursdays, and from ten to four on Saturdays. On Sundays we are closed."
TALK = {"think_ms": THINK_MS, "pace": 5, "trusting": True, "stamps": True, "greeting": [{"say": "Thank you for calling. How can I help?"}],
        "turns": [{"hear": "When are you open?", "steps": [{"say": "From nine to seven on weekdays, and until four on Saturdays."}]}] * 40}
NOT_MET = []
LONG_TALK = dict(TALK, turns=[{"hear": "When are you open?", "steps": [{"say": LONG}]}] * 40)


def not_met(words):
    print("realtime:", words, file=sys.stderr, flush=True)
    NOT_MET.append(words)


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
                not_met(line)


def rows(prefix, program, *args):
    run = subprocess.run([program, *map(str, args)], capture_output=True, text=True, timeout=900, check=False)
    if run.returncode != 0:
        not_met(f"{prefix} {os.path.basename(program)} {args[0]}: exit {run.returncode}: {run.stderr.strip()[-600:]}")
    for line in run.stdout.strip().split("\n"):
        words = line.split()
        if len(words) == 5 and words[0].startswith("realtime/"):
            yield prefix + words[0].removeprefix("realtime/"), float(words[1]), words[2], float(words[3])


def show(name, value, unit, reference):
    print(f"realtime/{name} {value:.3f} {unit} {reference:.3f} {value / reference if reference else 0:.2f}", flush=True)


def ask_reference(url, n):
    """CPU seconds a call minute, MB a call, calls lost, frames that were sent of those that were due; None: it cannot be had."""
    if not os.path.isdir(os.path.join(REFERENCE, "node_modules/openai")):
        return None
    base = url.replace("ws://", "http://").removesuffix("/realtime")
    link = os.path.join(REFERENCE, "realtime-reference.mjs")
    with open(NODE_SCRIPT, encoding="utf-8") as source, open(link, "w", encoding="utf-8") as copy:
        copy.write(source.read())
    run = subprocess.run(["node", link, base, str(n), str(SECONDS)], capture_output=True, text=True, timeout=400, check=False)
    words = run.stdout.split()
    return [float(word) for word in words] if len(words) == 4 else None


def ask_floor(url, n):
    port = url.split(":")[2].split("/")[0]
    run = subprocess.run([FLOOR, port, str(n), str(SECONDS)], capture_output=True, text=True, timeout=400, check=False)
    return float(run.stdout) if run.returncode == 0 else 0


def measure_calls(n):
    ours = list(in_server(f"calls-{n}", TALK, lambda url: list(rows(f"{n}-calls/", BENCH, "calls", url, n, SECONDS))))
    reference = in_server(f"reference-{n}", TALK, lambda url: ask_reference(url, n))
    floor = in_server(f"floor-{n}", TALK, lambda url: ask_floor(url, n))
    for name, value, unit, goal in ours:
        if reference is not None and name.endswith(("/cpu", "/memory", "/lost")):
            goal = reference[("/cpu", "/memory", "/lost").index(name[name.rindex("/"):])]
        show(name, value, unit, goal)
    if reference is not None:
        show(f"{n}-calls/kernel-alone", floor, "s/call-min", reference[0])
        if reference[3] < 0.99:
            print(f"# the JavaScript client sent {reference[3]:.0%} of its frames")


def in_server(name, script, work):
    with Server(name, script) as server:
        return work(server.url)


def main():
    os.makedirs(OUT, exist_ok=True)
    print("# Both: the same fake in a process of its own, server VAD, a frame of 20 ms each, all calls greeted before it is measured.\n"
          "# Ours resamples both ways, plays out by the sample, keeps the transcript, follows the dialogue, watches turns and claims.\n"
          "# JavaScript sends ready-made 24 kHz and decodes base64, nothing more.\n"
          "# kernel-alone: bare sockets sending a ready-made frame every 20 ms and throwing away what comes.")
    for row in in_server("latency", TALK, lambda url: list(rows("1-call/", BENCH, "latency", url, THINK_MS))):
        show(*row)
    for row in in_server("greeting", dict(TALK, handshake={"ms": HANDSHAKE_MS}), lambda url: list(rows("1-call/", BENCH, "greeting", url, THINK_MS))):
        show(*row)
    for row in in_server("barge-in", LONG_TALK, lambda url: list(rows("1-call/", BENCH, "barge-in", url))):
        show(*row)
    for n in (1, 10) if FEW else (1, 10, 50, 100):
        measure_calls(n)
    n = 40 if FEW else 200
    os.environ["G_TEST_SRCDIR"] = os.path.dirname(os.path.dirname(os.path.abspath(SCHEMA)))
    script = json.loads(subprocess.run([SOAK, "script", str(n)], capture_output=True, text=True, check=True).stdout)
    for row in in_server("soak", script, lambda url: list(rows("soak/", SOAK, "soak", url, n))):
        show(*row)
    return 1 if NOT_MET else 0


sys.exit(main())
