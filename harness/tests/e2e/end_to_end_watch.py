#!/usr/bin/env python3
"""How services that run already are read: `twofold sample`, and the watches of an attached service.

    end_to_end_watch.py TWOFOLD REFERENCE_SERVER
"""

import contextlib
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from runs import run_files
from tree import SERVER, TWOFOLD, Skipped, Tree, expect, run_tests

PATIENCE_S = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(prefix=()):
    """The reference server on a port of its own: (process, port)."""
    port = free_port()
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "CORES": "1"}
    process = subprocess.Popen([*prefix, SERVER], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(PATIENCE_S * 100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.01)
        yield process, port
    finally:
        process.kill()
        process.wait()


def sample(*arguments, **more):
    return subprocess.Popen([TWOFOLD, "sample", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            **more)


def finished(process):
    out, err = process.communicate(timeout=PATIENCE_S)
    return process.returncode, [json.loads(line) for line in out.splitlines()], err


def refused(arguments, words, status=2, **more):
    returned, lines, err = finished(sample(*arguments, **more))
    expect(returned == status and words in err and not lines, arguments, returned, lines, err)
    expect(err.count("\n") == 1, "one clear sentence", err)


def with_programs(programs):
    """An environment in which these scripts come first on PATH: {name: text}. The folder is the second."""
    folder = Path(tempfile.mkdtemp(prefix="twofold-path-"))
    for name, text in programs.items():
        (folder / name).write_text("#!/bin/sh\n" + text)
        (folder / name).chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}, folder


def a_process_is_sampled_by_number_until_it_ends():
    with server() as (process, _):
        reader = sample("--pid", str(process.pid), "--interval", "20ms")
        lines = [json.loads(reader.stdout.readline()) for _ in range(6)]
        process.kill()
        process.wait()
        status, rest, err = finished(reader)
    expect(status == 0 and err == "", status, err)
    watch, first, last = lines[0], lines[1], lines[-1]
    expect(watch["record"] == "watch" and watch["watched"].startswith(f"process {process.pid} ("), watch)
    expect(watch["cores"].startswith(str(min(os.sched_getaffinity(0)))), watch)
    expect(all(line["record"] == "sample" for line in lines[1:]), lines)
    expect(first["processes"] == 1 and first["rss_bytes"] > 0 and first["threads"] >= 1, first)
    expect(first["listen_queue"] is None, "no port was named", first)
    expect(last["at_ns"] - first["at_ns"] >= 4 * 10_000_000 and last["cpu_ns"] >= first["cpu_ns"], first, last)
    expect(abs(last["unix_ns"] / 1e9 - time.time()) < PATIENCE_S, last)
    expect(rest[-1]["record"] == "gone", rest)


def a_port_is_sampled_with_its_accept_queue():
    with server() as (process, port):
        status, lines, err = finished(sample("--port", str(port), "--duration", "100ms", "--interval", "30ms"))
    expect(status == 0 and err == "", status, err)
    expect(f"process {process.pid} (" in lines[0]["watched"], lines[0])
    expect(3 <= len(lines) <= 6 and lines[1]["listen_queue"] == 0, lines)


def an_interrupt_and_a_reader_that_leaves_end_it_quietly():
    with server() as (process, _):
        reader = sample("--pid", str(process.pid))
        reader.stdout.readline()
        reader.send_signal(signal.SIGINT)
        status, _, err = finished(reader)
        expect(status == 0 and err == "", status, err)
        reader = sample("--pid", str(process.pid), "--interval", "10ms")
        reader.stdout.readline()
        reader.stdout.close()
        expect(reader.wait(timeout=PATIENCE_S) == 0, reader.returncode)
        expect(reader.stderr.read() == "")


def its_clock_answers_and_ends_with_the_input():
    with server() as (process, _):
        reader = sample("--pid", str(process.pid), "--interval", "10s", "--clock", stdin=subprocess.PIPE)
        expect([json.loads(reader.stdout.readline())["record"] for _ in range(2)] == ["watch", "sample"])
        before = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        reader.stdin.write("\n")
        reader.stdin.flush()
        told = json.loads(reader.stdout.readline())
        expect(told["record"] == "clock", told)
        expect(before <= told["at_ns"] <= time.clock_gettime_ns(time.CLOCK_MONOTONIC), before, told)
        reader.stdin.close()
        expect(reader.wait(timeout=PATIENCE_S) == 0, reader.returncode)


def what_cannot_be_sampled_is_one_clear_sentence():
    refused([], "expected one of --pid, --port, --cgroup and --container, found none")
    refused(["--pid", "1", "--port", "80"], "found several")
    refused(["--pid", "4194303"], "watch pid:4194303: there is no process 4194303")
    refused(["--pid", "1", "--interval", "1ms"], "--interval: expected a time from 10ms")
    refused(["--port", str(free_port())], "no process of this machine listens on port", status=1)
    refused(["--cgroup", "/no/such/group"], "watch cgroup:/no/such/group: there is no control group", status=2)
    refused(["--cgroup", "web"], "expected a path")


@contextlib.contextmanager
def control_group(limits):
    """A control group of version 1 or 2: the path to give to --cgroup, and the folders to enter."""
    root, name = Path("/sys/fs/cgroup"), f"twofold-watch-{os.getpid()}"
    folders = []
    try:
        for controller, (first, second) in limits.items():
            old = (root / controller).is_dir()
            folder = (root / controller if old else root) / name
            folder.mkdir(exist_ok=True)
            folders.append(folder)
            for file, value in (first if old else second).items():
                (folder / file).write_text(str(value))
    except OSError as problem:
        for folder in set(folders):
            folder.rmdir()
        raise Skipped(f"no control group can be made: {problem}") from problem
    try:
        yield f"/{name}", folders
    finally:
        for folder in set(folders):
            for _ in range(100):
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    break
                time.sleep(0.02)


QUOTA = {"cpu": ({"cpu.cfs_period_us": 100000, "cpu.cfs_quota_us": 5000}, {"cpu.max": "5000 100000"})}
MEMORY = {"memory": ({"memory.limit_in_bytes": 64 << 20}, {"memory.max": 64 << 20})}


def within(folders, argv):
    enter = " && ".join(f"echo $$ >{folder}/cgroup.procs" for folder in folders)
    return ["sh", "-c", f'{enter} && exec "$@"', "sh", *argv]


def the_processes_of_a_control_group_are_sampled_with_its_limits():
    with control_group({**QUOTA, **MEMORY}) as (path, folders):
        refused(["--cgroup", path], "no process is in the control group", status=1)
        burn = "import os\nif os.fork() == 0:\n    import time; time.sleep(60)\nwhile True: pass"
        process = subprocess.Popen(within(folders, [sys.executable, "-c", burn]), start_new_session=True)
        try:
            time.sleep(0.5)
            for group in (path, str(folders[0])):
                status, lines, err = finished(sample("--cgroup", group, "--duration", "1s"))
                expect(status == 0 and err == "", status, err)
                first, last = lines[1], lines[-1]
                expect(last["processes"] == 2, last)
                expect(abs(last["service_group_quota_cores"] - 0.05) < 1e-6, last)
                expect(last["service_group_memory_limit_bytes"] == 64 << 20, last)
                expect(last["service_group_throttled_periods"] > first["service_group_throttled_periods"], first, last)
            status, lines, err = finished(sample("--pid", str(process.pid), "--duration", "50ms"))
            expect(f"and its 1 child, cgroup {path}" in lines[0]["watched"].replace("its child", "its 1 child"), lines)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def a_container_is_found_by_the_client_of_its_engine():
    with server() as (process, _):
        podman = f"""
case "$*" in
  "inspect --type container --format {{{{json .State}}}} shop")
    echo '{{"Status":"running","Running":true,"Pid":{process.pid}}}' ;;
  *stopped*) echo '{{"Status":"exited","Running":false,"Pid":0}}' ;;
  *) echo "Error: no such container" >&2; exit 125 ;;
esac
"""
        docker = "echo 'Error: no such container' >&2; exit 1\n"
        environment, _ = with_programs({"podman": podman, "docker": docker})
        status, lines, err = finished(sample("--container", "shop", "--duration", "50ms", env=environment))
        expect(status == 0 and f"process {process.pid} (" in lines[0]["watched"], status, lines, err)
        refused(["--container", "nobody"], "no such container", status=1, env=environment)
        refused(["--container", "stopped"], "it does not run: it is exited", status=1, env=environment)
    environment = {**os.environ, "PATH": "/nowhere"}
    refused(["--container", "shop"], "neither podman nor docker is on PATH", status=1, env=environment)


# --- watches of an attached service ---------------------------------------------------------------------------------

MEASURED = (0, 3)  # 3: the machine was too busy for a verdict; what was read is held to be right all the same
SHORT = ("--from", "200", "--steps", "1", "--warmup", "200ms", "--measure", "2s", "--quick")


def bench(tree, port, *arguments, **more):
    """A short ladder against what listens on the port: (status, output, error, the log's records by kind)."""
    url = f"http://127.0.0.1:{port}/items/1"
    status, out, err = tree.run("bench", "--target", f"shop={url}", *SHORT, *arguments, **more)
    records = {}
    logs = tree.files()
    for record in run_files.records_of(logs[-1]) if logs else []:
        records.setdefault(record["record"], []).append(record)
    return status, out, err, records


@contextlib.contextmanager
def page(text):
    """A page: its URL. `text` is called for each request and returns what it says."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = text().encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    pages = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{pages.server_address[1]}/metrics"
    finally:
        pages.shutdown()
        pages.server_close()


def metrics_of(pid):
    ticks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return (f"process_cpu_seconds_total {cpu}\nprocess_resident_memory_bytes {resident}\n"
            f"process_start_time_seconds 1.7e9\ngo_goroutines 17\n")


def without_a_watch_the_process_that_listens_is_watched_and_named():
    with server() as (process, port), Tree() as tree:
        status, out, err, records = bench(tree, port)
        expect(status in MEASURED, status, out, err)
        (backend,) = records["backend"]
        expect(backend["watched"].startswith(f"process {process.pid} (") and "watch" not in backend, backend)
        details = tree.details()
        expect("watched" in details and f"process {process.pid} (" in details, details)
        samples = records["step"][-1]["samples"]
        expect(None not in samples["cpu_ns"] and None not in samples["threads"] + samples["listen_queue"], samples)
        status, text, err = tree.run("report", "--format", "json")
        expect(json.loads(text)["backends"][0]["watched"] == backend["watched"], text)


def a_quota_and_a_memory_limit_of_a_service_that_runs_already_are_read_and_judged():
    groups = control_group({**QUOTA, **MEMORY})
    with groups as (path, folders), server(within(folders, [])) as (_, port), Tree() as tree:
        rate = ("--from", "8000", "--steps", "1", "--warmup", "200ms", "--measure", "2s", "--quick")
        url = f"shop=http://127.0.0.1:{port}/items/1"
        status, out, err = tree.run("bench", "--target", url, *rate, "--limit", "p99=50ms")
        report = json.loads(tree.run("report", "--format", "json")[1])["backends"][0]
        expect(report["watched"].endswith(f", cgroup {path}"), report["watched"])
        if all(step["verdict"] == "invalid" for step in report["steps"]):
            raise Skipped(f"the machine is too busy: {[step['invalid_because'] for step in report['steps']]}")
        expect({broken["cause"] for broken in report["breaks"]} <= {"quota"}, report["breaks"], out)
        resources = {resource["resource"]: resource for resource in report["resources"]}
        expect(resources["quota"]["measured"] and resources["quota"]["exhausted_at_rps"] <= 8000, resources)
        expect(abs(resources["quota"]["most"] - 0.9 * 0.05) < 1e-6, resources)
        expect(resources["memory"]["most"] == 64 << 20, resources)


def a_page_of_metrics_gives_cpu_and_memory_and_nothing_reads_as_0():
    with server() as (process, port), page(lambda: metrics_of(process.pid)) as url, Tree() as tree:
        status, out, err, records = bench(tree, port, "--watch", f"shop=metrics:{url}")
        expect(status in MEASURED, status, out, err)
        (backend,) = records["backend"]
        expect(backend["watch"] == f"metrics:{url}" and backend["watched"] == f"metrics of {url}", backend)
        step = records["step"][-1]
        read = [cpu for cpu in step["samples"]["cpu_ns"] if cpu is not None]
        expect(2 <= len(read) < len(step["samples"]["cpu_ns"]) and read[-1] > 0, step["samples"]["cpu_ns"])
        for key in ("threads", "busiest_thread_cpu_ns", "run_delay_ns", "service_group_quota_cores"):
            expect(set(step["samples"][key]) == {None}, key, step["samples"][key])
        expect(step["runtime"]["goroutines"][0] == 17, step["runtime"])
        report = json.loads(tree.run("report", "--format", "json")[1])
        figures = report["backends"][0]["steps"][-1]
        expect(figures["service_cores_used"] is not None and figures["rss_peak_bytes"] > 0, figures)
        expect(figures["busiest_thread_share"] is None, figures)


def what_is_not_watched_is_said():
    with server() as (_, port), Tree() as tree:
        status, out, err, records = bench(tree, port, "--watch", "shop=none")
        expect(status in MEASURED and "not watched" in tree.details(), status, out, err)
        samples = records["step"][-1]["samples"]
        expect(set(samples["cpu_ns"] + samples["rss_bytes"] + samples["threads"]) == {None}, samples)
        expect(None not in samples["listen_queue"], "the accept queue of this machine", samples)
        figures = json.loads(tree.run("report", "--format", "json")[1])["backends"][0]["steps"][-1]
        expect(figures["service_cores_used"] is None and figures["cpu_ns_per_request"] is None, figures)


def a_sampler_on_another_machine_is_read_by_ssh():
    # "Another machine" is this one, behind a client that runs the command as the real one would.
    ssh = f'while [ "$1" != -- ]; do shift; done; shift 2; exec {TWOFOLD.rsplit("/", 1)[0]}/"$@"\n'
    environment, _ = with_programs({"ssh": ssh})
    with server() as (process, port), Tree() as tree:
        status, out, err, records = bench(tree, port, "--watch", "shop=ssh:web-1", env=environment)
        expect(status in MEASURED, status, out, err)
        (backend,) = records["backend"]
        expect(f"process {process.pid} (" in backend["watched"], backend)
        expect("whose clock is known to" in backend["watched"], backend)
        samples = records["step"][-1]["samples"]
        expect(sum(cpu is not None for cpu in samples["cpu_ns"]) > len(samples["cpu_ns"]) / 2, samples)
        expect(any(threads for threads in samples["threads"]), samples)
    bad = "echo 'ssh: connect to host web-1 port 22: Connection refused' >&2; exit 255\n"
    environment, _ = with_programs({"ssh": bad})
    with server() as (_, port), Tree() as tree:
        status, out, err, records = bench(tree, port, "--watch", "shop=ssh:web-1", env=environment)
        expect(status == 1 and not records and out == "", status, out, err)
        expect("shop: watch ssh:web-1: " in err and "port 22: Connection refused" in err, err)


def a_watch_that_cannot_be_is_one_clear_sentence_before_any_load():
    with server() as (_, port), page(lambda: "<html><body>Shop</body></html>") as html, Tree() as tree:
        for watch, status, words in [
            ("shop=automatic", 2, "watch \"automatic\" is not known"),
            ("store=auto", 2, 'no target is called "store"; there is shop'),
            ("shop=pid:4194303", 2, "shop: watch pid:4194303: there is no process 4194303"),
            (f"shop=metrics:{html}", 2, "this is HTML and no page of metrics"),
            ("shop=metrics:http://127.0.0.1:1/", 1, "the page cannot be fetched"),
        ]:
            ended, out, err, records = bench(tree, port, "--watch", watch)
            expect(ended == status and words in err and not records and out == "", watch, ended, out, err)


def a_watched_process_that_is_killed_ends_its_trial_as_a_crash():
    with server() as (process, port), Tree() as tree:
        longer = [*SHORT[:2], "--steps", "3", *SHORT[4:]]
        running = tree.start("bench", "--target", f"shop=http://127.0.0.1:{port}/items/1", *longer)
        deadline = time.monotonic() + PATIENCE_S
        while not tree.files() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        process.kill()
        out, err = running.communicate(timeout=60)
        records = tree.log()
        steps = [record for record in records if record["record"] == "step"]
        expect(any(step["death"]["died"] for step in steps), out, err)
        expect("crash" in out, out, err)


if __name__ == "__main__":
    run_tests([
        a_process_is_sampled_by_number_until_it_ends,
        a_port_is_sampled_with_its_accept_queue,
        an_interrupt_and_a_reader_that_leaves_end_it_quietly,
        its_clock_answers_and_ends_with_the_input,
        what_cannot_be_sampled_is_one_clear_sentence,
        the_processes_of_a_control_group_are_sampled_with_its_limits,
        a_container_is_found_by_the_client_of_its_engine,
        without_a_watch_the_process_that_listens_is_watched_and_named,
        a_quota_and_a_memory_limit_of_a_service_that_runs_already_are_read_and_judged,
        a_page_of_metrics_gives_cpu_and_memory_and_nothing_reads_as_0,
        what_is_not_watched_is_said,
        a_sampler_on_another_machine_is_read_by_ssh,
        a_watch_that_cannot_be_is_one_clear_sentence_before_any_load,
        a_watched_process_that_is_killed_ends_its_trial_as_a_crash,
    ])
