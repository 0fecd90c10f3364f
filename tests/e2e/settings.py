#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings in the real window, by keyboard: hours with their impact.

Usage: with-display.sh settings.py PROGRAM DEMO_SPA (prints TAP)
"""
import importlib.util
import os
import shutil
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location("front_desk", os.path.join(HERE, "front-desk.py"))
front_desk = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(front_desk)
Failed, wait, walk, Atspi = front_desk.Failed, front_desk.wait, front_desk.walk, front_desk.Atspi
SPA = sys.argv[2]


def focused(desk):
    for node in walk(desk.root):
        if node.get_state_set().contains(Atspi.StateType.FOCUSED):
            return node
    return None


def is_called(node, role, name=None, starts=None):
    text = (node.get_name() or "") if node is not None else ""
    return node is not None and node.get_role_name() == role and (
        text == name or (name is not None and text.endswith(" " + name)) or (starts is not None and text.startswith(starts)))


def tab_to(desk, role, name=None, starts=None):
    """Walks with the Tab key until the keyboard is there."""
    for _ in range(90):
        if is_called(focused(desk), role, name, starts):
            return
        desk.key("Tab")
        time.sleep(0.1)
    raise Failed(f"Tab does not lead to {role} “{name or starts}”")


def press(desk, name):
    tab_to(desk, "push button", name)
    desk.key("Return")


SECTIONS = ["General", "Locations", "Opening Hours", "Services"]


def open_section(desk, name):
    for _ in range(90):
        now = focused(desk)
        if now is not None and now.get_role_name() == "list item" and now.get_name() in SECTIONS:
            break
        desk.key("Tab")
        time.sleep(0.1)
    else:
        raise Failed("Tab does not lead to the list of sections")
    for _ in range(12):
        if focused(desk).get_name() == name:
            break
        desk.key("Down" if SECTIONS.index(focused(desk).get_name()) < SECTIONS.index(name) else "Up")
        time.sleep(0.2)
    desk.key("Return")
    time.sleep(0.5)


def says(desk, words):
    for node in walk(desk.root):
        if words in (node.get_name() or ""):
            return node
    return None


def settings_are_opened(desk):
    wait(20, "the welcome", lambda: desk.find("label", "Ava is ready"))
    desk.key("ctrl+4")
    wait(15, "the page Settings", lambda: front_desk.is_selected(desk, "Settings"))
    for name in ("General", "Opening Hours", "Services", "Safety", "People and Roles"):
        wait(15, f"the section {name}", lambda n=name: desk.find("list item", n))


def closing_a_day_lists_its_bookings(desk):
    open_section(desk, "Opening Hours")
    tab_to(desk, "push button", starts="Wednesday, open from")
    desk.key("Delete")
    wait(15, "the number of bookings", lambda: says(desk, "left without a place"))
    wait(15, "why", lambda: says(desk, "We are closed on Wednesday"))
    wait(15, "what Ava will say", lambda: says(desk, "Ava says for Wednesday: closed"))
    press(desk, "Save")
    wait(15, "that it is saved", lambda: says(desk, "Saved."))
    if not desk.find("push button", starts="Wednesday, closed"):
        raise Failed("Wednesday is not closed on the painter")


STEPS = [settings_are_opened, closing_a_day_lists_its_bookings]


def main():
    folder = tempfile.mkdtemp(prefix="ava-e2e-settings-")
    os.environ["AVA_DEMO_DIR"] = os.path.dirname(os.path.abspath(SPA))
    print(f"1..{len(STEPS)}", flush=True)
    desk = front_desk.Desk(folder, "--demo")
    desk.folder = folder
    passed = True
    try:
        for number, step in enumerate(STEPS, 1):
            passed &= front_desk.report(number, step.__name__.replace("_", " "), step, desk)
    finally:
        desk.stop()
    if not passed:
        with open(os.path.join(folder, "log")) as log:
            print("".join("# " + line for line in log.readlines()[-20:]))
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if passed else 1)


main()
