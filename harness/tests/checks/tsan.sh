#!/bin/sh
# The generator's threads under ThreadSanitizer: tsan.sh build-folder
#
# Builds the tests that run it with several threads in BUILD/tsan and runs them; whatever races makes them fail.
set -eu

top=$(cd "$(dirname "$0")/../../.." && pwd)
mkdir -p "$1/tsan"
build=$(cd "$1/tsan" && pwd)
tests='loader loader_faults loader_steps recorder'

printf 'int main(void) { return 0; }' >"$build/probe.c"
if ! "${CC:-cc}" -fsanitize=thread -o "$build/probe" "$build/probe.c" 2>/dev/null; then
    echo 'tsan: skipped: this compiler has no ThreadSanitizer'
    exit 77
fi
# Address space randomisation with many bits puts mappings where older ThreadSanitizers do not look.
run=''
if ! "$build/probe" 2>/dev/null; then
    run='setarch -R'
    if ! $run "$build/probe" 2>/dev/null; then
        echo 'tsan: skipped: ThreadSanitizer does not run on this kernel'
        exit 77
    fi
fi

cmake -S "$top" -B "$build" -DTWOFOLD_TSAN=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo >"$build/configure.log" 2>&1 ||
    { cat "$build/configure.log"; exit 1; }
targets=''
for test in $tests; do targets="$targets test_$test"; done
# shellcheck disable=SC2086 # a list of words
cmake --build "$build" --target $targets --parallel "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" \
    >"$build/build.log" 2>&1 || { tail -n 60 "$build/build.log"; exit 1; }
# They wait more than they compute: all of them at once.
started=''
for test in $tests; do
    TSAN_OPTIONS='halt_on_error=0 exitcode=66' $run "$build/harness/tests/test_$test" >"$build/$test.log" 2>&1 &
    started="$started $test:$!"
done
failed=0
for each in $started; do
    test=${each%:*}
    echo "tsan: $test"
    wait "${each#*:}" || { failed=1; tail -n 80 "$build/$test.log"; echo "tsan: $test failed"; }
done
exit "$failed"
