#!/bin/sh
# Runs a command and starts it again when it dies, at most 5 times in 60 seconds.
# An orderly end (0), a wrong setting (78) and a stop by the user (INT, TERM) are final. A MongoDB that does not answer
# yet, or a full disk, is 1 after a while, so it is waited for however long it takes.
set -u

child=
stopped=
window_start=$(date +%s)
restarts=0

stop() {
  stopped=1
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
# Ctrl-C at a terminal reaches the child by itself; a second signal could be taken for impatience.
interrupt() {
  if [ -t 0 ]; then stopped=1; else stop; fi
}
trap stop TERM HUP
trap interrupt INT

while :; do
  "$@" &
  child=$!
  # A trapped signal ends `wait` early, so it is asked again until the child is really gone.
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
  done
  child=
  [ -z "$stopped" ] || exit 0
  case $code in 0 | 78) exit "$code" ;; esac

  now=$(date +%s)
  if [ $((now - window_start)) -ge 60 ]; then
    window_start=$now
    restarts=0
  fi
  restarts=$((restarts + 1))
  if [ "$restarts" -gt 5 ]; then
    echo "The server died 6 times within a minute (last exit code $code); giving up." >&2
    exit "$code"
  fi
  echo "The server died (exit code $code); starting it again ($restarts of 5 within a minute)." >&2
  sleep 1
done
