#!/bin/sh
# Builds a service: build.sh spring|vertx. Maven has no lock file of its own: a plugin compares the dependencies and their hashes
# with lockfile.json. Once for each lockfile.json and pom.xml, since that looks over the network; what was fetched is not
# fetched again.
set -eu
target=$1/target
checked=$target/checked-$(cat pom.xml "$1/lockfile.json" "$1/pom.xml" | sha256sum | cut -c 1-16)
if [ ! -e "$checked" ]; then
    mvn -B -q -ntp -f "$1" io.github.chains-project:maven-lockfile:validate
    mkdir -p "$target"
    touch "$checked"
fi
sh package.sh "$1"

# A cache of classes from a start that ends before it serves. It belongs to this very runtime.
made_of=$(cat "$target/packed" build.sh && java --version)
if [ "$made_of" != "$(cat "$target/server/made-of" 2>/dev/null)" ]; then
    HOST=127.0.0.1 PORT=0 CORES=1 java "-XX:AOTCacheOutput=$target/server/server.aot" --enable-native-access=ALL-UNNAMED \
        -Dspring.context.exit=onRefresh -Dtwofold.training=true -jar "$target/server/server.jar" >"$target/training.log" 2>&1 ||
        { cat "$target/training.log" >&2; exit 1; }
    printf '%s\n' "$made_of" >"$target/server/made-of"
fi
