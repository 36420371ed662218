"""A fleet for tests: three hosts on this machine (namespaces.py), a service on the last, and what they run."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from runs import run_files  # noqa: E402  pylint: disable=wrong-import-position
from namespaces import Hosts, Unavailable, launcher  # noqa: E402  pylint: disable=wrong-import-position
from tree import TWOFOLD, Skipped, Tree, expect  # noqa: E402  pylint: disable=wrong-import-position

LONG = "--long" in sys.argv

# Requests of several kinds with values of every sort, under limits that nothing on a busy machine breaks.
SCENARIO = {
    "schema": 1,
    "name": "tiny",
    "why": "a short climb for tests",
    "requests": [
        {"name": "read", "weight": 5, "path": "/items/{id}"},
        {"name": "write", "weight": 2, "method": "POST", "path": "/orders", "json": {"n": "{n}", "text": "{text}"}},
        {"name": "list", "path": "/items"},
    ],
    "values": {"id": {"zipf": [1, 10000]}, "n": {"sequence": [1, 5000]}, "text": {"words": 2}},
    "double": {"what": "rate", "from": 300, "steps": 2},
    "step": {"warmup": "200ms", "measure": "1s"},
    "deadline": "8s",
    "limits": {"p90": "8s", "errors": "50%", "throughput": "10%"},
}

# What the reference service serves.
CATALOG = {**SCENARIO, "requests": [{"name": "read", "path": "/items/{id}", "expect": {"json": {"id": "{id}"}}}],
           "values": {"id": {"uniform": [1, 10000]}}}


def mpi():
    """The launcher for this build."""
    version = subprocess.run([TWOFOLD, "version"], capture_output=True, text=True, check=True).stdout
    for kind, path in launcher():
        if {"openmpi": "Open MPI", "mpich": "MPICH"}[kind] in version:
            return kind, path
    raise Skipped(f"no launcher for {version.splitlines()[-1]}")


class Fleet:
    """Three hosts, a service on the last, and a tree that all of them see."""

    def __init__(self, scenario=None):
        self.kind, self.path = mpi()
        self.hosts = Hosts()
        self.tree = Tree(scenario or SCENARIO)

    def __enter__(self):
        self.tree.__enter__()
        try:
            self.hosts.__enter__()
        except Unavailable as why:
            self.tree.__exit__()
            raise Skipped(str(why)) from why
        return self

    def __exit__(self, *_):
        self.hosts.__exit__()
        self.tree.__exit__()

    def serve(self, file):
        service = self.hosts.start_on("svc", [sys.executable, str(HERE / "receiving_service.py"),
                                              self.hosts.address["svc"], str(self.tree.path / file)],
                                      stdout=subprocess.PIPE, text=True)
        return f"http://{self.hosts.address['svc']}:{int(service.stdout.readline())}"

    def start(self, names, *words):
        return self.hosts.fleet(self.kind, self.path, names, [TWOFOLD, *words], self.tree.path)

    def run(self, names, *words):
        process = self.start(names, *words)
        out, err = process.communicate(timeout=90)
        return process.returncode, out, err

    def bench(self, names, url, log, *more):
        status, out, err = self.run(names, "bench", "tiny", "--target", url, "--allow-remote", "--quick", "--watch",
                                    "none", "--out", log, *more)
        expect(status in (0, 3), status, out, err)
        return run_files.records_of(self.tree.path / log)


def steps_of(log):
    return [record for record in log if record["record"] in ("step", "recovery")]
