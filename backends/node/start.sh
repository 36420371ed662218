#!/bin/sh
# start.sh LAYER: serves by the HTTP layer in src/LAYER.
#
# Node takes the limit of its heap only when it starts: three quarters of what a process may use of MEMORY, since buffers and
# compiled code lie outside it. The processes of a cluster inherit it.
set -eu
layer=$1
shift
heap_mib=$((${MEMORY:-0} * 3 / 4 / ${CORES:-1} / 1048576))
[ "$heap_mib" -eq 0 ] || set -- "--max-old-space-size=$heap_mib"
# React is quick only where it is told that this is production, and Express leaves stacks out of what it answers.
export NODE_ENV=production
exec node "$@" "src/$layer/main.js"
