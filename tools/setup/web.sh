#!/usr/bin/env bash
# `web.sh install` brings web/node_modules to what the lock file says; `web.sh build` makes src/headway/web_client.
set -euo pipefail
cd "$(dirname "$0")/../../web"
case "$1" in
install)
    ../tools/setup/with-node.sh npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
    ;;
build)
    ../tools/setup/with-node.sh npm run --silent build -- --logLevel warn
    touch ../src/headway/web_client/index.html
    ;;
esac
