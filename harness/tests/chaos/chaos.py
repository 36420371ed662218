#!/usr/bin/env python3
"""Chaos: faults drawn from a table are done to runs of twofold for real, and each run is held to what must be true of
its file, report, exit status, processes, ports, folders and shared memory.

    chaos.py TWOFOLD REFERENCE_SERVER [--seed N] [--faults N | --seconds S] [--runs N]

Draws N faults (30) with that seed, by default one of chance, which it says; with --seconds it draws until so much time
has passed. Faults that go together share a run. One that found no victim, because the run was over or past the phase,
is drawn again, as long as --runs (40) are not used up; one that cannot be done on this machine is skipped. Prints a
line a fault; exit status 1 when an invariant was hurt, or too few faults found a victim.
"""

import argparse
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

from bench_run import BenchRun
from invariants import INVARIANTS
from table import Deck, share_a_run
from tree import Skipped


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("twofold")
    parser.add_argument("server")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--faults", type=int, default=30)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--runs", type=int, default=40)
    return parser.parse_args()


def hurt_of(run, done):
    """The invariants that do not hold, with what was seen."""
    hurt = []
    for invariant in INVARIANTS:
        try:
            invariant(run, done)
        except Exception as problem:
            hurt.append(f"{invariant.__name__}: {type(problem).__name__}: {problem}")
    return hurt


def one_run(kind, faults):
    """Does them in one run and judges it. Returns the hurt invariants."""
    with BenchRun(kind) as run:
        if any(fault.what == "small disk" for fault in faults):
            run.make_disk_small()
        run.start()
        for fault in faults:
            fault.done = run.do(fault)
        try:
            run.finish()
        except subprocess.TimeoutExpired as problem:
            return [f"every run ends: {problem}\n{''.join(run.err_lines)}"]
        hurt = hurt_of(run, [fault for fault in faults if fault.done])
        if hurt:
            hurt.append(f"exit status {run.status}\n{run.err}")
        return hurt


class Chaos:
    """What was drawn and waits, and what came of the others."""

    def __init__(self, chance):
        self.deck, self.waiting = Deck(chance), []
        self.runs = self.done = self.skipped = self.hurt = 0

    def draw_until(self, count):
        while len(self.waiting) < count:
            self.waiting.append(self.deck.draw())

    def tell(self, word, fault, kind, began):
        print(f"{word:7} {fault} (run {self.runs}, {kind}, {time.monotonic() - began:.0f} s)", flush=True)

    def run_next(self):
        """The next of those that wait, and what goes together with it, done and judged."""
        faults, kind = share_a_run(self.waiting[0], self.waiting)
        self.waiting = [fault for fault in self.waiting if fault not in faults]
        self.runs += 1
        began = time.monotonic()
        try:
            hurt = one_run(kind, faults)
        except Skipped as reason:
            print(reason, flush=True)
            for fault in faults:
                self.skipped += 1
                self.tell("skipped", fault, kind, began)
            return
        self.hurt += bool(hurt)
        for fault in faults:
            if fault.done:
                self.done += 1
                self.tell("FAILED" if hurt else "ok", fault, kind, began)
            elif fault.impossible:
                self.skipped += 1
                self.tell("skipped", fault, kind, began)
            else:
                self.deck.put_back(fault)
                self.tell("missed", fault, kind, began)
        for line in hurt:
            print(f"        {line}", flush=True)


def main():
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the run under way is ended and cleared away
    chaos, began = Chaos(random.Random(given.seed)), time.monotonic()
    print(f"seed {given.seed}", flush=True)
    if given.seconds is not None:
        while time.monotonic() - began < given.seconds:
            chaos.draw_until(given.faults)
            chaos.run_next()
    else:
        while chaos.done + chaos.skipped < given.faults and chaos.runs < given.runs:
            chaos.draw_until(given.faults - chaos.done - chaos.skipped)
            chaos.run_next()
    took_s = time.monotonic() - began
    print(f"{chaos.done} faults in {chaos.runs} runs, {chaos.skipped} skipped, {chaos.hurt} runs hurt, {took_s:.0f} s")
    too_few = given.seconds is None and chaos.done + chaos.skipped < given.faults
    return 1 if chaos.hurt or too_few else 0


if __name__ == "__main__":
    sys.exit(main())
