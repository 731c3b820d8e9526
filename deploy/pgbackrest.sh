#!/usr/bin/env bash
# pgBackRest for the shop's server: pgbackrest.sh setup | full | diff | check | restore-to "2026-11-21 09:41:00+08"
# Weekly full, daily diff, hourly check, by cron of the user postgres.
set -euo pipefail
stanza=comptoir
case "${1:-}" in
  setup) pgbackrest --stanza=$stanza stanza-create && pgbackrest --stanza=$stanza check ;;
  full | diff) pgbackrest --stanza=$stanza --type="$1" backup && pgbackrest --stanza=$stanza verify ;;
  check) pgbackrest --stanza=$stanza check && pgbackrest --stanza=$stanza info ;;
  restore-to)
    # Into the stopped server's own folder; WAL is replayed up to the moment, then the server opens.
    pgbackrest --stanza=$stanza --delta --type=time --target="${2:?the moment}" --target-action=promote restore
    echo "Start PostgreSQL, then: npm run audit:money" ;;
  *) sed -n '2,3p' "$0"; exit 2 ;;
esac
