#!/usr/bin/env python3
"""What the prescribed change (backends/contract/README.md) takes in one backend: staff_time.py NAME

Applies the patch beside it to a copy, builds and runs that, and asks it whether the field is there in all operations.
The copy uses what the backend itself was built with: its packages, and of Rust what `cargo test` has compiled.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import manifest
import service

PACKAGES = ("node_modules", ".venv", ".venv-flask", "target")
# Operations that answer with the items found, where the backend serves them, and their paths.
SEARCHES = {"searchItems": "/items/search", "searchItemsNative": "/items/search-native"}


def is_java(home):
    return (home / "pom.xml").exists()


def copy(home, into):
    """The files of the backend's folder that git knows, and links to what belongs to its build, at any depth.

    Of Java there is no link: what it has compiled is all that a build leaves, and the change would be built into it.
    """
    listing = ["git", "ls-files", "-z", "."]
    listed = subprocess.run(listing, cwd=home, capture_output=True, check=True)
    for file in filter(None, listed.stdout.decode().split("\0")):
        (into / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(home / file, into / file)
        for packages in () if is_java(home) else PACKAGES:
            made = (home / file).parent / packages
            link = (into / file).parent / packages
            if made.exists() and not link.exists():
                link.symlink_to(made)


def debug_of(made):
    """Not the release build of the backend itself, which it would take the place of."""
    build = [[word for word in argv if word != "--release"] for argv in made["build"]]
    return build, [word.replace("target/release/", "target/debug/") for word in made["run"]]


def packed_of(made):
    """Without the check of the lock and without a cache of classes; Maven's packages are in a folder of the user's."""
    return [["package.sh" if word == "build.sh" else word for word in argv] for argv in made["build"]], made["run"]


def commands_of(name):
    """How the copy is built and run: nothing is installed anew."""
    made = manifest.read(name)
    if (manifest.folder(name) / "Cargo.toml").exists():
        return debug_of(made)
    if (manifest.folder(name) / "go.mod").exists():
        return made["build"], made["run"]
    if is_java(manifest.folder(name)):
        return packed_of(made)
    return [], made["run"]


@contextlib.contextmanager
def changed(name):
    """Yields the URL of the changed backend, running."""
    with tempfile.TemporaryDirectory(prefix="twofold-staff-time-") as made:
        folder = Path(made)
        copy(manifest.folder(name), folder)
        patch = manifest.folder(name) / manifest.read(name)["change"]
        subprocess.run(["git", "apply", "-C1", patch], cwd=folder, check=True)
        build, run = commands_of(name)
        for argv in build:
            subprocess.run(argv, cwd=folder, check=True)
        port = service.free_port()
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "CORES": "1"}
        process = subprocess.Popen(run, cwd=folder, env=environment, start_new_session=True)
        try:
            service.wait_ready(process, name, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                service.stop(process, name)


def ask(method, url, body=None):
    headers = {"Content-Type": "application/json"} if body is not None else {}
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, None


def complaints(url, searches):
    """Whether the field is what the contract prescribes, in every operation that has items."""
    lamp = {"name": "a lamp of the change", "price_cents": 5}

    def expect(said, came, wanted):
        if came != wanted:
            yield f"{said}: {came!r}, and {wanted!r} was expected"

    status, item = ask("POST", f"{url}/items", {**lamp, "brand": "Löwe"})
    yield from expect("POST /items with a brand", (status, item and item.get("brand")), (201, "Löwe"))
    where = f"{url}/items/{(item or {}).get('id')}"
    yield from expect("GET of it", (ask("GET", where)[1] or {}).get("brand"), "Löwe")
    page = ask("GET", f"{url}/items?after={(item or {}).get('id', 1) - 1}")[1] or {"items": [{}]}
    yield from expect("GET /items", page["items"][0].get("brand"), "Löwe")
    for search in searches:
        found = ask("GET", f"{url}{search}?q={urllib.parse.quote(lamp['name'])}")[1] or {}
        first = (found.get("items") or [{}])[0]
        yield from expect(f"GET {search}", first.get("brand"), "Löwe")
    status, item = ask("PUT", where, {**lamp, "brand": "é" * 40})
    yield from expect("PUT with a brand of 40", (status, item and item.get("brand")), (200, "é" * 40))
    status, item = ask("POST", f"{url}/items", lamp)
    yield from expect("POST /items without a brand", (status, item and item.get("brand")), (201, "none"))
    yield from expect("GET /items/1", (ask("GET", f"{url}/items/1")[1] or {}).get("brand"), "none")
    for wrong in ("", "é" * 41, 1, None, ["x"]):
        status, _ = ask("POST", f"{url}/items", {**lamp, "brand": wrong})
        yield from expect(f"POST /items with the brand {wrong!r}", status, 422)


def main():
    name = sys.argv[1]
    missing = manifest.missing_tool(name)
    if missing is not None:
        print(f"{name}: skipped: {missing}")
        return manifest.SKIPPED
    served = manifest.read(name)["contract"]
    searches = [path for operation, path in SEARCHES.items() if operation in served]
    with changed(name) as url:
        found = list(complaints(url, searches))
    print("\n".join(found), end="\n" if found else "")
    print(f"staff_time: {name}: {len(found)} with something wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
