"""Routes out of tables: what is answered, and how requests that do not fit are refused."""

import httpx
import pytest

from tests.gateway.conftest import Edge

NOTE = "01900000-0000-7000-8000-000000000001"


async def create(client: httpx.AsyncClient, title: str = "Milk", **headers: str) -> httpx.Response:
    return await client.post("/api/v1/notes", json={"title": title, "id": NOTE}, headers=headers)


def code_of(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    return str(problem["code"])


async def test_a_creation_answers_the_object_with_its_place_etag_and_the_streams_version(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        created = await create(ada)
        assert created.status_code == 201
        assert created.json()["title"] == "Milk"
        assert created.headers["location"] == f"/api/v1/notes/{NOTE}"
        assert created.headers["etag"] == '"1"'
        assert created.headers["headway-version"].startswith("profile:")
        assert created.headers["headway-version"].endswith("=1")
        assert (await ada.get(created.headers["location"])).json() == created.json()


async def test_a_repeat_with_the_same_idempotency_key_answers_the_same_and_changes_nothing(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        first = await create(ada, **{"Idempotency-Key": "k1"})
        again = await create(ada, **{"Idempotency-Key": "k1"})
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert len((await ada.get("/api/v1/notes")).json()["items"]) == 1
        other = await create(ada, "Bread", **{"Idempotency-Key": "k1"})
        assert (other.status_code, code_of(other)) == (409, "idempotency_key_reused")


async def test_if_match_refuses_a_change_of_another_version(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        await create(ada)
        path = f"/api/v1/notes/{NOTE}"
        changed = await ada.patch(path, json={"title": "Oat milk"}, headers={"If-Match": '"1"'})
        assert changed.headers["etag"] == '"2"'
        stale = await ada.patch(path, json={"title": "Soy milk"}, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["version"]) == (412, 2)
        etag = (await ada.get(path)).headers["etag"]
        assert (await ada.patch(path, json={"title": "Tea"}, headers={"If-Match": etag})).status_code == 200
        deleted = await ada.delete(path, headers={"If-Match": "*"})
        assert (deleted.status_code, deleted.content) == (204, b"")


async def test_a_client_that_holds_the_newest_version_is_answered_304(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        await create(ada)
        path = f"/api/v1/notes/{NOTE}"
        etag = (await ada.get(path)).headers["etag"]
        assert etag.startswith('"1-')
        same = await ada.get(path, headers={"If-None-Match": f'W/"7", {etag}'})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
        assert (await ada.get(path, headers={"If-None-Match": '"2"'})).status_code == 200


async def test_head_answers_as_get_does_without_the_body(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        whole = await ada.get("/api/v1/notes")
        head = await ada.head("/api/v1/notes")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize(
    ("request_line", "content", "headers", "refusal"),
    [
        ("GET /api/v1/nothing", b"", {}, (404, "no_such_path")),
        ("GET /api/v1/notes/not-an-id", b"", {}, (404, "not_found")),
        ("GET /api/v1/notes/" + NOTE, b"", {}, (404, "not_found")),
        ("GET /api/v1/notes?limit=0", b"", {}, (400, "invalid")),
        ("GET /api/v1/notes?surprise=1", b"", {}, (400, "invalid")),
        ("GET /api/v1/notes?limit=%ff", b"", {}, (400, "invalid_query")),
        ("GET /api/v1/notes/" + NOTE + "?a=1", b"", {}, (400, "invalid")),
        ("POST /api/v1/notes", b'{"title": "x"', {}, (400, "invalid_json")),
        ("POST /api/v1/notes", b'{"title": "\xff"}', {}, (400, "invalid_json")),
        ("POST /api/v1/notes", b'{"title": "\\ud800"}', {}, (400, "invalid_json")),
        ("POST /api/v1/notes", b'{"title": "a\\u0000b"}', {}, (400, "invalid")),
        ("POST /api/v1/notes", b'{"title": 1}', {}, (400, "invalid")),
        ("POST /api/v1/notes", b'{"title": "x", "owner": 1}', {}, (400, "invalid")),
        ("POST /api/v1/notes", b"[" * 100_000, {}, (400, "invalid")),
        ("POST /api/v1/notes", b"{}", {"Content-Type": "text/plain"}, (415, "unsupported_media_type")),
        ("POST /api/v1/notes", b" " * (1 << 21), {}, (413, "body_too_large")),
        ("POST /api/v1/notes", b'{"title": "x"}', {"Idempotency-Key": "k" * 129}, (400, "invalid")),
        ("PATCH /api/v1/notes/" + NOTE, b"{}", {"If-Match": "3"}, (400, "invalid")),
        ("DELETE /api/v1/notes/" + NOTE, b'{"a": 1}', {}, (400, "unexpected_body")),
        ("POST /api/v1/uploads", b"x" * 1001, {}, (413, "body_too_large")),
    ],
)
async def test_what_does_not_fit_is_refused_with_a_problem(
    edge: Edge, request_line: str, content: bytes, headers: dict[str, str], refusal: tuple[int, str]
) -> None:
    method, path = request_line.split(" ", 1)
    async with edge.client("ada") as ada:
        sent = {"Content-Type": "application/json", **headers} if content else headers
        answer = await ada.request(method, path, content=content, headers=sent)
        assert (answer.status_code, code_of(answer)) == refusal
    assert edge.feed.versions == {}


async def test_a_refused_field_is_named(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        answer = await ada.post("/api/v1/notes", json={"title": ""})
        assert answer.json()["errors"][0]["field"] == "title"


async def test_a_method_that_a_path_lacks_is_refused_with_those_that_it_has(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        answer = await ada.put("/api/v1/notes", json={})
        assert (answer.status_code, code_of(answer)) == (405, "method_not_allowed")
        assert answer.headers["allow"] == "GET, HEAD, POST"


async def test_a_fault_of_the_server_gives_an_id_and_keeps_its_secrets(edge: Edge) -> None:
    async with edge.client() as nobody:
        answer = await nobody.get("/api/v1/broken")
        assert (answer.status_code, code_of(answer)) == (500, "internal_error")
        assert answer.headers["x-request-id"] == answer.json()["request_id"]
        assert "secret" not in answer.text


async def test_a_file_is_taken_as_it_comes(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        answer = await ada.post("/api/v1/uploads", content=b"x" * 1000, headers={"Content-Type": "image/png"})
        assert answer.json() == {"bytes_received": 1000}


async def test_scopes_limit_what_a_token_may_do(edge: Edge) -> None:
    async with edge.client("ada-reads") as reads:
        assert (await reads.get("/api/v1/notes")).status_code == 200
        refused = await create(reads)
        assert (refused.status_code, code_of(refused)) == (403, "insufficient_scope")
    async with edge.client("ada") as ada:
        assert code_of(await ada.get("/api/v1/admin/settings")) == "not_an_administrator"
    async with edge.client("root") as root:
        assert (await root.get("/api/v1/admin/settings")).status_code == 200


async def test_nobody_gets_401_where_somebody_must_be_signed_in(edge: Edge) -> None:
    async with edge.client() as nobody:
        assert (await nobody.get("/api/v1/hello")).status_code == 200
        assert code_of(await nobody.get("/api/v1/notes")) == "unauthenticated"
        assert code_of(await create(nobody)) == "unauthenticated"
    async with edge.client("wrong") as wrong:
        assert code_of(await wrong.get("/api/v1/hello")) == "invalid_token"
