#!/bin/sh
# sh ops/compose.sh dev|prod WORDS...: runs the container engine's compose on the file of that name.
# Where no engine is at hand it says so in one line and exits 1.
set -eu
cd "$(dirname "$0")/.."
where=$1
shift

refuse() { echo "$1" >&2; exit 1; }

case $where in
  dev) set -- -f compose.dev.yaml "$@" ;;
  prod)
    [ -f .env.production ] || refuse "There is no .env.production: write it with make prod-env DOMAIN=shop.example"
    set -- --env-file .env.production -f compose.yaml "$@" ;;
  *) refuse "IN=$where is not known: say IN=dev or IN=prod, or leave it out for the shop of this folder" ;;
esac

# Command words with what must answer before they are of use.
if docker compose version >/dev/null 2>&1; then
  docker info >/dev/null 2>&1 || refuse "docker is installed, but its engine does not answer: start it (systemctl start docker)"
  exec docker compose "$@"
fi
if podman compose version >/dev/null 2>&1; then exec podman compose "$@"; fi
refuse "This needs a container engine with compose: neither \"docker compose\" nor \"podman compose\" is on this machine"
