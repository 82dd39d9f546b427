#!/usr/bin/env bash
# Installs Debian packages when this user may; otherwise says in one line what to install, and fails.
set -euo pipefail
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing on this machine. Install, then try again: apt-get install $*" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && apt-get install -y --no-install-recommends "$@"; } >&2; then
    echo "Could not be installed: $*. Install them by hand (Ubuntu has Chromium as a snap), then try again." >&2
    exit 1
fi
