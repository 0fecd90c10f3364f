#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spoken calls by recorded callers: how many are booked right, how often Ava asks again, how fast
she is. Rows: name value unit reference ratio; the reference is the goal of the same row.

Usage: bench-calls.py AVACTL OUT [--few]

Each caller is a script whose lines a synthesizer that is not Ava's renders at run time, on a quiet
line, a telephone line or a noisy one. Four more callers interrupt, in real time: how long Ava is still heard
after their speech was noticed is measured in the recording. Every call runs on a fresh copy of the demo spa.
"""
import array
import datetime
import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import wave

AVACTL, OUT = sys.argv[1:3]
FEW = "--few" in sys.argv
NOW = "2026-11-24T10:05:00-05:00"
VOICES = ["festival cmu_us_slt_arctic_hts", "festival kal_diphone", "festival ked_diphone", "espeak-ng en-us",
          "flite slt", "flite awb"]
LINES = {"quiet": "", "telephone": "band: telephone\n", "noise": "noise: 20 dB\n"}
DIGITS = "zero one two three four five six seven eight nine".split()

INTERRUPTERS = ["festival kal_diphone", "festival cmu_us_slt_arctic_hts", "espeak-ng en-us", "flite awb"]
INTERRUPTIONS = 2 * len(INTERRUPTERS)   # at least: the first two of each script

# Of a recording: [Hz], and the sample value below which it is silent.
RATE = 16000
SILENT = 100

# Nothing is free as these are wished: the day of the nearest time, which the caller takes.
NEAREST = {"svc-facial": "December 2nd", "svc-peel": "November 25th"}

# service id, how it is said, when it is said, days and hours that fit, name, caller id
PEOPLE = [
    ("svc-botox", "a botox appointment", "botox", "tomorrow afternoon", "2026-11-25", 12, 19, "Sam Carter", "+12125550147"),
    ("svc-facial", "a facial", "a facial", "next Tuesday afternoon", "2026-12-01", 12, 19, "Karen Wilson", "+16465550118"),
    ("svc-peel", "a chemical peel", "a chemical peel", "tomorrow morning", "2026-11-25", 9, 12, "Thomas Baker", "+13475550163"),
    ("svc-laser", "a laser hair removal appointment", "laser hair removal", "December the third", "2026-12-03", 9, 20, "Laura Evans", "+19295550184"),
    ("svc-filler", "a dermal filler appointment", "dermal filler", "tomorrow after two", "2026-11-25", 14, 19, "Julia Adams", None),
]


def spoken_groups(phone):
    digits = phone[2:]
    return [" ".join(DIGITS[int(d)] for d in group) for group in (digits[:3], digits[3:6], digits[6:])]


def write_script(path, voice, line, person):
    service, wish, short, when, day, _, _, name, phone = person
    label = {"svc-botox": "Botox", "svc-facial": "Facial", "svc-peel": "Peel", "svc-laser": "Laser Hair", "svc-filler": "Filler"}[service]
    number = phone or "+12125550176"
    groups = spoken_groups(number)
    first, last = name.split()
    month = "November" if day.startswith("2026-11") else "December"
    date = month + {"25": " 25th", "01": " 1st", "03": " 3rd"}[day[-2:]]
    booked = NEAREST.get(service, date)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"title: {name}\nvoice: {voice}\n{LINES[line]}hang up after: 240 s\n")
        if phone:
            file.write(f"phone: {phone}\n")
        file.write(f"""opening: I would like to book {wish}.
on "shall i book it" without "{label}": No, {short}.
on "shall i book it" without "{booked}": No, {when}.
on "shall i book it" without "{name}": No, my name is {name}.
on "shall i book it" without "{number[-4:]}": No.
on "anything else": No, that is all. | No thank you.
on "speak to a person": No thank you.
on "take a message": No thank you.
on service: {short}.
on when: {when}.
on "which would you like" without "{date}": No, {when}.
on "suits you best" without "{date}": No, {when}.
on "shall i take" without "{date}": No, {when}.
on "would that suit" without "{date}": No, {when}.
on "which of these" without "{date}": No, {when}.
on offer: The first one, please. | The first one.
on name: My name is {name}.
on "first name is spelled" without "{", ".join(first.lower())}": No.
on "last name is spelled" without "{", ".join(last.lower())}": No.
on "how is your first name": {", ".join(first.upper())}.
on "how is your last name": {", ".join(last.upper())}.
on "spell your first name": {", ".join(first.upper())}.
on "spell your last name": {", ".join(last.upper())}.
on "first name letter": {", ".join(first.upper())}.
on "last name letter": {", ".join(last.upper())}.
on phone: {", ".join(groups)}. | {groups[0]}.
on digits: {groups[1]}. | {groups[2]}.
on yes-no: Yes, please. | Yes.
on open: I would like to book {wish}. | No, thank you. Goodbye.
""")


def load(path, default):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return default


def bookings(profile, known):
    db = sqlite3.connect(os.path.join(profile, "ava.db"))
    rows = db.execute("""SELECT a.id, a.service_id, a.start_us, c.name, c.phone FROM appointments a
                         JOIN customers c ON c.id = a.customer_id WHERE a.status NOT IN ('cancelled')""").fetchall()
    db.close()
    return [row for row in rows if row[0] not in known]


def offered_instead(events, person):
    """[s] UTC of the times that were offered because nothing was free as this caller wished, rightly heard."""
    service, _, _, _, day, first, last, _, _ = person
    times = set()
    for event in events:
        if event["kind"] != "tool" or event["data"]["name"] != "check_availability":
            continue
        asked, found = event["data"]["args"], event["data"].get("result", {})
        hours = [int(asked.get(name, str(default)).split(":")[0]) for name, default in (("from_time", first), ("to_time", last))]
        if (found.get("matched") is False and asked.get("service") == service and asked.get("from_date") == asked.get("to_date") == day
                and hours[0] < last and hours[1] >= first):
            times.update(datetime.datetime.fromisoformat(slot["start"]).timestamp() for slot in found.get("slots", []))
    return times


def judge(rows, person, events):
    """(booked right, booked wrong, slots right) of what stands in the book after the call."""
    service, _, _, _, day, first, last, name, phone = person
    right = wrong = slots = 0
    for _, booked_service, start_us, booked_name, booked_phone in rows:
        local = subprocess.run(["date", "-d", f"@{start_us // 1000000}", "+%F %H"], capture_output=True, text=True,
                               env={"TZ": "America/New_York"}).stdout.split()
        fits = [booked_service == service,
                (local[0] == day and first <= int(local[1]) <= last) or start_us / 1000000 in offered_instead(events, person),
                booked_name.lower() == name.lower(), booked_phone == (phone or "+12125550176")]
        slots = sum(fits)
        right += all(fits)
        wrong += not all(fits)
    return right, wrong, slots


def count_asks(events):
    """How often each thing was asked for more than once."""
    asks = {}
    for event in events:
        if event["kind"] == "turn":
            for act in event["data"]["acts"]:
                if act.startswith("ask:"):
                    asks[act] = asks.get(act, 0) + 1
    return max([n - 1 for n in asks.values()], default=0)


def call(folder, profile, script, pace):
    """Runs one call. Returns: its events"""
    try:
        subprocess.run([AVACTL, "--data-dir", profile, "--now", NOW, "call", "--caller-script", script,
                        "--pace", pace, "--out", folder], capture_output=True, timeout=240, check=False)
        with open(os.path.join(folder, "events.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    except (OSError, subprocess.TimeoutExpired):
        return []


def take(index, voice, line, person, demo):
    folder = os.path.join(OUT, f"{index:02}-{line}-{voice.replace(' ', '-')}")
    profile = os.path.join(folder, "profile")
    shutil.copytree(demo, profile)
    script = os.path.join(folder, "caller.caller")
    write_script(script, voice, line, person)
    known = {row[0] for row in bookings(profile, set())}
    events = call(folder, profile, script, "fast")
    right, wrong, slots = judge(bookings(profile, known), person, events)
    timing = load(os.path.join(folder, "timing.json"), {})
    shutil.rmtree(profile)
    result = {"line": line, "voice": voice, "right": right, "wrong": wrong, "slots": slots, "asks": count_asks(events), "timing": timing}
    print(f"# {index:02} {line:9} {voice:32} {'booked right' if right else 'booked WRONG' if wrong else 'not booked':12} "
          f"slots {slots}/4, asked again {result['asks']}, "
          f"outcome {next((e['data']['outcome'] for e in reversed(events) if e['kind'] == 'call-ended'), '?')}", flush=True)
    return result


def measure_silences(folder, events):
    """[s] that Ava is still heard after each interruption was noticed."""
    with wave.open(os.path.join(folder, "call.wav")) as file:
        samples = array.array("h", file.readframes(file.getnframes()))
    silences = []
    for event in events:
        if event["kind"] == "barge-in":
            begin = event["data"]["at_us"] * RATE // 1000000
            heard = [at for at in range(begin - RATE, begin + RATE) if 2 * at + 1 < len(samples) and abs(samples[2 * at + 1]) > SILENT]
            if any(at < begin for at in heard):
                silences.append(max(0, heard[-1] - begin) / RATE)
    return silences


def interrupt(voice, demo):
    """Returns: [s] of Ava's voice after each interruption of a call in real time"""
    folder = os.path.join(OUT, f"interrupts-{voice.replace(' ', '-')}")
    profile = os.path.join(folder, "profile")
    shutil.copytree(demo, profile)
    script = os.path.join(folder, "caller.caller")
    with open(script, "w", encoding="utf-8") as file:
        file.write(f"""title: Interrupts
voice: {voice}
hang up after: 30 s
opening: I would like to book a facial.
interrupt "facial?" after 1.2 s: Next Tuesday afternoon.
interrupt "which" after 2 s: The first one, please.
interrupt "name" after 0.8 s: My name is Karen Wilson.
""")
    silences = measure_silences(folder, call(folder, profile, script, "real"))
    shutil.rmtree(profile)
    print(f"# interrupts {voice:32} Ava is heard for {', '.join(f'{1000 * s:.0f}' for s in silences)} ms more", flush=True)
    return silences


def row(name, value, unit, reference):
    ratio = value / reference if reference else 0
    print(f"calls/{name} {value:.3f} {unit} {reference:.3f} {ratio:.2f}")


def median(values):
    values = sorted(values)
    return values[len(values) // 2] if values else math.nan


def report_voices(results):
    for voice in VOICES:
        for line in LINES:
            some = [r for r in results if r["line"] == line and r["voice"] == voice]
            if some:
                row(f"{line}/{voice.replace(' ', '-')}/booked-right", sum(r["right"] > 0 for r in some) / len(some), "share", 0.8)


def report(results, silences):
    report_voices(results)
    for line in LINES:
        some = [r for r in results if r["line"] == line]
        if some:
            row(f"{line}/booked-right", sum(r["right"] > 0 for r in some) / len(some), "share", 0.8)
            row(f"{line}/slots-right", sum(r["slots"] for r in some) / (4 * len(some)), "share", 0.8)
            row(f"{line}/asked-again-at-most-once", sum(r["asks"] <= 1 for r in some) / len(some), "share", 0.8)
    quiet = [r for r in results if r["line"] == "quiet"]
    row("quiet/booked-right-and-asked-again-at-most-once", sum(r["right"] > 0 and r["asks"] <= 1 for r in quiet) / len(quiet), "share", 0.8)
    timings = [r["timing"] for r in results if r["timing"]]
    row("wrong-bookings", sum(r["wrong"] for r in results), "bookings", 0)
    row("barge-in-to-silence", 1000 * max(silences, default=math.nan), "ms", 150)
    row("barge-ins", len(silences), "times", INTERRUPTIONS)
    row("greeting", max([t["greeting_us"] for t in timings], default=math.nan) / 1e6, "s", 0.5)
    row("answer-median", median([t["median_answer_us"] for t in timings]) / 1e6, "s", 1.5)
    row("answer-slowest", max([t["slowest_answer_us"] for t in timings], default=math.nan) / 1e6, "s", 1.5)
    row("main-loop-busy", max([t["longest_main_loop_us"] for t in timings], default=math.nan) / 1e3, "ms", 16)
    row("cpu", median([t["cpu_seconds"] for t in timings]), "s/call", 60)
    row("peak-memory", median([t["peak_rss_kb"] for t in timings]) / 1024, "MB", 300)


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    demo = os.path.join(OUT, "demo")
    os.makedirs(demo)
    subprocess.run([AVACTL, "--data-dir", demo, "--now", NOW, "demo"], check=True, capture_output=True)
    callers = [(v, l, PEOPLE[(i + j) % len(PEOPLE)]) for i, v in enumerate(VOICES) for j, l in enumerate(["quiet", "quiet", "telephone", "noise", "quiet"])]
    if FEW:
        callers = callers[::6]
    results = [take(i, voice, line, person, demo) for i, (voice, line, person) in enumerate(callers)]
    report(results, [s for voice in INTERRUPTERS for s in interrupt(voice, demo)])


main()
