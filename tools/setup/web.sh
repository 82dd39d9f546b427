#!/usr/bin/env bash
# `web.sh install` brings web/node_modules to what the lock file says; `web.sh build` makes src/headway/web_client.
set -euo pipefail
cd "$(dirname "$0")/../../web"
case "$1" in
install)
    echo "Set-up: the packages of the web client" >&2
    ../tools/setup/with-node.sh npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
    touch node_modules/.package-lock.json
    ;;
build)
    echo "Set-up: building the web client" >&2
    ../tools/setup/with-node.sh npm run --silent build -- --logLevel warn
    touch ../src/headway/web_client/index.html
    ;;
esac
