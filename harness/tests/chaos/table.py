"""The table of faults: what is done, to whom, in which part of a run, and the run in which it can be done."""

import random
from dataclasses import dataclass, field

PHASES = ("prepare", "warm-up", "measure", "recovery", "search")
SIGNALS = ("kill", "stop", "INT", "TERM", "HUP")
FILE_FAULTS = ("small disk", "remove", "resume")
DEPENDENCIES = ("postgresql", "session", "upstream")

PAIRS = [(what, victim) for victim in ("harness", "service", *DEPENDENCIES) for what in SIGNALS]
PAIRS += [(what, "run file") for what in FILE_FAULTS]


@dataclass(eq=False)
class Fault:
    what: str
    victim: str
    phase: str
    delay_s: float  # after the phase was reached
    checks_resume: bool  # whether the run, if it is cut short, is gone on with to its end
    done: bool = False
    impossible: bool = False  # on this machine, for this user
    seen: list = field(default_factory=list)  # what it was done to, in words

    def __str__(self):
        return f"{self.what} {self.victim} in {self.phase}"

    @property
    def ends_the_run(self):
        """Nothing can be done to the run, or to its service, behind it."""
        if self.victim in ("harness", "service"):
            return self.what != "stop"
        return self.what == "small disk"


def kinds_for(fault):
    """The runs in which it can be done: see cases.KINDS."""
    if fault.phase == "search":
        return ("search",)
    own = {"postgresql": ("orders",), "session": ("orders",), "upstream": ("fan-out",), "service": ("plain",)}
    return own.get(fault.victim, ("plain", "orders", "fan-out"))


def has_a_victim(what, victim, phase):
    """A run file is there from the end of prepare on; a disk can be full before."""
    return victim != "run file" or phase != "prepare" or what == "small disk"


class Deck:
    """All pairs of fault and victim, shuffled, and again when it is used up; each is drawn with a phase of chance."""

    def __init__(self, chance: random.Random):
        self.chance, self.pairs = chance, []

    def draw(self):
        if not self.pairs:
            self.pairs = self.chance.sample(PAIRS, len(PAIRS))
        what, victim = self.pairs.pop()
        phase = self.chance.choice([phase for phase in PHASES if has_a_victim(what, victim, phase)])
        delay_s = self.chance.uniform(0, 1.5 if phase == "prepare" else 0.3)
        return Fault(what, victim, phase, delay_s, self.chance.random() < 0.35)

    def put_back(self, fault):
        """One that found no victim is drawn next, with a phase of its own."""
        self.pairs.append((fault.what, fault.victim))


def share_a_run(first, waiting, most=4):
    """Those that are done in one run, in their order: `first`, and of the others what goes together with it. Returns
    them and the kind of run."""
    kind = kinds_for(first)[0]
    together = [first]
    for other in waiting:
        ends = sum(fault.ends_the_run for fault in [*together, other])
        if kind in kinds_for(other) and ends <= 1 and len(together) < most and other is not first:
            last = next((fault for fault in [*together, other] if fault.ends_the_run), None)
            if last is None or all(PHASES.index(f.phase) <= PHASES.index(last.phase) for f in [*together, other]):
                together.append(other)
    together.sort(key=lambda fault: (PHASES.index(fault.phase), fault.ends_the_run))
    return together, kind
