"""Reads a migration from its first statement to its last, and says what is wrong with each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.lint.migrations.dangers import DANGERS, NAME
from tools.lint.migrations.statements import Statement

OWNERS = ("WORKSPACE_ID", "USER_ID")
WHOSE_KEY = (
    "begins neither with workspace_id nor with user_id: what a stream owns lies together, and is found on its shard, "
    "only where its keys begin with the owner"
)
SEARCH = "SEARCH_"
"""Tables behind the search port have keys of their database's kind."""
LONGEST_NAME = 64
_BEFORE_NAME = (
    "CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?",
    "(?:ALTER|DROP) TABLE (?:IF EXISTS )?",
    "TRUNCATE (?:TABLE )?",
    "UPDATE (?:IGNORE |LOW_PRIORITY )?",
    "(?:DELETE FROM|INSERT INTO) ",
    "(?:CREATE [A-Z ]*|DROP )INDEX .*? ON ",
)
_TABLE = re.compile(f"^(?:{'|'.join(_BEFORE_NAME)})({NAME})")
_CREATED = re.compile(rf"^CREATE TABLE (?:IF NOT EXISTS )?({NAME}) ?\((.*)\)[^)]*$")
_UNIQUE_INDEX = re.compile(rf"^CREATE UNIQUE INDEX ({NAME}) ON ({NAME}) ?\((.*)\)")
_KEY = re.compile(r"^(?:CONSTRAINT \w+ )?(PRIMARY KEY|UNIQUE(?: KEY| INDEX)?)(?: \w+)? ?\(([^)]*)\)")


@dataclass
class Made:
    """Tables that this migration has made, each with its columns: nobody uses them yet."""

    tables: dict[str, frozenset[str]]


def review(statements: Sequence[Statement]) -> Iterator[tuple[int, str]]:
    """Line and reason of everything that is not to be done."""
    made = Made({})
    for statement in statements:
        for reason in _wrong(statement.text, made):
            yield statement.line, reason


def _wrong(text: str, made: Made) -> Iterator[str]:
    found = _TABLE.match(text)
    table = found[1] if found else ""
    existing = text if not table or table in made.tables else _with_table(text, table)
    for danger in DANGERS:
        if danger.pattern.search(existing if danger.of_existing else text):
            yield danger.reason
    yield from _keys(text, made)
    yield from (f"{name} is longer than the {LONGEST_NAME} letters that servers allow" for name in _long_names(text))


def _with_table(text: str, table: str) -> str:
    """The statement with the word TABLE where its table's name stands."""
    return re.sub(rf"(?<![\w.]){re.escape(table)}(?![\w.])", "TABLE", text, count=1)


def _keys(text: str, made: Made) -> Iterator[str]:
    created = _CREATED.match(text)
    if created:
        parts = _parts(created[2])
        columns = frozenset(part.split()[0] for part in parts if not _KEY.match(part) and part)
        made.tables[created[1]] = columns
        inline = [part.split()[0] for part in parts if re.search(r"\bPRIMARY KEY\b", part) and not _KEY.match(part)]
        keys = [_names(key[2]) for key in map(_KEY.match, parts) if key] + [[name] for name in inline]
        if not created[1].startswith(SEARCH) and any(_ownerless(key, columns) for key in keys):
            yield f"a key of {created[1].lower()} {WHOSE_KEY}"
    elif text.startswith("CREATE VIRTUAL TABLE"):
        made.tables[text.split()[3]] = frozenset()
    unique = _UNIQUE_INDEX.match(text)
    if unique and _ownerless(_names(unique[3]), made.tables.get(unique[2], frozenset())):
        yield f"{unique[1].lower()} {WHOSE_KEY}"


def _ownerless(key: Sequence[str], columns: frozenset[str]) -> bool:
    return "WORKSPACE_ID" in columns and key[0] not in OWNERS


def _parts(body: str) -> list[str]:
    """What stands between the commas of a table, but not between those within brackets."""
    parts, depth = [""], 0
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _names(listed: str) -> list[str]:
    return [part.split("(")[0].split()[0] for part in _parts(listed)]


def _long_names(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text) if len(word) > LONGEST_NAME]
