"""Faults done to a run of twofold for real: its dependencies are found among its processes, and killed or stopped.

For tests that run the whole program. `harness` is the number of its process everywhere. Nothing else is touched: what
is found descends from it, or works in the folder of its own PostgreSQL.
"""

import os
import signal
import time
from pathlib import Path


def read(pid, name):
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except OSError:
        return ""


def words(pid):
    return read(pid, "cmdline").rstrip("\0").split("\0")


def parent(pid):
    stat = read(pid, "stat")
    return int(stat.rpartition(")")[2].split()[1]) if stat else 0


def state(pid):
    """R, S, T, Z, …; "" for a process that is gone."""
    stat = read(pid, "stat")
    return stat.rpartition(")")[2].split()[0] if stat else ""


def everybody():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def descendants(harness):
    """Its children, theirs, and so on."""
    parents = {pid: parent(pid) for pid in everybody()}
    found, before = {harness}, 0
    while len(found) > before:
        before = len(found)
        found |= {pid for pid, of in parents.items() if of in found}
    return found - {harness}


def postmaster(harness):
    """The first process of its PostgreSQL; None while there is none."""
    for pid in descendants(harness):
        said = words(pid)
        if os.path.basename(said[0]) == "postgres" and "-D" in said and "listen_addresses=127.0.0.1" in said:
            return pid
    return None


def data_folder(pid):
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return None


def working_in(folder):
    return [pid for pid in everybody() if folder is not None and data_folder(pid) == folder]


def cluster(harness):
    """All processes of its PostgreSQL."""
    first = postmaster(harness)
    return [] if first is None else working_in(data_folder(first))


def own_ports(pid):
    """The local ports of its TCP sockets."""
    inodes = set()
    for fd in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(fd)
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[len("socket:[") : -1])
    rows = [line.split() for line in read(pid, "net/tcp").splitlines()[1:]]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[9] in inodes}


def harness_session(harness):
    """The process of PostgreSQL that serves the harness's own connection; None while there is none."""
    ports = own_ports(harness)
    for pid in cluster(harness):
        title = words(pid)[0]
        if title.startswith("postgres: twofold ") and any(f"({port})" in title for port in ports):
            return pid
    return None


def upstream(harness):
    for pid in descendants(harness):
        if words(pid)[1:3] == ["upstream", "--port"]:
            return pid
    return None


def shared_memory():
    """The names of what is in shared memory on this machine; folders there are files of somebody."""
    return {entry.name for entry in os.scandir("/dev/shm") if entry.is_file(follow_symlinks=False)}


def shared_memory_of(pids):
    maps = "".join(read(pid, "maps") for pid in pids)
    return {name for name in shared_memory() if f"/dev/shm/{name}" in maps}


def shared_memory_left(before, is_ours):
    """What came since then and no process of others uses, who remove theirs before they end."""
    new = shared_memory() - before
    if not new:
        return new
    used = shared_memory_of(pid for pid in everybody() if not is_ours(pid))
    return (new - used) & shared_memory()


def send(pids, number):
    sent = []
    for pid in pids:
        try:
            os.kill(pid, number)
            sent.append(pid)
        except ProcessLookupError:
            pass
    return sent


def one(find):
    return lambda harness: [pid for pid in [find(harness)] if pid is not None]


# Victim -> the processes that are its.
VICTIMS = {
    "postgresql": one(postmaster),
    "cluster": cluster,
    "session": one(harness_session),
    "upstream": one(upstream),
}
SIGNALS = {"kill": signal.SIGKILL, "freeze": signal.SIGSTOP}


def inject(fault, victim, harness, within_s=10):
    """Does it, as soon as the victim is there. Returns the processes that it was done to; fails when there are none."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        pids = send(VICTIMS[victim](harness), SIGNALS[fault])
        if pids:
            return pids
        time.sleep(0.05)
    raise AssertionError(f"no {victim} to {fault} below process {harness}")


def wait_until(holds, within_s, what):
    until = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"not within {within_s} s: {what}")
        time.sleep(0.05)
