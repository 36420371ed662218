#!/usr/bin/env python3
"""Draws the ladder of a run: a row a service, a mark a step, the load that is held with its interval.

    build/twofold report results/RUN.jsonl.gz --format json > run.json
    python3 docs/ladder.py run.json ladder.png          # or .svg, .pdf; needs matplotlib
"""

import json
import sys

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402  pylint: disable=wrong-import-position

COLOURS = {"pass": "tab:green", "break": "tab:red", "undecided": "tab:orange", "invalid": "lightgrey"}


def draw(run, axes):
    """Puts the run into the axes, and returns how many steps that are."""
    services = [backend for backend in run["backends"] if backend["steps"]]
    drawn = 0
    for row, backend in enumerate(services):
        for verdict, colour in COLOURS.items():
            levels = [step["level"] for step in backend["steps"] if step["verdict"] == verdict]
            axes.plot(levels, [row] * len(levels), "s", color=colour, markersize=9, label=None if row else verdict)
            drawn += len(levels)
        first = backend["limits"][0] if backend["limits"] else {"low_level": None, "high_level": None}
        if first["low_level"] and first["high_level"]:
            axes.plot([first["low_level"], first["high_level"]], [row + 0.25] * 2, "k-", linewidth=2)
            axes.annotate(first["limit"], (first["high_level"], row + 0.25), fontsize=8)
    axes.set_xscale("log", base=2)
    axes.set_xlabel(f"{run['doubling']['what']} ({run['doubling']['level_unit']})")
    axes.xaxis.set_major_formatter(lambda load, _: f"{load:,.0f}")
    axes.set_yticks(range(len(services)), [backend["name"] for backend in services])
    axes.set_ylim(-0.5, len(services) - 0.2)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=len(COLOURS), frameon=False)
    axes.set_title(run["answer"], fontsize=8, wrap=True)
    return drawn


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        run = json.load(file)
    figure, axes = pyplot.subplots(figsize=(10, 2.5 + 0.6 * len(run["backends"])))
    draw(run, axes)
    figure.savefig(sys.argv[2], bbox_inches="tight", dpi=150)


if __name__ == "__main__":
    main()
