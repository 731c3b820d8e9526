#!/usr/bin/env bash
# Makes a hot standby of a running primary, in an empty folder: make-replica.sh PRIMARY_HOST PRIMARY_PORT FOLDER PORT
# Needs a role with REPLICATION (PGUSER, PGPASSWORD) and pg_basebackup. Promote with: pg_ctl promote -D FOLDER
set -euo pipefail
host=$1 port=$2 folder=$3 own_port=$4
bin=${PG_BIN:-$(dirname "$(command -v pg_basebackup)")}
if [ -e "$folder/PG_VERSION" ]; then
  echo "$folder holds a database already." >&2
  exit 1
fi
"$bin/pg_basebackup" -h "$host" -p "$port" -D "$folder" -X stream -c fast -R -S comptoir_replica -C
cat >> "$folder/postgresql.auto.conf" <<CONF
port = $own_port
listen_addresses = '127.0.0.1'
hot_standby = on
primary_conninfo = 'host=$host port=$port user=${PGUSER:-postgres} application_name=comptoir_replica'
CONF
echo "Start it with: $bin/pg_ctl -D $folder -w start"
