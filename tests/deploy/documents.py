"""YAML files as Python values."""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # its types would be a package more

Document = dict[str, Any]  # Any: what YAML holds


def documents(file: Path) -> list[Document]:
    """All documents of a file."""
    return list(yaml.safe_load_all(file.read_text("utf-8")))
