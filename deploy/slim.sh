#!/bin/sh
# Leaves of node_modules what a web process and a worker of the container read: slim.sh FOLDER. The embedded PostgreSQL,
# compilers, types, maps and other weights of the font have no work there.
set -eu
cd "$1"
rm -rf @embedded-postgres embedded-postgres @next/swc-* playwright playwright-core @playwright @types csstype prettier \
  .cache .package-lock.json
find @expo-google-fonts/noto-sans-sc -mindepth 1 -maxdepth 1 -type d ! -name 400Regular -exec rm -rf {} +
cd next/dist
rm -rf docs esm bundle-analyzer compiled/next-server/*.dev.js
cd "$1"
find . -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.flow' \) -delete
find . -type f -name '*.md' ! -iname 'license*' -delete
