#!/bin/sh
# Starts a service: start.sh spring|vertx. A JVM takes the limit of its heap only when it starts: what MEMORY leaves behind 192 MiB
# for classes, compiled code, stacks and buffers, at least a quarter and at most three quarters of it. It counts the cores of
# the machine and not CORES, unless it is told.
set -eu
server=$1/target/server
shift
memory_mib=$((${MEMORY:-0} / 1048576))
heap_mib=$((memory_mib - 192))
[ "$heap_mib" -ge $((memory_mib / 4)) ] || heap_mib=$((memory_mib / 4))
[ "$heap_mib" -le $((memory_mib * 3 / 4)) ] || heap_mib=$((memory_mib * 3 / 4))
[ "$heap_mib" -eq 0 ] || set -- "-Xmx${heap_mib}m"
exec java "-XX:ActiveProcessorCount=${CORES:-1}" -XX:+ExitOnOutOfMemoryError "-XX:AOTCache=$server/server.aot" \
    --enable-native-access=ALL-UNNAMED "$@" -jar "$server/server.jar"
