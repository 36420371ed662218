#!/usr/bin/env python3
"""Whole runs of the program, with services that are good, wrong, dead, or not there at all.

    end_to_end.py TWOFOLD REFERENCE_SERVER [measured | others]
"""

import json
import resource
import signal

from runs import run_files
from tree import ONE_STEP, SCENARIO, Skipped, Tree, expect, is_fine, run_tests

# A service that is ready and responds wrongly to every request for an item.
WRONG = """
import http.server, os, signal
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = b'{"status":"ok"}' if self.path == "/healthz" else b'{"id":0}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""

# Serves well, and its memory grows by 4 MB a second: by the clock, so that a machine that comes late catches up.
LEAKING = """
"$1" & server=$!
python3 -c 'import time
kept = []
start = time.monotonic()
while True:
    while len(kept) < (time.monotonic() - start) / 0.05:
        kept.append(b"x" * 200000)
    time.sleep(0.02)' & leak=$!
trap 'kill $server $leak 2>/dev/null; wait $server; exit 0' TERM
wait $server
"""

# Serves well, and is killed when the file "now" appears beside it or after its time.
DYING = """
"$1" & server=$!
trap 'kill $server 2>/dev/null; wait $server; exit 0' TERM
i=0
while [ $i -lt 600 ] && kill -0 $server 2>/dev/null; do
    [ -e now ] && { echo 'out of luck' >&2; kill -9 $server; exit 7; }
    sleep 0.05; i=$((i + 1))
done
"""


def a_good_service_is_measured_and_reported():
    with Tree() as tree:
        tree.add("good", ["./server"])
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status), status, out, err)
        records = [record["record"] for record in tree.log()]
        order = [record for i, record in enumerate(records) if record != "step" or records[i - 1] != "step"]
        expect(
            order == ["run", "backend", "forecast", "step", "forecast", "step", "recovery", "trial", "end"],
            "nothing broke, so nothing was searched; an invalid step is repeated",
            records,
        )
        steps = [record for record in tree.log() if record["record"] == "step"]
        expect(sorted({step["level"] for step in steps}) == [1000, 2000], steps)
        for step in steps:
            tally = step["load"]["tally"]
            expect(tally["offered"] == tally["good"] + sum(tally["failures"].values()), tally)
            expect(tally["good"] > 0.5 * step["level"], tally)
            expect(len(step["samples"]["at_ns"]) >= 5, step["samples"])
        expect("good" in out and "The answer" in out, out)
        again = tree.run("report", *(f"results/{p.name}" for p in tree.files()))
        expect(again[0] == 0 and again[1] == out, "the report made again differs", out, again)
        status, out, err = tree.run("report", "--format", "json")
        report = json.loads(out)
        expect(report["backends"][0]["name"] == "good" and len(report["backends"][0]["steps"]) >= 2, out)
        expect(tree.run("report", "--limit", "p99=1ns")[0] == 0)
        (tree.path / "results/torn.jsonl").write_text("{")
        status, out, err = tree.run("list")
        expect(status == 0 and "  tiny, 20" in out and "1 trial of 1 service, " in out, out)
        expect("results/torn.jsonl  cannot be used: " in out, out)
        (tree.path / "results/torn.jsonl").unlink()
        status, out, err = tree.run("report", "--format", "json", "--limit", "p99=1us")
        expect(json.loads(out)["backends"][0]["capacity_rps"] is None, "nothing holds 1 us", out)


def a_backend_in_trouble_never_takes_the_run_with_it():
    with Tree() as tree:
        tree.add("differs", ["python3", "wrong.py"], {"wrong.py": WRONG})
        tree.add("exits", ["sh", "-c", "echo the database is missing >&2; exit 4"])
        tree.add("good", ["./server"])
        tree.add("missing", ["./no-such-file"])
        tree.add("toolless", ["./server"], tools=[{"name": "no-such-tool", "version": ["no-such-tool"], "least": "1"}])
        tree.add("unbuilt", ["./server"], build=[["sh", "-c", "echo broken source >&2; exit 1"]])
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(status == 3, "those that are left out were asked for", status, out, err)
        reasons = {r["name"]: r["skipped"] for r in tree.log() if r["record"] == "backend"}
        expect(reasons.pop("good") is None, reasons)
        for name, part in {
            "differs": "GET /items/",
            "exits": "the database is missing",
            "missing": "no-such-file",
            "toolless": "no-such-tool",
            "unbuilt": "broken source",
        }.items():
            expect(part in reasons[name], name, reasons[name])
            expect(name in out, f"{name} is not in the report", out)


def a_service_that_dies_in_a_step_is_a_crash_with_its_last_words():
    with Tree() as tree:
        folder = tree.add("dies", ["sh", "dies.sh", "./server"], {"dies.sh": DYING})
        process = tree.start("bench", "tiny", "--quick")
        for line in process.stderr:
            if line.startswith("dies") and " 1,000 " in line:
                (folder / "now").touch()
                break
        out, err = process.communicate(timeout=60)
        expect(is_fine(tree, process.returncode), process.returncode, out, err)
        step = [record for record in tree.log() if record["record"] == "step"][-1]
        expect(step["death"]["died"] and step["death"]["exit_code"] == 7, step["death"])
        expect("out of luck" in step["death"]["output"], step["death"])
        expect("crash" in out, out)


def a_full_disk_stops_the_run_with_a_message_and_whole_lines():
    with Tree() as tree:
        tree.add("good", ["./server"])

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

        status, out, err = tree.run("bench", "tiny", "--quick", preexec_fn=limit)
        expect(status == 1 and "cannot be written" in err, status, err)
        tree.log()  # every line parses


def bad_input_is_refused_with_exit_2_and_the_place():
    with Tree() as tree:
        tree.add("good", ["./server"])
        (tree.path / "scenarios/broken.json").write_text(json.dumps(dict(SCENARIO, name="broken", stepp=1)))
        for arguments, parts in [
            (["bench", "broken"], ["scenarios/broken.json:1", "stepp", '"step"']),
            (["bench", "nothing"], ["nothing", "tiny"]),
            (["plan", "no/such.json"], ["no/such.json"]),
            (["bench", "tiny", "--backends", "perl"], ["perl"]),
            (["bench", "tiny", "--trials", "none"], ["--trials", "none"]),
            (["bench", "tiny", "--trails", "2"], ["--trails", "--trials"]),
            (["report", "no-such-run.jsonl"], ["no-such-run.jsonl"]),
            (["report", "scenarios/tiny.json"], ["scenarios/tiny.json", "not a run log"]),
            (["load", "ftp://127.0.0.1/"], ["ftp"]),
            (["load", "http://192.0.2.1/"], ["another machine", "--allow-remote"]),
            (["nonsense"], ["nonsense"]),
        ]:
            status, out, err = tree.run(*arguments)
            expect(status == 2, arguments, status, out, err)
            expect(out == "", "an error belongs on standard error", arguments, out)
            for part in parts:
                expect(part in err, f"{part!r} is not in the message", arguments, err)


def results_are_never_overwritten():
    with Tree() as tree:
        tree.add("good", ["./server"])
        (tree.path / "mine.jsonl").write_text("precious")
        status, out, err = tree.run("bench", "tiny", "--out", "mine.jsonl")
        expect(status == 2 and "mine.jsonl" in err, status, err)
        expect((tree.path / "mine.jsonl").read_text() == "precious")


def trials_are_interleaved_with_a_fresh_process_each():
    with Tree(ONE_STEP) as tree:
        tree.add("one", ["./server"])
        tree.add("two", ["./server"])
        status, out, err = tree.run("bench", "tiny", "--trials", "2", "--quick")
        expect(is_fine(tree, status), status, out, err)
        order = [(s["trial"], s["backend"]) for s in tree.log() if s["record"] == "step" and s["index"] == 0]
        order = list(dict.fromkeys(order))  # on a busy machine an invalid step is run once more
        expect([trial for trial, _ in order] == [0, 0, 1, 1], order)
        expect({backend for _, backend in order[:2]} == {"one", "two"}, order)


def changed(records, path, value):
    """The records with the value at this path, such as ("run", "machine", "cpu"), in every record of that kind."""
    made = json.loads(json.dumps(records))
    for record in made:
        if record["record"] == path[0]:
            place = record
            for key in path[1:-1]:
                place = place[key]
            place[path[-1]] = value(place[path[-1]]) if callable(value) else value
    return made


def runs_are_compared_where_they_may_be():
    with Tree() as tree:
        tree.add("good", ["./server"])
        status, out, err = tree.run("bench", "tiny", "--quick", "--out", "a.jsonl")
        expect(is_fine(tree, status), status, out, err)
        records = run_files.records_of(tree.path / "a.jsonl")

        def compare(records, *more):
            (tree.path / "b.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
            return tree.run("compare", "a.jsonl", "b.jsonl", *more)

        status, out, err = compare(records, "--fail-if", "capacity<-1%", "--fail-if", "cpu>1%")
        expect(status == 0 and "no difference seen: good" in out, status, out, err)
        expect("--fail-if capacity<-1% does not hold" in err and "one run a side" in err, err)

        other = changed(records, ("run", "profile"), "standard")
        status, out, err = compare(other)
        expect(status == 2 and out == "" and '"profile": quick in A, standard in B' in err, status, out, err)
        status, out, err = compare(other, "--force")
        expect(status == 0 and "NOT COMPARABLE" in out, status, out, err)
        text = json.dumps({**SCENARIO, "deadline": "600ms"})
        other = changed(changed(records, ("run", "scenario_text"), text), ("run", "scenario_hash"), "0123456789abcdef")
        status, out, err = compare(other)
        expect(status == 2 and '"deadline": 500 ms in A, 600 ms in B' in err, status, out, err)
        status, out, err = compare(changed(records, ("run", "schema"), 1))
        expect(status == 2 and "b.jsonl" in err and "schema" in err, status, out, err)

        # The same run, but every step used twice the CPU.
        def twice(times):
            return [2 * time for time in times]

        slower = changed(records, ("step", "samples", "cpu_ns"), twice)
        status, out, err = compare(slower, "--fail-if", "cpu>+50%")
        expect(status == 4 and "good: cpu x2, no interval" in err and "x2, no interval" in out, status, out, err)
        status, out, err = compare(slower, "--fail-if", "cpu>+150%", "--format", "json")
        change = json.loads(out)["backends"][0]["runs"][1]["figures"]["cpu_ns_per_request"]["change"]
        expect(status == 0 and abs(change["ratio"] - 2) < 0.01 and change["difference"] == "unproven", status, change)
        skipped = [{**r, "skipped": "no compiler"} if r["record"] == "backend" else r for r in records]
        skipped = [r for r in skipped if r["record"] in ("run", "backend", "end")]
        status, out, err = compare(skipped, "--fail-if", "capacity<-10%")
        expect(status == 3 and "good: capacity cannot be judged: took no part: no compiler" in err, status, out, err)


def a_break_is_forecast_searched_and_recovered_from():
    # With twice the connections on one saturated service, each request takes twice as long, whatever the machine.
    scenario = {
        **SCENARIO,
        "double": {"what": "connections", "from": 1, "steps": 10},
        "step": {"warmup": "100ms", "measure": "1s"},
        "soak": {"share": "50%", "warmup": "100ms", "measure": "1s"},
        "limits": {"p50": "1ms"},
    }
    with Tree(scenario) as tree:
        tree.add("good", ["./server"])
        status, out, err = tree.run("bench", "tiny")
        expect(is_fine(tree, status), status, out, err)
        log = tree.log()
        types = [record["record"] for record in log]
        steps = [i for i, record in enumerate(log) if record["record"] == "step"]
        ladder = [i for i in steps if log[i]["phase"] == "ladder"]
        search = [i for i in steps if log[i]["phase"] == "search"]
        for i in ladder:
            again = log[i - 1]["record"] == "step"  # an invalid step is repeated
            before = log[i - 2 if again else i - 1]
            expect(before["record"] == "forecast" and before["level"] == log[i]["level"], types)
        expect(all(figure is None for figure in log[2]["expected"].values()), "nothing is a base yet", log[2])
        expect(types.count("recovery") == 1 and types.count("trial") == 1, types)
        recovery = types.index("recovery")
        expect(max(ladder) < recovery and all(i > recovery for i in search), "between ladder and search", types)
        expect(log[recovery]["level"] == 1 and log[recovery]["load"]["measured_ns"] == 2000000000, "twice the time")
        status, out, err = tree.run("report", "--format", "json")
        good = json.loads(out)["backends"][0]
        holds, breaks = good["capacity_level"], good["breaks_at_level"]
        expect(good["recovery"] is not None, out)
        soaks = [i for i, type_ in enumerate(types) if type_ == "soak"]
        expect((good["soak"] is not None) == bool(soaks), out)
        # On a machine that others keep busy steps are invalid, and nothing may be found.
        if holds is not None and not any(step["verdict"] == "invalid" for step in good["steps"]):
            expect(breaks is not None, "512 connections are too many", out)
            expect(breaks == holds + 1 or breaks <= holds * 1.1 or good["not_monotone"], holds, breaks)
            expect(search or breaks == holds + 1, types)
        for number, i in enumerate(search):
            expect(log[i]["index"] >= 10 and log[i]["connections"] == log[i]["level"] > 1, number, log[i]["level"])
        if holds is not None:
            expect(len(soaks) in (1, 2), "an invalid soak is repeated", types)
            expect(soaks[0] > max(recovery, *search, 0), "last of all", types)
            level = log[soaks[0]]["level"]
            expect(level == max(1, int(holds * 0.5 + 0.5)), "half of it", holds, level)


def a_leak_is_seen_under_a_steady_load():
    scenario = {
        **SCENARIO,
        "double": {"what": "rate", "from": 40, "steps": 1},
        "step": {"warmup": "100ms", "measure": "1s"},
        "soak": {"share": "100%", "warmup": "100ms", "measure": "3s"},
        "limits": {"p90": "1s", "memory": "4GiB"},
    }
    with Tree(scenario) as tree:
        tree.add("leaky", ["sh", "leak.sh", "./server"], {"leak.sh": LEAKING})
        status, out, err = tree.run("plan", "tiny")
        expect("then 100 % of the highest level that held, steady, for 3.00 s" in out, out)
        status, out, err = tree.run("bench", "tiny")
        expect(is_fine(tree, status), status, out, err)
        expect("a steady load for 3 s, to see whether its memory grows" in err, err)
        status, report, err = tree.run("report", "--format", "json")
        soak = json.loads(report)["backends"][0]["soak"]
        expect(soak["level"] == 40 and soak["memory_rises"], soak)
        expect(1e6 < soak["memory_bytes_per_s"] < 8e6, "4 MB a second", soak)
        expect(soak["memory_bytes_per_s_low"] > 0 and soak["memory_limit_after_s"] > 60, soak)
        words = tree.details()
        expect("It held a steady load of 40/s for 3.00 s: its memory rises by " in words, words)
        expect("and would reach 4 GiB in " in words, words)


def an_invalid_soak_is_run_once_more():
    # At one request a second every third second has none, which is invalid; bench/policy has the test that makes it so.
    scenario = {
        **SCENARIO,
        "double": {"what": "rate", "from": 40, "steps": 1},
        "step": {"warmup": "100ms", "measure": "1s"},
        "soak": {"share": "1%", "warmup": "100ms", "measure": "1s"},
        "seed": 4,
        "limits": {"p90": "1s"},
    }
    with Tree(scenario) as tree:
        tree.add("good", ["./server"])
        status, out, err = tree.run("bench", "tiny", "--quick")
        expect(is_fine(tree, status), status, out, err)
        soaks = [record for record in tree.log() if record["record"] == "soak"]
        offered = [soak["load"]["tally"]["offered"] for soak in soaks]
        if status == 3 and not soaks:
            raise Skipped("others work on this machine: not one step was valid, so there is nothing to soak at")
        expect(len(offered) == (2 if offered[0] == 0 else 1), offered)
        soak = json.loads(tree.run("report", "--format", "json")[1])["backends"][0]["soak"]
        expect((soak["verdict"] == "invalid") == (offered[-1] == 0), soak)


run_tests(
    [
        a_backend_in_trouble_never_takes_the_run_with_it,
        a_service_that_dies_in_a_step_is_a_crash_with_its_last_words,
        a_full_disk_stops_the_run_with_a_message_and_whole_lines,
        bad_input_is_refused_with_exit_2_and_the_place,
        results_are_never_overwritten,
        trials_are_interleaved_with_a_fresh_process_each,
        runs_are_compared_where_they_may_be,
    ],
    measured=[
        a_good_service_is_measured_and_reported,
        a_break_is_forecast_searched_and_recovered_from,
        a_leak_is_seen_under_a_steady_load,
        an_invalid_soak_is_run_once_more,
    ],
    at_once=2,
)
