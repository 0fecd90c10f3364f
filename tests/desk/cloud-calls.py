#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole calls by avactl with the cloud voice: one for each thing that a service can do to us (TAP).

Usage: cloud-calls.py AVACTL FAKE SCHEMA
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

AVACTL, FAKE, SCHEMA = sys.argv[1:4]
NOW = "2026-11-24T10:05:00-05:00"
CALLER = """title: Kim asks for the hours
phone: +12125550147
voice: flite slt
hang up after: {} s
opening: When are you open on Saturday?
on open: Thank you. Goodbye.
on yes-no: No, thank you.
"""
TALK = {
    "think_ms": 250,
    "greeting": [{"say": "Thank you for calling. How can I help?"}],
    "turns": [{"hear": "When are you open on Saturday?", "steps": [{"calls": [{"name": "get_hours", "arguments": {"when": "Saturday"}}]},
                                                                  {"say": "On Saturday from ten to four. How else can I help?"}]},
              {"hear": "Thank you. Goodbye.", "steps": [{"say": "Goodbye.", "calls": [{"name": "end_call", "arguments": {}}]}]}],
}


def fault(on, **what):
    return dict(TALK, faults=[dict(what, on=on)])


# name, script, key, model, what stderr must say (None: nothing), whether the local agent takes over
SCENARIOS = [
    ("an undisturbed call", TALK, "sk-good", "gpt-realtime-2.1", None, False),
    ("a line that is cut in an answer", fault("response.output_audio.delta", nth=12, do="close", code=1006), "sk-good", "gpt-realtime-2.1",
     "The line to the cloud voice was lost", True),
    ("a service that goes away", fault("input_audio_buffer.committed", do="close", code=1001, reason="going away"), "sk-good", "gpt-realtime-2.1",
     "went away", True),
    ("a wrong key", TALK, "sk-bad", "gpt-realtime-2.1", "does not accept the key", True),
    ("a key that is refused at the door", dict(TALK, handshake={"status": 401}), "sk-good", "gpt-realtime-2.1", "(401)", True),
    ("too many calls", dict(TALK, handshake={"status": 429, "retry_after": "20"}), "sk-good", "gpt-realtime-2.1", "asks to wait 20 s", True),
    ("a service out of order", dict(TALK, handshake={"status": 503}), "sk-good", "gpt-realtime-2.1", "out of order (503)", True),
    ("a retired model", TALK, "sk-good", "retired-model", "does not exist any more", True),
    ("no answer at all", dict(TALK, handshake={"status": 0}), "sk-good", "gpt-realtime-2.1", "does not answer", True),
    ("nonsense among the events", fault("response.output_audio.delta", nth=3, do="text", text="{\"type\": "), "sk-good", "gpt-realtime-2.1",
     "cannot be read", False),
    ("a message of nine megabytes", fault("response.output_audio.delta", nth=3, do="huge"), "sk-good", "gpt-realtime-2.1", None, False),
]


def take(folder, demo, number, scenario):
    """Returns what is wrong with one call, in words."""
    name, script, key, model, words, changes = scenario
    place = os.path.join(folder, str(number))
    shutil.copytree(demo, os.path.join(place, "profile"))
    with open(os.path.join(place, "script.json"), "w", encoding="utf-8") as file:
        json.dump(script, file)
    with open(os.path.join(place, "kim.caller"), "w", encoding="utf-8") as file:
        file.write(CALLER.format(14 if changes else 24))
    with subprocess.Popen([FAKE, SCHEMA, os.path.join(place, "script.json")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as fake:
        env = dict(os.environ, AVA_REALTIME_URL=fake.stdout.readline().strip(), AVA_OPENAI_KEY=key, AVA_REALTIME_MODEL=model)
        call = subprocess.run([AVACTL, "--data-dir", os.path.join(place, "profile"), "--now", NOW, "call", "--agent", "realtime", "--caller-script",
                               os.path.join(place, "kim.caller"), "--out", place], env=env, capture_output=True, text=True, timeout=120, check=False)
        told, _ = fake.communicate()
    return list(judge(place, call, told, fake.returncode, words, changes))


def judge(place, call, told, fake_status, words, changes):
    with open(os.path.join(place, "events.jsonl"), encoding="utf-8") as file:
        events = [json.loads(line) for line in file]
    kinds = [event["kind"] for event in events]
    if call.returncode != 0:
        yield f"exit {call.returncode}: {call.stderr[-300:]}"
    if fake_status != 0:
        yield f"the service complains: {told}"
    if "call-ended" not in kinds or not next(e for e in events if e["kind"] == "call-ended")["data"].get("outcome"):
        yield "the call has no outcome"
    if kinds.count("agent-changed") != changes:
        yield f"the agent changed {kinds.count('agent-changed')} times"
    if "egress" not in kinds:
        yield "nothing in the ledger of what left the machine"
    if words is not None and words not in call.stderr:
        yield f"said “{call.stderr.strip()}”"
    if words is None and "avactl:" in call.stderr:
        yield f"complained: {call.stderr.strip()}"
    with open(os.path.join(place, "transcript.json"), encoding="utf-8") as file:
        rows = json.load(file)
    if not rows or rows[0]["role"] != "ava" or not rows[0]["text"].startswith("Thank"):
        yield f"no greeting: {rows[:1]}"
    if not changes and not any("Saturday from ten" in row["text"] for row in rows):
        yield "the question was not answered"


def main():
    folder = tempfile.mkdtemp(prefix="ava-cloud-")
    demo = os.path.join(folder, "demo")
    subprocess.run([AVACTL, "--data-dir", demo, "--now", NOW, "demo", "--customers", "20", "--days", "5"], check=True, capture_output=True)
    print(f"1..{len(SCENARIOS)}")
    failed = False
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda pair: take(folder, demo, *pair), enumerate(SCENARIOS))
        for number, (scenario, wrong) in enumerate(zip(SCENARIOS, results)):
            print("not ok" if wrong else "ok", number + 1, "-", scenario[0], flush=True)
            for complaint in wrong:
                print("#", complaint.replace("\n", "\n# "), flush=True)
            failed |= bool(wrong)
    shutil.rmtree(folder)
    sys.exit(failed)


main()
