#!/usr/bin/env python3
"""The shape of the harness, as far as a compiler does not hold it: layers.py [root]

Reads the arrows between the libraries from harness/CMakeLists.txt, holds them to the design, and every #include to
them. Inside a library, holds the arrows between its rooms: a room includes only those that ROOMS names. A header
that only one file of another room includes lies in that file's room. Also: nothing but cli/ prints or exits, no
file over 400 lines, no folder over 30 source files, no folder or file with a name that says nothing.
"""

import re
import sys
from pathlib import Path

# What the design forbids, whatever the link lines say: library, and the libraries, own and outside, it must never
# reach.
ABOVE_CONTRACT = {"fleet", "host", "host/watch", "contract/verify", "contract/upstream", "analysis", "report", "bench"}
NEVER = {
    "stats": {"plan", "record", "load", "contract", "uv", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT,
    "plan": {"stats", "record", "load", "contract", "uv", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT,
    "import": {"stats", "record", "load", "contract", "uv", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT,
    "record": {"plan", "load", "contract", "uv", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT,
    "load": {"contract"} | ABOVE_CONTRACT,
    "host": {"load", "contract", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT - {"host"},
    "host/watch": {"load", "contract", "llhttp", "nghttp2"} | ABOVE_CONTRACT - {"host", "host/watch"},
    "contract": {"load", "uv", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT,
    "contract/upstream": {"load", "curl", "nghttp2"} | ABOVE_CONTRACT - {"contract/upstream"},
    "contract/verify": {"load", "uv", "llhttp", "nghttp2"} | ABOVE_CONTRACT - {"contract/verify"},
    "analysis": {"load", "uv", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT - {"analysis"},
    "report": {"load", "uv", "curl", "llhttp", "nghttp2"} | ABOVE_CONTRACT - {"analysis", "report"},
    "fleet": {"stats", "plan", "record", "load", "contract", "uv", "curl", "llhttp", "nghttp2"}
             | ABOVE_CONTRACT - {"fleet"},
    "bench": {"report"},
}
# Inside a library: room, and what of its own library it may include: other rooms, and modules that lie beside the
# rooms. What lies beside the rooms may include every room.
ROOMS = {
    "base": {
        "clocks": set(),
        "events": set(),
        "lines": {"error", "file", "json", "mem", "packed", "text", "utf8"},
        "packed": {"mem", "text"},
        "secrets": {"mem", "secret", "utf8"},
    },
    "analysis": {
        "usage": set(),
        "verdict": {"usage"},
        "cause": {"usage", "verdict"},
        "after": {"usage", "verdict"},
        "capacity": {"finding", "usage", "verdict"},
        "forecast": {"finding", "capacity", "usage"},
        "reliability": {"verdict"},
        "profile": set(),
        "resource": {"finding", "forecast", "usage"},
        "comparison": {"finding", "capacity"},
        "warnings": {"finding", "capacity", "verdict"},
    },
    "bench": {
        "service": {"run", "progress", "dependency", "crew"},
        "crew": {"bench", "cores", "description", "service"},
        "dependency": {"postgres"},
        "postgres": set(),
    },
    "contract": {"orders": {"operation", "seed"}},
    "contract/upstream": {},
    "host/watch": {},
    "contract/verify": {
        "model": {"excerpt", "rule"},
        "checks": {"model", "burst", "check", "excerpt", "page", "ready", "rule", "session", "verify"},
        "streams": {"call", "check", "rule", "session", "verify"},
    },
    "host": {
        "proc": set(),
        "process": {"proc", "cgroup"},
        "cgroup": {"system_file", "proc"},
        "machine": {"system_file", "cgroup", "proc", "process"},
        "profile": {"process"},
    },
    "import": {
        "mix": {"remarks", "url", "value_name"},
        "parts": {"value_name"},
        "sketch": {"mix", "remarks", "url", "value_name"},
        "format": {"mix", "parts", "remarks", "url"},
        "openapi": {"format", "mix", "parts", "remarks", "url", "value_name"},
    },
    "load": {"traffic": set(), "transport": {"traffic"}, "users": {"traffic", "transport"},
             "slow": {"traffic", "transport"}, "recorder": {"traffic", "transport"},
             "streams": {"traffic", "transport", "check", "demand", "pool", "receipt", "recorder"}},
    "plan": {"traffic": set(), "scenario": {"traffic", "step"}, "manifest": {"box"}},
    "record": {
        "fleet": {"fields", "machine", "run_fields"},
        "lines": {"dependency_json", "fleet", "load_record", "profile", "reading", "run_bounds", "run_fields",
                  "run_log"},
        "profile": {"fields"},
        "reading": {"sample", "run_fields"},
        "salvage": {"run_log"},
        "thinning": {"load_record"},
        "words": {"wrong_response"},
    },
    "report": {
        "words": set(),
        "text": {"words"},
        "front": {"text", "words"},
        "classes": {"text", "words"},
        "resource": {"text", "words"},
        "standing": {"text", "words"},
        "data": {"words"},
        "gate": {"words"},
        "page": {"data", "report", "words"},
        "profile": {"text", "words"},
        "compare": {"data", "gate", "text", "words"},
        "load": {"data", "words"},
    },
}
BELOW_ALL = "base"
TOP = {"cli", "tests", "web"}  # may include every folder; nothing includes them
LIBRARY_OF_HEADER = {"uv": "uv", "curl": "curl", "llhttp": "llhttp", "nghttp2": "nghttp2", "zlib": "zlib",
                     "jansson": "jansson", "yaml": "yaml", "mpi": "mpi"}
LIBRARY_OF_TARGET = {"PkgConfig::UV": "uv", "PkgConfig::CURL": "curl", "PkgConfig::ZLIB": "zlib", "llhttp": "llhttp",
                     "PkgConfig::JANSSON": "jansson", "PkgConfig::NGHTTP2": "nghttp2", "PkgConfig::YAML": "yaml",
                     "PkgConfig::MPI": "mpi"}
# The samples of a step that was read are packed, and `samples` is NULL.
SAMPLES = re.compile(r"\b(?:step|record|recovery|soak)->samples\[")
READ_PACKED = {"analysis", "report"}
EMPTY_NAMES = {"util", "utils", "common", "misc", "helper", "helpers"}
LINES_MOST = 400
FILES_MOST = 30
PRINTS = re.compile(r"(?<![\w.>])(printf|vprintf|puts|putchar|perror|exit|_exit|quick_exit|abort)\s*\("
                    r"|\bf(?:printf|puts|write|putc)\s*\((?:[^;]*,)?\s*(?:stdout|stderr)\b")
MAY_END = {"base/mem.c",  # out of memory is fatal in one place
           "host/process/launch.c", "host/process/keeper.c"}  # a forked child has no other way out
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.M)
COMMENT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def read_arrows(cmake):
    """Folder -> (folders it links, outside libraries it uses)."""
    text = re.sub(r"#[^\n]*", "", cmake.read_text())
    arrows = {}
    for body in re.findall(r"^twofold_library\(([^)$]*)\)", text, re.M):
        words, kind = body.split(), None
        found = {"LINK": set(), "USE": set(), "ROOMS": set()}
        for word in words[1:]:
            if word in found:
                kind = word
            else:
                found[kind].add(word)
        arrows[words[0]] = (found["LINK"], {LIBRARY_OF_TARGET.get(target, target) for target in found["USE"]})
    of_target = {library.replace("/", "_"): library for library in arrows}
    for target, targets in re.findall(r"^ *target_link_libraries\(tf_(\w+)([^)$]*)\)", text, re.M):
        arrows[of_target[target]][1].update(LIBRARY_OF_TARGET[t] for t in targets.split() if t in LIBRARY_OF_TARGET)
    return arrows


def reach(arrows, folder):
    """All folders and outside libraries that a folder comes to, itself included."""
    seen, todo = set(), [folder]
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        if at in arrows:
            todo += arrows[at][0] | arrows[at][1]
    return seen


def check_arrows(arrows, root):
    folders = {path.name for path in (root / "harness").iterdir() if path.is_dir() and any(path.iterdir())} - TOP
    for folder in sorted(folders - set(arrows)):
        yield f"harness/{folder}: a folder with no twofold_library line in harness/CMakeLists.txt"
    for folder, (links, _) in sorted(arrows.items()):
        if folder == BELOW_ALL:
            if links:
                yield f"harness/CMakeLists.txt: base knows nobody, but links {', '.join(sorted(links))}"
            continue
        if folder not in NEVER:
            yield f"harness/CMakeLists.txt: {folder} has no place in the order that layers.py knows (NEVER)"
        for wrong in sorted(reach(arrows, folder) & NEVER.get(folder, set())):
            yield f"harness/CMakeLists.txt: {folder} must never come to {wrong}"
        for below in sorted(links):
            if below != folder and folder in reach(arrows, below):
                yield f"harness/CMakeLists.txt: {folder} and {below} link each other"


def blank(text, keep_strings=False):
    """The text with comments (and strings) blanked, lines kept."""

    def replace(match):
        found = match.group(0)
        if keep_strings and found[0] in "\"'":
            return found
        return re.sub(r"[^\n]", " ", found)

    return COMMENT.sub(replace, text)


def includable(arrows, folder):
    """The folders below, the outside libraries that its own line names, and jansson, which base passes on."""
    below = reach(arrows, folder) & set(arrows)
    return below | arrows.get(folder, (set(), set()))[1] | (arrows[BELOW_ALL][1] & {"jansson"})


def library_of(arrows, parts):
    """The library that a path below harness/ belongs to: a room may be a library of its own."""
    room = "/".join(parts[:2])
    return room if room in arrows else parts[0]


def check_includes(arrows, folder, name, text):
    allowed = includable(arrows, folder)
    for match in INCLUDE.finditer(blank(text, keep_strings=True)):
        line = text.count("\n", 0, match.start()) + 1
        own, outside = match.groups()
        if own is not None:
            top = library_of(arrows, own.split("/"))
            if own.endswith(".c"):
                yield f"{name}:{line}: includes {own}; link its library instead"
            elif ".." in own.split("/"):
                yield f"{name}:{line}: includes {own}; say folder/noun.h"
            elif folder not in TOP and top != own and top not in allowed:
                yield f"{name}:{line}: {folder} must not include {own} (harness/CMakeLists.txt)"
            elif folder not in TOP and top == own:
                yield f"{name}:{line}: includes {own}; say {folder}/{own}"
        else:
            library = LIBRARY_OF_HEADER.get(re.split(r"[./]", outside)[0])
            if library is not None and folder not in TOP and library not in allowed:
                yield f"{name}:{line}: {folder} must not include <{outside}> (harness/CMakeLists.txt)"


def place_in(arrows, path):
    """Library and room of a file below harness/; the room of one that lies beside the rooms is None."""
    library = library_of(arrows, path.parts)
    inner = path.parts[len(library.split("/")):-1]
    return library, inner[0] if inner else None


def check_rooms(arrows, name, inside, text):
    library, room = place_in(arrows, inside)
    if room is None:
        return
    if room not in ROOMS.get(library, {}):
        yield f"{name}: {room} is no room of {library} that layers.py knows (ROOMS)"
        return
    for own in re.findall(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', blank(text, keep_strings=True), re.M):
        below, other = place_in(arrows, Path(own))
        if below == library and other != room and (other or Path(own).stem) not in ROOMS[library][room]:
            yield f"{name}: {library}/{room} must not include {own} (ROOMS in layers.py)"


def check_folders(root):
    count = {}
    for path in (root / "harness").rglob("*"):
        parts = path.relative_to(root / "harness").parts
        if path.is_file() and not {"node_modules", "cases", "corpus"} & set(parts):
            count[path.parent] = count.get(path.parent, 0) + 1
    for folder in sorted(folder for folder in count if count[folder] > FILES_MOST):
        yield f"{folder.relative_to(root)}: {count[folder]} files, at most {FILES_MOST}: cut it into rooms"


def check_readers(arrows, root):
    """A header that only one file of another room includes lies in that file's room."""
    readers = {}
    for path in sorted((root / "harness").rglob("*.[ch]")):
        inside = path.relative_to(root / "harness")
        if inside.parts[0] in {"tests", "web"}:
            continue
        for own in re.findall(r'^#include "([^"]+)"', path.read_text(), re.M):
            if inside != Path(own).with_suffix(".c"):
                readers.setdefault(own, []).append(inside)
    for own, found in sorted(readers.items()):
        one = found[0]
        if len(found) == 1 and "/" in own and library_of(arrows, one.parts) == library_of(arrows, own.split("/")):
            room = place_in(arrows, one)[1]
            if room is not None and room != place_in(arrows, Path(own))[1]:
                yield f"harness/{own}: only {one} reads it: it belongs into that folder"


def check_prints(name, text):
    for match in PRINTS.finditer(blank(text)):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{name}:{line}: only cli/ prints or ends the program: {match.group(0).split('(')[0].strip()}"


def check_samples(name, text):
    for match in SAMPLES.finditer(blank(text)):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{name}:{line}: samples may be packed: step_record_sample (record/run_log.h) reads them"


def check_names(path, name):
    for part in path.parts:
        if Path(part).stem in EMPTY_NAMES:
            yield f"{name}: \"{part}\" does not say what is in it"


def check_file(arrows, root, path):
    inside = path.relative_to(root / "harness")
    folder, name = library_of(arrows, inside.parts), str(path.relative_to(root))
    text = path.read_text()
    lines = text.count("\n")
    if lines > LINES_MOST:
        yield f"{name}: {lines} lines, at most {LINES_MOST}: split it at a noun"
    yield from check_names(inside, name)
    yield from check_includes(arrows, folder, name, text)
    if folder not in TOP:
        yield from check_rooms(arrows, name, inside, text)
    if folder in READ_PACKED:
        yield from check_samples(name, text)
    if folder not in TOP and str(inside) not in MAY_END:
        yield from check_prints(name, text)


def check(root):
    arrows = read_arrows(root / "harness/CMakeLists.txt")
    if BELOW_ALL not in arrows:
        yield "harness/CMakeLists.txt: no twofold_library line for base found"
        return
    yield from check_arrows(arrows, root)
    yield from check_folders(root)
    yield from check_readers(arrows, root)
    for path in sorted((root / "harness").rglob("*.[ch]")):
        if "node_modules" not in path.parts:
            yield from check_file(arrows, root, path)


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[3]).resolve()
    found = list(check(root))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
