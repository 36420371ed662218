#!/bin/sh
# bun/start.sh LAYER: serves by the HTTP layer in src/LAYER, run by Bun.
#
# The package `bun` brings a program for each platform, of which npm installs ours; its own script, which would copy that one,
# is not run. Bun has no limit of its heap that MEMORY could set.
set -eu
layer=$1
# React is quick only where it is told that this is production.
export NODE_ENV=production
exec bun/node_modules/@oven/bun-*/bin/bun "src/$layer/main.js"
