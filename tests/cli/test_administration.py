"""The administrators' page about the installation: its state, failed jobs, backups, test mail."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from headway.platform.jobs import GiveUp, JobType, Running, Worker, enqueue
from tests.support.clock import StillClock
from tests.support.product import Person, Product, running_product

pytestmark = pytest.mark.anyio


class Nothing(msgspec.Struct, frozen=True):
    """No arguments."""


async def failing(_nothing: Nothing, _running: Running) -> None:
    raise GiveUp("the printer is on fire")


async def fail_a_job(product: Product) -> str:
    """Have a job of the name `print` fail for good; its id."""
    database, clock = product.monolith.database, product.monolith.clock
    job = await database.write(lambda tx: enqueue(tx, "print", {}, clock.now()))
    await Worker(database, clock, [JobType(name="print", payload=Nothing, run=failing)]).run_due()
    return job


async def both(product: Product) -> tuple[Person, Person]:
    """The administrator, and somebody who is none."""
    return await product.person("Ada"), await product.person("Ben")


async def test_the_state_of_the_installation_is_told(product: Product) -> None:
    ada, _ = await both(product)
    system: dict[str, Any] = await ada.get("/admin/system")
    assert system["versions"]["sqlite"].startswith("3.")
    assert system["mail"] == "outbox"
    assert system["storage"]["database"] > 0
    assert 0 < system["storage"]["free"] <= system["storage"]["total"]
    assert (system["backups"], system["last_proven_restore"], system["failed_jobs"]) == ([], None, [])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/admin/system"),
        ("GET", "/admin/jobs"),
        ("POST", "/admin/jobs/00000000-0000-7000-8000-000000000000/retry"),
        ("POST", "/admin/backups"),
        ("POST", "/admin/test-mail"),
    ],
)
async def test_only_administrators_may(product: Product, method: str, path: str) -> None:
    _, ben = await both(product)
    assert (await ben.api.request(method, path, json={} if method == "POST" else None)).status_code == 403
    assert (await product.client().request(method, path)).status_code == 401


async def test_a_failed_job_is_shown_and_tried_again(product: Product) -> None:
    ada, _ = await both(product)
    job = await fail_a_job(product)
    [failed] = (await ada.get("/admin/jobs"))["items"]
    assert (failed["id"], failed["name"], failed["error"]) == (job, "print", "the printer is on fire")
    assert (await ada.get("/admin/system"))["jobs"]["failed"] == 1
    assert (await ada.api.post(f"/admin/jobs/{job}/retry")).status_code == 204
    assert (await ada.get("/admin/jobs"))["items"] == []
    assert (await ada.api.post(f"/admin/jobs/{job}/retry")).status_code == 404


async def once_proven(admin: Person) -> dict[str, Any]:
    """The state of the installation as soon as a backup has been proven."""
    while True:
        system: dict[str, Any] = await admin.get("/admin/system")
        if system["last_proven_restore"] is not None:
            return system


async def test_a_backup_by_hand_is_made_by_a_job_and_proven(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data") as product:
        ada = await product.person("Ada")
        answer = await ada.api.post("/admin/backups")
        assert answer.status_code == 202

        async with asyncio.timeout(60):
            system = await once_proven(ada)
        assert system["last_proven_restore"]["backup"] == system["backups"][0]["name"]
        assert system["storage"]["backups"] > 0


async def test_a_test_mail_goes_to_oneself_or_to_somebody(product: Product) -> None:
    ada, _ = await both(product)
    assert await ada.post("/admin/test-mail") == {"to": "ada@example.com", "by": "outbox"}
    assert (await ada.post("/admin/test-mail", to="grace@example.net"))["to"] == "grace@example.net"
    sent = sorted(path.read_text() for path in product.settings.mail_outbox.glob("test-*.eml"))
    assert len(sent) == 2
    assert sum("To: grace@example.net" in mail for mail in sent) == 1


@pytest.mark.parametrize("to", ["no address", "a@example.org\nBcc: b@example.org", ""])
async def test_a_test_mail_to_no_address_is_refused_by_name(product: Product, to: str) -> None:
    ada, _ = await both(product)
    refused = await ada.api.post("/admin/test-mail", json={"to": to})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "to"
    assert list(product.settings.mail_outbox.glob("test-*.eml")) == []


async def test_a_mail_server_that_is_away_is_named(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data", smtp_url="smtp://127.0.0.1:1") as product:
        ada = await product.person("Ada")
        refused = await ada.api.post("/admin/test-mail", json={})
        assert (refused.status_code, refused.json()["code"]) == (503, "mail_failed")


async def test_the_daily_backup_is_made_when_its_hour_has_come(tmp_path: Path) -> None:
    clock = StillClock()
    async with running_product(tmp_path / "data", clock, backup_hour=3) as product:
        operation = next(module for module in product.monolith.modules if module.name == "operation")
        worker = Worker(product.monolith.database, clock, operation.jobs, operation.schedules)
        await worker.run_due()
        assert list((tmp_path / "data" / "backups").glob("headway-*")) == []
        clock.at += timedelta(days=1)
        await worker.run_due()
        await worker.run_due()
        assert len(list((tmp_path / "data" / "backups").glob("headway-*"))) == 1
