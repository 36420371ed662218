#!/usr/bin/env python3
"""`twofold bench` on services that nobody here wrote, whose set-up dictates what must be found: what they hold, what
breaks first, and why. A run in which this machine was too busy to measure says nothing and is skipped.

    proof.py TWOFOLD REFERENCE_SERVER FOLDER
        FOLDER: where the certificate and the virtual environment of Flask and Gunicorn are made
"""

import json
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE.parent / "e2e"), str(HERE.parent / "peers")]
from histogram_peer import environment  # noqa: E402  pylint: disable=wrong-import-position
from running import find_nginx, gunicorn, nginx  # noqa: E402  pylint: disable=wrong-import-position
from tree import Skipped, Tree, expect, run_tests  # noqa: E402  pylint: disable=wrong-import-position
from with_peers import make_certificate  # noqa: E402  pylint: disable=wrong-import-position

FOLDER = Path(sys.argv[3]).resolve()
OF_THE_HOST = {"cpu", "one-thread", "quota", "memory", "file-descriptors", "backlog", "network", "crash", "stopped"}


def measure(tree, url, *more):
    status, out, err = tree.run("bench", "--target", f"web={url}", "--quick", "--out", "run.jsonl", *more)
    expect(status in (0, 3), status, out, err)
    status, figures, err = tree.run("report", "run.jsonl", "--format", "json")
    expect(status == 0, status, err)
    (tree.path / "run.jsonl").unlink()
    (backend,) = json.loads(figures)["backends"]
    return backend, " ".join(out.split())


def bench(tree, url, *more):
    """What is reported of one service, and the text of the report. Tries twice to find this machine at rest."""
    for _ in range(2):
        backend, text = measure(tree, url, *more)
        invalid = [step["invalid_because"] for step in backend["steps"] if step["verdict"] == "invalid"]
        if not invalid:
            return backend, text
    raise Skipped(f"this machine was too busy: {invalid}")


def first(backend):
    """The limits that broke at the lowest load, as far as they are told apart, and the cause."""
    limits = {limit["limit"] for limit in backend["limits"] if limit["order"] == 1 and limit["breaks_at_rps"]}
    return limits, backend["breaks"][0]["cause"] if backend["breaks"] else None


def expect_watched(backend, name):
    expect(backend["not_watched"] is None and f"({name})" in backend["watched"], backend["watched"])
    expect(all(step["service_cores_used"] > 0 for step in backend["steps"]), "CPU is read", backend["steps"])


class Nginx:
    """nginx with all that the tests ask for, in a folder that goes with it."""

    def __enter__(self):
        if find_nginx() is None:
            raise Skipped("no nginx")
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.certificate = FOLDER / "nginx.pem"
        try:
            make_certificate(self.certificate, "localhost", "IP:127.0.0.1,DNS:localhost")
        except FileNotFoundError as missing:
            raise Skipped("no openssl") from missing
        self.folder = tempfile.TemporaryDirectory(prefix="twofold-nginx-")
        self.service = nginx(Path(self.folder.name), self.certificate)
        try:
            self.ports = self.service.__enter__()
        except BaseException:
            self.folder.cleanup()
            raise
        return self

    def __exit__(self, *exception):
        self.service.__exit__(*exception)
        self.folder.cleanup()


LADDER = ("--from", "400", "--steps", "2", "--warmup", "200ms", "--measure", "1s")


def expect_held(backend, level):
    expect(backend["capacity_level"] == level and not backend["breaks"], backend["sentence"], backend["steps"])


def nginx_holds_what_it_was_asked_for():
    with Tree() as tree, Nginx() as web:
        backend, _ = bench(tree, f"http://127.0.0.1:{web.ports['plain']}/index.html", *LADDER)
        expect_held(backend, 800)
        expect_watched(backend, "nginx")


def nginx_behind_tls_holds_it_too():
    with Tree() as tree, Nginx() as web:
        url = f"https://127.0.0.1:{web.ports['secure']}/index.html"
        backend, _ = bench(tree, url, "--cacert", str(web.certificate), *LADDER)
        expect_held(backend, 800)
        expect_watched(backend, "nginx")
        expect("TLS" in backend["protocol"] and "HTTP/1.1" in backend["protocol"], backend["protocol"])


def nginx_speaks_http2():
    with Tree() as tree, Nginx() as web:
        url = f"https://127.0.0.1:{web.ports['secure']}/index.html"
        backend, _ = bench(tree, url, "--cacert", str(web.certificate), "--http2", *LADDER)
        expect_held(backend, 800)
        expect_watched(backend, "nginx")
        expect("HTTP/2" in backend["protocol"], backend["protocol"])


def a_limit_of_200_a_second_breaks_errors_at_the_first_load_above_it():
    with Tree() as tree, Nginx() as web:
        backend, text = bench(tree, f"http://127.0.0.1:{web.ports['limited']}/", "--from", "150", "--steps", "2",
                              "--warmup", "500ms", "--measure", "1s", "--limit", "p90=300ms")
        limits, cause = first(backend)
        expect(backend["capacity_level"] == 150 and backend["breaks_at_level"] == 300, backend["sentence"])
        expect("errors" in limits and limits <= {"errors", "throughput"}, limits)
        expect(cause == "shedding" and cause not in OF_THE_HOST, cause, backend["breaks"])
        expect("503" in text, text)
        expect_watched(backend, "nginx")


def one_sync_worker_of_20_ms_holds_50_a_second():
    python = environment(FOLDER / "python", HERE / "service.lock")
    if python is None:
        raise Skipped("no virtual environment")
    with Tree() as tree, gunicorn(python) as port:
        backend, _ = bench(tree, f"http://127.0.0.1:{port}/", "--from", "30", "--steps", "2", "--warmup", "500ms",
                           "--measure", "4s", "--limit", "p50=100ms")
        limits, cause = first(backend)
        expect(backend["capacity_level"] == 30 and backend["breaks_at_level"] == 60, backend["sentence"])
        expect("latency" in limits, limits, backend["sentence"])
        expect(cause == "waiting", cause, backend["breaks"])
        expect_watched(backend, "python")


if __name__ == "__main__":
    run_tests([
        nginx_holds_what_it_was_asked_for,
        nginx_behind_tls_holds_it_too,
        nginx_speaks_http2,
        a_limit_of_200_a_second_breaks_errors_at_the_first_load_above_it,
        one_sync_worker_of_20_ms_holds_50_a_second,
    ])
