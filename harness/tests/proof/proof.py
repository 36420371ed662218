#!/usr/bin/env python3
"""`twofold bench` on services that nobody here wrote, whose set-up dictates what must be found: what they hold, what
breaks first, and why. A run that other programs on this machine disturbed proves nothing, and is skipped.

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


def measure(tree, url, *more):
    status, out, err = tree.run("bench", "--target", f"web={url}", "--quick", "--out", "run.jsonl", *more)
    expect(status in (0, 3), status, out, err)
    status, figures, err = tree.run("report", "run.jsonl", "--format", "json")
    expect(status == 0, status, err)
    (tree.path / "run.jsonl").unlink()
    (backend,) = json.loads(figures)["backends"]
    return backend, " ".join(out.split())


def busy(backend):
    """What other programs did to the figures, a list a step."""
    return [step["invalid_because"] + step["disturbed"] for step in backend["steps"]
            if step["invalid_because"] or step["disturbed"]]


def prove(tree, url, check, *more):
    """Measures the service and holds what is reported of it to `check`. A run that other programs disturbed is made
    once more, and proves nothing when it is not as it should be then."""
    for _ in range(2):
        backend, text = measure(tree, url, *more)
        try:
            check(backend, text)
            return
        except AssertionError:
            if not busy(backend):
                raise
    raise Skipped(f"this machine was too busy: {busy(backend)}")


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


def held(level, protocol):
    def check(backend, _):
        expect(backend["capacity_level"] == level and not backend["breaks"], backend["sentence"])
        expect(protocol in backend["protocol"], backend["protocol"])
        expect_watched(backend, "nginx")

    return check


def nginx_holds_what_it_was_asked_for():
    with Tree() as tree, Nginx() as web:
        prove(tree, f"http://127.0.0.1:{web.ports['plain']}/index.html", held(800, "plain HTTP/1.1"), *LADDER)


def nginx_behind_tls_holds_it_too():
    with Tree() as tree, Nginx() as web:
        prove(tree, f"https://127.0.0.1:{web.ports['secure']}/index.html", held(800, "HTTP/1.1 over TLS"), "--cacert",
              str(web.certificate), *LADDER)


def nginx_speaks_http2():
    with Tree() as tree, Nginx() as web:
        prove(tree, f"https://127.0.0.1:{web.ports['secure']}/index.html", held(800, "HTTP/2 over TLS"), "--cacert",
              str(web.certificate), "--http2", *LADDER)


def a_limit_of_200_a_second_breaks_errors_at_the_first_load_above_it():
    def check(backend, text):
        limits, cause = first(backend)
        expect(backend["capacity_level"] == 150 and backend["breaks_at_level"] == 300, backend["sentence"])
        expect("errors" in limits and limits <= {"errors", "throughput"}, limits)
        expect(cause == "shedding", cause, backend["breaks"])
        expect("503" in text, text)
        expect_watched(backend, "nginx")

    with Tree() as tree, Nginx() as web:
        prove(tree, f"http://127.0.0.1:{web.ports['limited']}/", check, "--from", "150", "--steps", "2", "--warmup",
              "500ms", "--measure", "1s", "--limit", "p90=300ms")


def one_sync_worker_of_20_ms_holds_50_a_second():
    def check(backend, _):
        limits, cause = first(backend)
        # At 30/s it is busy for 0.6 of the time: a quick run is too short to decide that load every time.
        expect(backend["capacity_level"] in (15, 30) and backend["breaks_at_level"] == 60, backend["sentence"])
        expect("latency" in limits and cause == "waiting", limits, cause, backend["breaks"])
        expect_watched(backend, "python")

    python = environment(FOLDER / "python", HERE / "service.lock")
    if python is None:
        raise Skipped("no virtual environment")
    with Tree() as tree, gunicorn(python) as port:
        prove(tree, f"http://127.0.0.1:{port}/", check, "--from", "15", "--steps", "3", "--warmup", "500ms",
              "--measure", "6s", "--limit", "p50=200ms")


if __name__ == "__main__":
    run_tests([
        nginx_holds_what_it_was_asked_for,
        nginx_behind_tls_holds_it_too,
        nginx_speaks_http2,
        a_limit_of_200_a_second_breaks_errors_at_the_first_load_above_it,
        one_sync_worker_of_20_ms_holds_50_a_second,
    ])
