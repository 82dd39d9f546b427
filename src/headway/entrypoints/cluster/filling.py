"""Configuration files made of templates."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).parent / "templates"
_GAP: Final = re.compile(r"@([a-z_]+)@")


def filled(template: str, values: Mapping[str, object]) -> str:
    """The text of a template with a value for each `@name@`; KeyError when one is missing."""
    text = (TEMPLATES / template).read_text("utf-8")
    return _GAP.sub(lambda gap: str(values[gap[1]]), text)


def write_private(path: Path, text: str) -> None:
    """A file for this user only, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    staged.replace(path)
