"""/batch: several writes in one request, whole within a stream, each with its own result."""

from typing import Any

import httpx
import pytest

from headway.platform.ids import new_id
from tests.gateway.conftest import ADA, Edge

OFFLINE = new_id()


def create(title: str, key: str | None = None, path: str = "/notes", **more: Any) -> dict[str, Any]:
    """An operation. Any: JSON."""
    return {"key": key or new_id(), "method": "POST", "path": path, "body": {"title": title, **more}}


async def send(client: httpx.AsyncClient, *operations: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await client.post("/api/v1/batch", json={"operations": operations})
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    assert [each["key"] for each in results] == [each["key"] for each in operations]
    return results


async def titles(client: httpx.AsyncClient) -> list[str]:
    return [each["title"] for each in (await client.get("/api/v1/notes")).json()["items"]]


async def test_operations_are_done_in_order_and_answer_as_they_would_alone(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        path = f"/notes/{OFFLINE}"
        results = await send(
            ada,
            create("Milk", id=OFFLINE),
            {"key": "k2", "method": "PATCH", "path": path, "body": {"title": "Oat milk"}, "if_match": 1},
            create("Bread", path="/memos"),
            {"key": "k4", "method": "DELETE", "path": path},
        )
        assert [each["status"] for each in results] == [201, 200, 201, 204]
        assert results[1]["body"] == {"user_id": ADA, "id": OFFLINE, "title": "Oat milk", "version": 2}
        assert results[3]["body"] is None
        assert await titles(ada) == ["Bread"]


async def test_the_answer_names_the_versions_that_streams_have_reached(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        operations = [create("a"), create("b"), create("c", path="/memos")]
        answer = await ada.post("/api/v1/batch", json={"operations": operations})
        assert answer.headers["headway-version"] == f"profile:{ADA}=2, inbox:{ADA}=1"


async def test_a_refusal_undoes_its_neighbours_of_the_same_stream_and_no_others(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        await send(ada, create("kept", id=OFFLINE))
        stale = {"key": "x", "method": "PATCH", "path": f"/notes/{OFFLINE}", "body": {"title": "no"}, "if_match": 9}
        results = await send(
            ada, create("memo", path="/memos"), create("a"), stale, create("b"), create("z", path="/memos")
        )
        assert [each["status"] for each in results] == [201, 409, 412, 409, 201]
        assert [each["body"].get("code") for each in results[1:4]] == [
            "group_refused",
            "version_mismatch",
            "group_refused",
        ]
        assert sorted(await titles(ada)) == ["kept", "memo", "z"]


async def test_what_is_gone_fails_alone(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        gone = {"key": "x", "method": "PATCH", "path": f"/notes/{new_id()}", "body": {"title": "no"}}
        results = await send(ada, create("a"), gone, create("b"))
        assert [each["status"] for each in results] == [201, 404, 201]
        assert await titles(ada) == ["a", "b"]


async def test_a_batch_may_be_repeated(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        operations = [create("a", "k1"), create("b", "k2", path="/memos")]
        first = await send(ada, *operations)
        again = await send(ada, *operations, create("c"))
        assert [each["body"] for each in again[:2]] == [each["body"] for each in first]
        assert len(await titles(ada)) == 3


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"path": "/nothing"}, "operations.1.path"),
        ({"path": "/notes/not-an-id", "method": "PATCH"}, "operations.1.path"),
        ({"method": "GET"}, "operations.1.path"),
        ({"method": "TRACE"}, "operations.1.method"),
        ({"body": {"title": ""}}, "operations.1.body.title"),
        ({"body": {"title": "x", "surprise": 1}}, "operations.1.body.surprise"),
        ({"body": 7}, "operations.1.body.body"),
        ({"key": ""}, "operations.1.key"),
        ({"key": "é"}, "operations.1.key"),
        ({"if_match": -1}, "operations.1.if_match"),
        ({"surprise": 1}, "operations.1.surprise"),
        ({"path": "/notes?surprise=1"}, "operations.1.body.surprise"),
    ],
)
async def test_a_request_with_an_operation_that_makes_no_sense_is_refused_whole(
    edge: Edge, changed: dict[str, Any], field: str
) -> None:
    async with edge.client("ada") as ada:
        answer = await ada.post("/api/v1/batch", json={"operations": [create("a"), create("b") | changed]})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
        assert await titles(ada) == []


async def test_bytes_that_are_no_text_where_no_body_belongs_break_nothing(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        raw = b'{"operations":[{"key":"k","method":"DELETE","path":"/notes/%s","body":"\xff"}]}' % new_id().encode()
        answer = await ada.post("/api/v1/batch", content=raw, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["results"][0]["status"]) == (200, 404)


@pytest.mark.parametrize("key", ["k" * 129, "a b"])
async def test_a_key_that_is_none_is_refused_by_every_route(edge: Edge, key: str) -> None:
    async with edge.client("ada") as ada:
        answer = await ada.post("/api/v1/batch", json={"operations": [create("a")]}, headers={"Idempotency-Key": key})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")


async def test_the_number_of_operations_is_limited(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        for count in (0, 101):
            answer = await ada.post("/api/v1/batch", json={"operations": [create("a") for _ in range(count)]})
            assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "operations")


async def test_a_token_that_may_only_read_writes_nothing(edge: Edge) -> None:
    async with edge.client("ada-reads") as reads:
        answer = await reads.post("/api/v1/batch", json={"operations": [create("a")]})
        assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
