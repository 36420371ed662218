"""The table of faults: what is done, to whom, in which part of a run, and the run in which it can be done."""

import random
from dataclasses import dataclass, field

PHASES = ("prepare", "warm-up", "measure", "recovery", "search")
SIGNALS = ("kill", "stop", "INT", "TERM", "HUP")
FILE_FAULTS = ("small disk", "remove", "resume")
DEPENDENCIES = ("postgresql", "session", "upstream")

# How often a victim is drawn: what fails in more ways is drawn more often.
WEIGHTS = {"harness": 8, "service": 7, "run file": 6, "postgresql": 4, "session": 2, "upstream": 3}


@dataclass
class Fault:
    what: str
    victim: str
    phase: str
    delay_s: float  # after the phase was reached
    checks_resume: bool  # whether the run, if it is cut short, is gone on with to its end
    done: bool = False
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


def draw(chance: random.Random):
    while True:
        (victim,) = chance.choices(list(WEIGHTS), WEIGHTS.values())
        what = chance.choice(FILE_FAULTS if victim == "run file" else SIGNALS)
        phase = chance.choice(PHASES)
        delay_s = chance.uniform(0, 1.5 if phase == "prepare" else 0.3)
        checks_resume = chance.random() < 0.35
        if has_a_victim(what, victim, phase):
            return Fault(what, victim, phase, delay_s, checks_resume)


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
