#!/bin/sh
# Builds the page that html reports are made of: build.sh FOLDER JUDGE
#
# JUDGE is what wasm/judge.sh left: the judge, or an empty file. Works in FOLDER and leaves FOLDER/page.html there: the
# whole page in one file, or an empty file where it cannot be built (no npm, no network): then everything else goes on,
# and only the html report is missing.
set -eu

source=$(cd "$(dirname "$0")" && pwd)
folder=$1
judge=$2
page=$folder/page.html

without() {
    printf 'web: %s; html reports are left out, all other formats work\n' "$*" >&2
    : >"$page"
    exit 0
}

mkdir -p "$folder"
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
    without 'Node.js with npm is not installed'
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' ||
    without "Node.js $(node --version) is older than 18"

for part in index.html package.json package-lock.json vite.config.js src; do
    rm -rf "${folder:?}/$part"
    cp -R "$source/$part" "$folder/$part"
done
cp "$judge" "$folder/page.wasm"
cd "$folder"
# What is installed is kept until the lock file changes.
if ! cmp -s package-lock.json node_modules/.twofold-lock; then
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund >install.log 2>&1 ||
        without "npm ci failed (see $folder/install.log)"
    cp package-lock.json node_modules/.twofold-lock
fi
./node_modules/.bin/vite build --logLevel warn >build.log 2>&1 || {
    cat build.log >&2
    without "the page does not build (see above)"
}
cp dist/index.html "$page"
