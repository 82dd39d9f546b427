#!/usr/bin/env bash
# Brings the programs that tests run and no package registry carries: a browser, a web server to stand behind, a
# database server, a Redis, and what makes a certificate.
set -euo pipefail
cd "$(dirname "$0")"

PATH="$PATH:/usr/sbin:/sbin"
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v nginx >/dev/null || missing+=(nginx-light)
command -v mariadbd >/dev/null || missing+=(mariadb-server)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v openssl >/dev/null || missing+=(openssl)
if [ "${1:-}" = long ]; then # what only `make test-long` runs
    command -v caddy >/dev/null || missing+=(caddy)
    command -v podman >/dev/null || missing+=(podman)
    command -v runc >/dev/null || missing+=(runc)
    command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
fi
[ ${#missing[@]} = 0 ] || { echo "Set-up: ${missing[*]}, by apt" >&2; ./apt.sh "${missing[@]}"; }
