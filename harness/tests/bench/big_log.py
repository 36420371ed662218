#!/usr/bin/env python3
"""A run log of any size, made from a real one: big_log.py SOURCE TARGET --services N --trials N

Repeats the trials of the source under new numbers, and its services under new names (go, go-2, go-3 …), each as often
as it takes. The same arguments give the same bytes. Such a run says nothing of any service; it is for measuring what
a report costs."""

import argparse
import gzip
import json


def read(source):
    """The run, the records before the first trial, the services, and what belongs to each trial of each service."""
    run, before, services, trials, blocks = None, [], [], {}, {}
    with gzip.open(source, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            kind = record["record"]
            if kind == "run":
                run = record
            elif kind == "backend":
                services.append(record)
            elif kind == "calibration":
                blocks[record["trial"]] = record
            elif kind == "dependency":
                before.append(record)
            elif kind not in ("end", "resume"):
                trials.setdefault((record["backend"], record["trial"]), []).append(record)
    return run, before, [service for service in services if (service["name"], 0) in trials], trials, blocks


def copy_name(name, number):
    return name if number == 0 else f"{name}-{number + 1}"


class Writer:
    """Lines as twofold writes them."""

    def __init__(self, file):
        self.file = file

    def write(self, record, **changes):
        self.file.write(json.dumps({**record, **changes}, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
        self.file.write("\n")


def make(source, target, service_count, trial_count):
    run, before, services, trials, blocks = read(source)
    source_trials = 1 + max(trial for _, trial in trials)
    chosen = [(services[i % len(services)], i // len(services)) for i in range(service_count)]
    names = [copy_name(service["name"], number) for service, number in chosen]
    with open(target, "w", encoding="utf-8") as file:
        writer = Writer(file)
        writer.write(run, backends=",".join(names), trials=trial_count)
        for record in before:
            writer.write(record)
        for (service, _), name in zip(chosen, names):
            writer.write(service, name=name)
        for trial in range(trial_count):
            if trial % source_trials in blocks:
                writer.write(blocks[trial % source_trials], trial=trial)
            for (service, _), name in zip(chosen, names):
                for record in trials[service["name"], trial % source_trials]:
                    writer.write(record, backend=name, trial=trial)
        writer.write({"record": "end", "ended": run["started"], "interrupted": False})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--services", type=int, required=True)
    parser.add_argument("--trials", type=int, required=True)
    given = parser.parse_args()
    make(given.source, given.target, given.services, given.trials)


if __name__ == "__main__":
    main()
