#!/usr/bin/env python3
"""The program as `make install` leaves it: moved to another prefix, run from a folder that knows nothing of it.

    installed.py TWOFOLD REFERENCE_SERVER BUILD_FOLDER
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))
from tree import Skipped, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position

BUILD = Path(sys.argv[3]).resolve()
PLACE = Path(tempfile.mkdtemp(prefix="twofold-installed-"))
PREFIX, WORK = PLACE / "moved", PLACE / "work"
PROGRAM = str(PREFIX / "bin/twofold")


def run(*words, folder=WORK, program=PROGRAM):
    plain = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")}
    ended = subprocess.run([program, *words], cwd=folder, env={**plain, "HOME": str(PLACE / "home")}, text=True,
                           capture_output=True, check=False, timeout=120)
    return ended.returncode, ended.stdout, ended.stderr


def install():
    subprocess.run(["cmake", "--install", str(BUILD), "--prefix", str(PLACE / "first")], check=True,
                   stdout=subprocess.DEVNULL)
    (PLACE / "first").rename(PREFIX)
    for folder in (WORK, PLACE / "home"):
        folder.mkdir()


def scenarios_and_backends_are_found_from_any_folder():
    status, out, err = run("list")
    expect(status == 0 and "  catalog " in out and "  python " in out, status, out, err)
    status, out, err = run("plan", "catalog")
    expect(status == 0 and "catalog" in out, status, err)
    copy = next((PLACE / "home/.cache/twofold").glob("*/backends"))
    expect((copy / "go/backend.json").exists() and not list(copy.glob("*/node_modules")), copy)


def what_is_here_comes_first():
    folder = PLACE / "own"
    (folder / "scenarios").mkdir(parents=True)
    text = json.loads((PREFIX / "share/twofold/scenarios/catalog.json").read_text(encoding="utf-8"))
    (folder / "scenarios/catalog.json").write_text(json.dumps({**text, "why": "mine"}), encoding="utf-8")
    status, out, err = run("plan", "catalog", folder=folder)
    expect(status == 0 and "mine" in out, status, out, err)
    status, out, err = run("plan", "search", folder=folder)
    expect(status == 0 and "search" in out, "one that is not here is the installed one", status, err)
    status, _, err = run("plan", "nowhere", folder=folder)
    expect(status == 2 and 'no scenario is called "nowhere"' in err, status, err)


def the_reference_service_runs_without_a_compiler():
    status, out, err = run("verify", "reference")
    expect(status == 0 and "reference" in out + err, status, out, err)


def the_version_tells_what_it_is_made_of():
    status, out, _ = run("version")
    expect(status == 0 and re.search(r"^commit     ([0-9a-f]{8,}(-dirty)?|unknown)$", out, re.M), out)
    expect(all(f"{library} " in out for library in ("libuv", "libcurl", "nghttp2", "jansson", "zlib", "libyaml")), out)
    expect(f"installed  {PREFIX}/share/twofold\n" in out, out)
    expect("no: it runs where it was built" in run("version", program=str(BUILD / "twofold"))[1], "the build's own")


def a_run_log_has_it_too():
    folder = PLACE / "bench"
    folder.mkdir()
    server = subprocess.Popen([str(PREFIX / "share/twofold/backends/reference/bin/reference-server")],
                              env={**os.environ, "HOST": "127.0.0.1", "PORT": "8398", "CORES": "1"})
    try:
        status, _, err = run("bench", "http://127.0.0.1:8398/items/7", "--quick", "--from", "200", "--steps", "1",
                             "--warmup", "200ms", "--measure", "1s", folder=folder)
    finally:
        server.kill()
        server.wait()
    expect(status in (0, 3), status, err)
    found = json.loads(run("report", "--format", "json", folder=folder)[1])
    expect(re.match(r"commit .+; libuv .+; ", found["built"]), found.get("built"))


def options_of(command):
    out = run(command, "--help")[1]
    return re.findall(r"^  (--?[\w-]+)", out, re.M)


def the_man_page_and_the_completions_name_every_option():
    page = (PREFIX / "share/man/man1/twofold.1").read_text(encoding="utf-8").replace("\\-", "-")
    bash = (PREFIX / "share/bash-completion/completions/twofold").read_text(encoding="utf-8")
    zsh = (PREFIX / "share/zsh/site-functions/_twofold").read_text(encoding="utf-8")
    fish = (PREFIX / "share/fish/vendor_completions.d/twofold.fish").read_text(encoding="utf-8")
    commands = re.findall(r"^  twofold (\w+) ", run("--help")[1], re.M)
    expect(len(commands) >= 13, commands)
    for command in commands:
        expect(f".SS {command}\n" in page and f"\n    {command}) " in bash and f"\n{command}) " in zsh, command)
        for option in options_of(command):
            name = option.lstrip("-")
            expect(f"\\fB{option}\\fR" in page, "the man page", command, option)
            (words,) = re.findall(rf'^    {command}\) words="(.*)"', bash, re.M)
            expect(option in words.split(), "bash", command, option)
            expect(f"'*{option}[" in zsh, "zsh", command, option)
            expect(re.search(rf"_from {command}' -[sl] {name} ", fish), "fish", command, option)


def each_shell_reads_its_completion():
    shells = {"bash": "bash-completion/completions/twofold", "zsh": "zsh/site-functions/_twofold",
              "fish": "fish/vendor_completions.d/twofold.fish"}
    for shell, file in shells.items():
        if shutil.which(shell) is not None:
            ended = subprocess.run([shell, "-n", str(PREFIX / "share" / file)], capture_output=True, text=True,
                                   check=False)
            expect(ended.returncode == 0 and not ended.stderr, shell, ended.stderr)
    script = (f"source {PREFIX}/share/bash-completion/completions/twofold; COMP_WORDS=(twofold bench --fail); "
              'COMP_CWORD=2; _twofold; echo "${COMPREPLY[*]}"; COMP_WORDS=(twofold comp); COMP_CWORD=1; _twofold; '
              'echo "${COMPREPLY[*]}"')
    out = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
    expect(out == "--fail-if\ncompare\n", out)


def the_man_page_has_no_slip():
    if shutil.which("groff") is None:
        raise Skipped("no groff")
    ended = subprocess.run(["groff", "-Kutf8", "-man", "-Tutf8", "-ww", str(PREFIX / "share/man/man1/twofold.1")],
                           capture_output=True, text=True, check=False)
    expect(ended.returncode == 0 and not ended.stderr and "--fail-if" in ended.stdout, ended.stderr)


if __name__ == "__main__":
    try:
        install()
        run_tests([
            scenarios_and_backends_are_found_from_any_folder,
            what_is_here_comes_first,
            the_reference_service_runs_without_a_compiler,
            the_version_tells_what_it_is_made_of,
            a_run_log_has_it_too,
            the_man_page_and_the_completions_name_every_option,
            each_shell_reads_its_completion,
            the_man_page_has_no_slip,
        ])
    finally:
        shutil.rmtree(PLACE)
