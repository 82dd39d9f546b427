#!/usr/bin/env bash
# Prints the path of uv: the machine's own when new enough, else one that pip installs into .tools/uv.
set -euo pipefail
cd "$(dirname "$0")/../.."
oldest=0.8.0

if own=$(command -v uv); then
    version=$(uv --version | cut -d ' ' -f 2)
    if [ "$(printf '%s\n' "$oldest" "$version" | sort -V | head -n 1)" = "$oldest" ]; then
        echo "$own"
        exit
    fi
fi
if [ ! -x .tools/uv/bin/uv ]; then
    for python in python3.14 python3.13 python3.12 python3.11 python3; do
        command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
        python=""
    done
    [ -n "$python" ] || { echo "Headway needs Python 3.11 or newer: install python3" >&2; exit 1; }
    "$python" -c 'import ensurepip, venv' 2>/dev/null || tools/setup/apt.sh python3-venv
    rm -rf .tools/uv
    "$python" -m venv .tools/uv
    .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=$oldest" >&2
fi
echo "$PWD/.tools/uv/bin/uv"
