#!/bin/sh
# Builds the page's judge: judge.sh FOLDER SOURCES VERSION
#
# Works in FOLDER and leaves FOLDER/page.wasm there: the harness's analysis as WebAssembly, or an empty file where it
# cannot be built (no compiler for it, no network): then the page is made without movable limits. The sources of jansson
# and zlib go into SOURCES and stay there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=$1 sources=$2 version=$3

without() {
    printf 'web: %s; limits cannot be moved in html reports\n' "$*" >&2
    : >"$folder/page.wasm"
    exit 0
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
for tool in clang-14 wasm-ld-14; do
    command -v "$tool" >/dev/null 2>&1 || without "$tool is not installed"
done
[ -e /usr/lib/wasm32-wasi/libc.a ] || without 'wasi-libc is not installed'
[ -n "$(find "$(clang-14 -print-resource-dir)" -name 'libclang_rt.builtins-wasm32.a' -print -quit)" ] ||
    without 'libclang-rt-14-dev-wasm32 is not installed'
why=$(sh "$here/sources.sh" "$sources") || without "$why"

cmake -S "$here" -B "$folder/build" -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DHARNESS="$here/../.." \
    -DSOURCES="$(cd "$sources" && pwd)" -DVERSION="$version" >"$folder/configure.log" 2>&1 || {
    cat "$folder/configure.log" >&2
    without 'the judge does not build (see above)'
}
cmake --build "$folder/build" --parallel 2 >"$folder/build.log" 2>&1 || {
    tail -n 40 "$folder/build.log" >&2
    without 'the judge does not build (see above)'
}
cp "$folder/build/page.wasm" "$folder/page.wasm"
