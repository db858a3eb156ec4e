#!/bin/sh
# `make clean`: says what it will remove. The shop's data goes only with DATA=yes, and only after a yes.
set -eu
cd "$(dirname "$0")/.."
data=${DATA_DIR:-var}

echo "Built files: console/dist, coverage"
rm -rf console/dist coverage
if [ "${DATA:-}" != yes ]; then
  [ ! -d "$data" ] || echo "The shop's data in $data stays. To remove it as well: make clean DATA=yes"
  exit 0
fi
if [ ! -d "$data" ]; then
  echo "There is no data in $data."
  exit 0
fi
echo "The shop's data in $data ($(du -sh "$data" | cut -f1)): customers, khata, orders, pictures, backups kept there."
if [ "${CONFIRM:-}" != yes ]; then
  [ -t 0 ] || { echo "Nobody to ask: say CONFIRM=yes. The data stays." >&2; exit 1; }
  printf 'Remove it for ever? Type yes: '
  read -r answer
  [ "$answer" = yes ] || { echo "The data stays."; exit 1; }
fi
rm -rf "$data"
echo "Removed $data."
