#!/bin/sh
# Makes lockfile.json anew, after a change of pom.xml. Where a file was fetched from is left out: it differs from machine to
# machine, and its hash is what counts.
set -eu
rm -f lockfile.json
mvn -B -q -ntp io.github.chains-project:maven-lockfile:generate
sed -i '/"resolved":/d; /"repositoryId":/d' lockfile.json
