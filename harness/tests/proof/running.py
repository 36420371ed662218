"""Services that nobody here wrote, each in a folder of the test and ended by its process: nginx and Gunicorn."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
START_S = 20

NGINX_CONF = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    root {folder}/www;
    limit_req_zone $server_name zone=all:1m rate=200r/s;
    server {{
        listen 127.0.0.1:{plain};
    }}
    server {{
        listen 127.0.0.1:{limited};
        server_name limited;
        limit_req zone=all burst=20 nodelay;
    }}
    server {{
        listen 127.0.0.1:{secure} ssl http2;
        ssl_certificate {certificate};
        ssl_certificate_key {certificate};
    }}
}}
"""


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def wait_for(process, port):
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"ended with status {process.returncode} before it listened")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"did not listen on port {port} within {START_S} s")


@contextlib.contextmanager
def running(argv, port, **more):
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more) as process:
        try:
            wait_for(process, port)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def find_nginx():
    """Its path, or None: Debian has it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextlib.contextmanager
def nginx(folder, certificate):
    """One worker that serves a small file. Gives the ports: plain, limited to 200 requests a second, and TLS."""
    (folder / "www").mkdir()
    (folder / "www/index.html").write_text("<!doctype html><title>twofold</title>\n")
    ports = dict(zip(("plain", "limited", "secure"), free_ports(3), strict=True))
    user = "user root;" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(NGINX_CONF.format(folder=folder, certificate=certificate, user=user, **ports))
    with running([find_nginx(), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(conf)], ports["plain"]):
        yield ports


@contextlib.contextmanager
def gunicorn(python):
    """One worker that serves one request at a time, 20 ms each. Gives the port."""
    (port,) = free_ports(1)
    argv = [str(python), "-m", "gunicorn", "--workers", "1", "--worker-class", "sync", "--bind", f"127.0.0.1:{port}",
            "--chdir", str(HERE), "--log-level", "critical", "slow_app:app"]
    with running(argv, port, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}):
        yield port


if __name__ == "__main__":
    sys.exit("this is a module of proof.py")
