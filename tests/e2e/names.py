#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the keyboard can come to has a name for a screen reader: on every page, in forms and dialogs, and in a call.

Usage: with-display.sh names.py PROGRAM DEMO_SPA (prints TAP)
"""
import importlib.util
import os
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location("front_desk", os.path.join(HERE, "front-desk.py"))
front_desk = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(front_desk)
Failed, wait, walk, steady, Atspi, role_of = (front_desk.Failed, front_desk.wait, front_desk.walk, front_desk.steady,
                                              front_desk.Atspi, front_desk.role_of)
# What holds others and can have the keyboard only for them: it is its rows that are told.
HOLDERS = {"application", "window", "frame", "dialog", "alert", "scroll pane", "viewport"}


def says_something(node):
    """A row that only holds something is told by what it holds."""
    return any((child.get_name() or "").strip() for child in walk(node))


@steady
def look(root):
    """What can have the keyboard: how much there is of it, and where it stands that has no name."""
    count, nameless = 0, []

    def visit(node, path):
        nonlocal count
        states = node.get_state_set()
        if not states.contains(Atspi.StateType.VISIBLE):
            return
        name, role = (node.get_name() or "").strip(), role_of(node)
        if states.contains(Atspi.StateType.FOCUSABLE) and role not in HOLDERS:
            count += 1
            if name == "" and not (role == "list item" and says_something(node)):
                nameless.append(" > ".join(path[-4:] + [role]))
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                visit(child, path + [f"{role} “{name}”" if name else role])

    for i in range(root.get_child_count()):
        visit(root.get_child_at_index(i), [])
    return count, nameless


def expect_names(desk, where, least=3):
    time.sleep(1)   # what is on its way to the screen
    count, nameless = look(desk.root)
    print(f"# {where}: {count} controls", flush=True)
    if count < least:
        raise Failed(f"{where}: only {count} controls were seen")
    if nameless:
        raise Failed(f"{where}: {len(nameless)} of {count} controls have no name: " + "; ".join(sorted(set(nameless))[:12]))


def controls_of_the_pages_have_names(desk):
    wait(30, "the welcome", lambda: desk.find("label", "Ava is ready"))
    faults = []
    for number, page in enumerate(("Live", "Calendar", "Customers", "Settings"), 1):
        desk.key(f"ctrl+{number}")
        wait(20, f"the page {page}", lambda p=page: front_desk.is_selected(desk, p))
        collect(faults, desk, page)
    tell(faults)


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


@steady
def find_focused_section(desk):
    for node in walk(desk.root):
        if node.get_state_set().contains(Atspi.StateType.FOCUSED) and role_of(node) == "list item" and node.get_name() in SECTIONS:
            return node.get_name()
    return None


def open_section(desk, name):
    for _ in range(120):
        if find_focused_section(desk):
            break
        desk.key("shift+Tab")
        time.sleep(0.1)
    for _ in range(2 * len(SECTIONS)):
        at = find_focused_section(desk)
        if at == name:
            break
        desk.key("Down" if at in SECTIONS and SECTIONS.index(at) < SECTIONS.index(name) else "Up")
        time.sleep(0.2)
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


def controls_of_forms_and_dialogs_have_names(desk):
    faults = []
    for page, key, where in (("ctrl+3", "ctrl+shift+n", "New Customer"), ("ctrl+1", "ctrl+question", "Keyboard Shortcuts")):
        desk.key(page)
        time.sleep(1)
        desk.key(key)
        time.sleep(1)
        collect(faults, desk, where)
        desk.key("Escape")
        time.sleep(0.5)
    tell(faults)


def controls_of_a_call_have_names(desk):
    desk.key("ctrl+1")
    wait(15, "the page Live", lambda: front_desk.is_selected(desk, "Live"))
    wait(15, "the menu of callers", lambda: front_desk.click_menu(desk, "Choose a Simulated Caller"))
    wait(10, "the list of simulated callers", lambda: desk.find("list", "Simulated callers"))
    faults = []
    collect(faults, desk, "the callers to choose from")
    desk.key("Return")
    talk = wait(60, "the conversation", lambda: desk.find("list", "Conversation"))
    wait(60, "some words", lambda: desk.count(talk) > 2)
    collect(faults, desk, "a call")
    tell(faults)


STEPS = [controls_of_the_pages_have_names, controls_of_the_settings_have_names, controls_of_forms_and_dialogs_have_names,
         controls_of_a_call_have_names]


front_desk.run(STEPS)
