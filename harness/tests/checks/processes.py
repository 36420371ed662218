#!/usr/bin/env python3
"""What clients see of the processes that a service has: processes.py NAME…

The contract promises that a client reads its own writes on the connection that wrote, whichever process serves it, that
an order is read on every connection, and that a service of several processes replaces one that ends while the others go
on. One of a single process ends with it.
"""

import contextlib
import http.client
import json
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

import manifest
import service

sys.path.append(str(manifest.BACKENDS / "python" / "tests"))
import postgres  # noqa: E402  pylint: disable=wrong-import-position

CONNECTIONS = 32  # at once; more where all of them went to one process
CONNECTIONS_MOST = 512
PATIENCE_SECONDS = 30
ORDER = {"customer": "Ada", "lines": [{"item_id": 2, "quantity": 3}, {"item_id": 1, "quantity": 1}]}
ITEM = {"name": "own", "price_cents": 1, "stock": 2, "tags": ["a"]}
JSON = {"Content-Type": "application/json"}


def wait_until(holds):
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def processes(pid):
    """The process and all that it has started, as far as they are there and have not ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        children = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
    except OSError:
        return set()
    found = set() if state == "Z" else {pid}
    return found.union(*(processes(int(child)) for child in children))


def connect(url):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE_SECONDS)
    connection.connect()
    connection.auto_open = False  # a connection that the service has closed is not opened again behind our back
    return connection


def begin(connection, method, path, item=None):
    connection.request(method, path, None if item is None else json.dumps(item), {} if item is None else JSON)


def end(connection):
    response = connection.getresponse()
    body = response.read()
    return response.status, json.loads(body) if body else None


def ask(connection, method, path, item=None):
    begin(connection, method, path, item)
    return end(connection)


def is_alive(connection):
    try:
        return ask(connection, "GET", "/healthz")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def create_at_once(url):
    """On each of many new connections an item. All come together, so that no process has the time to take them all."""
    connections = [connect(url) for _ in range(CONNECTIONS)]
    for connection in connections:
        begin(connection, "POST", "/items", ITEM)
    responses = [end(connection) for connection in connections]
    wrong = [status for status, _ in responses if status != 201]
    if wrong:
        raise SystemExit(f"POST /items: {wrong[0]}, expected 201")
    return [(connection, item) for connection, (_, item) in zip(connections, responses)]


def is_one_catalog(written):
    """Ids are never used twice, so that those of one catalog differ; two catalogs count from the same number on."""
    ids = [item["id"] for _, item in written]
    return len(set(ids)) == len(ids)


def write(name, url, several):
    """Open connections, each with the item created on it: to more than one process, where there are several."""
    written = create_at_once(url)
    while several and is_one_catalog(written) and len(written) < CONNECTIONS_MOST:
        written += create_at_once(url)
    if is_one_catalog(written) == several:
        raise SystemExit(f"{name}: " + ("one process answered all connections" if several else "an id was given twice"))
    return written


def faults_of_own_writes(written):
    """Each connection has written, and reads what it wrote while the others are open."""
    for connection, item in written:
        path = f"/items/{item['id']}"
        replaced = {**item, "name": "replaced"}
        said = [ask(connection, "GET", path),
                ask(connection, "PUT", path, {**ITEM, "name": "replaced"}),
                ask(connection, "GET", path),
                ask(connection, "GET", f"/items?limit=1&after={item['id'] - 1}")[1]["items"],
                ask(connection, "DELETE", path)[0],
                ask(connection, "GET", path)[0]]
        if said != [(200, item), (200, replaced), (200, replaced), [replaced], 204, 404]:
            yield f"a connection does not read what it wrote: {said}"
            return


def in_two_processes(written):
    """Two of the connections: to two processes where there are several, as each counts ids from the same number on."""
    first = {}
    for connection, item in written:
        if item["id"] in first:
            return [first[item["id"]], connection]
        first[item["id"]] = connection
    return list(first.values())[:2]


def faults_of_orders(written):
    """What is placed on one connection is read on every one, whichever process serves it."""
    for connection in in_two_processes(written):
        status, order = ask(connection, "POST", "/orders", ORDER)
        if status != 201:
            yield f"POST /orders: {status}, expected 201"
            return
        said = [ask(reading, "GET", f"/orders/{order['id']}") for reading, _ in written]
        wrong = [each for each in said if each != (200, order)]
        if wrong:
            yield f"{len(wrong)} of {len(said)} connections do not read the order {order} but {wrong[0]}"


def faults_of_writes(name, database):
    """`database`: its URL, or None where there is none."""
    with service.started(name, told={} if database is None else {"DATABASE_URL": database}) as (process, url):
        written = write(name, url, len(processes(process.pid)) > 1)
        yield from faults_of_own_writes(written)
        if database is not None and {"placeOrder", "getOrder"} <= set(manifest.read(name)["contract"]):
            yield from faults_of_orders(written)


@contextlib.contextmanager
def database_of_orders():
    """Its URL, with the tables of the contract and a few items in them; None where there is no PostgreSQL."""
    missing = postgres.missing_programs()
    if missing is not None:
        print(f"processes: orders are not tried: {missing}")
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, postgres.Cluster(Path(folder)) as cluster:
        cluster.refill()
        yield cluster.url


def faults_of_abort(name, cores):
    """One process aborts while connections are open to all of them."""
    with service.started(name, cores, told={"FAULTS": "1"}) as (process, url):
        before = processes(process.pid)
        several = cores > 1 and len(before) > 1
        connections = [connection for connection, _ in write(name, url, several)]
        try:
            yield f"an abort was answered with {ask(connect(url), 'POST', '/fault?kind=abort')[0]}"
            return
        except (OSError, http.client.HTTPException):
            pass
        if not wait_until(lambda: not before <= processes(process.pid)):
            yield "no process ended"
        elif process.poll() is not None or not processes(process.pid):
            if len(before) > 1:
                yield f"the end of one of {len(before)} processes was the end of the service"
        else:
            yield from faults_of_replacement(process, url, before, connections if several else [])


def faults_of_replacement(process, url, before, connections):
    if connections and not any(map(is_alive, connections)):
        yield "the end of one process cut the connections of all"
    if not wait_until(lambda: len(processes(process.pid)) == len(before)):
        yield f"{len(processes(process.pid))} processes are left of {len(before)}"
    if not wait_until(lambda: all(is_alive(connect(url)) for _ in range(CONNECTIONS))):
        yield "new connections are not answered"


def main():
    names = [name for name in sys.argv[1:] if manifest.missing_tool(name) is None]
    if not names:
        print("processes: no backend's toolchain is here; skipped")
        return manifest.SKIPPED
    with database_of_orders() as database:
        faults = [f"{name}: {fault}" for name in names for fault in faults_of_writes(name, database)]
    faults += [f"{name}: CORES={cores}: {fault}" for name in names for cores in (1, 2)
               for fault in faults_of_abort(name, cores)]
    print("\n".join(faults) or f"{', '.join(names)}: own writes are read, and so are the orders of others; a "
          "process that ends is replaced")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
