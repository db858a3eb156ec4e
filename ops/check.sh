#!/bin/sh
# Every check of the project; the first that fails ends the run.
# The tests come last, so that their summary stands at the end.
set -eu
cd "$(dirname "$0")/.."
started=$(date +%s)

step() {
  name=$1
  shift
  printf '\n== %s\n' "$name"
  step_started=$(date +%s)
  if ! "$@"; then
    printf '== %s FAILED after %s s\n' "$name" $(($(date +%s) - step_started)) >&2
    exit 1
  fi
  printf '== %s: ok, %s s\n' "$name" $(($(date +%s) - step_started))
}

# What leaves a core free runs beside what leaves the other; its output waits for its turn. Where the run ends before it,
# it is waited for: it may have servers of its own to stop.
beside() {
  "$@" >"$aside" 2>&1 &
  pid=$!
}

finish() {
  code=0
  wait "$pid" || code=$?
  pid=
  cat "$aside"
  return "$code"
}

aside=$(mktemp)
pid=
trap 'if [ -n "$pid" ]; then wait "$pid" || :; fi; rm -f "$aside"' EXIT

read_through() {
  step types npm run --silent types
  step knip npm run --silent knip
  step 'dependency audit' npm run --silent audit
}

step install make node_modules/.package-lock.json
beside read_through
step lint npm run --silent lint
step 'build console' npm run --silent build
step 'what ran beside them' finish
step tests npm run --silent test
step 'proof tests' npm run --silent test:proof
# Each uses all cores: one beside the other took as long as one after the other.
step 'console tests' npm run --silent test:console
step 'tests on MongoDB' npm run --silent test:mongo -- --quick
printf '\nAll checks passed in %s s.\n' $(($(date +%s) - started))
