"""Where the built web client is."""

from pathlib import Path
from typing import Final

WEB_CLIENT: Final = Path(__file__).parents[1] / "web_client"
"""A checkout has it once `make` has built it."""
