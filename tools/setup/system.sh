#!/usr/bin/env bash
# Brings the programs that tests run and no package registry carries: a browser, a web server to stand behind, and
# what makes it a certificate.
set -euo pipefail
cd "$(dirname "$0")"

runs() {
    for program in "$@"; do
        "$program" --version >/dev/null 2>&1 || "$program" -v >/dev/null 2>&1 && return
    done
    return 1
}
PATH="$PATH:/usr/sbin:/sbin"
missing=()
runs chromium chromium-browser google-chrome || missing+=(chromium)
runs nginx || missing+=(nginx-light)
command -v openssl >/dev/null || missing+=(openssl)
[ ${#missing[@]} = 0 ] || ./apt.sh "${missing[@]}"
