#!/usr/bin/env bash
# Starts Headway on ./data/demo, and fills it with people and tasks the first time.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -d data/demo ]; then
    # made beside and then moved, so that what an interrupted run left is never taken for the whole
    rm -rf data/demo.new
    HEADWAY_DATA_DIR=data/demo.new .venv/bin/headway demo
    mv data/demo.new data/demo
else
    echo "The demo is there already, with the password of its first start; remove data/demo to make it anew."
fi
HEADWAY_DATA_DIR=data/demo exec .venv/bin/headway serve
