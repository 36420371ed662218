#!/bin/sh
# Packs a service: package.sh spring|vertx. What is started is then in its folder, in target/server: server.jar, and in lib what that
# needs. Where nothing has changed it is left as it is, times included, since a cache of classes holds to them.
set -eu
mvn -B -q -ntp -f "$1" -Dmaven.test.skip=true package
target=$1/target
packed=$(find "$target/server.jar" "$target/lib" -type f -exec sha256sum {} + 2>/dev/null | sort)
if [ "$packed" != "$(cat "$target/packed" 2>/dev/null)" ]; then
    rm -rf "$target/server"
    case $1 in
    # All is in one jar; it is unpacked, as Spring Boot advises for production.
    spring) java -Djarmode=tools -jar "$target/server.jar" extract --destination "$target/server" >/dev/null ;;
    *) mkdir "$target/server" && cp -r "$target/server.jar" "$target/lib" "$target/server" ;;
    esac
    printf '%s\n' "$packed" >"$target/packed"
fi
