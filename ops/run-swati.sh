#!/bin/sh
# Runs a `swati` command on the shop of this folder, or with IN=dev or IN=prod inside the running container.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${IN:-}" ]; then exec node server/src/cli/swati.js "$@"; fi
exec sh ops/compose.sh "$IN" exec -T shop node server/src/cli/swati.js "$@"
