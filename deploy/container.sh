#!/bin/sh
# Node itself reads next.config.ts: the compiler that Next would fetch for it is not in the image.
# What runs in the container: web (the default), worker, or any command of the shop by its file.
set -eu
cd /srv/comptoir
case "${1:-web}" in
  web) exec node node_modules/next/dist/bin/next start -H 0.0.0.0 -p 3000 --experimental-next-config-strip-types ;;
  worker) exec node --conditions=react-server lib/jobs/worker.ts ;;
  *) exec node --conditions=react-server "$@" ;;
esac
