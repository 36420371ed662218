#!/usr/bin/env python3
"""Chaos: faults drawn from a table are done to runs of twofold for real, and each run is held to what must be true of
its file, report, exit status, processes, ports, folders and shared memory.

    chaos.py TWOFOLD REFERENCE_SERVER [--seed N] [--faults N | --seconds S] [--runs N] [--at-once N]

Draws N faults (30) with that seed, by default one of chance, which it says; with --seconds it draws until so much time
has passed. Faults that go together share a run, and --at-once (1) runs go on beside each other, each of which knows its
own processes, ports and files. A fault that found no victim, because the run was over or past the phase, is drawn
again, as long as --runs (40) are not used up; one that cannot be done on this machine is skipped. Prints a line a
fault; exit status 1 when an invariant was hurt, or too few faults found a victim.
"""

import argparse
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
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
    parser.add_argument("--at-once", type=int, default=1)
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


class Chaos:
    """What was drawn and waits, the runs under way, and what came of the others. Each method but `work` is called with
    the lock held."""

    def __init__(self, given):
        self.given, self.began = given, time.monotonic()
        self.lock = threading.Lock()
        self.deck, self.waiting, self.under_way = Deck(random.Random(given.seed)), [], []
        self.runs = self.done = self.skipped = self.hurt = 0
        self.is_ending = False

    def took_s(self):
        return time.monotonic() - self.began

    def is_over(self):
        """Whether no other run is begun: the faults of those under way count as done."""
        given = self.given
        if given.seconds is not None:
            return self.is_ending or self.took_s() >= given.seconds
        under_way = sum(len(faults) for _, faults in self.under_way)
        return self.is_ending or self.done + self.skipped + under_way >= given.faults or self.runs >= given.runs

    def draw(self):
        """The next of those that wait, and what goes together with it: the run, which is under way now, and they."""
        given = self.given
        count = given.faults
        if given.seconds is None:
            count -= self.done + self.skipped + sum(len(faults) for _, faults in self.under_way)
        while len(self.waiting) < count:
            self.waiting.append(self.deck.draw())
        faults, kind = share_a_run(self.waiting[0], self.waiting)
        self.waiting = [fault for fault in self.waiting if fault not in faults]
        self.runs += 1
        return faults, kind, self.runs

    def begin(self, run, faults):
        """It is begun here, so that whoever ends all runs knows of it."""
        if any(fault.what == "small disk" for fault in faults):
            run.make_disk_small()
        run.start()
        if self.is_ending:
            run.process.kill()

    def count(self, faults, hurt, tell):
        self.hurt += bool(hurt)
        for fault in faults:
            if fault.done:
                self.done += 1
                tell("FAILED" if hurt else "ok", fault)
            elif fault.impossible:
                self.skipped += 1
                tell("skipped", fault)
            else:
                self.deck.put_back(fault)
                tell("missed", fault)
        for line in hurt:
            print(f"        {line}", flush=True)

    def judge(self, run, faults):
        """Does them in the run. Returns the hurt invariants."""
        with self.lock:
            self.begin(run, faults)
        for fault in faults:
            fault.done = run.do(fault)
        try:
            run.finish()
        except subprocess.TimeoutExpired as problem:
            return [f"every run ends: {problem}\n{''.join(run.err_lines)}"]
        hurt = hurt_of(run, [fault for fault in faults if fault.done])
        return [*hurt, f"exit status {run.status}\n{run.err}"] if hurt else []

    def work(self):
        """Run after run, until it is over."""
        while True:
            with self.lock:
                if self.is_over():
                    return
                faults, kind, number = self.draw()
                ours = [None, faults]
                self.under_way.append(ours)
            began = time.monotonic()

            def tell(word, fault, kind=kind, number=number, began=began):
                print(f"{word:7} {fault} (run {number}, {kind}, {time.monotonic() - began:.0f} s)", flush=True)

            hurt = []
            try:
                with BenchRun(kind) as run:
                    ours[0] = run
                    hurt = self.judge(run, faults)
            except Skipped as reason:
                print(reason, flush=True)
                for fault in faults:
                    fault.impossible = True
            with self.lock:
                self.under_way.remove(ours)
                if not self.is_ending:
                    self.count(faults, hurt, tell)

    def end(self):
        """The runs under way are ended, which clear away what is theirs."""
        self.is_ending = True
        for run, _ in self.under_way:
            if run is not None and hasattr(run, "process"):
                run.process.kill()


def main():
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chaos = Chaos(given)
    print(f"seed {given.seed}", flush=True)
    with ThreadPoolExecutor(given.at_once) as pool:
        workers = [pool.submit(chaos.work) for _ in range(given.at_once)]
        try:
            for worker in workers:
                worker.result()
        finally:
            with chaos.lock:
                chaos.end()
    print(f"{chaos.done} faults in {chaos.runs} runs, {chaos.skipped} skipped, {chaos.hurt} runs hurt, "
          f"{chaos.took_s():.0f} s")
    too_few = given.seconds is None and chaos.done + chaos.skipped < given.faults
    return 1 if chaos.hurt or too_few else 0


if __name__ == "__main__":
    sys.exit(main())
