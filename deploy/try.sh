#!/usr/bin/env bash
# Brings up a primary, a hot standby made by make-replica.sh and PgBouncer with pgbouncer.ini, all of Debian's programs,
# in a folder that goes afterwards, and uses them: try.sh FIRST_PORT. Ends with "all of it works", or says what is
# not installed. Runs as any user but root; as root it becomes postgres.
set -euo pipefail
first=${1:-4830}
here=$(cd "$(dirname "$0")" && pwd)
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
for program in "$bin/initdb" /usr/sbin/pgbouncer; do
  [ -x "$program" ] || { echo "not installed: $program"; exit 0; }
done
work=$(mktemp -d)
if [ "$(id -u)" = 0 ]; then
  cp -r "$here" "$work/deploy" && chown -R postgres "$work"
  as() { setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$work" "$@"; }
else
  cp -r "$here" "$work/deploy"
  as() { "$@"; }
fi
primary=$first replica=$((first + 1)) pool=$((first + 2))
pooler=
finish() {
  [ -n "$pooler" ] && kill "$pooler" 2>/dev/null || true
  for folder in "$work/replica" "$work/primary"; do
    [ -e "$folder/postmaster.pid" ] && as "$bin/pg_ctl" -D "$folder" -m immediate stop > /dev/null 2>&1 || true
  done
  rm -rf "$work"
}
trap finish EXIT
cd "$work"

as "$bin/initdb" -D "$work/primary" -U postgres -A trust > /dev/null
grep -v -E '^(archive_mode|archive_command)' "$here/postgresql/primary.conf" > "$work/primary.conf"
cat "$work/primary.conf" >> "$work/primary/postgresql.conf"
echo "port=$primary
listen_addresses='127.0.0.1'
unix_socket_directories='$work'" >> "$work/primary/postgresql.conf"
as "$bin/pg_ctl" -D "$work/primary" -w -l "$work/primary.log" start > /dev/null
ask() { as "$bin/psql" -h 127.0.0.1 -p "$1" -U postgres -d "${3:-comptoir}" -AtXqc "$2"; }
ask "$primary" 'create database comptoir' postgres

PGUSER=postgres PG_BIN=$bin as "$work/deploy/postgresql/make-replica.sh" 127.0.0.1 "$primary" "$work/replica" "$replica" > /dev/null
echo "unix_socket_directories='$work'" >> "$work/replica/postgresql.auto.conf"
as "$bin/pg_ctl" -D "$work/replica" -w -l "$work/replica.log" start > /dev/null
ask "$primary" "alter system set synchronous_standby_names = 'comptoir_replica'"
ask "$primary" 'select pg_reload_conf()' > /dev/null
for _ in $(seq 100); do
  [ "$(ask "$primary" "select sync_state from pg_stat_replication")" = sync ] && break
  sleep 0.1
done
[ "$(ask "$primary" "select sync_state from pg_stat_replication")" = sync ]
echo "the standby follows, synchronously"

sed -e "s/^listen_port.*/listen_port = $pool/" -e "s/port=5432/port=$primary/" -e "s/port=5433/port=$replica/" \
  -e 's/^auth_type.*/auth_type = any/' -e 's#^auth_file.*#logfile = pgbouncer.log\npidfile = pgbouncer.pid#' \
  -e 's/dbname=comptoir /dbname=comptoir user=postgres /' "$here/pgbouncer.ini" > "$work/pgbouncer.ini"
as /usr/sbin/pgbouncer -q -d "$work/pgbouncer.ini"
pooler=$(cat "$work/pgbouncer.pid")
for _ in $(seq 100); do ask "$pool" 'select 1' > /dev/null 2>&1 && break; sleep 0.1; done
ask "$pool" 'create table paid (id int); insert into paid values (7)'
[ "$(ask "$pool" 'select id from paid' comptoir_read)" = 7 ]
echo "written through PgBouncer, read on the standby through PgBouncer"

as "$bin/pg_ctl" -D "$work/primary" -m immediate stop > /dev/null
as "$bin/pg_ctl" -D "$work/replica" -w promote > /dev/null
ask "$replica" "alter system set synchronous_standby_names = ''; " && ask "$replica" 'select pg_reload_conf()' > /dev/null
ask "$replica" 'insert into paid values (8)'
[ "$(ask "$replica" 'select count(*) from paid')" = 2 ]
echo "the primary died, the standby took over, nothing was lost"
echo "all of it works"
