"""Quick add: one line of text becomes the fields of a task (docs/quick-add.md).

The web client reads lines in the same way (web/src/domain/quickadd): words and phrases are shared (`grammar.json`), and
tests/cases/quickadd holds both to the same answers. Pure: no clock, no database.
"""

from headway.modules.tasks.domain.quickadd.line import Context, Kind, Line, Named, Token
from headway.modules.tasks.domain.quickadd.parse import parse_quick_add

__all__ = ["Context", "Kind", "Line", "Named", "Token", "parse_quick_add"]
