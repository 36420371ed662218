"""A backend running for the length of a with block."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import manifest

READY_SECONDS = 30
STOP_SECONDS = 10


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_ready(url):
    try:
        with urllib.request.urlopen(url + "/healthz", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_ready(process, name, url):
    until = time.monotonic() + READY_SECONDS
    while not is_ready(url):
        if process.poll() is not None:
            raise SystemExit(f"{name}: ended with {process.returncode} before it was ready")
        if time.monotonic() > until:
            raise SystemExit(f"{name}: not ready after {READY_SECONDS} s")
        time.sleep(0.1)


def stop(process, name):
    """Ends the whole process group; a service that does not stop when asked to fails the test."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise SystemExit(f"{name}: still there {STOP_SECONDS} s after SIGTERM") from None


@contextlib.contextmanager
def started(name, cores=2, prefix=(), told=None):
    """Yields the process and the base URL.

    `prefix` goes before the manifest's own command, such as ("taskset", "-c", "1"); `told` are variables of the
    contract beside HOST, PORT and CORES.
    """
    port = free_port()
    environment = {**os.environ, **manifest.settings(name), **(told or {}),
                   "HOST": "127.0.0.1", "PORT": str(port), "CORES": str(cores)}
    process = subprocess.Popen([*prefix, *manifest.read(name)["run"]], cwd=manifest.folder(name), env=environment,
                               start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_ready(process, name, url)
        yield process, url
    finally:
        if process.poll() is None:
            stop(process, name)


@contextlib.contextmanager
def running(name, cores=2, prefix=(), told=None):
    """Yields the base URL, of a service that must not end meanwhile."""
    with started(name, cores, prefix, told) as (process, url):
        yield url
        if process.poll() is not None:
            raise SystemExit(f"{name}: ended by itself with {process.returncode}")
