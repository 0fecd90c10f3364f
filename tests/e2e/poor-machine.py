#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines on which something is missing: each is told in one sentence, nothing is lost, nothing hangs.

Usage: with-display.sh poor-machine.py FRONT_DESK AVACTL DEMO_SPA (prints TAP)
"""
import array
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import wave

FRONT_DESK, AVACTL, SPA = (os.path.abspath(path) for path in sys.argv[1:4])
CALLERS = os.path.join(os.path.dirname(SPA), "callers")
CALLER = os.path.join(CALLERS, "01-sam-books-botox.caller")
NOW = "2026-12-01T10:20:00-05:00"
ENV = dict(os.environ, GTK_A11Y="none", AVA_DEMO_DIR=os.path.dirname(SPA))
LONGEST = 150 * int(os.environ.get("AVA_TEST_PATIENCE", "1"))   # [s]


class Skipped(Exception):
    pass


def run(*command, env=None, **options):
    """A program that ends by itself, or the test fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, env=dict(ENV, **(env or {})), **options)
    if done.returncode < 0:
        raise AssertionError(f"it died of signal {-done.returncode}: {done.stderr[-400:]}")
    return done


def avactl(profile, *command, **options):
    return run(AVACTL, "--data-dir", profile, "--now", NOW, *command, **options)


def start_window(profile, **options):
    return run(FRONT_DESK, "--demo", "--data-dir", profile, "--measure-start", **options)


def expect(done, status, *words):
    """Told in few lines, in words, without what only a programmer understands."""
    said = done.stderr
    assert done.returncode == status, f"it ended with {done.returncode}: {said[-400:]}"
    assert all(word in said for word in words), said[-400:]
    assert len(said.splitlines()) <= 6 and "critical" not in said.lower() and "assert" not in said.lower(), said[-400:]


def count(profile, table):
    with sqlite3.connect(os.path.join(profile, "ava.db")) as book:
        assert book.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return book.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def call_until_booked(profile, **options):
    """The first of three callers whom Ava understands; what is booked is what the call says."""
    for name in ("01-sam-books-botox", "02-changes-her-mind", "03-price-and-hours-first"):
        before = count(profile, "appointments")
        done = avactl(profile, "--json", "call", "--caller-script", os.path.join(CALLERS, name + ".caller"), "--pace", "fast", **options)
        assert done.returncode == 0, done.stderr[-400:]
        outcome = json.loads(done.stdout)["outcome"]
        booked = count(profile, "appointments") - before
        assert booked == (outcome == "booked"), f"{booked} booked, but the call ended as {outcome}"
        if booked:
            return done
    raise AssertionError("none of three callers was understood")


def no_fonts_are_told_before_a_window_opens(folder):
    conf = os.path.join(folder, "fonts.conf")
    with open(conf, "w") as file:
        file.write('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                   f"<cachedir>{folder}/cache</cachedir></fontconfig>")
    expect(start_window(os.path.join(folder, "fonts"), env={"FONTCONFIG_FILE": conf}), 1, "no fonts", "Install")
    assert not os.path.exists(os.path.join(folder, "fonts")), "a profile was made all the same"


def window_opens_without_bus_and_keyring(folder):
    env = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus", "XDG_RUNTIME_DIR": os.path.join(folder, "no-run")}
    done = start_window(os.path.join(folder, "bus"), env=env)
    expect(done, 0)
    assert "first_frame_ms" in done.stdout, done.stdout
    # Two such windows do not know of each other, and still work on one book.
    expect(start_window(os.path.join(folder, "bus"), env=env), 0)
    assert count(os.path.join(folder, "bus"), "customers") == 400


def call_is_booked_without_bus_and_keyring(folder):
    profile = os.path.join(folder, "bus-call")
    env = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus"}
    avactl(profile, "demo", "--customers", "50", "--days", "20", env=env)
    call_until_booked(profile, env=env)


def without_sound_the_microphone_is_told(folder):
    env = {"PULSE_SERVER": f"unix:{folder}/no-sound", "AVA_AUDIO_SRC": "filesrc location=/nowhere"}
    done = avactl(os.path.join(folder, "doctor"), "doctor", env=env)
    line = next(line for line in done.stdout.splitlines() if line.startswith("microphone"))
    assert "not there" in line and len(line) > 40, line


def write_wav(path, seconds):
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        for _ in range(seconds // 60):
            file.writeframes(array.array("h", [0] * 8000 * 60).tobytes())


def empty_endless_and_missing_recordings_are_refused(folder):
    profile = os.path.join(folder, "wav")
    avactl(profile, "demo", "--customers", "20", "--days", "2")
    names = {"empty.wav": "is empty", "hours.wav": "longer than", "missing.wav": "cannot be read"}
    open(os.path.join(folder, "empty.wav"), "w").close()
    write_wav(os.path.join(folder, "hours.wav"), 3 * 3600)
    before = count(profile, "conversations")
    for name, words in names.items():
        expect(avactl(profile, "call", "--caller-wav", os.path.join(folder, name), "--pace", "fast"), 1, words, name)
    assert count(profile, "conversations") == before, "a call was noted that never was"


def read_only_folder_is_told(folder):
    profile = os.path.join(folder, "read-only")
    avactl(profile, "demo", "--customers", "20", "--days", "2")
    private_mount("bind", profile, folder, "read_only")


def full_disk_loses_nothing(folder):
    private_mount("tmpfs", os.path.join(folder, "disk"), folder, "full_disk")


def private_mount(kind, place, folder, what):
    """Runs the function @what of this file where @place is mounted for it alone."""
    os.makedirs(place, exist_ok=True)
    mount = {"bind": f'mount --bind "{place}" "{place}" && mount -o remount,ro,bind "{place}"',
             "tmpfs": f'mount -t tmpfs -o size=48m none "{place}"'}[kind]
    for flags in ("-m", "-rm"):
        if subprocess.run(["unshare", flags, "sh", "-c", mount], capture_output=True).returncode == 0:
            break
    else:
        raise Skipped("nothing can be mounted here")
    inside = subprocess.run(["unshare", flags, "sh", "-c", f'{mount} && exec "$@"', "_", sys.executable, __file__,
                             FRONT_DESK, AVACTL, SPA, what, place], capture_output=True, text=True, timeout=3 * LONGEST)
    assert inside.returncode == 0, inside.stderr[-600:]


def read_only(profile):
    expect(avactl(profile, "call", "--caller-script", CALLER, "--pace", "fast"), 1, "cannot be written")


def fill_up(path):
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(bytes(1 << 16)):
                pass
        except OSError:
            pass


def full_disk(place):
    profile = os.path.join(place, "profile")
    filler = os.path.join(place, "filler")
    avactl(profile, "demo", "--customers", "50", "--days", "20")

    # Nearly full: what takes most room is given up, the booking is not.
    with open(filler, "wb") as file:
        file.write(bytes(24 << 20))
    expect(call_until_booked(profile), 0, "not recorded", "disk is nearly full")
    assert os.listdir(os.path.join(profile, "recordings")) == []

    # To the brim in the middle of a call: it is told, and the book stays whole.
    appointments, calls = count(profile, "appointments"), count_calls(profile)
    call = subprocess.Popen([AVACTL, "--data-dir", profile, "--now", NOW, "--json", "call", "--caller-script", CALLER,
                             "--pace", "fast"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENV)
    end = time.monotonic() + LONGEST
    while count_calls(profile) == calls and time.monotonic() < end:
        time.sleep(0.1)
    fill_up(filler)
    said, trouble = call.communicate(timeout=LONGEST)
    assert call.returncode >= 0 and "disk" in trouble, trouble[-400:]
    outcome = json.loads(said)["outcome"] if said.strip() else "none"

    # With room again all goes on, and nothing stands there that was not confirmed.
    os.unlink(filler)
    booked = count(profile, "appointments") - appointments
    assert booked == (1 if outcome == "booked" else 0), f"{booked} booked, but the call ended as {outcome}"
    expect(avactl(profile, "slots", "--service", "Botox", "--from", "2026-12-02", "--to", "2026-12-09"), 0)


def count_calls(profile):
    """Those that simulated callers made, the running one too."""
    try:
        with sqlite3.connect(os.path.join(profile, "ava.db"), timeout=5) as book:
            return book.execute("SELECT count(*) FROM call_details WHERE line = 'simulated'").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


STEPS = [no_fonts_are_told_before_a_window_opens, window_opens_without_bus_and_keyring,
         call_is_booked_without_bus_and_keyring, without_sound_the_microphone_is_told,
         empty_endless_and_missing_recordings_are_refused, read_only_folder_is_told, full_disk_loses_nothing]


def report(number, step, folder):
    name = step.__name__.replace("_", " ")
    try:
        step(folder)
    except Skipped as why:
        print(f"ok {number} - {name} # SKIP {why}", flush=True)
    except Exception as error:   # every kind of failure is a failed test, told in words
        words = str(error).replace("\n", "\n# ")
        print(f"not ok {number} - {name}\n# {type(error).__name__}: {words}", flush=True)
        return False
    else:
        print(f"ok {number} - {name}", flush=True)
    return True


def main():
    if len(sys.argv) > 4:
        {"read_only": read_only, "full_disk": full_disk}[sys.argv[4]](sys.argv[5])
        return 0
    folder = tempfile.mkdtemp(prefix="ava-e2e-")
    print(f"1..{len(STEPS)}", flush=True)
    passed = all([report(number, step, folder) for number, step in enumerate(STEPS, 1)])
    shutil.rmtree(folder, ignore_errors=True)
    return 0 if passed else 1


sys.exit(main())
