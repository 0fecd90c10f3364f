#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Booking, moving, undoing and cancelling in the calendar, from outside, by the keyboard alone.

Usage: with-display.sh booking.py PROGRAM DEMO_SPA AVACTL (prints TAP)
"""
import importlib.util
import json
import os
import sqlite3
import subprocess
import sys

spec = importlib.util.spec_from_file_location("front_desk", os.path.join(os.path.dirname(os.path.abspath(__file__)), "front-desk.py"))
front_desk = importlib.util.module_from_spec(spec)
spec.loader.exec_module(front_desk)
wait, Failed = front_desk.wait, front_desk.Failed

AVACTL = sys.argv[3]
DAYS = 28   # from December 1 to Tuesday, December 29: Elena Ortiz has time at eleven


def read_focus(there):
    """The name of what the keyboard is on."""
    return next((node.name for node in there if node.role not in ("frame", "list")), "")


def press_until(desk, keys, fits, what, most=60):
    there = desk.find_focus()
    for _ in range(most):
        if fits(read_focus(there)):
            return read_focus(there)
        there = desk.step(there, keys)
    raise Failed(f"{most} times {keys} did not lead to {what}; the focus is on “{read_focus(there)}”")


def focus_free_time(desk, provider):
    """Tab into the day, then the arrow keys to a free time in that column."""
    press_until(desk, "Tab", lambda name: "free" in name.lower() or " with " in name, "the day")
    press_until(desk, "Right", lambda name: provider in name, provider, 6)
    return press_until(desk, "Down", lambda name: provider in name and "free" in name.lower(), "a free time")


def list_appointments(desk):
    return {node.name for node in desk.look() if node.role == "button" and " with " in node.name}


def type_keys(desk, text):
    subprocess.run(["xdotool", "type", "--delay", "30", text], check=True)


def find_label(desk, words):
    return next((node for node in desk.look() if words in node.name), None)


TODAY = """
  SELECT c.name || ', ' || s.name || ' with ' || p.name || ', ' || strftime ('%H:%M', a.start_us / 1000000 - 5 * 3600, 'unixepoch') ||
         ' to ' || strftime ('%H:%M', a.end_us / 1000000 - 5 * 3600, 'unixepoch') || ', ', c.allergies, c.contraindications, c.pregnant
  FROM appointments a JOIN customers c ON c.id = a.customer_id JOIN services s ON s.id = a.service_id
   JOIN providers p ON p.id = a.provider_id
  WHERE date (a.start_us / 1000000 - 5 * 3600, 'unixepoch') = '2026-12-01' AND a.status NOT IN ('cancelled', 'no-show')"""


def read_tree(desk):
    """(name, names and descriptions of all that is in it) of each appointment, and the names of all buttons."""
    buttons = [node for node in desk.look() if node.role == "button"]
    boxes = [(node.name, [f"{child.name} {child.description}" for child in node.walk()]) for node in buttons if " with " in node.name]
    return boxes, {node.name for node in buttons}


def without_zero(name):
    return name.replace(", 0", ", ").replace(" to 0", " to ")


def all_that_is_drawn_is_in_the_tree(desk):
    """Each appointment of the book with its chips, and each time that the engine offers."""
    wait(20, "the welcome", lambda: desk.find("label", "Ava is ready"))
    desk.key("ctrl+2")
    wait(15, "today", lambda: desk.find("label", "Today · Tuesday, December 1"))
    wait(15, "the appointments", lambda: list_appointments(desk))
    profile = os.path.join(desk.folder, "profile")
    boxes, buttons = read_tree(desk)
    with sqlite3.connect(f"file:{profile}/ava.db?mode=ro", uri=True) as book:
        booked = book.execute(TODAY).fetchall()
    if len(booked) < 10 or len(boxes) != len(booked):
        raise Failed(f"{len(booked)} appointments are in the book, {len(boxes)} in the tree")
    for name, allergies, contraindications, pregnant in booked:
        box = [box for box in boxes if box[0].startswith(without_zero(name))]
        chips = [f"Allergic: {allergies}"] * bool(allergies) + [contraindications] * bool(contraindications) + ["Pregnant"] * pregnant
        if len(box) != 1 or any(chip not in box[0][0] or not any(chip in inside for inside in box[0][1]) for chip in chips):
            raise Failed(f"{name} {chips} is not in the tree: {box}")
    done = subprocess.run([AVACTL, "--data-dir", profile, "--now", front_desk.NOW, "--json", "slots", "--service", "Consultation",
                           "--from", "2026-12-01", "--to", "2026-12-01"], capture_output=True, text=True, check=True)
    free = {f'{slot["provider"]}, {int(slot["start"][11:13])}{slot["start"][13:16]}, free' for slot in json.loads(done.stdout)["slots"]}
    if not free or not free <= buttons:
        raise Failed(f"free, but not in the tree: {free - buttons or 'nothing'}")


def opens_a_day(desk):
    desk.key(*["Page_Down"] * DAYS)
    wait(15, "December 29", lambda: find_label(desk, "Tuesday, December 29"))


def books_in_six_keys(desk):
    focus_free_time(desk, "Elena Ortiz")
    before = list_appointments(desk)
    type_keys(desk, "sm b")             # four keys
    desk.key("Return", "Return")        # and two
    new = wait(20, "the new appointment", lambda: list_appointments(desk) - before)
    if len(new) != 1 or "Botox with Elena Ortiz" not in new.copy().pop():
        raise Failed(f"booked was {new}")
    desk.booked = new.pop()
    wait(10, "the offer to undo", lambda: find_label(desk, "Booked · "))


def undo_takes_it_back_and_redo_makes_it_again(desk):
    desk.key("ctrl+z")
    wait(15, "“Undone”", lambda: find_label(desk, "Undone: "))
    wait(15, "the time free again", lambda: desk.booked not in list_appointments(desk))
    desk.key("ctrl+shift+z")
    wait(15, "“Redone”", lambda: find_label(desk, "Redone: "))
    wait(15, "the appointment again", lambda: desk.booked in list_appointments(desk))


def focus_appointment(desk, name):
    press_until(desk, "Tab", lambda focus: focus == name, f"“{name}”", 120)


def moves_by_phrase(desk):
    focus_appointment(desk, desk.booked)
    desk.key("m")
    wait(10, "the field for the new time", lambda: desk.find(name="New time"))
    type_keys(desk, "dec 30 15:00")
    wait(10, "the preview", lambda: find_label(desk, "Wednesday, December 30, 15:00 to 15:30"))
    desk.key("Return")
    wait(15, "the move", lambda: find_label(desk, "Moved · "))
    wait(15, "the day that it went to", lambda: find_label(desk, "Wednesday, December 30"))
    desk.key("ctrl+z")
    wait(15, "“Undone”", lambda: find_label(desk, "Undone: Moved"))
    wait(15, "the day that it came from", lambda: find_label(desk, "Tuesday, December 29"))
    wait(15, "the appointment where it was", lambda: desk.booked in list_appointments(desk))


def space_says_it_is_confirmed(desk):
    focus_appointment(desk, desk.booked)
    desk.key("space")
    confirmed = desk.booked.replace("scheduled", "confirmed")
    wait(15, "the new state", lambda: confirmed in list_appointments(desk))
    desk.booked = confirmed


def cancels_with_a_reason(desk):
    focus_appointment(desk, desk.booked)
    desk.key("Delete")
    wait(10, "the reasons", lambda: desk.find("list", "Reasons"))
    desk.key("1")
    wait(15, "the cancellation", lambda: find_label(desk, "Cancelled · "))
    wait(15, "the reason in the history", lambda: find_label(desk, "Why: Client is ill"))
    wait(15, "the time free", lambda: desk.booked not in list_appointments(desk))


def gate_refuses_an_allergic_client(desk):
    """One who is added by the keyboard first."""
    front_desk.add_customer(desk, "Una Quux", "212 555 0142", "Lidocaine")
    desk.key("ctrl+2")
    focus_free_time(desk, "Elena Ortiz")
    before = list_appointments(desk)
    type_keys(desk, "una q fil")
    wait(15, "the allergy in words", lambda: find_label(desk, "Allergic: Lidocaine"))
    wait(15, "who may go on", lambda: find_label(desk, "The medical director may book it with a reason."))
    desk.key("Return", "Return", "Return")
    if list_appointments(desk) != before:
        raise Failed("it was booked")
    desk.key("Escape")
    wait(10, "the entry gone", lambda: not find_label(desk, "The medical director may"))


STEPS = [all_that_is_drawn_is_in_the_tree, opens_a_day, books_in_six_keys, undo_takes_it_back_and_redo_makes_it_again, moves_by_phrase,
         space_says_it_is_confirmed, cancels_with_a_reason, gate_refuses_an_allergic_client]


front_desk.run(STEPS)
