#!/bin/sh
# Every shell script passes shellcheck: shellcheck.sh [root]
set -eu

cd "${1:-$(dirname "$0")/../../..}"
if ! command -v shellcheck >/dev/null 2>&1; then
    echo 'shellcheck: skipped: shellcheck is not here'
    exit 77
fi
scripts=$(find . \( -name .git -o -name node_modules -o -name '.venv*' -o -name 'build*' -o -name target \
    -o -name .toolchains \) -prune -o \
    \( -name '*.sh' -o -path './.ci/run' \) -print | sort)
if [ -z "$scripts" ]; then
    echo "shellcheck: no scripts found in $(pwd)"
    exit 1
fi
# shellcheck disable=SC2086 # a list of words
shellcheck $scripts
