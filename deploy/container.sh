#!/bin/sh
# What runs in the container: web (the default), worker, or any command of the shop by its file.
set -eu
cd /srv/comptoir
case "${1:-web}" in
  web) exec node web.mjs ;;
  worker) exec node --conditions=react-server lib/jobs/worker.ts ;;
  *) exec node --conditions=react-server "$@" ;;
esac
