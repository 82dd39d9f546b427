"""What no migration does, and why.

A pattern is looked for in a statement in capitals. `TABLE` stands for a table that was there before the migration.
"""

import re
from typing import NamedTuple

NAME = r"[\w.$]+"

PREVIOUS = "the previous release still runs and uses it; stop using it now, take it away a release later"
BUILT_ANEW = "the server builds the whole table anew, and locks it meanwhile"
NOT_ALL = "not every database that Headway runs on has it (SQLite, MariaDB, MySQL, Vitess, TiDB)"
FILLED = "a migration changes no rows: it would hold locks for minutes; let a job of the module do it in pieces"
WHOSE = "the application says so, in one place for all databases"


class Danger(NamedTuple):
    """A pattern and the reason. `of_existing`: only where the table was there before this migration."""

    pattern: "re.Pattern[str]"
    reason: str
    of_existing: bool = True


def _danger(pattern: str, reason: str, *, of_existing: bool = True) -> Danger:
    return Danger(re.compile(pattern), reason, of_existing)


def _never(pattern: str, reason: str) -> Danger:
    return _danger(pattern, reason, of_existing=False)


ALTER = r"^ALTER TABLE (IF EXISTS )?TABLE\b.*"
ADD = (
    ALTER
    + r"\bADD (COLUMN )?(IF NOT EXISTS )?(?!(UNIQUE|CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|FULLTEXT|CHECK|SPATIAL)\b)"
)

DANGERS = (
    # what the previous release uses
    _danger(r"^DROP TABLE (IF EXISTS )?TABLE\b", f"drops a table: {PREVIOUS}"),
    _danger(
        ALTER + r"\bDROP (COLUMN )?(?!(INDEX|KEY|PRIMARY|FOREIGN|CONSTRAINT|CHECK|DEFAULT)\b)\w",
        f"drops a column: {PREVIOUS}",
    ),
    _danger(r"^RENAME TABLE\b|" + ALTER + r"\bRENAME (?!COLUMN|INDEX|KEY)", f"renames a table: {PREVIOUS}"),
    _danger(ALTER + r"\b(RENAME COLUMN|CHANGE)\b", f"renames a column: {PREVIOUS}; add the new one beside it"),
    _danger(
        ADD + r"(?=[^,]*\bNOT NULL\b)(?![^,]*\bDEFAULT\b)",
        "the previous release cannot fill this column: give it a default, or let it be null",
    ),
    _danger(ALTER + r"\bALTER (COLUMN )?\w+ DROP DEFAULT", f"drops a default: {PREVIOUS}"),
    _danger(r"^DROP INDEX\b|" + ALTER + r"\b(DROP|RENAME) (INDEX|KEY)\b", f"drops or renames an index: {PREVIOUS}"),
    _danger(
        r"^CREATE UNIQUE INDEX\b.* ON TABLE\b|" + ALTER + r"\bADD (CONSTRAINT \w+ )?UNIQUE\b",
        "rows that are there may break it already, and the previous release makes more: build a table of its own, and "
        "let a job fill it",
    ),
    _danger(ALTER + r"\bADD (CONSTRAINT \w+ )?CHECK\b", f"a check is tested on every row under a lock, and {WHOSE}"),
    # what builds or locks a table
    _danger(
        ALTER + r"\b(MODIFY|ALTER COLUMN \w+ (TYPE|SET NOT NULL|SET DATA))\b",
        f"changes a column's type, length or NULL: {BUILT_ANEW}; add a column beside it, and let a job fill it",
    ),
    _danger(ALTER + r"\b(ADD (CONSTRAINT \w+ )?PRIMARY|DROP PRIMARY) KEY\b", f"changes the primary key: {BUILT_ANEW}"),
    _danger(
        ADD + r"[^,]* (FIRST|AFTER \w+)$",
        f"puts a column in between: older servers do not do that at once, {BUILT_ANEW}; order means nothing",
    ),
    _danger(
        ADD + r"[^,]*\b(TEXT|BLOB|JSON)\b[^,]*\bDEFAULT (?!NULL)",
        "MySQL has no defaults for long texts: let it be null",
    ),
    _danger(
        ALTER + r"\b(FORCE|ENGINE ?=|ROW_FORMAT ?=|KEY_BLOCK_SIZE ?=|ORDER BY|IMPORT TABLESPACE|DISCARD TABLESPACE)",
        BUILT_ANEW,
    ),
    _danger(
        ALTER + r"\b(CONVERT TO|CHARACTER SET|CHARSET|COLLATE)\b",
        f"changes a collation: {BUILT_ANEW}, and what was two texts may become one",
    ),
    _never(r"\bALGORITHM ?= ?COPY\b|\bLOCK ?= ?(SHARED|EXCLUSIVE)\b", BUILT_ANEW),
    _never(r"^(OPTIMIZE|REPAIR|ANALYZE) |^(VACUUM|REINDEX)\b", f"maintenance belongs to the operator: {BUILT_ANEW}"),
    _never(
        r"^LOCK TABLES?\b|^FLUSH\b|\bGET_LOCK\b|\bFOR UPDATE\b|\bFOR SHARE\b|\bSKIP LOCKED\b",
        "locks others out for as long as the migration takes",
    ),
    # what changes rows
    _never(r"^UPDATE\b.*\bJOIN\b|^UPDATE [^=]*,.*\bSET\b", f"an UPDATE over a join: {NOT_ALL}; and {FILLED}"),
    _danger(r"^UPDATE (IGNORE |LOW_PRIORITY )?TABLE\b|^(WITH|MERGE)\b", FILLED),
    _danger(r"^DELETE\b", FILLED),
    _danger(r"^TRUNCATE\b", f"empties a table: {PREVIOUS}"),
    _never(r"^(INSERT|REPLACE)\b.*\bSELECT\b|^CREATE TABLE\b.*\bAS SELECT\b|^LOAD DATA\b", FILLED),
    _never(
        r"^REPLACE\b|\bON DUPLICATE KEY\b|\bON CONFLICT\b|^INSERT IGNORE\b",
        f"an insert that overwrites or passes over: {NOT_ALL}, and a repeat must not change what people wrote since",
    ),
    _never(r"\bRETURNING\b", f"RETURNING: {NOT_ALL}"),
    # what the schema does without
    _never(
        r"\bFOREIGN KEY\b|\bREFERENCES\b",
        f"no foreign keys: they lock rows of two tables, and shards cannot have them; {WHOSE}",
    ),
    _never(
        r"\bAUTO_?INCREMENT\b|\b(BIG)?SERIAL\b",
        "ids are UUIDv7 made by the application or the client: counters are one place that all writers wait for",
    ),
    _never(
        r"^(CREATE|ALTER|DROP)\b.* TRIGGER\b|^(CREATE|DROP) TRIGGER\b",
        f"no triggers: {WHOSE}, and the log would not hear of it",
    ),
    _never(
        r"^(CREATE|ALTER|DROP)\b.*\b(PROCEDURE|FUNCTION|EVENT|SEQUENCE|PACKAGE) |^CALL\b",
        f"no programs in the database: {WHOSE}",
    ),
    _never(r"^(CREATE|ALTER|DROP)\b( OR REPLACE)?( ALGORITHM ?= ?\w+)?( TEMPORARY)? VIEW\b", f"no views: {NOT_ALL}"),
    _never(
        r"^(?!.*\b(ON|TABLE)( IF NOT EXISTS)? SEARCH_).*\b(FULLTEXT|USING FTS)|\bSPATIAL\b",
        "full text stands behind the search port, in tables search_...",
    ),
    _never(
        r"\bGENERATED ALWAYS\b|\bAS \([^)]*\) (STORED|VIRTUAL|PERSISTENT)",
        f"no computed columns: {NOT_ALL}, and {WHOSE}",
    ),
    _never(
        r"\bDEFAULT \(?(?!(NULL|TRUE|FALSE)\b)[A-Z_]+|\bON UPDATE CURRENT_TIMESTAMP",
        f"no default from a function: a server then writes every row anew, and SQLite refuses; {WHOSE}",
    ),
    _never(
        r"^CREATE (UNIQUE )?INDEX\b[^(]*\((.*[(+|-]|.*->)(?!\d+\))",
        f"no index of an expression: {NOT_ALL}; keep what is computed in a column (as title_key)",
    ),
    _never(r"^CREATE (UNIQUE )?INDEX\b.*\) WHERE\b", f"no index of some rows: {NOT_ALL}"),
    _never(
        r"\bENUM ?\(|\bSET ?\(''",
        "no ENUM: a new value would build the table anew; a text, and the application knows the values",
    ),
    _never(
        r"^(CREATE|ALTER) TABLE\b.*[(,] ?\w+ TIMESTAMP\b|\bADD (COLUMN )?\w+ TIMESTAMP\b",
        "TIMESTAMP ends in 2038 and depends on the session's zone: use Instant",
    ),
    _never(r"\bPARTITION BY\b|\b(ADD|DROP|REORGANIZE|TRUNCATE) PARTITION\b", f"no partitions: {NOT_ALL}"),
    _never(r"^CREATE TABLE\b.*\bENGINE ?= ?(?!INNODB)\w", "InnoDB alone: other engines know no transactions"),
    _never(r"^CREATE TEMPORARY\b", f"no temporary tables: {NOT_ALL}"),
    # what is not a migration's business
    _never(
        r"^(SET|PRAGMA|USE|ATTACH|DETACH)\b", "settings of a session or a server belong to platform/db and the operator"
    ),
    _never(
        r"^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|XA)\b", "the runner begins and ends transactions"
    ),
    _never(
        r"^(GRANT|REVOKE|(CREATE|DROP|ALTER) (USER|ROLE|DATABASE|SCHEMA|SERVER)|INSTALL|UNINSTALL)\b",
        "users, databases and plug-ins belong to the operator",
    ),
    _never(r"/\*!", "a comment that only one server executes: write what is meant for it in a branch of its dialect"),
)
