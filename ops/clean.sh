#!/bin/sh
# `make clean`: says what it will remove. The shop's data goes only with DATA=yes, and only after a yes.
# With IN=dev or IN=prod: the containers, and with DATA=yes their volumes.
set -eu
cd "$(dirname "$0")/.."

# As the program finds it: the environment, else the last line of .env that says it, else var.
written() {
  [ -f .env ] || return 0
  cr=$(printf '\r')
  sed -n "s/$cr\$//; s/^[^A-Za-z_#]*\(export[[:space:]]*\)\{0,1\}DATA_DIR[[:space:]]*=[[:space:]]*//p" .env | tail -n 1 |
    sed "s/^\([\"'\`]\)\(.*\)\1.*/\2/; t
      s/^#.*//; s/[[:space:]]*[[:space:]]#.*//; s/[[:space:]]*\$//"
}
data=${DATA_DIR:-$(written)}
data=${data:-var}

# Returns only after a yes: typed, or CONFIRM=yes for scripts.
confirm() {
  [ "${CONFIRM:-}" != yes ] || return 0
  [ -t 0 ] || { echo "Nobody to ask: say CONFIRM=yes. The data stays." >&2; exit 1; }
  printf 'Remove it for ever? Type yes: '
  read -r answer
  [ "$answer" = yes ] || { echo "The data stays."; exit 1; }
}

if [ -n "${IN:-}" ]; then
  if [ "${DATA:-}" != yes ]; then
    sh ops/compose.sh "$IN" down --remove-orphans
    echo "The containers of $IN are gone; their volumes stay. To remove those as well: make clean IN=$IN DATA=yes"
    exit 0
  fi
  # An engine that is not there is said before anybody is asked.
  sh ops/compose.sh "$IN" config --quiet
  echo "The volumes of $IN: customers, khata, orders, pictures, backups and certificates kept there."
  confirm
  sh ops/compose.sh "$IN" down --remove-orphans --volumes
  echo "Removed the containers and volumes of $IN."
  exit 0
fi

if [ "${DATA:-}" = yes ] && [ -e "$data/shop.lock" ]; then
  code=0
  says=$(PATH="$PWD/node_modules/.bin:$PATH" node ops/refuse-in-use.ts "$data" 2>/dev/null) || code=$?
  [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || says="Whether a server runs there only the installed program can tell: npm ci"
  [ "$code" -eq 0 ] || { echo "$says. The data stays." >&2; exit 1; }
fi

rm -rf console/dist coverage
echo "Removed what was built: console/dist, coverage"
if [ "${DATA:-}" != yes ]; then
  [ ! -d "$data" ] || echo "The shop's data in $data stays. To remove it as well: make clean DATA=yes"
  exit 0
fi
if [ ! -d "$data" ]; then
  echo "There is no data in $data."
  exit 0
fi
echo "The shop's data in $data ($(du -sh "$data" | cut -f1)): customers, khata, orders, pictures, backups kept there."
confirm
rm -rf "$data"
echo "Removed $data."
