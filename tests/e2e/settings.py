#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings in the real window, by keyboard: hours with their impact, a service that Ava offers at once.

Usage: with-display.sh settings.py PROGRAM DEMO_SPA AVACTL (prints TAP)
"""
import importlib.util
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location("front_desk", os.path.join(HERE, "front-desk.py"))
front_desk = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(front_desk)
Failed, wait = front_desk.Failed, front_desk.wait
SPA, AVACTL = sys.argv[2:4]


def read_focus(there):
    """The role and the name of what the keyboard is on."""
    return (there[0].role, there[0].name) if there else ("", "")


def fits(text, name=None, starts=None):
    """GTK 4.8 says the label of a button twice, once with its underline."""
    return text == name or (name is not None and text.endswith(" " + name)) or (starts is not None and text.startswith(starts))


def tab_to(desk, role, name=None, starts=None):
    """Walks with the Tab key until the keyboard is there."""
    there = desk.find_focus()
    for _ in range(120):
        kind, text = read_focus(there)
        if kind == role and fits(text, name, starts):
            return
        there = desk.step(there, "Tab")
    raise Failed(f"Tab does not lead to {role} “{name or starts}”")


def press(desk, name):
    tab_to(desk, "button", name)
    desk.key("Return")


SECTIONS = ["General", "Locations", "Opening Hours", "Services"]


def open_section(desk, name):
    there = desk.find_focus()
    for _ in range(120):
        role, text = read_focus(there)
        if role == "list item" and text in SECTIONS:
            break
        there = desk.step(there, "Tab")
    else:
        raise Failed("Tab does not lead to the list of sections")
    for _ in range(12):
        text = read_focus(there)[1]
        if text == name:
            break
        there = desk.step(there, "Down" if text in SECTIONS and SECTIONS.index(text) < SECTIONS.index(name) else "Up")
    desk.key("Return")
    time.sleep(0.5)


def says(desk, words):
    return next((node for node in desk.look() if words in node.name), None)


def settings_are_opened(desk):
    wait(20, "the welcome", lambda: desk.find("label", "Ava is ready"))
    desk.key("ctrl+4")
    wait(15, "the page Settings", lambda: front_desk.is_selected(desk, "Settings"))
    for name in ("General", "Opening Hours", "Services", "Safety", "People and Roles"):
        wait(15, f"the section {name}", lambda n=name: desk.find("list item", n))


def closing_a_day_lists_its_bookings(desk):
    open_section(desk, "Opening Hours")
    tab_to(desk, "button", starts="Wednesday, open from")
    desk.key("Delete")
    wait(15, "the number of bookings", lambda: says(desk, "left without a place"))
    wait(15, "why", lambda: says(desk, "We are closed on Wednesday"))
    wait(15, "what Ava will say", lambda: says(desk, "Ava says for Wednesday: closed"))
    press(desk, "Save")
    wait(15, "that it is saved", lambda: says(desk, "Saved."))
    if not desk.find("button", starts="Wednesday, closed"):
        raise Failed("Wednesday is not closed on the painter")


def type_words(words):
    subprocess.run(["xdotool", "type", "--delay", "30", words], check=True)


def chat(desk, *turns):
    """What Ava says to each turn, on the same book, by the program beside the window."""
    done = subprocess.run([AVACTL, "--data-dir", os.path.join(desk.folder, "profile"), "--now", front_desk.NOW, "chat"],
                          input="\n".join(turns) + "\n", capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise Failed(f"the chat ended with {done.returncode}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def read_field(desk, name):
    """What stands in a field of the form that was opened last."""
    # The row has the text; what has the keyboard inside it is told with the same name.
    texts = (node.read_text() for node in reversed(desk.look()) if node.role == "text" and node.name == name)
    return next((text for text in texts if text is not None), None)


def fill_field(desk, name, words):
    """The field that the keyboard is on."""
    type_words(words)
    wait(10, f"“{words}” in {name}", lambda: read_field(desk, name) == words)


def added_service_is_offered_in_chat(desk):
    asked = "I would like to book a cryo lift"
    before = chat(desk, asked)[-1]
    if before["slots"]["service"] is not None:
        raise Failed(f"it was understood as {before['slots']['service']} before it was there")
    open_section(desk, "Services")
    press(desk, "Add Service")
    wait(10, "the form of the service", lambda: read_field(desk, "Ways to say it, by commas") is not None)
    fill_field(desk, "Name", "Cryo Lift")
    tab_to(desk, "spin button", "Next visit")
    desk.key("Tab")
    fill_field(desk, "Price", "210")
    tab_to(desk, "spin button", "Group")
    desk.key("Tab", "Tab")
    fill_field(desk, "Kind of room", "treatment")
    tab_to(desk, "check box", "Grace Park")
    desk.key("space")
    wait(15, "that nothing is missing", lambda: says(desk, "Nothing is missing"))
    press(desk, "Save")
    wait(15, "that it is saved", lambda: says(desk, "Saved."))
    after = chat(desk, asked, "on December 2 at 3 pm")
    if "Cryo Lift" not in after[0]["reply"] or after[0]["slots"]["service"] is None:
        raise Failed(f"Ava does not know it: {after[0]}")
    offers = {(offer["service"], offer["provider"]) for offer in after[-1]["offers"]}
    if offers != {("Cryo Lift", "Grace Park")}:
        raise Failed(f"Ava does not offer it: {after[-1]}")
    if "closed on Wednesday" not in after[-1]["reply"]:   # that was set a moment ago
        raise Failed(f"Ava does not know that Wednesday is closed: {after[-1]['reply']}")


STEPS = [settings_are_opened, closing_a_day_lists_its_bookings, added_service_is_offered_in_chat]


os.environ["AVA_DEMO_DIR"] = os.path.dirname(os.path.abspath(SPA))
front_desk.run(STEPS)
