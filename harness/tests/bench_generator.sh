#!/usr/bin/env bash
# The load generator beside its peers: interleaved runs against the reference service, printed as ratios.
#
#     bench_generator.sh BUILD_FOLDER
#
# ROUNDS (3) runs of SECONDS (3) each; generator on the first core, service on the second. Peers that are not installed are
# installed by apt where that can be done, else left out and said so. Medians are printed; a shared machine is noisy, so
# ratios are what counts, and no test depends on them.
set -euo pipefail

build=${1:?usage: bench_generator.sh BUILD_FOLDER}
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-3}
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

run_twofold() {
    local cpu
    cpu=$(timed taskset -c 0 "$twofold" load "$url" --connections "$1" --duration "${seconds}s" --settle 1ms --json)
    python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["completed"], sys.argv[2])' "$figures/out" "$cpu"
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

generators="twofold"
want wrk wrk && generators="$generators wrk"
want h2load nghttp2-client && generators="$generators h2load"
want hey hey && generators="$generators hey"
[ -x "$build/epoll_floor" ] && generators="$generators floor"

echo "closed loop, one thread, GET of the reference service; $rounds interleaved runs of $seconds s, medians"
printf '%11s %-8s %12s %14s %10s %14s %14s\n' connections generator requests/s 'requests/CPU-s' 'us CPU' 'twofold/it' 'rate ratio'
for connections in 32 256; do
    rm -f "$figures"/*.rate "$figures"/*.per_cpu
    for _ in $(seq "$rounds"); do
        for generator in $generators; do
            read -r requests cpu < <("run_$generator" "$connections")
            awk -v r="$requests" -v s="$seconds" 'BEGIN { print r / s }' >>"$figures/$generator.rate"
            awk -v r="$requests" -v c="$cpu" 'BEGIN { print (c > 0 ? r / c : 0) }' >>"$figures/$generator.per_cpu"
        done
    done
    own_rate=$(median "$figures/twofold.rate")
    own_per_cpu=$(median "$figures/twofold.per_cpu")
    for generator in $generators; do
        awk -v n="$connections" -v g="$generator" -v r="$(median "$figures/$generator.rate")" \
            -v p="$(median "$figures/$generator.per_cpu")" -v own_r="$own_rate" -v own_p="$own_per_cpu" \
            'BEGIN { printf "%11d %-8s %12.0f %14.0f %10.2f %14.2f %14.2f\n", n, g, r, p, 1e6 / p, own_p / p, own_r / r }'
    done
done

echo
echo "open loop at 20,000/s, Poisson: release lag, and CPU a request beside the closed loop's (spinning apart)"
for _ in $(seq "$rounds"); do
    taskset -c 0 "$twofold" load "$url" --rate 20000 --duration "${seconds}s" --json >"$figures/out" || true
    python3 - "$figures/out" <<'PY'
import json, sys
run = json.load(open(sys.argv[1]))
lag = run["release_lag_ns"]
print(f'  release lag p50 {lag["p50"] / 1e3:.1f} us, p99 {lag["p99"] / 1e3:.1f} us; '
      f'{run["cpu_ns_per_request"] / 1e3:.2f} us CPU a request; valid: {run["valid"]}')
PY
done
echo
echo "open connections: memory of the generator with 100 and with 10,000 (resident, KiB)"
ulimit -n "$(ulimit -Hn)"
for connections in 100 10000; do
    taskset -c 0 "$twofold" load "$url" --connections "$connections" --duration 3s --settle 3s --json >"$figures/out" &
    load=$!
    sleep 5
    rss=$(awk '/VmRSS/ { print $2 }' "/proc/$load/status")
    wait "$load" || true
    echo "  $connections connections: $rss KiB ($(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["connections"])' "$figures/out") open)"
done
