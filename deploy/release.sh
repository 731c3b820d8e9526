#!/usr/bin/env bash
# Puts a release, built in a folder beside, in the place of the one that runs: release.sh FOLDER. No request is lost: one
# process after the other says that it stops (DRAIN_SECONDS), is asked no more by the front, ends what it does and comes
# back as the new one. To go back: release.sh OLD-FOLDER. `try-release.sh` uses this very file.
set -euo pipefail
link=${SHOP_LINK:-/srv/comptoir}
assets=${ASSETS_DIR:-/var/lib/comptoir/assets}
read -ra ports <<< "${SHOP_PORTS:-3000 3001 3002}"
restart=${RESTART:-systemctl restart}
# The front looks every two seconds, and leaves who refused it alone for five; a busy machine takes longer to see it.
SEEN_AFTER=10

release=$(realpath "$1")
[ -f "$release/.next/BUILD_ID" ] || { echo "not built: $release (npm ci && npm run build there)" >&2; exit 2; }

# Pages of both releases are open in browsers: their scripts are kept for a month.
mkdir -p "$assets/_next"
cp -r --update=none "$release/.next/static" "$assets/_next/" 2>/dev/null || cp -rn "$release/.next/static" "$assets/_next/"
find "$release/.next/static" -type f -printf '%P\0' | (cd "$assets/_next/static" && xargs -0 touch)
find "$assets" -type f -mtime +30 -delete

ln -sfn "$release" "$link.next"
mv -T "$link.next" "$link"
for port in "${ports[@]}"; do
  $restart "comptoir-web@$port"
  tries=0
  until curl -fsS -o /dev/null "http://127.0.0.1:$port/api/health" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || { echo "port $port is not ready after a minute; the others still run what they ran" >&2; exit 1; }
    sleep 0.2
  done
  echo "port $port runs $(cat "$release/.next/BUILD_ID")"
  sleep $SEEN_AFTER
done
$restart comptoir-worker
