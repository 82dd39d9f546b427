#!/usr/bin/env bash
# Starts Headway on ./data/demo, and fills it with people and tasks the first time.
set -euo pipefail
cd "$(dirname "$0")/.."
export HEADWAY_DATA_DIR=./data/demo
[ -e "$HEADWAY_DATA_DIR" ] || .venv/bin/headway demo
exec .venv/bin/headway serve
