"""Writes docs/settings.md from the settings themselves: `python -m tools.settings_page`."""

from pathlib import Path

from headway.entrypoints.cli.settings import page

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
