#!/bin/sh
# What `make prove` needs beside Node, on Debian as root: a tool that is missing afterwards only means skipped checks.
set -u
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
missing=''
for pair in strace:strace faketime:faketime mkfs.ext4:e2fsprogs losetup:mount perl:perl chromium:chromium-headless-shell; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair##*:}"
done
# Either browser will do.
command -v chromium-headless-shell >/dev/null && missing=${missing% chromium-headless-shell}
[ -n "$missing" ] || exit 0
echo "Installing what some checks need:$missing"
apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing ||
  echo "Not all of it could be installed; the checks that need it are skipped." >&2
exit 0
