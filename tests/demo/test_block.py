"""Rows of the demo come into the database as they are, whatever they have in common."""

from pathlib import Path

import pysqlite3
import pytest

from headway.entrypoints.demo.block import WORTH_SHARING, Block
from headway.entrypoints.demo.bulk import BulkLoader

COUNT = 2 * WORTH_SHARING


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "some.db"
    connection = pysqlite3.connect(str(file))
    connection.execute("CREATE TABLE things (owner BLOB, number INTEGER, name TEXT, gone INTEGER)")
    connection.close()
    return file


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(b"\x00'", number, "it's", None) for number in range(COUNT)], id="most is shared"),
        pytest.param([(bytes([number]), number, str(number), number) for number in range(COUNT)], id="nothing is"),
        pytest.param([(b"1", 1, "the same", None)] * COUNT, id="everything is"),
        pytest.param([(b"1", number, "few", None) for number in range(3)], id="few rows"),
    ],
)
def test_rows_are_written_as_they_are(path: Path, rows: list[tuple[bytes, int, str, int | None]]) -> None:
    loader = BulkLoader(path)
    loader.insert("things", Block.of(rows))
    loader.finish()

    connection = pysqlite3.connect(str(path))
    assert connection.execute("SELECT * FROM things ORDER BY rowid").fetchall() == rows
    connection.close()


def test_what_all_rows_share_is_not_in_them() -> None:
    block = Block.of([(b"owner", number, "name") for number in range(COUNT)])

    assert block.shared == {0: b"owner", 2: "name"}
    assert block.rows[:2] == [(0,), (1,)]
    assert block.span() == (b"owner", b"owner")
