#!/bin/sh
# The page and its browser tests are laid out by prettier, pass eslint, and pass TypeScript's checker:
# page_lint.sh [--fix] TOOLS-FOLDER [ROOT]
#
# The tools are those of harness/web/package-lock.json. They are installed into TOOLS-FOLDER, and kept there until that
# file changes. --fix only lays the files out. Ends with 77 where the tools are missing, and says why.
set -eu

fix=no
if [ "${1:-}" = --fix ]; then
    fix=yes
    shift
fi
source=$(cd "$(dirname "$0")/../../.." && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)
root=$(cd "${2:-$source}" && pwd)

skip() {
    printf 'page_lint: skipped: %s\n' "$*"
    exit 77
}

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    skip 'Node.js with npm is not installed'
fi
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' ||
    skip "Node.js $(node --version) is older than 18"
cp "$source/harness/web/package.json" "$source/harness/web/package-lock.json" "$tools"
if ! cmp -s "$tools/package-lock.json" "$tools/node_modules/.twofold-lock"; then
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund >install.log 2>&1) ||
        skip "npm ci failed (see $tools/install.log)"
    cp "$tools/package-lock.json" "$tools/node_modules/.twofold-lock"
fi
prettier="$tools/node_modules/.bin/prettier --config $root/harness/web/prettier.config.js --log-level warn"

cd "$root/harness"
if [ "$fix" = yes ]; then
    $prettier --write web/src web/*.js tests/page/*.mjs
    exit 0
fi

# A copy below the tools: the configuration files find their modules there.
rm -rf "$tools/tree"
mkdir -p "$tools/tree/web" "$tools/tree/tests/page"
cp -R web/src web/*.js web/tsconfig.json "$tools/tree/web/"
cp tests/page/*.mjs "$tools/tree/tests/page/"

status=0
$prettier --check web/src web/*.js tests/page/*.mjs || {
    echo 'page_lint: make format mends this'
    status=1
}
cd "$tools/tree"
"$tools/node_modules/.bin/eslint" --config web/eslint.config.js web tests/page || status=1
"$tools/node_modules/.bin/tsc" --project web || status=1
exit $status
