#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of the window on the session bus, and the notifications it sends while nobody looks.

Usage: with-display.sh commands.py PROGRAM DEMO_SPA (prints TAP)
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

from gi.repository import Gio, GLib

PROGRAM, SPA = sys.argv[1:3]
PATIENCE = int(os.environ.get("AVA_TEST_PATIENCE", "1"))
NAME, PATH = "com.getevaai.FrontDesk", "/com/getevaai/FrontDesk"
NOTIFICATIONS = """<node><interface name="org.freedesktop.Notifications">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
</interface></node>"""

shown = []    # (title, body, the id of the one it takes the place of)
closed = []   # ids


def on_call(connection, sender, path, interface, method, parameters, invocation):
    if method == "Notify":
        shown.append((parameters.unpack()[3], parameters.unpack()[4], parameters.unpack()[1]))
        invocation.return_value(GLib.Variant("(u)", (len(shown),)))
    elif method == "CloseNotification":
        closed.append(parameters.unpack()[0])
        invocation.return_value(None)
    elif method == "GetCapabilities":
        invocation.return_value(GLib.Variant("(as)", (["body", "actions"],)))
    else:
        invocation.return_value(None)


def spin(seconds, what, condition):
    end = time.monotonic() + seconds * PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        GLib.MainContext.default().iteration(False)
        time.sleep(0.05)


def call(bus, path, method, arguments, answer=None):
    return bus.call_sync(NAME, path, "org.gtk.Actions", method, arguments,
                         GLib.VariantType(answer) if answer else None, Gio.DBusCallFlags.NONE, 10000, None)


def actions(bus, path):
    try:
        return call(bus, path, "DescribeAll", None, "(a{s(bgav)})").unpack()[0]
    except GLib.Error:
        return {}


def activate(bus, path, name, *parameters):
    call(bus, path, "Activate", GLib.Variant("(sava{sv})", (name, list(parameters), {})))


def has_enabled(bus, path, name):
    return actions(bus, path).get(name, (False,))[0]


def look_away():
    """No window has the keyboard."""
    subprocess.run(["xdotool", "mousemove", "1279", "859"], check=True)
    subprocess.run(["xdotool", "windowfocus", root_window()], stderr=subprocess.DEVNULL)


def root_window():
    out = subprocess.run(["xdotool", "search", "--maxdepth", "0", "."], capture_output=True, text=True).stdout.split()
    return out[0] if out else "1"


def commands_are_on_the_bus(bus):
    spin(30, "the window's commands", lambda: "practice" in actions(bus, PATH + "/window/1"))
    spin(10, "the call's commands", lambda: "end" in actions(bus, PATH + "/call"))
    assert {"quit", "show-page", "help", "about"} <= set(actions(bus, PATH)), actions(bus, PATH)
    assert not has_enabled(bus, PATH + "/call", "end"), "there is no call to end"


def calls_shown():
    return [note for note in shown if note[0] == "Ava is taking a call"]


def call_is_announced_while_nobody_looks(bus):
    look_away()
    time.sleep(0.5)
    activate(bus, PATH + "/window/1", "practice", GLib.Variant("s", "01-sam-books-botox.caller"))
    spin(30, "a notification", lambda: len(calls_shown()) == 1)
    spin(60, "a call that can be ended", lambda: has_enabled(bus, PATH + "/call", "mute"))


def end_shown_call(bus):
    activate(bus, PATH + "/call", "end")
    spin(30, "the end", lambda: has_enabled(bus, PATH + "/call", "dismiss"))
    activate(bus, PATH + "/call", "dismiss")


def end_of_a_call_leaves_the_word_of_another(bus):
    look_away()
    activate(bus, PATH + "/window/1", "practice", GLib.Variant("s", "02-changes-her-mind.caller"))
    spin(30, "word of a second call", lambda: len(calls_shown()) == 2)
    assert all(note[2] == 0 for note in calls_shown()), "the second took the place of the first"
    end_shown_call(bus)
    spin(30, "a notification that goes", lambda: closed)
    spin(30, "the other call", lambda: has_enabled(bus, PATH + "/call", "end"))
    assert len(closed) == 1, f"gone are {closed}"


def call_is_ended_from_the_bus(bus):
    end_shown_call(bus)
    spin(30, "both to go", lambda: len(set(closed)) == 2)
    spin(30, "the welcome", lambda: not has_enabled(bus, PATH + "/call", "dismiss"))


def booking_is_announced_while_nobody_looks(bus):
    look_away()
    activate(bus, PATH + "/window/1", "practice", GLib.Variant("s", "01-sam-books-botox.caller"))
    spin(60, "another call", lambda: has_enabled(bus, PATH + "/call", "mute"))
    spin(240, "word of the booking", lambda: any(note[0] == "Ava booked an appointment" for note in shown))
    body = next(note[1] for note in shown if note[0] == "Ava booked an appointment")
    assert body.startswith("Botox, "), f"it says “{body}”"
    activate(bus, PATH + "/call", "end")


def main():
    folder = tempfile.mkdtemp(prefix="ava-e2e-")
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    node = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS)
    bus.register_object("/org/freedesktop/Notifications", node.interfaces[0], on_call, None, None)
    Gio.bus_own_name_on_connection(bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)
    env = dict(os.environ, GTK_A11Y="none", AVA_DEMO_DIR=os.path.dirname(os.path.abspath(SPA)))
    steps = [commands_are_on_the_bus, call_is_announced_while_nobody_looks, end_of_a_call_leaves_the_word_of_another,
             call_is_ended_from_the_bus, booking_is_announced_while_nobody_looks]
    passed = True
    print(f"1..{len(steps) + 1}", flush=True)
    with open(os.path.join(folder, "log"), "w") as log:
        desk = subprocess.Popen([PROGRAM, "--demo", "--data-dir", os.path.join(folder, "profile")], env=env, stdout=log, stderr=log)
        for number, step in enumerate(steps, 1):
            try:
                step(bus)
                print(f"ok {number} - {step.__name__.replace('_', ' ')}", flush=True)
            except Exception as error:
                passed = False
                print(f"not ok {number} - {step.__name__.replace('_', ' ')}\n# {type(error).__name__}: {error}", flush=True)
        try:
            activate(bus, PATH, "quit")
            status = desk.wait(20 * PATIENCE)
        except (GLib.Error, subprocess.TimeoutExpired):
            desk.kill()
            status = desk.wait()
        passed &= status == 0
        print(f"{'ok' if status == 0 else 'not ok'} {len(steps) + 1} - quits from the bus", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if passed else 1)


main()
