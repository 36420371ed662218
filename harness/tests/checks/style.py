#!/usr/bin/env python3
"""House style that neither compiler, clang-format nor clang-tidy checks: style.py [root]

No line of code is over 120 columns, and no file of the page over 400 lines (C: layers.py). No two structs, enums or
unions of the harness have one tag. A conditional expression picks a value: it is not nested in another one, it is not
assigned to, and it is not a statement.
"""

import re
import sys
from pathlib import Path

COLUMNS_MOST = 120
LINES_MOST = 400
OF_PAGE = {".js", ".mjs", ".css"}
CODE = {".c", ".h", ".py", ".sh", ".js", ".mjs", ".cmake", ".css"}
NOT_OURS = {"node_modules", "cases", "corpus", "build", "build-test"}
BLANKED = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
TAG = re.compile(r"^(?:static )?(?:const )?(?:struct|enum|union)\s+(\w+)\s*\{", re.M)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
STATEMENT = re.compile(r"[^;{}]+[;{}]")


def files(root):
    for path in sorted((root / "harness").rglob("*")):
        inside = path.relative_to(root)
        code = path.suffix in CODE or path.name == "CMakeLists.txt"
        if code and path.is_file() and not NOT_OURS & set(inside.parts):
            yield path, str(inside)


def blank(text):
    """The text with the insides of comments, strings and characters blanked, lines kept."""
    return BLANKED.sub(lambda found: re.sub(r"[^\n]", " ", found.group(0)), text)


def check_width(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > COLUMNS_MOST:
            yield f"{name}:{number}: {len(line)} columns, at most {COLUMNS_MOST}"


def fault_of_conditional(statement):
    """What is wrong with the conditional expressions of one statement, in words; None: nothing is."""
    if re.match(r"[\s*]*\([^=]*\?[^=]*\)\s*=[^=]", statement):
        return "a conditional expression is assigned to"
    depth, open_at = 0, {}  # depth of brackets -> conditionals under way there
    for character in statement:
        if character in "([":
            depth += 1
        elif character in ")]":
            open_at.pop(depth, None)
            depth -= 1
        elif character == ",":
            open_at.pop(depth, None)
        elif character == "?":
            if any(open_at.get(outer) for outer in range(depth + 1)):
                return "a conditional expression inside another one"
            open_at[depth] = True
    calls = r"(?!return\b)[^=?]*\?[^?]*\)\s*:\s*[\w>.-]+\(.*\)\s*;"
    if open_at.get(0) and re.fullmatch(calls, statement.strip(), re.S):
        return "a conditional expression as a statement"
    return None


def check_conditionals(name, text):
    bare = blank(text)
    bare = DIRECTIVE.sub(lambda at: re.sub(r"[^\n]", " ", at.group(0)), bare)
    for found in STATEMENT.finditer(bare):
        fault = fault_of_conditional(found.group(0)) if "?" in found.group(0) else None
        if fault is not None:
            start = found.start() + len(found.group(0)) - len(found.group(0).lstrip())
            yield f"{name}:{bare.count(chr(10), 0, start) + 1}: {fault}"


def check_tags(texts):
    seen = {}
    for name, text in texts:
        for tag in TAG.findall(blank(text)):
            seen.setdefault(tag, []).append(name)
    for tag, names in sorted(seen.items()):
        if len(set(names)) > 1:
            yield f"{', '.join(sorted(set(names)))}: two types with the tag {tag}"


def check(root):
    harness = []
    for path, name in files(root):
        text = path.read_text()
        yield from check_width(name, text)
        lines = text.count("\n")
        if lines > LINES_MOST and path.suffix in OF_PAGE:
            yield f"{name}: {lines} lines, at most {LINES_MOST}"
        if path.suffix in {".c", ".h"}:
            yield from check_conditionals(name, text)
            if "tests" not in Path(name).parts:
                harness.append((name, text))
    yield from check_tags(harness)


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[3]).resolve()
    found = list(check(root))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
