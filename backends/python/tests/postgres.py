import os
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

PROGRAMS = ("initdb", "pg_ctl", "psql")
UNPRIVILEGED = ("postgres", "nobody")

SCHEMA = """
create table items (
    id bigint primary key, name text not null, price_cents integer not null,
    stock integer not null check (stock >= 0));
create table orders (
    id bigint generated always as identity primary key, customer text not null,
    total_cents bigint not null, created_at timestamptz not null default now());
create table order_lines (
    order_id bigint not null references orders, line_number integer not null,
    item_id bigint not null references items, quantity integer not null,
    price_cents integer not null, primary key (order_id, line_number));
"""
# Items 1 to 9 with 1000 of each in stock, at 10 cents times their id.
REFILL = """
truncate order_lines, orders, items restart identity;
insert into items select i, 'item ' || i, 10 * i, 1000 from generate_series(1, 9) i;
"""


def find(program: str) -> str | None:
    packaged = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(packaged[-1]) if packaged else shutil.which(program)


def missing_programs() -> str | None:
    missing = [program for program in PROGRAMS if find(program) is None]
    return f"PostgreSQL is not installed: no {', '.join(missing)}" if missing else None


class Cluster:
    """A PostgreSQL of the tests' own in a folder, stopped when they are over."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._user = _unprivileged_user() if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._socket_folder = folder
        self.url = f"postgresql://twofold:secret@127.0.0.1:{self._port}/postgres"

    def __enter__(self) -> Self:
        options = ("--username=twofold", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self._run("initdb", "--pgdata", str(self._data), *options)
        self.start()
        self.run(SCHEMA)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        options = (
            f"-p {self._port} -c listen_addresses=127.0.0.1 -c fsync=off "
            f"-c unix_socket_directories={self._socket_folder}"
        )
        log = str(self._data / "log")
        data = ("--pgdata", str(self._data))
        self._run(
            "pg_ctl", "start", "--wait", *data, "--log", log, "--options", options
        )

    def stop(self) -> None:
        """Stop at once, as a crash would: no client is asked to leave."""
        data = ("--pgdata", str(self._data))
        self._run("pg_ctl", "stop", "--wait", *data, "--mode=immediate")

    def refill(self) -> None:
        self.run(REFILL)

    def run(self, sql: str) -> str:
        quiet = ("--no-psqlrc", "--quiet", "--tuples-only", "--no-align")
        return self._run("psql", *quiet, "--command", sql, self.url)

    def _run(self, program: str, *arguments: str) -> str:
        path = find(program)
        assert path is not None
        done = subprocess.run(  # noqa: S603
            [path, *arguments],
            user=self._user,
            cwd=self._socket_folder,
            stdin=subprocess.DEVNULL,
            # pg_ctl's server would hold a pipe open for as long as it runs.
            stdout=None if program == "pg_ctl" else subprocess.PIPE,
            check=True,
            text=True,
        )
        return (done.stdout or "").strip()


def _unprivileged_user() -> str:
    """Return whom to run the server as: it refuses to be run by root."""
    import pwd  # noqa: PLC0415

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)
