#!/usr/bin/env bash
# Tries release.sh without systemd: three web processes of one build behind the Caddyfile of this folder, a steady load,
# and the change to another build and back while both answer: try-release.sh BUILD OTHER-BUILD FIRST_PORT. Settings
# (DATABASE_URL, AUTH_SECRET, …) come from the environment. Exits with 1 when a request failed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
one=$(realpath "$1") other=$(realpath "$2") first=$3
work=$(mktemp -d)
export SHOP_LINK=$work/shop ASSETS_DIR=$work/assets SHOP_PORTS="$first $((first + 1)) $((first + 2))" DRAIN_SECONDS=5
export SHOP_HOST=localhost HTTPS_PORT=$((first + 3)) HTTP_PORT=$((first + 4)) NODE_ENV=production
export PUBLIC_URL=https://localhost:$HTTPS_PORT NOTIFY_UPSTREAM=127.0.0.1:$((first + 2)) XDG_DATA_HOME=$work XDG_CONFIG_HOME=$work
export SHOP_UPSTREAMS="127.0.0.1:$first 127.0.0.1:$((first + 1))" WORK=$work
finish() {
  for file in "$work"/*.pid; do kill "$(cat "$file")" 2>/dev/null || true; done
  sleep 6
  rm -rf "$work"
}
trap finish EXIT

# What systemd does: TERM, until it has ended, then the same from where the link leads now.
cat > "$work/restart" <<'RESTART'
#!/usr/bin/env bash
port=${1#comptoir-web@}
[ "$port" != comptoir-worker ] || exit 0
if [ -f "$WORK/$port.pid" ]; then
  kill -TERM "$(cat "$WORK/$port.pid")"
  while kill -0 "$(cat "$WORK/$port.pid")" 2>/dev/null; do sleep 0.1; done
fi
cd "$(realpath "$SHOP_LINK")"
PORT=$port setsid node_modules/node/bin/node node_modules/next/dist/bin/next start -H 127.0.0.1 -p "$port" \
  >> "$WORK/web.log" 2>&1 < /dev/null &
echo $! > "$WORK/$port.pid"
RESTART
chmod +x "$work/restart"
export RESTART=$work/restart

"$here/release.sh" "$one"
caddy run --config "$here/Caddyfile" --adapter caddyfile > "$work/caddy.log" 2>&1 &
echo $! > "$work/caddy.pid"
until curl -fsSk -o /dev/null "$PUBLIC_URL/en" 2> /dev/null; do sleep 0.2; done
NODE_EXTRA_CA_CERTS=$work/caddy/pki/authorities/local/root.crt \
  "$one/node_modules/node/bin/node" "$here/steady-load.mjs" "$PUBLIC_URL" "${LOAD:-20}" &
load=$!
sleep 3
"$here/release.sh" "$other"
"$here/release.sh" "$one"
kill -TERM $load
wait $load
