#!/bin/sh
# The C sources are laid out as .clang-format says: format.sh [--fix] [root]
set -eu

mode='--dry-run --Werror'
if [ "${1:-}" = --fix ]; then
    mode='-i'
    shift
fi
cd "${1:-$(dirname "$0")/../../..}"

# One version only: each lays out some things differently.
if command -v clang-format-14 >/dev/null 2>&1; then
    tool=clang-format-14
elif clang-format --version 2>/dev/null | grep -q ' version 14\.'; then
    tool=clang-format
else
    echo 'format: skipped: clang-format 14 is not here'
    exit 77
fi

sources=$(find harness backends/reference -name build -prune -o -name '*.[ch]' -print | sort)
if [ -z "$sources" ]; then
    echo "format: no sources found in $(pwd)"
    exit 1
fi
# shellcheck disable=SC2086 # lists of words: no file of this tree has a space in its name
if ! $tool --style=file $mode $sources; then
    echo 'format: make format mends this'
    exit 1
fi
