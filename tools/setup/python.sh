#!/usr/bin/env bash
# Brings .venv to what uv.lock says, with a Python that is already on this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "Set-up: the Python packages that uv.lock names" >&2
uv=$(tools/setup/uv.sh)
# Compiled here and now: where Python may not write (PYTHONDONTWRITEBYTECODE), every start would compile everything anew
# and take twice as long. A busy machine may need long for a file: 600 s.
UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_COMPILE_BYTECODE_TIMEOUT=600 "$uv" sync --locked --quiet
.venv/bin/python -m compileall -q src
touch .venv/.synced
