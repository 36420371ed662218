#!/bin/sh
# The tests of the html report's page: page.sh judge|browser|views BUILD-FOLDER TWOFOLD RANDOM-RUN
#
# judge: the page's judge, WebAssembly, says what the program says. browser: the page in Chromium. views: comparisons,
# and the page of all runs, there. Ends with 77 where Node.js, npm, Chromium, the page itself or its judge is missing,
# and says which.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
what=$1 build=$2 twofold=$3 random_run=$4
folder=$build/page_$what

skip() {
    printf 'page: %s; skipped\n' "$*"
    exit 77
}

command -v node >/dev/null 2>&1 || skip 'Node.js is not installed'
[ -s "$build/web/page.html" ] || skip 'this build has no page (npm was missing, or its packages could not be had)'
[ -s "$build/web/judge/page.wasm" ] ||
    skip 'this page has no judge (clang, lld, wasi-libc or the sources of jansson and zlib were missing)'

rm -rf "$folder"
mkdir -p "$folder"
for seed in 1 2 3 4 5 6; do
    "$random_run" "$seed" "$folder/random-$seed.jsonl"
done
for case in "$here"/../cases/page/*.jsonl; do
    node "$here/complete.mjs" "$case" "$folder/random-1.jsonl" >"$folder/$(basename "$case")"
done

shared=$here/../runs
if [ "$what" = judge ]; then
    exec node "$here/judge.mjs" "$twofold" "$build/web/judge/page.wasm" "$random_run" "$folder" "$folder"/*.jsonl \
        "$shared"/*.jsonl*
fi

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    skip 'Chromium is not installed (setup/system.sh --tests gets it)'
command -v npm >/dev/null 2>&1 || skip 'npm is not installed'
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' ||
    skip "Node.js $(node --version) is older than 18"
# What is installed is kept beside the build until the lock file changes.
tools=$build/page_tools
mkdir -p "$tools"
cp "$here/package.json" "$here/package-lock.json" "$tools"
if ! cmp -s "$tools/package-lock.json" "$tools/node_modules/.twofold-lock"; then
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund >install.log 2>&1) ||
        skip "npm ci failed (see $tools/install.log)"
    cp "$tools/package-lock.json" "$tools/node_modules/.twofold-lock"
fi
if [ "$what" = views ]; then
    exec node "$here/views.mjs" "$twofold" "$tools" "$chromium" "$folder" \
    "$folder"/catalog-*.jsonl "$folder"/random-[12].jsonl
fi
exec node "$here/browser.mjs" "$twofold" "$here/../../web" "$tools" "$chromium" "$folder" \
    "$folder"/catalog-*.jsonl "$folder"/random-[12].jsonl
