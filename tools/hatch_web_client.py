"""Builds the web client before it is packed, so that no wheel carries an old one or none (a hook of hatchling)."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebClientHook(BuildHookInterface[Any]):  # Any: the hook has no configuration, and leaves hatchling's data alone
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises RuntimeError when the client is neither there nor can be built."""
        if version == "editable":  # a checkout serves what make has built
            return
        top = Path(self.root)
        if (top / ".git").exists() and shutil.which("npm"):
            if not (top / "web" / "node_modules").exists():
                subprocess.run(["tools/setup/web.sh", "install"], cwd=top, check=True)
            subprocess.run(["tools/setup/web.sh", "build"], cwd=top, check=True)
        if not (top / "src/headway/web_client/index.html").exists():
            raise RuntimeError("the web client is not built: run `make build`, or install Node and npm")
