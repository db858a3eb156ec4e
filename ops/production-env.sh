#!/bin/sh
# `make prod-env DOMAIN=shop.example`: writes .env.production with new secrets, once. Never over one that is there.
set -eu
cd "$(dirname "$0")/.."
file=.env.production
domain=${DOMAIN:-}

refuse() { echo "$1" >&2; exit 1; }
[ -n "$domain" ] || refuse "Say the shop's name on the internet: make prod-env DOMAIN=shop.example"
case $domain in *[!a-zA-Z0-9.-]*) refuse "DOMAIN=$domain must be a name such as shop.example, without https:// and /" ;; esac
[ ! -e "$file" ] || refuse "$file is there already, and its secrets are in use: edit it, or move it away first"

secret() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
cat > "$file.new" <<END
# Settings of the containers (compose.yaml). Keep a copy with the backups' passphrase, away from this machine.

# The name under which people reach the shop; its address must lead to this machine, ports 80 and 443.
SHOP_DOMAIN=$domain

# Signs access tokens. A new one signs everybody out.
JWT_SECRET_KEY=$(secret)

# The accounts of the database: its root, the program's, and the one for the schema, restores and moves.
MONGO_ROOT_PASSWORD=$(secret)
MONGO_PASSWORD=$(secret)
MONGO_ADMIN_PASSWORD=$(secret)

# A folder of another disk for the backups, owned by account 1000. Without it: a volume on the machine's own disk.
#BACKUP_FOLDER=/media/backup

# The first admin; without them a one-time code for the set-up page stands in: make prod-logs
#ADMIN_USERNAME=
#ADMIN_EMAIL=
#ADMIN_PASSWORD=

# Server processes, one for each processor; and who may read /api/metrics: at least 16 characters.
#WORKERS=1
#METRICS_TOKEN=

# Whether strangers may make accounts (without rights), and what is logged.
#SIGNUP=true
#LOG_LEVEL=info

# false: no backup at night; false: no open reference data in an empty shop.
#NIGHTLY_BACKUP=true
#REFERENCE_DATA=true
END
mv "$file.new" "$file"
echo "Wrote $file (readable by you alone). Look through it, then: make prod-up"
