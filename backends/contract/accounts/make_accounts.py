#!/usr/bin/env python3
"""Makes members.json, the accounts that services are given: names and hashes. And the same members with their passwords,
for scenarios: scenarios/members.csv.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python make_accounts.py

The same seed makes the same files. A password is, as the contract says, the name of an item and an exclamation mark.
"""

import csv
import json
import random
from pathlib import Path

from argon2.low_level import Type, hash_secret

HERE = Path(__file__).parent
SEED = 15
MEMBERS = 64
# What OWASP's cheat sheet on storing passwords asks of Argon2id.
COST = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1, "hash_len": 32, "type": Type.ID}


def mix(h):
    h ^= h >> 16
    h = h * 0x85EBCA6B & 0xFFFFFFFF
    h ^= h >> 13
    h = h * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ h >> 16


def item_name(number):
    h = mix(number)
    syllables = []
    for _ in range(5):
        syllables.append("bcdfghjklmnprstv"[h & 15] + "aeio"[h >> 4 & 3])
        h >>= 6
    return "".join(syllables[:2]) + " " + "".join(syllables[2:])


def main():
    draw = random.Random(SEED)
    passwords = {f"member-{number}": item_name(number) + "!" for number in range(1, MEMBERS + 1)}
    hashes = {name: hash_secret(password.encode(), draw.randbytes(16), **COST).decode()
              for name, password in passwords.items()}
    (HERE / "members.json").write_text(json.dumps(hashes, indent=1) + "\n")
    with open(HERE.parents[2] / "scenarios/members.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("name", "password"))
        rows.writerows(passwords.items())


if __name__ == "__main__":
    main()
