#!/usr/bin/env bash
# Whether comparisons can be trusted on this machine: the reference service against itself under two names, which must
# come out as "no difference seen", and against one that takes a tenth more CPU a request, which must be seen.
#
#     bench_aa.sh BUILD_FOLDER
#
# TRIALS (8) climbs each, interleaved: a tenth more CPU shows in eight blocks whatever the other rows are. The tree that
# it measures in, and its two run logs, stay in BUILD_FOLDER/aa.
set -euo pipefail

build=$(cd "${1:?usage: bench_aa.sh BUILD_FOLDER}" && pwd)
trials=${TRIALS:-8}
root=$(cd "$(dirname "$0")/../../.." && pwd)
tree=$build/aa

copy() { # NAME ARGV, as JSON
    mkdir -p "$tree/backends/$1"
    for file in "$root"/backends/reference/*.[ch] "$root"/backends/reference/*.cmake \
        "$root"/backends/reference/CMakeLists.txt; do
        cp "$file" "$tree/backends/$1/"
    done
    python3 - "$root/backends/reference/backend.json" "$tree/backends/$1/backend.json" "$1" "$2" <<'PYTHON'
import json, sys
source, target, name, argv = sys.argv[1:]
with open(source) as file:
    manifest = json.load(file)
manifest["name"] = name
manifest["run"] = json.loads(argv)
with open(target, "w") as file:
    json.dump(manifest, file)
PYTHON
}

figure() { # RUN, "cpu" or "difference"
    "$build/twofold" report "$1" --format json | python3 -c '
import json, sys
report = json.load(sys.stdin)
if sys.argv[1] == "cpu":
    print(round(report["backends"][0]["scores"]["cpu_ns_per_request"]))
else:
    for pair in report["comparisons"]:
        if pair["figure"] != "p99":
            interval = "no interval" if pair["low"] is None else "%.3f to %.3f" % (pair["low"], pair["high"])
            known = pair["p_adjusted"] is not None
            chance = ", p %.2g, of all rows %.2g" % (pair["p"], pair["p_adjusted"]) if known else ""
            print("%s against %s, %s: ratio %.3f (%s%s), %s" % (pair["first"], pair["second"], pair["figure"],
                  pair["ratio"], interval, chance, pair["difference"]))' "$2"
}

bench() { # RUN BACKENDS TRIALS
    rm -f "$tree/$1"
    (cd "$tree" && "$build/twofold" bench scenarios/aa.json --backends "$2" --trials "$3" --out "$1" >/dev/null)
}

rm -rf "$tree"
mkdir -p "$tree/scenarios"
cat >"$tree/scenarios/aa.json" <<'JSON'
{ "schema": 1, "name": "aa", "why": "one service under two names",
  "requests": [{"name": "read", "method": "GET", "path": "/items/{id}", "expect": {"status": 200}}],
  "values": {"id": {"uniform": [1, 10000]}},
  "double": {"what": "rate", "from": 4000, "steps": 4},
  "step": {"warmup": "500ms", "measure": "5s"},
  "limits": {"p99": "250ms", "errors": "5%", "throughput": "50%"} }
JSON
copy reference '["bin/reference-server"]'
copy one '["bin/reference-server"]'
copy other '["bin/reference-server"]'

echo "A/A: the same service under two names, $trials trials each" >&2
bench aa.jsonl one,other "$trials"
figure "$tree/aa.jsonl" difference
burn=$(($(figure "$tree/aa.jsonl" cpu) / 10))
copy dearer "[\"env\", \"BURN_NS=$burn\", \"bin/reference-server\"]"
echo "A/B: the same service, and with $burn ns of CPU more a request, $trials trials each" >&2
bench ab.jsonl one,dearer "$trials"
figure "$tree/ab.jsonl" difference
