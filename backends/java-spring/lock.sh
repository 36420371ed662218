#!/bin/sh
# Makes the lock file of each service anew, after a change of a pom.xml. Where a file was fetched from is left out: it differs from
# machine to machine, and its hash is what counts.
set -eu
for service in spring vertx; do
    rm -f "$service/lockfile.json"
    mvn -B -q -ntp -f "$service" io.github.chains-project:maven-lockfile:generate
    sed -i '/"resolved":/d; /"repositoryId":/d' "$service/lockfile.json"
done
