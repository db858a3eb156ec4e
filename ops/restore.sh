#!/bin/sh
# `make restore`: FILE names the archive, or BACKUP_DIR the folder whose newest one is meant; REPLACE=yes over a shop.
# BACK_TO names a kept shop, instead of an archive, which becomes the shop again.
# With IN=dev or IN=prod it is an archive of the container's /backup; the shop is stopped for it and started again.
set -eu
cd "$(dirname "$0")/.."
file=${FILE:-}
replace=
[ "${REPLACE:-}" != yes ] || replace=--replace

if [ -n "${BACK_TO:-}" ]; then
  file=
elif [ -z "$file" ] && [ -n "${BACKUP_DIR:-}" ] && [ -z "${IN:-}" ]; then
  # Their names rise with time. One of later than now is of a clock that ran wrong, and may hold less than others.
  now=swati-$(date -u +%Y%m%dT%H%M%S)999Z.backup
  ahead=
  for one in "$BACKUP_DIR"/swati-*.backup; do
    [ -e "$one" ] || continue
    if expr "$(basename "$one")" \> "$now" >/dev/null; then ahead=$one; else file=$one; fi
  done
  if [ -n "$ahead" ]; then
    echo "$ahead is dated later than now, by a clock that ran wrong, then or now: only FILE=$ahead restores it." >&2
  fi
  [ -n "$file" ] || { echo "There is no ${ahead:+other }swati-*.backup in $BACKUP_DIR." >&2; exit 1; }
  echo "archive    $file (the newest in $BACKUP_DIR)"
fi
if [ -z "$file${BACK_TO:-}" ]; then
  echo "Say which: make restore FILE=archive${IN:+ (a name in the container's /backup)}, or make restore BACKUP_DIR=folder" >&2
  exit 1
fi
if [ -n "${BACK_TO:-}" ]; then
  set -- --back-to "$BACK_TO"
else
  [ -z "${IN:-}" ] || file=/backup/$(basename "$file")
  # shellcheck disable=SC2086 # one word or none
  set -- "$file" $replace
fi
if [ -z "${IN:-}" ]; then exec node server/src/cli/swati.js restore "$@"; fi

# In production the account that serves may not make a database: the schema's does it.
service=shop
[ "$IN" != prod ] || service=schema
sh ops/compose.sh "$IN" stop shop
code=0
sh ops/compose.sh "$IN" run --rm -T --no-deps "$service" node server/src/cli/swati.js restore "$@" || code=$?
sh ops/compose.sh "$IN" start shop
exit "$code"
