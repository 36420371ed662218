#!/bin/sh
# A JVM takes the limit of its heap only when it starts: three quarters of what the process may use of MEMORY, since threads,
# buffers and compiled code lie outside it. It counts the cores of the machine and not CORES, unless it is told.
set -eu
heap_mib=$((${MEMORY:-0} * 3 / 4 / 1048576))
[ "$heap_mib" -eq 0 ] || set -- "-Xmx${heap_mib}m"
exec java "-XX:ActiveProcessorCount=${CORES:-1}" -XX:+ExitOnOutOfMemoryError -XX:AOTCache=target/server/server.aot \
    --enable-native-access=ALL-UNNAMED "$@" -jar target/server/server.jar
