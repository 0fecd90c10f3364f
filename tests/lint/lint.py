#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a compiler does not check. Each is one test point (TAP).

Usage: lint.py SOURCE_ROOT BUILD_ROOT

Every rule is a function (path, text) -> list of complaints. Before it is used on the tree, it must
complain about its bad sample: a rule that cannot fail is worth nothing.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT, BUILD = sys.argv[1:3]

# What each room may include beside itself, and the libraries that live there (architecture.md §2).
ROOMS = {
    "base": [],
    "model": ["base"],
    "rules": ["base", "model"],
    "media": ["base"],
    "line": ["base", "media"],
    "speech": ["base", "media"],
    "agent": ["base", "model", "rules", "media", "speech"],
    "store": ["base", "model", "rules"],
    "tools": ["base", "model", "rules", "store"],
    "print": ["base", "model", "rules"],
    "desk": ["base", "model", "rules", "media", "line", "speech", "agent", "store", "tools"],
}
ROOMS["ui"] = ROOMS["cli"] = ROOMS["desk"] + ["desk", "print"]
LIBRARIES = {
    r"gst/": ["media", "line"],
    r"sqlite3\.h": ["store"],
    r"libsoup/": ["agent", "remote", "sync"],
    r"pocketsphinx|sphinxbase|flite/": ["speech"],
    r"gtk/|adwaita\.h|gdk/|gsk/": ["ui"],
    r"libsecret/|sodium\.h": ["desk"],
    r"libpq": ["sync"],
    r"libebook-contacts/": ["base"],
    r"libical/": ["desk"],
    r"cairo|pango/": ["print", "ui"],
}
# What every room may use: the C library, POSIX, GLib and its JSON.
EVERYWHERE = (r"(assert|errno|fcntl|float|inttypes|langinfo|limits|locale|math|poll|pthread|signal|stdarg|stdatomic|stdbool|stddef|stdint|stdio|"
              r"stdlib|string|time|unistd)\.h$|sys/|arpa/|netinet/|glib|gio/|gobject/|json-glib/")
FILE_LINES, FUNCTION_LINES, HEADER_LINES = 1000, 60, 120


def tracked(*patterns):
    """The files of the tree, by git where there is git; a * in a pattern also matches slashes."""
    names = []
    if shutil.which("git"):
        out = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True)
        names = out.stdout.split("\n")
    names = [n for n in names if n] or list(walk())
    return sorted(n for n in names if os.path.isfile(os.path.join(ROOT, n)) and any(fits(n, p) for p in patterns))


def fits(name, pattern):
    start, star, end = pattern.partition("*")
    return name.startswith(start) and name.endswith(end) if star else name == pattern


def walk():
    """The same for a tree without git."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if f == ".ci" or not f.startswith((".", "build"))]
        yield from (os.path.relpath(os.path.join(folder, f), ROOT) for f in files)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def room_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


def header_rooms():
    return {os.path.basename(p): room_of(p) for p in tracked("src/*.h") if room_of(p)}


HEADERS = header_rooms()


def part_of(path):
    """The sub-folder of the window's room: widgets, shell, or a page."""
    parts = path.split("/")
    return parts[2] if parts[:2] == ["src", "ui"] and len(parts) > 3 else None


PARTS = {os.path.basename(p): part_of(p) for p in tracked("src/ui/*.h")}


def includes(text):
    return re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', text, re.M)


def rule_fence(path, text):
    room = room_of(path)
    if room not in ROOMS:
        return []
    allowed = set(ROOMS[room]) | {room}
    return [f"{path}: {name} belongs to {HEADERS[name]}" for name in includes(text)
            if name in HEADERS and HEADERS[name] not in allowed]


def rule_pages(path, text):
    """Widgets see no page, a page no other page; the shell sees them all."""
    part = part_of(path)
    if part in (None, "shell"):
        return []
    return [f"{path}: {name} belongs to {PARTS[name]}" for name in includes(text)
            if PARTS.get(name) not in (None, "widgets", part)]


def rule_no_parent_includes(path, text):
    return [f"{path}: {name}" for name in includes(text) if ".." in name or name.startswith("src/")]


def rule_libraries_in_their_rooms(path, text):
    room = room_of(path)
    if room is None:
        return []
    strangers = [name for name in re.findall(r"^\s*#\s*include\s+<([^>]+)>", text, re.M)
                 if not re.match(EVERYWHERE, name) and not any(re.match(pattern, name) for pattern in LIBRARIES)]
    return [f"{path}: {name} has no room" for name in strangers] + [
        f"{path}: {name} lives in {'/'.join(rooms)}" for name in includes(text)
        for pattern, rooms in LIBRARIES.items() if re.match(pattern, name) and room not in rooms]


def functions(text):
    """(name, lines) of each function: a brace in the first column to the next closing one."""
    lines = text.split("\n")
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            head = next((l for l in reversed(lines[max(0, start - 12):start]) if re.match(r"^\w+ ?\(", l)), "?")
            yield head.split("(")[0].strip(), number - start - 1, lines[start + 1:number]
            start = None


def is_table(name, body):
    """class_init, property getters and setters, and functions that are mostly rows are exempt."""
    rows = sum(1 for line in body if re.match(r"^\s*(\{ .*\},?|case .*|g_object_class.*|props\[.*|signals\[.*)$", line))
    return name.endswith(("_class_init", "_get_property", "_set_property")) or (body and rows > len(body) / 2)


def rule_sizes(path, text):
    complaints = []
    count = text.count("\n")
    limit = HEADER_LINES if path.endswith(".h") else FILE_LINES
    if count > limit:
        complaints.append(f"{path}: {count} lines, at most {limit}")
    for name, length, body in functions(text) if path.endswith(".c") else []:
        if length > FUNCTION_LINES and not is_table(name, body):
            complaints.append(f"{path}: {name} has {length} lines, at most {FUNCTION_LINES}")
    return complaints


def rule_names(path, text):
    return [path] if re.search(r"(utils|helpers)\.[ch]$", path) else []


def rule_spdx(path, text):
    return [] if "SPDX-License-Identifier: GPL-3.0-or-later" in text.split("\n\n")[0] else [path]


LOGGING = re.compile(r"\b(g_(?:message|warning|critical|debug|info|error|log)|g_print|g_printerr|printf|fprintf)\s*\(([^;]*);")
PERSONAL = re.compile(r"(->|\b)(phone|email|customer_name|caller_phone|customer_phone|api_key|password|token|allergies|medicines|"
                      r"contraindications|born|notes)\b(?!_)|_get_(phone|email|api_key|password|token|notes)\b|"
                      r"\b(customer|caller|client|person|appointment|follow_up)\w*(->|_get_)name\b|\b(item|utterance|hypothesis)->text\b|"
                      r"\b(item|utterance|hypothesis)_get_text\b")


def rule_no_persons_in_logs(path, text):
    if not path.startswith("src/") or room_of(path) == "cli":
        return []
    complaints = []
    for call in LOGGING.finditer(text):
        arguments = re.sub(r'"(\\.|[^"\\])*"', '""', call.group(2))
        if PERSONAL.search(arguments):
            complaints.append(f"{path}: {' '.join(call.group(0).split())[:90]}")
    return complaints


def rule_no_machine_paths(path, text):
    return [f"{path}: {found}" for found in re.findall(r"(?<![\w$.])/(?:work|home|root|tmp/bash)[/\w-]*", text)
            if not path.startswith("tests/lint/")]


# What libadwaita and GTK always read as markup: words that are not ours must have been escaped.
MARKUP = re.compile(r"\b(?:adw_toast_new|adw_toast_set_title|adw_preferences_group_set_title|adw_preferences_group_set_description|"
                    r"adw_status_page_set_description|gtk_label_set_markup|gtk_widget_set_tooltip_markup)\s*\(([^;]*)\);")
ROW_WORDS = re.compile(r"\b(?:adw_preferences_row_set_title|adw_action_row_set_subtitle|adw_expander_row_set_subtitle)\s*\(([^;]*)\);")
GUARDS = re.compile(r"set_use_markup \([^;]*FALSE\)|g_markup_escape_text|ava_settings_make_|name=\"use-markup\">0")


def last_argument(arguments):
    """What follows the last comma outside of brackets and strings."""
    arguments = re.sub(r'"(\\.|[^"\\])*"', '""', " ".join(arguments.split()))
    depth, start = 0, 0
    for at, sign in enumerate(arguments):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            start = at + 1
    return arguments[start:].strip()


def is_ours(words):
    """A text of the program itself, or a choice of such: what stands before a question mark is only a condition."""
    choices = re.sub(r"(^|:)[^?:]*\?", r"\1", words).split(":")
    return all(re.fullmatch(r'_ ?\([^()]*\)|""|NULL', choice.strip()) for choice in choices)


def rule_markup_is_escaped(path, text):
    complaints = [f"{path}: {' '.join(call.group(0).split())[:100]}" for call in MARKUP.finditer(text)
                  if not is_ours(last_argument(call.group(1))) and not re.search(r"markup|escaped", last_argument(call.group(1)))]
    template = path[:-2] + ".ui"
    guarded = GUARDS.search(text + (read(template) if os.path.isfile(os.path.join(ROOT, template)) else ""))
    rows = [call.group(0) for call in ROW_WORDS.finditer(text) if not is_ours(last_argument(call.group(1)))]
    if rows and not guarded:
        complaints.append(f"{path}: the row takes markup: {' '.join(rows[0].split())[:100]}")
    return complaints


MARKED = re.compile(r"(?<!\w)(?:_|N_|C_|NC_|ngettext|g_dngettext) ?\(")
SHOWN = re.compile(r"\b(?:gtk_label_new(?:_with_mnemonic)?|gtk_button_new_with_(?:label|mnemonic)|gtk_check_button_new_with_(?:label|mnemonic)|"
                   r"adw_toast_new|\w+_set_(?:title|subtitle|label|tooltip_text|placeholder_text|description|button_label)) "
                   r"\((?:[^;\"]*,\s*)?\"([A-Z_](?:\\.|[^\"\\])*)\"")
SENTENCE = re.compile(r'[A-Z“][^|]*[a-z’,] +[a-z“%].*|%[sdu] [a-z][^|]* [a-z][^|]*\.|.*%[du] [a-z]+%s\b.*')
WORDS_OF_UI = re.compile(r'<property name="(?:label|title|subtitle|description|tooltip-text|placeholder-text|menu-label)"([^>]*)>([^<]*[A-Za-z]{2}[^<]*)<')


# SQL is for the database. What is stored reads the same in each language, the demo spa is of one country, and callers speak English.
SQL = re.compile(r"(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|WHERE) ")
UNTRANSLATED = {
    "src/store/ava-call-table.c": {"The call was cut off when the program stopped.", "The program stopped during the call"},
    "src/store/ava-customer-erase.c": {"Erased customer"},
    "src/store/ava-demo.c": {"History of keloid scars", "A demo spa was asked for"},
    "src/store/ava-spa-table.c": {"My spa", "Thank you for calling. This is Ava. How can I help you today?"},
    "src/ui/settings/ava-services-settings.c": {"%s can be had again after %d days."},   # Ava says it
    "src/line/ava-simulated-call.c": {"Sorry, could you repeat that?", "Hello? Are you still there?"},
}
UNTRANSLATED_FILES = {"src/store/ava-demo-calls.c", "src/store/ava-demo-names.c"}


def without_marked(text):
    """The source with comments, log messages and what is marked for translation taken out."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = text.replace("'\"'", "0")
    text = re.sub(r"\bg_(?:warning|debug|critical|message|info|error|assert\w*|return_\w+) ?\([^;]*;", ";", text)
    kept, at = [], 0
    for call in MARKED.finditer(text):
        if call.start() < at:
            continue
        kept.append(text[at:call.start()])
        at, depth, quoted = call.end(), 1, False
        while depth and at < len(text):
            sign = text[at]
            if sign == "\\":
                at += 1
            elif sign == '"':
                quoted = not quoted
            elif not quoted:
                depth += (sign == "(") - (sign == ")")
            at += 1
    return "".join(kept) + text[at:]


def rule_words_are_marked(path, text):
    """Whatever a person reads in the window can be translated."""
    if path.endswith(".ui"):
        return [f"{path}: {words.strip()[:80]}" for how, words in WORDS_OF_UI.findall(text) if 'translatable="yes"' not in how]
    text = without_marked(text)
    texts = ["".join(re.findall(r'"((?:\\.|[^"\\])*)"', run)) for run in re.findall(r'(?:"(?:\\.|[^"\\])*"\s*)+', text)]
    if path in UNTRANSLATED_FILES:
        return []
    return [f"{path}: {words[:80]}" for words in texts
            if SENTENCE.fullmatch(words) and not SQL.match(words) and words not in UNTRANSLATED.get(path, ())] + [
        f"{path}: {found.group(1)[:80]}" for found in SHOWN.finditer(text)]


def complaints_of(rule, *patterns):
    found = []
    for path in tracked(*patterns):
        found += rule(path, read(path))
    return found


def check_forbidden_include_does_not_compile():
    """Compiles one line with each room's own flags: allowed headers compile, others must not."""
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    found = []
    for room, allowed in ROOMS.items():
        command = next((c for c in commands if f"/src/{room}/" in "/" + os.path.normpath(os.path.join(c["directory"], c["file"]))), None)
        if command is None:
            continue
        flags = [f for f in shlex.split(command["command"])[1:] if f.startswith(("-I", "-D", "-std", "-isystem"))]
        for name, owner in sorted(HEADERS.items()):
            if owner == room or owner == "cli":
                continue
            forbidden = owner not in allowed
            if forbidden and compiles(command["directory"], flags, name):
                found.append(f"{room} can include {name} of {owner}")
    return found


def compiles(folder, flags, header):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "probe.c")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'#if !__has_include ("{header}")\n#error not to be seen\n#endif\n')
        return subprocess.run(["cc", "-fsyntax-only", *flags, path], cwd=folder,
                              capture_output=True).returncode == 0


def run(*command):
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return [] if result.returncode == 0 else [(result.stdout + result.stderr).strip()[:600]]


def check_ui_files():
    return [c for path in tracked("*.ui", "*.svg", "*.gresource.xml", "*.xml.in", "*.gschema.xml")
            for c in run("xmllint", "--noout", path)]


def check_desktop_file():
    return run("desktop-file-validate", os.path.join(BUILD, "data", "com.getevaai.FrontDesk.desktop"))


def check_metainfo():
    return run("appstreamcli", "validate", "--no-net", os.path.join(BUILD, "data", "com.getevaai.FrontDesk.metainfo.xml"))


def check_settings():
    return run("glib-compile-schemas", "--strict", "--dry-run", "data")


def check_settings_are_used():
    """A key that nobody reads promises what is not so."""
    sources = "".join(read(path) for path in tracked("src/*.c"))
    return [f"nobody uses the key {key}" for path in tracked("*.gschema.xml") for key in re.findall(r'<key name="([^"]+)"', read(path))
            if f'"{key}"' not in sources]


def check_shell():
    scripts = [p for p in tracked("dev", ".ci/run", "*.sh")]
    return [c for path in scripts for c in run("bash", "-n", path)]


# What flatpak-builder knows, as far as the manifest uses it, and what the program may ask of a desktop.
FLATPAK_FIELDS = {"id", "runtime", "runtime-version", "sdk", "command", "finish-args", "cleanup", "modules"}
MODULE_FIELDS = {"name", "buildsystem", "builddir", "config-opts", "no-parallel-make", "sources"}
FLATPAK_ASKS = {"--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri", "--socket=pulseaudio",
                "--share=network", "--talk-name=org.freedesktop.secrets"}


def complaints_of_flatpak(manifest):
    found = [f"there is no field {name}" for name in manifest.keys() - FLATPAK_FIELDS]
    found += [f"{name} is missing" for name in FLATPAK_FIELDS - manifest.keys()]
    if manifest.get("id") != "com.getevaai.FrontDesk" or manifest.get("command") != "ava-front-desk":
        found.append("it is the manifest of another program")
    found += [f"{ask} is asked for and not agreed on" for ask in manifest.get("finish-args", []) if ask not in FLATPAK_ASKS]
    for module in manifest.get("modules", []):
        name = module.get("name", "a module")
        found += [f"{name}: there is no field {field}" for field in module.keys() - MODULE_FIELDS]
        if module.get("buildsystem") not in ("meson", "autotools", "cmake-ninja", "simple"):
            found.append(f"{name}: there is no build system {module.get('buildsystem')}")
        for source in module.get("sources", []):
            pinned = {"git": "commit", "archive": "sha256", "file": "sha256"}.get(source.get("type"))
            if pinned and not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", str(source.get(pinned))):
                found.append(f"{name}: a source has no {pinned}")
            if source.get("type") == "dir" and not os.path.exists(os.path.join(ROOT, "flatpak", source["path"], "meson.build")):
                found.append(f"{name}: {source['path']} is not this program")
    return found


def check_flatpak():
    import yaml
    manifest = yaml.safe_load(read("flatpak/com.getevaai.FrontDesk.yml"))
    bad = dict(manifest, modules=[{"name": "x", "buildsystem": "make", "sources": [{"type": "git", "url": "y"}]}])
    return complaints_of_flatpak(manifest) + ([] if len(complaints_of_flatpak(bad)) == 2 else ["the bad sample passed"])


def check_potfiles():
    listed = {l.strip() for l in read("po/POTFILES").split("\n") if l.strip() and not l.startswith("#")}
    found = [f"{path} is listed but not there" for path in listed if not os.path.exists(os.path.join(ROOT, path))]
    for path in tracked("src/*.c", "src/*.ui"):
        text = read(path)
        if re.search(r'(?<!\w)(_|N_|C_|ngettext) ?\("', text) or 'translatable="yes"' in text:
            if path not in listed:
                found.append(f"{path} has words to translate and is not listed")
    return found


RULES = [
    ("rooms include only what their row names", rule_fence, ("src/*.c", "src/*.h"),
     ("src/model/bad.c", '#include "ava-store.h"\n')),
    ("a page of the window sees no other page", rule_pages, ("src/ui/*.c", "src/ui/*.h"),
     ("src/ui/customers/bad.c", '#include "ava-calendar-page.h"\n')),
    ("no include reaches out of its folder", rule_no_parent_includes, ("*.c", "*.h"),
     ("src/ui/shell/bad.c", '#include "../store/ava-store.h"\n')),
    ("libraries stay in their rooms", rule_libraries_in_their_rooms, ("src/*.c", "src/*.h"),
     ("src/rules/bad.c", "#include <sqlite3.h>\n", "#include <curl/curl.h>\n")),
    ("files and functions keep their size", rule_sizes, ("src/*.c", "src/*.h"),
     ("src/rules/bad.c", "static void\nlong_one (void)\n{\n" + "  work ();\n" * 61 + "}\n")),
    ("no utils and no helpers", rule_names, ("src/*",), ("src/base/utils.c", "")),
    ("each source file names its licence", rule_spdx, ("src/*.c", "src/*.h", "tests/*.c", "tests/*.h"), ("src/base/bad.c", "int x;\n\n")),
    ("logs name no person", rule_no_persons_in_logs, ("src/*.c",),
     ("src/desk/bad.c", 'g_message ("call from %s", call->phone);\n', 'g_debug ("%s", ava_line_call_get_phone (call));\n',
      'g_warning ("%s is twice here", customer->name);\n', 'g_info ("heard %s", item->text);\n')),
    ("no path of a machine", rule_no_machine_paths, ("*.c", "*.h", "*.py", "*.sh", "*.md", "dev", "*.build"),
     ("src/base/bad.c", 'open ("/home/ava/x");\n')),
    ("what may be read as markup is escaped", rule_markup_is_escaped, ("src/ui/*.c",),
     ("src/ui/live/bad.c", 'adw_toast_new (customer->name);\n')),
    ("words that are read are marked for translation", rule_words_are_marked,
     ("src/ui/*.c", "src/desk/*.c", "src/store/*.c", "src/media/*.c", "src/line/*.c"),
     ("src/desk/bad.c", 'g_set_error (error, AVA_STORE_ERROR, code, "The disk is full.");\n',
      'sql = "SELECT id FROM rooms"; words = c == \'"\' ? "Look at the call." : NULL;\n', 'words = g_strdup ("The call is over.");\n',
      'gtk_label_set_label (label, "Cancel");\n', 'f (_("Good (one)"), "Not so good");\n', 'f ("%s is busy at that time.", name);\n',
      'f ("%d call%s cut off", n, n == 1 ? " was" : "s were");\n')),
    ("words of templates are marked for translation", rule_words_are_marked, ("src/ui/*.ui",),
     ("src/ui/live/bad.ui", '<property name="label">Cancel</property>\n')),
]
CHECKS = [
    ("a forbidden include does not compile", check_forbidden_include_does_not_compile),
    ("ui, icons and schemas are well-formed", check_ui_files),
    ("the desktop file is valid", check_desktop_file),
    ("the metainfo is valid", check_metainfo),
    ("the settings are valid", check_settings),
    ("each setting is used", check_settings_are_used),
    ("scripts can be parsed", check_shell),
    ("the flatpak manifest is sound", check_flatpak),
    ("files with words to translate are listed", check_potfiles),
]


def main():
    print(f"1..{len(RULES) * 2 + len(CHECKS) + 1}")
    number = 0

    def report(name, complaints):
        nonlocal number
        number += 1
        print(("not ok" if complaints else "ok"), number, "-", name)
        for complaint in complaints:
            for line in complaint.split("\n"):
                print("#", line)
        return bool(complaints)

    failed = False
    for name, rule, patterns, (bad_path, *bad_texts) in RULES:
        failed |= report(name, complaints_of(rule, *patterns))
        failed |= report(f"({name}) can fail", [f"this passed: {text}" for text in bad_texts if not rule(bad_path, text)])
    for name, check in CHECKS:
        failed |= report(name, check())
    failed |= report("(a well-formedness check) can fail", [] if run("xmllint", "--noout", "README.md" if os.path.exists(os.path.join(ROOT, "README.md")) else "dev") else ["text passed as XML"])
    sys.exit(failed)


main()
