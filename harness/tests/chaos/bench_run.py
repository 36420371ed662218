"""A run of twofold under chaos: its tree, its phases as console and run file tell them, and its victims."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import faults
import needing
from runs import run_files
from tree import SCENARIO, TWOFOLD, Tree

PATIENCE_S = 150
SETTLED_S = 0.6  # after a forecast, the step is past its warm-up
DISK_BYTES = 4 * 1024 * 1024

# Closed load: a quick step of it takes a second, however slow the service is.
FEW = {
    "double": {"what": "connections", "from": 1, "steps": 2},
    "step": {"warmup": "500ms", "measure": "1s"},
    "limits": {"p90": "400ms", "errors": "5%"},
}
PLAIN = {
    **SCENARIO,
    "double": {"what": "rate", "from": 1200, "steps": 2},
    "step": {"warmup": "500ms", "measure": "1s"},
}
# There are 10,000 items: it breaks by responses that are wrong, on any machine.
SEARCH = {
    **SCENARIO,
    "values": {"id": {"level": True}},
    "double": {"what": "id", "from": 5000, "steps": 6, "rate": 5000},
    "step": {"warmup": "100ms", "measure": "1s"},
    "needs": {"database": "postgresql", "upstream": {"delay": "1ms"}},
}


def plain_tree():
    tree = Tree(PLAIN)
    tree.add("good", ["./server"])
    return tree


def search_tree():
    needs = SEARCH["needs"] if needing.initdb() else {"upstream": SEARCH["needs"]["upstream"]}
    tree = Tree({**SEARCH, "needs": needs})
    tree.add("good", ["./server"])
    return tree


# Kind -> what makes its tree, and the arguments of bench.
KINDS = {
    "plain": (plain_tree, ["--quick"]),
    "search": (search_tree, ["--profile", "standard"]),
    "orders": (lambda: needing.orders_tree({**needing.ORDERS, **FEW}), ["--quick"]),
    "fan-out": (lambda: needing.fan_out_tree({**needing.FAN_OUT, **FEW}), ["--quick"]),
}


def started_at(pid):
    stat = faults.read(pid, "stat")
    return stat.rpartition(")")[2].split()[19] if stat else None


def listening(pid):
    """The ports at which it listens."""
    try:
        own = faults.own_ports(pid)
    except OSError:
        return set()
    rows = [line.split() for line in faults.read(pid, "net/tcp").splitlines()[1:]]
    return own & {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "0A"}


class BenchRun:
    """One run. After `finish`: status, out, err, and the records and reports of its file."""

    all_runs = []  # those that go on beside each other know what is whose

    def __init__(self, kind):
        make, arguments = KINDS[kind]
        self.kind = kind
        self.tree = make()
        self.results = self.tree.path / "results"
        self.results.mkdir()
        self.temporary = Path(tempfile.mkdtemp(prefix="twofold-chaos-"))
        self.temporary.chmod(0o711)  # PostgreSQL has a user of its own
        self.shared_before = faults.shared_memory()
        self.arguments = ["bench", "tiny", *arguments]
        self.is_small = False
        self.known = {}  # pid -> when it started
        self.ports = set()
        self.shared = set()
        BenchRun.all_runs.append(self)
        self.timers = []
        self.err_lines = []
        self.forecast_seen = (0, 0.0)
        self.kinds, self.read_bytes = [], 0
        self.reported = (None, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for timer in self.timers:
            timer.join()
        if hasattr(self, "process") and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.is_small:
            subprocess.run(["umount", "-l", str(self.results)], check=False)
        shutil.rmtree(self.temporary, ignore_errors=True)
        shutil.rmtree(self.tree.path, ignore_errors=True)

    def environment(self):
        return {**os.environ, "TMPDIR": str(self.temporary)}

    def make_disk_small(self):
        """Its results lie on a disk of their own, where this user may do that."""
        options = ["-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(self.results)]
        self.is_small = subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0

    def start(self):
        self.began = time.monotonic()
        self.process = self.tree.start(*self.arguments, env=self.environment())
        self.out_parts = []
        self.readers = [
            threading.Thread(target=lambda: self.err_lines.extend(iter(self.process.stderr.readline, ""))),
            threading.Thread(target=lambda: self.out_parts.append(self.process.stdout.read())),
        ]
        for reader in self.readers:
            reader.start()

    def is_over(self):
        return self.process.poll() is not None

    def files(self):
        return run_files.files_of(self.results)

    # --- phases -------------------------------------------------------------------------------------------------------

    def said(self, words):
        return any(words in line for line in list(self.err_lines))

    def kinds_written(self):
        """The kinds of the records in its file; read where it has grown."""
        try:
            size = sum(file.stat().st_size for file in self.files())
            if size != self.read_bytes:
                self.kinds, self.read_bytes = [record["record"] for record in needing.records(self.tree)], size
        except OSError:  # it was just renamed, or removed
            pass
        return self.kinds

    def phase(self):
        """The phase that it is in, None between two of them."""
        kinds = self.kinds_written()
        count = kinds.count("forecast") + kinds.count("step")
        if count != self.forecast_seen[0]:
            self.forecast_seen = (count, time.monotonic())
        if self.said(": searching between"):
            return None if "trial" in kinds else "search"
        if self.said("to see it recover"):
            return None if "recovery" in kinds or "trial" in kinds else "recovery"
        if "forecast" not in kinds:
            return "prepare" if self.err_lines and not kinds.count("step") else None
        if "trial" in kinds:
            return None
        return "measure" if time.monotonic() - self.forecast_seen[1] > SETTLED_S else "warm-up"

    def wait_for(self, phase, holds):
        """Returns whether the run came to that phase with that holding in it."""
        until = self.began + PATIENCE_S
        order = ("prepare", "warm-up", "measure", "recovery", "search")
        while not self.is_over() and time.monotonic() < until:
            now = self.phase()
            if now == phase and holds():
                return True
            if now is not None and order.index(now) > max(order.index(phase), order.index("measure")):
                return False
            if phase == "prepare" and now not in (None, "prepare"):
                return False
            time.sleep(0.05)
        return False

    # --- victims ------------------------------------------------------------------------------------------------------

    def services(self):
        """The processes of the service that no other one of them started, once it is itself, not its launcher."""
        folder = str(self.tree.path / "backends")
        own = [pid for pid in faults.everybody() if (faults.data_folder(pid) or "").startswith(folder)]
        roots = [pid for pid in own if faults.parent(pid) not in own]
        return [pid for pid in roots if {"./server", "python3"} & set(faults.words(pid)[:1])]

    def victims(self, name):
        if self.is_over():
            return []
        if name == "harness":
            return [self.process.pid]
        if name == "service":
            return self.services()
        if name == "run file":
            return self.files()
        return faults.VICTIMS[name](self.process.pid)

    def note_who_is_there(self):
        """What runs below it now, which must be gone in the end."""
        pids = [self.process.pid, *faults.descendants(self.process.pid)]
        for pid in pids:
            self.known[pid] = started_at(pid)
            self.ports |= listening(pid)
        self.shared |= faults.shared_memory_of(pids)

    def shared_by_others(self):
        """Shared memory of other runs. Of a server that was killed it is there until its run has mended that."""
        return set().union(*(run.shared for run in BenchRun.all_runs if run is not self))

    def continue_later(self, pids):
        def go_on():
            time.sleep(1)
            faults.send([pid for pid in pids if faults.state(pid) == "T"], signal.SIGCONT)

        self.timers.append(threading.Thread(target=go_on))
        self.timers[-1].start()

    def do(self, fault):
        """Does it. Returns whether there was a victim in its phase."""
        full = fault.what == "small disk"
        fault.impossible = full and not self.is_small
        if fault.impossible:
            return False
        if not self.wait_for(fault.phase, lambda: full or self.victims(fault.victim)):
            return False
        time.sleep(fault.delay_s)
        victims = self.victims(fault.victim)
        if self.is_over() or not (victims or full) or fault.phase != (self.phase() or fault.phase):
            return False
        self.note_who_is_there()
        if fault.victim == "run file":
            return self.do_to_file(fault, victims)
        number = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}.get(fault.what) or signal.Signals[f"SIG{fault.what}"]
        hurt = faults.send(victims, number)
        if fault.what == "stop":
            self.continue_later(hurt)
        fault.seen = [f"process {pid}" for pid in hurt]
        return bool(hurt)

    def do_to_file(self, fault, files):
        if fault.what == "small disk":
            return self.fill(fault)
        (file,) = files
        if fault.what == "remove":
            file.unlink()
            fault.seen = ["removed"]
            return True
        before = file.read_bytes()
        other = subprocess.run([TWOFOLD, "bench", "--resume", str(file)], cwd=self.tree.path, capture_output=True,
                               text=True, timeout=60, env=self.environment(), check=False)
        fault.seen = [str(other.returncode), other.stderr, str(file.read_bytes().startswith(before))]
        return "still going on" in other.stderr or not self.is_over()

    def filler(self):
        return self.results / "filler"

    def fill(self, fault):
        with self.filler().open("wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * 4096):
                    pass
            except OSError as problem:
                fault.seen = [str(problem)]
        return not self.is_over()

    # --- the end ------------------------------------------------------------------------------------------------------

    def finish(self):
        self.status = self.process.wait(timeout=PATIENCE_S)
        for timer in self.timers:
            timer.join()
        for reader in self.readers:
            reader.join(timeout=30)
        self.out, self.err = "".join(self.out_parts), "".join(self.err_lines)

    def command(self, *arguments):
        done = subprocess.run([TWOFOLD, *arguments], cwd=self.tree.path, capture_output=True, text=True,
                              timeout=PATIENCE_S, env=self.environment(), check=False)
        return done.returncode, done.stdout, done.stderr

    def report(self, file):
        """Of the file as it is now; made once, however many ask."""
        now = (file, file.stat().st_mtime_ns, file.stat().st_size)
        if self.reported[0] != now:
            status, out, err = self.command("report", str(file), "--format", "json")
            self.reported = (now, (status, json.loads(out) if status == 0 else None, err))
        return self.reported[1]
