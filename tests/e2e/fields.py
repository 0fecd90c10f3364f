#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields of rows, as a screen reader meets them: when the keyboard comes to one, its name and text are told.

Usage: with-display.sh fields.py PROGRAM DEMO_SPA (prints TAP)
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
Failed, wait, walk, steady, Atspi, role_of = (front_desk.Failed, front_desk.wait, front_desk.walk, front_desk.steady,
                                              front_desk.Atspi, front_desk.role_of)


def read_text(node):
    """What stands in a field: its text, or with GTK 4.8 its description."""
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text is not None else node.get_description() or ""


@steady
def list_focus(desk):
    """All that has the keyboard: role, name and text. A screen reader hears the first of it."""
    return [(role_of(node), node.get_name() or "", read_text(node)) for node in walk(desk.root)
            if node.get_state_set().contains(Atspi.StateType.FOCUSED)]


def tab_to(desk, role, name):
    seen = []
    for _ in range(20):
        there = list_focus(desk)
        seen.append(there)
        if any(kind == role and text == name for kind, text, _ in there):
            return there
        desk.key("Tab")
        time.sleep(0.1)
    raise Failed(f"Tab does not lead to the {role} “{name}”, but to {seen}")


def field_is_told_when_the_keyboard_comes(desk):
    desk.key("ctrl+4")
    wait(20, "the settings", lambda: desk.find(name="Greeting"))
    tab_to(desk, "list item", "General")
    desk.key("Return")
    there = tab_to(desk, "text", "Name")
    if len(there) != 1:
        raise Failed(f"more than one thing has the keyboard: {there}")
    if "Willow & Sage Med Spa" not in there[0][2]:
        raise Failed(f"what stands in the field is not told: {there}")
    desk.key("End")
    front_desk.type_words(" West")
    wait(10, "what was typed", lambda: list_focus(desk)[0][2].endswith("Spa West"))


def search_is_told_once(desk):
    desk.key("ctrl+f")
    wait(10, "one thing that has the keyboard", lambda: len(list_focus(desk)) == 1)


def main():
    folder = tempfile.mkdtemp()
    desk = None
    failed = 0
    tests = [field_is_told_when_the_keyboard_comes, search_is_told_once]
    print(f"1..{len(tests)}", flush=True)
    try:
        desk = front_desk.Desk(folder, "--demo")
        for number, test in enumerate(tests, 1):
            try:
                test(desk)
                print(f"ok {number} - {test.__name__}", flush=True)
            except Failed as failure:
                failed += 1
                print(f"not ok {number} - {test.__name__}\n# {failure}", flush=True)
    finally:
        if desk is not None:
            desk.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
