"""Trees whose service needs what twofold starts beside it: PostgreSQL for orders, an upstream for the fan-out."""

import ctypes.util
import json
import shutil
from pathlib import Path

from runs import run_files
from tree import SCENARIO, Skipped, Tree

LINES = [{"item_id": "{one}", "quantity": 2}, {"item_id": "{other}", "quantity": 1}]
ORDER = {"method": "POST", "path": "/orders", "json": {"customer": "Ada", "lines": LINES}}
ORDERS = {
    **SCENARIO,
    "requests": [{"name": "place", **ORDER, "expect": {"status": 201}}],
    "values": {"one": {"uniform": [1, 5000]}, "other": {"uniform": [5001, 9900]}},
    "double": {"what": "rate", "from": 20, "steps": 2},
    "step": {"warmup": "200ms", "measure": "2s"},
    "needs": {"database": "postgresql"},
}
FAN_OUT = {
    **SCENARIO,
    "requests": [{"name": "fan out", "path": "/fanout?key={id}&calls=2", "expect": {"status": 200}}],
    "values": {"id": {"uniform": [1, 5]}},
    "double": {"what": "rate", "from": 20, "steps": 2},
    "step": {"warmup": "200ms", "measure": "2s"},
    "needs": {"upstream": {"delay": "1ms"}},
}


def initdb():
    return shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def add(tree, name, service, arguments, operations):
    files = {file: (Path(__file__).parent / file).read_text() for file in (service, "beside_reference.py")}
    folder = tree.add(name, ["python3", service, *arguments], files)
    told = json.loads((folder / "backend.json").read_text())
    (folder / "backend.json").write_text(json.dumps({**told, "contract": [*told["contract"], *operations]}))


def orders_tree(scenario=None):
    if ctypes.util.find_library("pq") is None or not initdb():
        raise Skipped("PostgreSQL is not here")
    tree = Tree(scenario or ORDERS)
    add(tree, "store", "orders_service.py", ["store"], ["placeOrder", "getOrder"])
    return tree


def fan_out_tree(scenario=None):
    tree = Tree(scenario or FAN_OUT)
    add(tree, "asking", "fanout_service.py", [], ["fanOut"])
    return tree


def records(tree):
    return [record for file in tree.files() for record in run_files.records_of(file)]


def steps(tree):
    return [record for record in records(tree) if record["record"] in ("step", "recovery", "soak")]
