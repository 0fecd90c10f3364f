#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A receptionist's morning, from outside: the real program, the keyboard, and what a screen reader sees.

Usage: with-display.sh front-desk.py PROGRAM DEMO_SPA (prints TAP)
"""
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import time

from gi.repository import GLib

import screen_reader
from screen_reader import FOCUSED, SELECTED, Gone

PROGRAM, SPA = sys.argv[1:3]
NOW = "2026-12-01T10:20:00-05:00"
COMPLAINTS = (": warning: ", ": critical: ")
# Now and then GTK 4.8 says so of a label in the tree of all pages; which one it is has not been found.
LISTED = ("Gtk: warning: GtkLabel 0x", "reported min width -")
PATIENCE = int(os.environ.get("AVA_TEST_PATIENCE", "1"))


class Failed(Exception):
    pass


def wait(seconds, what, condition):
    end = time.monotonic() + seconds * PATIENCE
    while True:
        try:
            found = condition()
        except (GLib.Error, Gone):   # a widget went away while it was looked at
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Failed(f"waited {seconds} s in vain for {what}")
        time.sleep(0.2)


def steady(look):
    """A look at a tree that changes meanwhile is taken again."""
    @functools.wraps(look)
    def again(*arguments, **named):
        for _ in range(100):
            try:
                return look(*arguments, **named)
            except (GLib.Error, Gone) as error:
                last = error
                time.sleep(0.1)
        raise Failed(f"{look.__name__} saw no steady window: {last}")
    return again


class Desk:
    def __init__(self, folder, *arguments):
        self.folder = folder
        self.log = open(os.path.join(folder, "log"), "a")
        env = dict(os.environ, AVA_AUDIO_SINK="no-such-speaker", AVA_DEMO_DIR=os.path.dirname(os.path.abspath(SPA)))
        self.process = subprocess.Popen([PROGRAM, "--data-dir", os.path.join(folder, "profile"), "--now", NOW, *arguments],
                                        stdout=self.log, stderr=self.log, env=env)
        self.bus = screen_reader.connect()
        self.program = wait(30, "the program on the accessibility bus", self.find_program)

    def find_program(self):
        if self.process.poll() is not None:
            raise Failed(f"the program ended with {self.process.returncode}")
        return screen_reader.find_program(self.bus, self.process.pid)

    @steady
    def look(self):
        """All that is on the screen now, in the order in which it is read."""
        return list(self.program.look().walk())

    def find(self, role=None, name=None, starts=None):
        for node in self.look():
            if role is not None and node.role != role:
                continue
            # GTK 4.8 says the label of a button twice, once with its underline.
            if (name is None or node.name == name or (role == "button" and node.name.endswith(" " + name))) and (starts is None or node.name.startswith(starts)):
                return node
        return None

    def find_focus(self):
        """All that has the keyboard; a screen reader hears the first of it."""
        return [node for node in self.look() if node.has(FOCUSED)]

    def list_rows(self, name):
        """What stands in the list of that name."""
        rows = self.find("list", name)
        return [row.name for row in rows.below] if rows else []

    def click(self, role, name):
        node = wait(10, f"{role} “{name}”", lambda: self.find(role, name))
        if not node.press():
            raise Failed(f"{role} “{name}” cannot be clicked")

    def key(self, *keys):
        # The newest window that has a title: a tooltip and a menu have none.
        window = subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", "."],
                                capture_output=True, text=True).stdout.split()
        if window:
            subprocess.run(["xdotool", "windowfocus", "--sync", window[-1]], stderr=subprocess.DEVNULL)
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def step(self, there, keys):
        """A key that leads the keyboard from @there elsewhere: what has it then."""
        before = [node.path for node in there]
        self.key(keys)
        end = time.monotonic() + 0.5 * PATIENCE
        while True:
            time.sleep(0.02)
            there = self.find_focus()
            if [node.path for node in there] != before or time.monotonic() > end:
                return there

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()


def pages_by_keyboard(desk):
    wait(20, "the welcome", lambda: desk.find("label", "Ava is ready"))
    for keys, page, thing in (("ctrl+2", "Calendar", ("button", None, "")), ("ctrl+3", "Customers", None), ("ctrl+1", "Live", None)):
        desk.key(keys)
        wait(15, f"the page {page} after {keys}", lambda p=page: is_selected(desk, p))
    desk.key("ctrl+2")
    wait(15, "today", lambda: desk.find("label", "Today · Tuesday, December 1"))
    desk.key("Page_Down")
    wait(15, "the next day", lambda: desk.find("label", "Tomorrow · Wednesday, December 2"))
    desk.key("Page_Up", "Page_Up")
    wait(15, "the day before", lambda: desk.find("label", "Yesterday · Monday, November 30"))
    desk.key("alt+t")
    wait(15, "today again", lambda: desk.find("label", "Today · Tuesday, December 1"))
    wait(15, "appointments as buttons", lambda: desk.find("button", starts="") and find_appointment(desk, " with "))


def is_selected(desk, page):
    row = desk.find("list item", page)
    return row is not None and row.has(SELECTED)


def find_appointment(desk, words):
    return next((node for node in desk.look() if node.role == "button" and words in node.name), None)


def customers_by_typing(desk):
    desk.key("ctrl+f")
    wait(10, "the search field", lambda: is_selected(desk, "Customers"))
    subprocess.run(["xdotool", "type", "--delay", "40", "zzzz"], check=True)
    wait(15, "“Nobody found”", lambda: desk.find("label", "Nobody found"))
    desk.key("Escape")
    wait(15, "customers again", lambda: len(desk.list_rows("Customers")) > 3)


def type_words(words):
    subprocess.run(["xdotool", "type", "--delay", "30", words], check=True)


def add_customer(desk, name, phone, allergies):
    desk.key("ctrl+3")
    wait(10, "the page Customers", lambda: is_selected(desk, "Customers"))
    desk.key("ctrl+shift+n")
    wait(15, "the form", lambda: desk.find("label", "New Customer"))
    time.sleep(0.5)
    type_words(name)
    desk.key("Tab")
    type_words(phone)
    desk.key("Tab", "Tab", "Tab")
    type_words(allergies)
    desk.key("alt+a")
    wait(15, "the flag on the card", lambda: desk.find("label", f"Allergies: {allergies}"))


def customer_with_an_allergy_by_keyboard(desk):
    add_customer(desk, "Una Quux", "212 555 0142", "Latex")
    desk.key("ctrl+f")
    type_words("quux una")
    wait(15, "the row with its warning", lambda: desk.find(starts="Una Quux, (212) 555-0142, with a warning"))
    desk.key("Escape")
    wait(15, "customers again", lambda: len(desk.list_rows("Customers")) > 3)


def practice_call_books(desk):
    desk.key("ctrl+1")
    wait(15, "the page Live", lambda: is_selected(desk, "Live"))
    wait(15, "the menu of callers", lambda: click_menu(desk, "Choose a Simulated Caller"))
    wait(10, "the list of simulated callers", lambda: desk.find("list", "Simulated callers"))
    time.sleep(0.5)
    desk.key("Return")
    first = wait(60, "the first words", lambda: len(desk.list_rows("Conversation")))
    wait(60, "more words", lambda: len(desk.list_rows("Conversation")) > first + 2)
    tell_ava(desk, "sing a song")
    desk.key("Escape", "Escape", "Escape")
    time.sleep(1)
    if desk.find(name="Call ended"):
        raise Failed("Escape has ended the call")
    wait(200, "the end of the call", lambda: desk.find(name="Call ended"))
    said = desk.list_rows("Conversation")
    if not any(s.startswith("Ava: ") for s in said) or not any(s.startswith("Caller: ") for s in said):
        raise Failed(f"only one side was written down: {said}")


def tell_ava(desk, words):
    desk.key("ctrl+t")
    subprocess.run(["xdotool", "type", "--delay", "30", words], check=True)
    desk.key("Return")
    wait(15, "what Ava was told in the conversation", lambda: desk.find("list item", f"You told Ava: {words}"))
    wait(15, "that she did not understand", lambda: desk.find("label", starts="Ava did not understand"))


def click_menu(desk, name):
    """A menu button is two accessibles of one name; the inner one can be clicked."""
    return any(node.press() for node in desk.look() if node.name.startswith(name))


def booking_is_on_the_card(desk):
    for field in ("Service: ", "Provider: ", "When: ", "Name: ", "Phone: "):
        row = wait(10, f"the field {field}", lambda f=field: desk.find("list item", starts=f))
        if not row.name.endswith(", confirmed"):
            raise Failed(f"not confirmed: {row.name}")
    service = desk.find("list item", starts="Service: ")
    if "botox" not in service.description:
        raise Failed(f"no words behind the service: {service.description}")


def field_is_heard_by_keyboard(desk):
    """Without a speaker the space bar says so; with one it plays."""
    there = desk.find_focus()
    for _ in range(30):
        if any(node.role == "list item" and node.name.startswith("Service: ") for node in there):
            break
        there = desk.step(there, "Tab")
    else:
        raise Failed("the keyboard does not reach the field")
    desk.key("space")
    wait(20, "why nothing is heard", lambda: desk.find(starts="The speaker cannot be used"))


def booking_is_in_the_calendar(desk):
    desk.click("button", "Show in Calendar")
    wait(15, "the page Calendar", lambda: is_selected(desk, "Calendar"))
    wait(20, "the new appointment", lambda: find_appointment(desk, "Sam Carter, Botox with"))


def second_start_hands_over(desk):
    profile = os.path.join(desk.folder, "profile")
    done = subprocess.run([PROGRAM, "--data-dir", profile, "--page", "customers"], timeout=30, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Failed(f"it ended with {done.returncode}: {done.stderr}")
    wait(15, "the page that was asked for", lambda: is_selected(desk, "Customers"))


def another_profile_is_not_taken_for_this_one(desk):
    other = os.path.join(desk.folder, "other")
    done = subprocess.run([PROGRAM, "--data-dir", other], timeout=30, stderr=subprocess.PIPE, text=True)
    if done.returncode != 1 or "open already" not in done.stderr or other not in done.stderr:
        raise Failed(f"it ended with {done.returncode}: {done.stderr}")
    if os.path.exists(other):
        raise Failed("the other profile was made")


def quits_by_keyboard(desk):
    desk.key("ctrl+q")
    wait(20, "the end of the program", lambda: desk.process.poll() is not None)
    if desk.process.returncode != 0:
        raise Failed(f"it ended with {desk.process.returncode}")


def damaged_book_is_explained(folder):
    profile = os.path.join(folder, "damaged", "profile")
    os.makedirs(profile)
    for name in os.listdir(os.path.join(folder, "profile")):
        path = os.path.join(folder, "profile", name)
        if os.path.isfile(path) and "." in name:
            with open(os.path.join(profile, name), "wb") as file:
                file.write(b"this is no database at all " * 200)
    desk = Desk(os.path.join(folder, "damaged"))
    try:
        wait(20, "the explanation", lambda: desk.find("label", "The appointment book is damaged"))
        if not desk.find("button", "Try Again"):
            raise Failed("it cannot be tried again")
    finally:
        desk.stop()


STEPS = [pages_by_keyboard, customers_by_typing, customer_with_an_allergy_by_keyboard, practice_call_books, booking_is_on_the_card, field_is_heard_by_keyboard,
         booking_is_in_the_calendar, second_start_hands_over,
         another_profile_is_not_taken_for_this_one, quits_by_keyboard]


def report(number, name, function, argument):
    try:
        function(argument)
    except Exception as error:   # every kind of failure is a failed test, told in words
        print(f"not ok {number} - {name}\n# {type(error).__name__}: {error}", flush=True)
        if isinstance(argument, Desk) and argument.process.poll() is not None:
            print(f"# the program had ended with {argument.process.returncode}", flush=True)
        return False
    print(f"ok {number} - {name}", flush=True)
    return True


def nothing_is_complained_of(folder):
    """No library found fault with how the program uses it."""
    with open(os.path.join(folder, "log")) as log:
        faults = [line.strip() for line in log if any(words in line for words in COMPLAINTS) and not all(words in line for words in LISTED)]
    if faults:
        raise Failed(f"{len(faults)} warnings: " + "; ".join(sorted(set(faults))[:6]))


def run(steps, last=None):
    """Takes all steps with one desk of its own (TAP). @last: called with the desk's folder once it has ended."""
    folder = tempfile.mkdtemp(prefix="ava-e2e-")
    last = [nothing_is_complained_of] + ([last] if last is not None else [])
    print(f"1..{len(steps) + len(last)}", flush=True)
    desk = Desk(folder, "--demo")
    desk.folder = folder
    passed = True
    try:
        for number, step in enumerate(steps, 1):
            passed &= report(number, step.__name__.replace("_", " "), step, desk)
    finally:
        desk.stop()
    for number, step in enumerate(last, len(steps) + 1):
        passed &= report(number, step.__name__.replace("_", " "), step, folder)
    if not passed:
        with open(os.path.join(folder, "log")) as log:
            print("".join("# " + line for line in log.readlines()[-20:]))
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    run(STEPS, damaged_book_is_explained)
