#!/usr/bin/env bash
# Brings .venv to what uv.lock says, with a Python that is already on this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "Set-up: the Python packages that uv.lock names" >&2
uv=$(tools/setup/uv.sh)
UV_PYTHON_DOWNLOADS=never "$uv" sync --locked --quiet --extra mysql --extra redis --extra s3
touch .venv/.synced
