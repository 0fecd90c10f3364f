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
BRIDGE_MS = 300   # MS-4
PATIENCE = int(os.environ.get("AVA_TEST_PATIENCE", "1"))
CALLER = """title: Kim asks for the hours
phone: +12125550147
voice: flite slt
hang up after: {} s
{}opening: When are you open on Saturday?
on open: Thank you. Goodbye.
on yes-no: No, thank you.
"""
TALK = {
    "key": "sk-good",
    "think_ms": 250,
    "greeting": [{"say": "Thank you for calling. How can I help?"}],
    "turns": [{"hear": "When are you open on Saturday?", "steps": [{"calls": [{"name": "get_hours", "arguments": {"when": "Saturday"}}]},
                                                                  {"say": "On Saturday from ten to four. How else can I help?"}]},
              {"hear": "Thank you. Goodbye.", "steps": [{"say": "Goodbye.", "calls": [{"name": "end_call", "arguments": {}}]}]}],
}


LONG_ANSWER = "On Saturday from ten to four. We are closed on Sundays and on public holidays, but you can leave us a message at any time."
# Ava's answer is still being made when the caller speaks over it.
SPOKEN_OVER = dict(TALK, late_deltas=6, pace=1.2, words_early=True, turns=[
    {"hear": "When are you open on Saturday?", "steps": [{"say": LONG_ANSWER}]},
    {"hear": "Sorry, and on Sunday?", "steps": [{"say": "Closed. Anything else?"}]}, TALK["turns"][1]])
NEAR_LIMIT = json.dumps({"type": "rate_limits.updated", "event_id": "x", "rate_limits": [{"name": "tokens", "limit": 1000, "remaining": 4, "reset_seconds": 9}]})


def fault(on, **what):
    return dict(TALK, faults=[dict(what, on=on)])


def first_turn(**what):
    return dict(TALK, turns=[dict(TALK["turns"][0], **what), TALK["turns"][1]])


def failing_once():
    turn = TALK["turns"][0]
    return first_turn(steps=[{"status": "failed", "reason": "server_error"}] + turn["steps"])


def was_cut(rows, kinds):
    row = next((row for row in rows if row["role"] == "ava" and row["text"].startswith("On Saturday from")), None)
    if row is None or not row["interrupted"] or "any time" in row["text"] or "barge-in" not in kinds:
        yield f"the answer was not cut: {row}"
    if not any("Closed" in row["text"] for row in rows):
        yield "the second question was not answered"


def question_is_second(rows, kinds):
    if [row["role"] for row in rows[:3]] != ["ava", "caller", "ava"] or "Saturday" not in rows[1]["text"]:
        yield f"the question is not in its place: {[(row['role'], row['text']) for row in rows[:4]]}"


def transcripts_are_in_order(rows, kinds):
    said = [row["text"] for row in rows if row["role"] == "caller" and row["text"]]
    order = [next((i for i, row in enumerate(rows) if row["role"] == role and words in row["text"]), -1)
             for role, words in (("caller", "open on Saturday"), ("ava", "Saturday from ten"), ("caller", "Goodbye"), ("ava", "Goodbye"))]
    if -1 in order or order != sorted(order):
        yield f"not in the order in which it was said: {said}, {order}"


def has_event(kind):
    def look(_, kinds):
        if kind not in kinds:
            yield f"no event “{kind}”"
    return look


def scenario(name, script, words=None, changes=False, key="sk-good", model="gpt-realtime-2.1", caller="", check=None, url=None):
    """@words: what stderr must say; None: nothing. @changes: whether the local agent takes over. @check: what else is looked at."""
    return {"name": name, "script": script, "words": words, "changes": changes, "key": key, "model": model, "caller": caller, "check": check, "url": url}


DELTA = "response.output_audio.delta"
SCENARIOS = [
    scenario("an undisturbed call", TALK, check=question_is_second),
    scenario("a line that is cut in an answer", fault(DELTA, nth=12, do="close", code=1006), "The line to the cloud voice was lost", True),
    scenario("a service that goes away", fault("input_audio_buffer.committed", do="close", code=1001, reason="going away"), "went away", True),
    scenario("a wrong key", TALK, "does not accept the key", True, key="sk-bad"),
    scenario("a key with one letter too many", TALK, "does not accept the key (401)", True, key="sk-goods"),
    scenario("an old protocol", fault("session.updated", do="close", code=4000, reason="invalid_request_error.beta_api_shape_disabled"),
             "no longer speaks this old protocol", True),
    scenario("a key that is refused at the door", dict(TALK, handshake={"status": 401}), "(401)", True),
    scenario("too many calls", dict(TALK, handshake={"status": 429, "retry_after": "20"}), "asks to wait 20 s", True),
    scenario("a service out of order", dict(TALK, handshake={"status": 503}), "out of order (503)", True),
    scenario("a retired model", TALK, "does not exist any more", True, model="retired-model"),
    scenario("an address that nobody knows", TALK, "The address of the cloud voice cannot be found", True, url="wss://no-such-host.invalid/v1/realtime"),
    scenario("no answer at all", dict(TALK, handshake={"status": 0}), "does not answer", True),
    scenario("a service that falls silent", fault("input_audio_buffer.committed", do="silent"), "does not answer any more", True),
    scenario("a service that falls silent in the middle of an answer", fault(DELTA, nth=12, do="silent"), "does not answer any more", True),
    scenario("no credit left", fault("response.created", nth=2, do="error", code="insufficient_quota", message="Quota."), "no credit left", True),
    scenario("an error that ends nothing", fault(DELTA, nth=3, do="error", code="invalid_value", message="No such thing."), "No such thing."),
    scenario("a limit that is near", fault("response.done", do="text", text=NEAR_LIMIT), check=has_event("rate-limit-near")),
    scenario("a response that fails once", failing_once(), "reported an error"),
    scenario("nonsense among the events", fault(DELTA, nth=3, do="text", text="{\"type\": "), "cannot be read"),
    scenario("a message of nine megabytes", fault(DELTA, nth=3, do="huge")),
    scenario("brackets without end", fault(DELTA, nth=3, do="deep", size=300000), "cannot be read"),
    scenario("a service that reads nothing for a while", fault("response.done", do="stall", ms=2500)),
    scenario("audio that comes after it was cancelled", SPOKEN_OVER, caller='interrupt "holidays" after 2 s: Sorry, and on Sunday?\n', check=was_cut),
    scenario("a transcript that comes after the answer", first_turn(transcribe_ms=4000), check=question_is_second),
    scenario("a transcript that is overtaken by the next", dict(TALK, turns=[dict(TALK["turns"][0], transcribe_ms=4000), dict(TALK["turns"][1], transcribe_ms=50, steps=[
        dict(TALK["turns"][1]["steps"][0], think_ms=1500)])]), check=transcripts_are_in_order),
    scenario("a transcript that fails", first_turn(transcription="failed"), check=has_event("transcription-failed")),
    scenario("a transcript that never comes", first_turn(transcription="missing")),
]


def take(folder, demo, number, what):
    """Returns what is wrong with one call, in words."""
    place = os.path.join(folder, str(number))
    shutil.copytree(demo, os.path.join(place, "profile"))
    with open(os.path.join(place, "script.json"), "w", encoding="utf-8") as file:
        json.dump(what["script"], file)
    with open(os.path.join(place, "kim.caller"), "w", encoding="utf-8") as file:
        file.write(CALLER.format(14 if what["changes"] else 24, what["caller"]))
    with subprocess.Popen([FAKE, SCHEMA, os.path.join(place, "script.json")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as fake:
        ours = fake.stdout.readline().strip()
        env = dict(os.environ, AVA_REALTIME_URL=what["url"] or ours, AVA_OPENAI_KEY=what["key"], AVA_REALTIME_MODEL=what["model"])
        call = subprocess.run([AVACTL, "--data-dir", os.path.join(place, "profile"), "--now", NOW, "call", "--agent", "realtime", "--caller-script",
                               os.path.join(place, "kim.caller"), "--out", place], env=env, capture_output=True, text=True, timeout=120, check=False)
        told, _ = fake.communicate()
    return list(judge(place, call, told, fake.returncode, what))


def bridge_is_late(events, rows):
    """How long in the call from the loss of the cloud to Ava's own voice, when that is too long; what watches a program slows it."""
    began, lost = (next(event["at_us"] for event in events if event["kind"] == kind) for kind in ("call-started", "agent-changed"))
    here = next((row["start_us"] for row in rows if row["role"] == "ava" and row["source"] == "local"), None)
    if here is None:
        return "never"
    late = (here - (lost - began)) / 1000
    return f"{late:.0f} ms" if late > BRIDGE_MS * PATIENCE else None


def judge(place, call, told, fake_status, what):
    words, changes = what["words"], what["changes"]
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
    late = bridge_is_late(events, rows) if "agent-changed" in kinds else None
    if late is not None:
        yield f"Ava's own voice after the loss: {late}"
    if not changes and not any("Saturday from ten" in row["text"] for row in rows):
        yield "the question was not answered"
    if what["check"] is not None:
        yield from what["check"](rows, kinds)


def main():
    folder = tempfile.mkdtemp(prefix="ava-cloud-")
    demo = os.path.join(folder, "demo")
    subprocess.run([AVACTL, "--data-dir", demo, "--now", NOW, "demo", "--customers", "20", "--days", "5"], check=True, capture_output=True)
    print(f"1..{len(SCENARIOS)}")
    failed = False
    with ThreadPoolExecutor(6) as pool:
        results = pool.map(lambda pair: take(folder, demo, *pair), enumerate(SCENARIOS))
        for number, (what, wrong) in enumerate(zip(SCENARIOS, results)):
            print("not ok" if wrong else "ok", number + 1, "-", what["name"], flush=True)
            for complaint in wrong:
                print("#", complaint.replace("\n", "\n# "), flush=True)
            failed |= bool(wrong)
    shutil.rmtree(folder)
    sys.exit(failed)


main()
