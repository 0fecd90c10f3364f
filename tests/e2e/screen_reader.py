# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader can come to in a program, taken from the accessibility bus in a few messages.

One answer tells of all widgets (org.a11y.atspi.Cache), and the questions who is below whom are on their way
together: a look at a whole window costs some trips, not some for each of its widgets. A look is a picture of one moment.
"""
import functools
import warnings

import gi
warnings.simplefilter("ignore")
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

FOCUSABLE, FOCUSED, SELECTED, VISIBLE = (int(state) for state in (
    Atspi.StateType.FOCUSABLE, Atspi.StateType.FOCUSED, Atspi.StateType.SELECTED, Atspi.StateType.VISIBLE))
ACCESSIBLE, ACTION, TEXT = (f"org.a11y.atspi.{name}" for name in ("Accessible", "Action", "Text"))
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT, CACHE = "/org/a11y/atspi/accessible/root", "/org/a11y/atspi/cache"
# One name whatever the version: newer ones have “button”, and tell switches from check boxes.
SAME_ROLE = {"push button": "button", "switch": "check box"}
TIMEOUT = 30000   # [ms]


class Gone(Exception):
    """It went away while it was looked at."""


@functools.cache
def name_role(number):
    name = Atspi.role_get_name(Atspi.Role(number))
    return SAME_ROLE.get(name, name)


class Node:
    """One widget as it was at the moment of the look."""

    def __init__(self, program, path, name="", role=0, description="", states=0):
        self.program, self.path, self.name, self.description, self.states = program, path, name, description, states
        self.role = name_role(role)
        self.below = []

    def has(self, state):
        return bool(self.states >> state & 1)

    def walk(self):
        """Every one below that is on the screen, in the order in which it is read."""
        for child in self.below:
            yield child
            yield from child.walk()

    def press(self):
        """The first thing that it can do, or False."""
        try:
            return self.program.ask(self.path, ACTION, "DoAction", GLib.Variant("(i)", (0,)))[0]
        except GLib.Error:
            return False

    def read_text(self):
        """What stands in a field; None when it is none."""
        try:
            count = self.program.ask(self.path, PROPERTIES, "Get", GLib.Variant("(ss)", (TEXT, "CharacterCount")))[0]
            return self.program.ask(self.path, TEXT, "GetText", GLib.Variant("(ii)", (0, count)))[0]
        except GLib.Error:
            return None


class Program:
    """One program on the accessibility bus."""

    def __init__(self, bus, name):
        self.bus, self.name = bus, name

    def call(self, path, interface, method, arguments=None):
        return self.bus.call_sync(self.name, path, interface, method, arguments, None, Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT, None)

    def ask(self, path, interface, method, arguments=None):
        return self.call(path, interface, method, arguments).unpack()

    def ask_children(self, paths):
        """{path: [path, …]} of those that still are; all questions are asked before the first answer is read."""
        answers, left = {}, len(paths)

        def told(bus, result, path):
            nonlocal left
            left -= 1
            try:
                children = bus.call_finish(result).get_child_value(0)
                answers[path] = [children.get_child_value(i).get_child_value(1).get_string() for i in range(children.n_children())]
            except GLib.Error:   # it is gone; whoever still has it as a child will notice
                pass

        for path in paths:
            self.bus.call(self.name, path, ACCESSIBLE, "GetChildren", None, None, Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT, None, told, path)
        while left > 0:
            GLib.MainContext.default().iteration(True)
        return answers

    def list_items(self):
        """({path: Node}, [path of those that have others below]) of all widgets that somebody has asked for yet."""
        nodes, parents = {ROOT: Node(self, ROOT)}, [ROOT]
        items = self.call(CACHE, "org.a11y.atspi.Cache", "GetItems").get_child_value(0)
        # Read value by value: to unpack all of it, with what is not needed, takes six times as long.
        for item in map(items.get_child_value, range(items.n_children())):
            value = item.get_child_value
            path, states = value(0).get_child_value(1).get_string(), value(9)
            nodes[path] = Node(self, path, value(6).get_string(), value(7).get_uint32(), value(8).get_string(),
                               states.get_child_value(0).get_uint32() | states.get_child_value(1).get_uint32() << 32)
            if value(4).get_int32() > 0:
                parents.append(path)
        return nodes, parents

    def look(self):
        """The tree of all that is on the screen: a Node for the program, its windows below. Gone: it changed meanwhile."""
        nodes, parents = self.list_items()
        below = self.ask_children(parents)
        # What has just come up is on the bus only once it was asked for.
        unknown = [path for children in below.values() for path in children if path not in nodes]
        new = unknown
        while new:
            answers = self.ask_children(new)
            below.update(answers)
            new = [path for children in answers.values() for path in children if path not in nodes]
        if unknown:
            nodes, _ = self.list_items()
        for parent, children in below.items():
            if parent in nodes:
                nodes[parent].below = [nodes.get(path) for path in children]
        return check(nodes[ROOT])


def check(node):
    """Drops what is not on the screen."""
    if None in node.below:
        raise Gone(f"something below {node.role} “{node.name}”")
    node.below = [check(child) for child in node.below if child.has(VISIBLE)]
    return node


def connect():
    """The accessibility bus of this session."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, TIMEOUT, None).unpack()[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


def find_program(bus, pid):
    """The Program of a process, once it has a window; else None."""
    programs = bus.call_sync("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren", None, None, Gio.DBusCallFlags.NONE, TIMEOUT, None).unpack()[0]
    for name, _ in programs:
        owner = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                              GLib.Variant("(s)", (name,)), None, Gio.DBusCallFlags.NONE, TIMEOUT, None).unpack()[0]
        program = Program(bus, name)
        if owner == pid and program.ask(ROOT, ACCESSIBLE, "GetChildren")[0]:
            return program
    return None
