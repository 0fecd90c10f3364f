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

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location("front_desk", os.path.join(HERE, "front-desk.py"))
front_desk = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(front_desk)
Failed, wait = front_desk.Failed, front_desk.wait


def read_text(node):
    """What stands in a field: its text, or with GTK 4.8 its description."""
    text = node.read_text()
    return text if text is not None else node.description


def tell(there):
    """Role, name and text of all that has the keyboard. A screen reader hears the first of it."""
    return [(node.role, node.name, read_text(node)) for node in there]


def tab_to(desk, role, name):
    seen = []
    there = desk.find_focus()
    for _ in range(20):
        seen.append(tell(there))
        if any(node.role == role and node.name == name for node in there):
            return seen[-1]
        there = desk.step(there, "Tab")
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
    wait(10, "what was typed", lambda: tell(desk.find_focus())[0][2].endswith("Spa West"))


def search_is_told_once(desk):
    desk.key("ctrl+f")
    wait(10, "one thing that has the keyboard", lambda: len(desk.find_focus()) == 1)


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
