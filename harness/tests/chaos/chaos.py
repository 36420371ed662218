#!/usr/bin/env python3
"""Chaos: faults drawn from a table are done to runs of twofold for real, and each run is held to what must be true of
its file, report, exit status, processes, ports, folders and shared memory.

    chaos.py TWOFOLD REFERENCE_SERVER [--seed N] [--faults N | --seconds S] [--runs N]

Draws N faults (30) with that seed, by default one of chance, which it says; with --seconds it draws until so much time
has passed. Faults that go together share a run. One that found no victim, because the run was over or past the phase,
is drawn again, as long as --runs (40) are not used up. Prints a line a fault; exit status 1 when an invariant was hurt.
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
from table import draw, share_a_run
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


def one_run(kind, faults, chance):
    """Does them in one run and judges it. Returns the hurt invariants."""
    with BenchRun(kind, chance) as run:
        if any(fault.what == "small disk" for fault in faults) and not run.make_disk_small():
            faults[:] = [fault for fault in faults if fault.what != "small disk"]
        run.start()
        for fault in faults:
            fault.done = run.do(fault)
        try:
            run.finish()
        except subprocess.TimeoutExpired as problem:
            return [f"every run ends: {problem}\n{''.join(run.err_lines)}"]
        done = [fault for fault in faults if fault.done]
        hurt = hurt_of(run, done)
        if hurt:
            hurt.append(f"exit status {run.status}\n{run.err}")
        return hurt


class Chaos:
    def __init__(self, chance):
        self.chance = chance
        self.runs = self.done = self.hurt = 0

    def draw_and_run(self, waiting):
        """The next of those that wait, and what goes together with it, done and judged; others stay."""
        faults, kind = share_a_run(waiting[0], waiting)
        for fault in faults:
            waiting.remove(fault)
        self.runs += 1
        began = time.monotonic()
        try:
            hurt = one_run(kind, faults, self.chance)
        except Skipped as reason:
            hurt = []
            print(f"skipped {reason}", flush=True)
        self.hurt += bool(hurt)
        self.done += sum(fault.done for fault in faults)
        for fault in faults:
            word = ("FAILED " if hurt else "ok     ") if fault.done else "missed "
            print(f"{word} {fault} (run {self.runs}, {kind}, {time.monotonic() - began:.0f} s)", flush=True)
        for line in hurt:
            print(f"        {line}", flush=True)


def main():
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the run under way is ended and cleared away
    chance = random.Random(given.seed)
    chaos, began = Chaos(chance), time.monotonic()
    print(f"seed {given.seed}", flush=True)
    waiting = [draw(chance) for _ in range(given.faults)]
    if given.seconds is not None:
        while time.monotonic() - began < given.seconds:
            waiting += [draw(chance) for _ in range(30 - len(waiting))]
            chaos.draw_and_run(waiting)
    else:
        while chaos.done < given.faults and chaos.runs < given.runs:
            waiting += [draw(chance) for _ in range(given.faults - chaos.done - len(waiting))]
            chaos.draw_and_run(waiting)
    print(f"{chaos.done} faults in {chaos.runs} runs, {chaos.hurt} runs hurt, {time.monotonic() - began:.0f} s")
    too_few = given.seconds is None and chaos.done < given.faults
    return 1 if chaos.hurt or too_few else 0


if __name__ == "__main__":
    sys.exit(main())
