#!/bin/sh
# Builds the service. Maven has no lock file of its own: a plugin compares the dependencies and their hashes with lockfile.json.
# Once for each lockfile.json and pom.xml, since that looks over the network; what was fetched is not fetched again.
set -eu
checked=target/checked-$(cat lockfile.json pom.xml | sha256sum | cut -c 1-16)
if [ ! -e "$checked" ]; then
    mvn -B -q -ntp io.github.chains-project:maven-lockfile:validate
    mkdir -p target
    touch "$checked"
fi
mvn -B -q -ntp -Dmaven.test.skip=true package

# As Spring Boot advises for production: unpacked, and with a cache of classes from a start that ends before it serves. The cache
# belongs to this very runtime.
made_of=$(sha256sum target/server.jar build.sh && java --version)
if [ "$made_of" != "$(cat target/server/made-of 2>/dev/null)" ]; then
    rm -rf target/server
    java -Djarmode=tools -jar target/server.jar extract --destination target/server >/dev/null
    HOST=127.0.0.1 PORT=0 CORES=1 java -XX:AOTCacheOutput=target/server/server.aot --enable-native-access=ALL-UNNAMED \
        -Dspring.context.exit=onRefresh -jar target/server/server.jar >target/server/training.log 2>&1 || { cat target/server/training.log >&2; exit 1; }
    printf '%s\n' "$made_of" >target/server/made-of
fi
