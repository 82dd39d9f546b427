"""`headway jobs`: what waits, what failed, and another try."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.db.statement import command
from headway.platform.jobs import enqueue
from tests.cli.conftest import Shell


@pytest.fixture
def failed(shell: Shell) -> str:
    """The id of a job that was put aside."""
    assert shell.run("migrate").returncode == 0
    return asyncio.run(_fail(shell))


async def _fail(shell: Shell) -> str:
    database = SqliteDatabase(shell.data / "headway.db")
    try:
        job = await database.write(lambda tx: enqueue(tx, "print", {}, datetime(2199, 1, 1, tzinfo=UTC)))
        burial = command(text("UPDATE jobs SET state = 1, error = 'the printer is on fire'"))
        await database.write(lambda tx: tx.execute(burial))
    finally:
        await database.close()
    return job


def test_a_failed_job_is_listed_and_tried_again(shell: Shell, failed: str) -> None:
    (listed,) = shell.json("jobs", "list", "--failed")
    shown = shell.run("jobs", "list").stdout
    retried = shell.run("jobs", "retry", failed)

    assert (listed["id"], listed["error"]) == (failed, "the printer is on fire")
    assert "the printer is on fire" in shown
    assert retried.stdout == "1 will run again\n"


@pytest.mark.usefixtures("failed")
def test_all_failed_jobs_are_tried_again(shell: Shell) -> None:
    assert shell.json("jobs", "retry", "--all") == {"jobs": 1}


def test_what_is_no_failed_job_is_said(shell: Shell) -> None:
    unknown = shell.run("jobs", "retry", "0198c2a4-0000-7000-8000-000000000000")
    unnamed = shell.run("jobs", "retry")

    assert unknown.returncode == 3
    assert unnamed.returncode == 1
    assert "--all" in unnamed.stderr
