"""Changes of tables while people work: MariaDB and MySQL do them at once or beside the work, or not at all."""

import re
from typing import Final

_ADD_COLUMN: Final = re.compile(r"\s*ALTER\s+TABLE\s+\S+\s+ADD\s+COLUMN\b", re.IGNORECASE)
_NEW_INDEX: Final = re.compile(r"\s*CREATE(\s+UNIQUE)?\s+INDEX\b", re.IGNORECASE)
_SAID: Final = re.compile(r"\b(ALGORITHM|LOCK)\s*=", re.IGNORECASE)


def online(statement: str) -> str:
    """The statement, so that the server refuses it rather than copy the table or lock writers out.

    A new column costs nothing where it is at once (INSTANT), an index is built while people write (INPLACE, LOCK=NONE).
    What says by itself how it is to be done stays as it is, and so does everything else.
    """
    if _SAID.search(statement):
        return statement
    if _ADD_COLUMN.match(statement):
        return f"{statement.rstrip().rstrip(';')}, ALGORITHM=INSTANT"
    if _NEW_INDEX.match(statement):
        return f"{statement.rstrip().rstrip(';')} ALGORITHM=INPLACE LOCK=NONE"
    return statement
