#!/usr/bin/env bash
# The load generator beside its peers: interleaved runs against the reference service, printed as ratios.
#
#     bench_generator.sh BUILD_FOLDER
#
# ROUNDS (9) interleaved runs of SECONDS_EACH (2) each; generator on the first core, service on the second. Peers that
# are not installed are installed by apt where that can be done, else left out and said so. Medians are printed, and
# ratios as medians of the rounds' own ratios: on a shared machine neighbours in time are alike, and what an hour brings
# is not. No test depends on any of it. SOAK_SECONDS (600) is how long the last part watches the generator's memory; 0
# leaves it out.
set -euo pipefail

build=${1:?usage: bench_generator.sh BUILD_FOLDER}
rounds=${ROUNDS:-9}
seconds=${SECONDS_EACH:-2}
soak=${SOAK_SECONDS:-600}
twofold=$build/twofold
port=$((20000 + RANDOM % 10000))
url=http://127.0.0.1:$port/items/7
figures=$(mktemp -d)
server=

finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$figures"
}
trap finish EXIT

if [ "$(nproc)" -lt 2 ]; then
    echo "bench_generator: needs two cores: one for the generator, one for the service" >&2
    exit 1
fi

want() { # COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$2" >/dev/null 2>&1 && return 0
    fi
    echo "bench_generator: $1 is not here (apt-get install $2): left out" >&2
    return 1
}

HOST=127.0.0.1 PORT=$port CORES=1 taskset -c 1 "$build/reference-server" &
server=$!
for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.05
done

# Each of these prints "requests cpu_seconds": CPU of the whole generator process, user and system.
timed() { # COMMAND…  -> its output to $figures/out, its CPU seconds to $figures/cpu
    local TIMEFORMAT='%U %S'
    { time "$@" >"$figures/out" 2>&1; } 2>"$figures/cpu"
    awk '{ print $1 + $2 }' "$figures/cpu"
}

run_twofold() { # CONNECTIONS [BINARY]
    local cpu
    cpu=$(timed taskset -c 0 "${2:-$twofold}" load "$url" --connections "$1" --duration "${seconds}s" --settle 1ms \
        --json) # --settle: what BEFORE may know, too
    python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["completed"], sys.argv[2])' "$figures/out" "$cpu"
}

run_before() {
    run_twofold "$1" "$BEFORE"
}

run_wrk() {
    local cpu
    cpu=$(timed taskset -c 0 wrk -t1 -c"$1" -d"${seconds}s" "$url")
    awk -v cpu="$cpu" '/requests in/ { print $1, cpu }' "$figures/out"
}

run_h2load() {
    local cpu
    cpu=$(timed taskset -c 0 h2load --h1 -t1 -c"$1" -D "$seconds" "$url")
    awk -v cpu="$cpu" '/^requests:/ { for (i = 1; i <= NF; i++) if ($i ~ /^done/) print $(i - 1), cpu }' "$figures/out"
}

run_hey() {
    local cpu
    cpu=$(timed taskset -c 0 env GOMAXPROCS=1 hey -z "${seconds}s" -c "$1" "$url")
    awk -v cpu="$cpu" '/responses$/ { sum += $2 } END { print sum, cpu }' "$figures/out"
}

run_floor() {
    timed taskset -c 0 "$build/epoll_floor" "$port" /items/7 "$1" "$seconds" >"$figures/floor_cpu"
    awk -v cpu="$(cat "$figures/floor_cpu")" '{ print $1, cpu }' "$figures/out"
}

median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# The median over the rounds of B's figure in a round over A's in the same one: ratio A B
ratio() { paste "$1" "$2" | awk '$1 > 0 { print $2 / $1 }' >"$figures/ratios" && median "$figures/ratios"; }

generators="twofold"
[ -z "${BEFORE:-}" ] || generators="$generators before"
want wrk wrk && generators="$generators wrk"
want h2load nghttp2-client && generators="$generators h2load"
want hey hey && generators="$generators hey"
[ -x "$build/epoll_floor" ] && generators="$generators floor"

echo "closed loop, one thread, GET of the reference service; $rounds interleaved runs of $seconds s, medians"
printf '%11s %-8s %12s %14s %10s %14s %14s\n' \
    connections generator requests/s 'requests/CPU-s' 'us CPU' 'twofold/it' 'rate ratio'
for connections in 32 256; do
    rm -f "$figures"/*.rate "$figures"/*.per_cpu
    for _ in $(seq "$rounds"); do
        for generator in $generators; do
            read -r requests cpu < <("run_$generator" "$connections")
            awk -v r="$requests" -v s="$seconds" 'BEGIN { print r / s }' >>"$figures/$generator.rate"
            awk -v r="$requests" -v c="$cpu" 'BEGIN { print (c > 0 ? r / c : 0) }' >>"$figures/$generator.per_cpu"
        done
    done
    for generator in $generators; do
        awk -v n="$connections" -v g="$generator" -v r="$(median "$figures/$generator.rate")" \
            -v p="$(median "$figures/$generator.per_cpu")" \
            -v per_cpu="$(ratio "$figures/$generator.per_cpu" "$figures/twofold.per_cpu")" \
            -v rate="$(ratio "$figures/$generator.rate" "$figures/twofold.rate")" \
            'BEGIN { printf "%11d %-8s %12.0f %14.0f %10.2f %14.2f %14.2f\n", n, g, r, p, 1e6 / p, per_cpu, rate }'
    done
done

echo
echo "open loop at 20,000/s: send lag, and CPU a request (spinning apart) beside the closed loop's. With one connection"
echo "each request is alone, as most are in open load; with 32 many share a turn of the loop and a wake-up of the"
echo "service."
load_figures() { # NAME ARGUMENT…
    taskset -c 0 "$twofold" load "$url" --duration "${seconds}s" --warmup 100ms --json "${@:2}" >"$figures/out" || true
    python3 - "$1" "$figures/out" <<'PY'
import json, sys
run = json.load(open(sys.argv[2]))
lag = run["send_lag_ns"]
print(f'  {sys.argv[1]:22} {run["cpu_ns_per_request"] / 1e3:6.2f} us CPU a request', end="")
if "closed" in sys.argv[1]:
    print()
else:
    print(f'; send lag p50 {lag["p50"] / 1e3:.1f} us, p99 {lag["p99"] / 1e3:.1f} us; valid: {run["valid"]}')
PY
}
for _ in 1 2 3; do
    load_figures "closed, 32 connections" --connections 32
    load_figures "closed, 1 connection" --connections 1
    load_figures "open, Poisson" --rate 20000
    load_figures "open, even" --rate 20000 --arrivals even
done
echo
echo "open connections: memory of the generator with 100 and with 10,000 (resident, KiB)"
ulimit -n "$(ulimit -Hn)"
open_memory() { # CONNECTIONS: prints "KiB open"
    local load rss
    taskset -c 0 "$twofold" load "$url" --connections "$1" --duration 4s --warmup 10s --json >"$figures/out" &
    load=$!
    sleep 12
    rss=$(awk '/VmRSS/ { print $2 }' "/proc/$load/status")
    wait "$load" || true
    echo "$rss $(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["connections"])' "$figures/out")"
}
read -r few_kib few < <(open_memory 100)
read -r many_kib many < <(open_memory 10000)
awk -v a="$few_kib" -v m="$few" -v b="$many_kib" -v n="$many" \
    'BEGIN { printf "  %d open: %d KiB; %d open: %d KiB; %.2f KiB for each more\n", m, a, n, b, (b - a) / (n - m) }'

[ "$soak" -gt 0 ] || exit 0
echo
echo "a run of $soak s at 5,000/s: memory of the generator over it (resident, KiB)"
taskset -c 0 "$twofold" load "$url" --rate 5000 --duration "${soak}s" --json >"$figures/out" &
load=$!
for part in 1 2 3 4 5 6 7 8 9 10; do
    sleep "$(awk -v s="$soak" 'BEGIN { print s / 10.5 }')"
    printf '  %3d %%: %s\n' $((part * 10)) "$(awk '/VmRSS/ { print $2 }' "/proc/$load/status")"
done
wait "$load" || true
python3 -c 'import json,sys; r = json.load(open(sys.argv[1])); print("  requests:", r["completed"])' "$figures/out"
