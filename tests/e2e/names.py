#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the keyboard can come to has a name for a screen reader: on every page, in forms and dialogs, and in a call.

Usage: with-display.sh names.py PROGRAM DEMO_SPA (prints TAP)
"""
import importlib.util
import os
import time

from screen_reader import FOCUSABLE

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location("front_desk", os.path.join(HERE, "front-desk.py"))
front_desk = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(front_desk)
Failed, wait = front_desk.Failed, front_desk.wait
# What holds others and can have the keyboard only for them: it is its rows that are told.
HOLDERS = {"application", "window", "frame", "dialog", "alert", "scroll pane", "viewport"}


def says_something(node):
    """A row that only holds something is told by what it holds."""
    return any(child.name.strip() for child in node.walk())


def list_controls(node, path=()):
    """(where it stands, Node) of all below that can have the keyboard."""
    for child in node.below:
        if child.has(FOCUSABLE) and child.role not in HOLDERS:
            yield " > ".join(path[-4:] + (child.role,)), child
        name = child.name.strip()
        yield from list_controls(child, path + (f"{child.role} “{name}”" if name else child.role,))


def is_nameless(node):
    return node.name.strip() == "" and not (node.role == "list item" and says_something(node))


@front_desk.steady
def look(desk):
    return list(list_controls(desk.program.look()))


def look_settled(desk):
    """What is on its way to the screen is waited for."""
    controls = look(desk)
    for _ in range(10):
        time.sleep(0.4)
        before, controls = controls, look(desk)
        if [(node.path, is_nameless(node)) for _, node in before] == [(node.path, is_nameless(node)) for _, node in controls]:
            break
    return controls


def expect_names(desk, where, least=3):
    controls = look_settled(desk)
    nameless = [place for place, node in controls if is_nameless(node)]
    print(f"# {where}: {len(controls)} controls", flush=True)
    if len(controls) < least:
        raise Failed(f"{where}: only {len(controls)} controls were seen")
    if nameless:
        raise Failed(f"{where}: {len(nameless)} of {len(controls)} controls have no name: " + "; ".join(sorted(set(nameless))[:12]))


def controls_of_the_pages_have_names(desk):
    wait(30, "the welcome", lambda: desk.find("label", "Ava is ready"))
    faults = []
    for keys, page in (("ctrl+1", "Live"), ("ctrl+2", "Calendar"), ("ctrl+4", "Settings")):
        show_page(desk, keys, page)
        collect(faults, desk, page)
    tell(faults)


def show_page(desk, keys, page):
    desk.key(keys)
    wait(20, f"the page {page}", lambda: front_desk.is_selected(desk, page))


def collect(faults, desk, where):
    try:
        expect_names(desk, where)
    except Failed as fault:
        faults.append(str(fault))


def tell(faults):
    if faults:
        raise Failed("\n# ".join(faults))


SECTIONS = ("General", "Locations", "Opening Hours", "Services", "Packages", "Providers", "Rooms and Devices", "Safety",
            "People and Roles", "Ava's Hearing", "Ava's Voice", "Import and Export")


def find_section(there):
    """The section that the keyboard is on."""
    return next((node.name for node in there if node.role == "list item" and node.name in SECTIONS), None)


def open_section(desk, name):
    there = desk.find_focus()
    for _ in range(120):
        if find_section(there):
            break
        there = desk.step(there, "shift+Tab")
    for _ in range(2 * len(SECTIONS)):
        at = find_section(there)
        if at == name:
            break
        there = desk.step(there, "Down" if at in SECTIONS and SECTIONS.index(at) < SECTIONS.index(name) else "Up")
    else:
        raise Failed(f"the keyboard does not lead to the section {name}")
    wait(10, f"the section {name}", lambda: desk.find("label", name))   # the arrows open it, and stay on the list


def controls_of_the_settings_have_names(desk):
    faults = []
    desk.key("ctrl+4")
    for name in SECTIONS:
        open_section(desk, name)
        collect(faults, desk, f"Settings, {name}")
    tell(faults)


def controls_of_a_call_have_names(desk):
    show_page(desk, "ctrl+1", "Live")
    wait(15, "the menu of callers", lambda: front_desk.click_menu(desk, "Choose a Simulated Caller"))
    wait(10, "the list of simulated callers", lambda: desk.find("list", "Simulated callers"))
    faults = []
    collect(faults, desk, "the callers to choose from")
    desk.key("Return")
    wait(60, "some words", lambda: len(desk.list_rows("Conversation")) > 2)
    collect(faults, desk, "a call")
    tell(faults)


def controls_of_the_shortcuts_have_names(desk):
    show_page(desk, "ctrl+1", "Live")
    desk.key("ctrl+question")
    wait(10, "the window of the shortcuts", lambda: len(desk.program.look().below) > 1)
    faults = []
    collect(faults, desk, "Keyboard Shortcuts")
    desk.key("Escape")
    wait(10, "one window again", lambda: len(desk.program.look().below) == 1)
    tell(faults)


def controls_of_the_customers_have_names(desk):
    show_page(desk, "ctrl+3", "Customers")
    wait(20, "the customers", lambda: len(desk.list_rows("Customers")) > 3)
    faults = []
    collect(faults, desk, "Customers")
    desk.key("ctrl+shift+n")
    wait(10, "the form", lambda: desk.find("label", "New Customer"))
    collect(faults, desk, "New Customer")
    tell(faults)


# The customers come last: with their rows, which are many, the tree takes ten times as long to read.
STEPS = [controls_of_the_pages_have_names, controls_of_the_settings_have_names, controls_of_the_shortcuts_have_names,
         controls_of_a_call_have_names, controls_of_the_customers_have_names]


front_desk.run(STEPS)
