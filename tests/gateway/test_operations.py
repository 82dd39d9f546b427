"""What operators ask: is it alive, is it ready, how does it fare."""

import asyncio
import threading

import pytest

from headway.gateway.options import GatewayOptions
from headway.platform.db.port import Transaction
from tests.gateway.conftest import Edge, Start


async def test_a_process_that_can_write_is_ready(edge: Edge) -> None:
    async with edge.client() as nobody:
        assert (await nobody.get("/healthz")).json() == {"status": "ok"}
        ready = await nobody.get("/readyz")
        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "checks": {"database": "ok"}})


async def test_a_failing_check_is_named(start: Start) -> None:
    async def current() -> bool:
        return False

    async def broken() -> bool:
        raise OSError("no such file")

    edge = await start(GatewayOptions(), checks={"migrations": current, "files": broken})
    async with edge.client() as nobody:
        answer = await nobody.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"] == {"database": "ok", "migrations": "failed", "files": "failed"}


async def test_requests_are_counted_by_template_and_status(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        created = await ada.post("/api/v1/notes", json={"title": "Milk"})
        await ada.get(created.headers["location"])
        await ada.get("/api/v1/notes/" + "0" * 36)
    async with edge.client(address="127.0.0.1") as local:
        text = (await local.get("/metrics")).text
    template = 'method="GET",route="/api/v1/notes/{note_id}"'
    assert f'headway_requests_total{{{template},status="200"}} 1.0' in text
    assert f'headway_requests_total{{{template},status="404"}} 1.0' in text
    assert f"headway_request_seconds_count{{{template}}} 2.0" in text
    assert created.json()["id"] not in text


async def test_what_waits_for_the_writer_is_shown(edge: Edge) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    async def hold(_tx: Transaction) -> None:
        begun.set()
        may_go_on.wait(60)

    async def nothing(_tx: Transaction) -> None: ...

    held = asyncio.ensure_future(edge.database.write(hold))
    await asyncio.to_thread(begun.wait, 60)
    queued = asyncio.ensure_future(edge.database.write(nothing))
    await asyncio.sleep(0)
    shown = await edge.measured("writer_queue")
    may_go_on.set()
    await asyncio.gather(held, queued)
    assert shown == 1
    assert await edge.measured("writer_queue") == 0


async def test_methods_that_somebody_makes_up_are_measured_as_one(start: Start) -> None:
    edge = await start(GatewayOptions(metrics="open"))
    async with edge.client() as client:
        for method in ("BREW", "SING"):
            await client.request(method, "/api/v1/hello")
        text = (await client.get("/metrics")).text
    assert 'method="other"' in text
    assert "BREW" not in text
    assert "SING" not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("203.0.113.9", {"Authorization": "Bearer let-me-see"}, 200),
        ("203.0.113.9", {"Authorization": "Bearer root"}, 200),
        ("203.0.113.9", {"Authorization": "Bearer ada"}, 401),
        ("203.0.113.9", {"Authorization": "Bearer "}, 401),
    ],
)
async def test_metrics_are_not_open_to_the_world(
    start: Start, address: str, headers: dict[str, str], status: int
) -> None:
    edge = await start(GatewayOptions(metrics_token="let-me-see"))
    async with edge.client(address=address) as client:
        assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_where_a_proxy_may_stand_even_this_machine_needs_a_token(start: Start) -> None:
    edge = await start(GatewayOptions(metrics="token", metrics_token="let-me-see"))
    async with edge.client(address="127.0.0.1") as local:
        assert (await local.get("/metrics")).status_code == 401
        assert (await local.get("/metrics", headers={"Authorization": "Bearer let-me-see"})).status_code == 200


async def test_metrics_can_be_opened_and_switched_off(start: Start) -> None:
    for access, status in (("open", 200), ("off", 404)):
        edge = await start(GatewayOptions(metrics=access))  # type: ignore[arg-type]  # one of the literals
        async with edge.client() as nobody:
            assert (await nobody.get("/metrics")).status_code == status
