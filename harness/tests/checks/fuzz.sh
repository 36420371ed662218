#!/bin/sh
# Everything that reads bytes of others, under libFuzzer: fuzz.sh build-folder [target...]
#
# Builds the targets of harness/tests/fuzz with clang in BUILD/fuzz and gives each its corpus and then FUZZ_SECONDS (2)
# for inputs of its own, the same ones on every clean tree: a test of one change must not fail by a find in another
# place. To look for new ones give FUZZ_SEED=0 (chance) and more FUZZ_SECONDS. Names the input of whatever is found: it
# lies in BUILD/fuzz/found, and goes into the target's corpus with the fix. What reached new code stays in
# BUILD/fuzz/learned and is where the next run goes on.
set -eu

# run_one BUILD TARGET
run_one() {
    fuzz=$1/harness/tests/fuzz/fuzz_$2
    corpus=$(dirname "$0")/../fuzz/corpus/$2
    log=$1/logs/$2
    mkdir -p "$1/learned/$2"
    status=0
    "$fuzz" -seed="${FUZZ_SEED:-1}" -max_total_time="${FUZZ_SECONDS:-2}" -timeout=30 -timeout_exitcode=70 \
        -rss_limit_mb=3000 -print_final_stats=1 \
        -artifact_prefix="$1/found/$2-" "$1/learned/$2" "$corpus" >"$log" 2>&1 || status=$?
    # Where it was the machine that stood still, the same input takes no time when it is given again.
    if [ "$status" -eq 70 ] && "$fuzz" -timeout=30 "$1/found/$2-timeout-"* >/dev/null 2>&1; then
        status=0
    fi
    if [ "$status" -ne 0 ]; then
        echo "fuzz: $2: found something (status $status):"
        grep -v -e '^#[0-9]' -e '^INFO: ' "$log" | tail -n 40
        exit 1
    fi
    echo "fuzz: $2: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs,$(
        sed -n 's/^#.*\(cov: [0-9]*\).*/ \1/p' "$log" | tail -n 1)"
}

if [ "$1" = --one ]; then
    run_one "$2" "$3"
    exit
fi

top=$(cd "$(dirname "$0")/../../.." && pwd)
mkdir -p "$1/fuzz"
build=$(cd "$1/fuzz" && pwd)
shift
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

clang=$(command -v clang-14 || command -v clang || true)
probe='int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size) { return size > 0 && data == 0; }'
if [ -z "$clang" ] || ! echo "$probe" | "$clang" -fsanitize=fuzzer,address -x c -o "$build/probe" - 2>/dev/null; then
    echo 'fuzz: skipped: clang with its fuzzer (libclang-rt-14-dev) is not here'
    exit 77
fi

# With assertions, which the usual optimised build leaves out.
cmake -S "$top" -B "$build" -DCMAKE_C_COMPILER="$clang" -DTWOFOLD_FUZZ=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCMAKE_C_FLAGS_RELWITHDEBINFO='-O1 -gline-tables-only' >"$build/configure.log" 2>&1 ||
    { cat "$build/configure.log"; exit 1; }
cmake --build "$build" --target fuzz_targets --parallel "$jobs" >"$build/build.log" 2>&1 ||
    { tail -n 60 "$build/build.log"; exit 1; }

rm -rf "$build/found" "$build/logs"
mkdir -p "$build/found" "$build/logs"
if [ -w /dev/shm ]; then TMPDIR=/dev/shm; fi # files that live for a moment
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/twofold-fuzz-XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT INT TERM

if [ $# -eq 0 ]; then
    for file in "$top"/harness/tests/fuzz/fuzz_*.c; do
        name=${file##*/fuzz_}
        set -- "$@" "${name%.c}"
    done
fi
printf '%s\n' "$@" | xargs -n 1 -P "$jobs" sh "$0" --one "$build"
