"""The lane in front: who asks, from where, how often, and what every answer carries."""

import asyncio

import httpx
import pytest

from headway.gateway.options import GatewayOptions, RateLimit
from tests.gateway.conftest import ADA, BEN, Edge, Start

HOME = "https://tasks.example"


@pytest.fixture
def options() -> GatewayOptions:
    return GatewayOptions(
        public_url=HOME + "/team",
        trusted_proxies=("10.0.0.0/8", "2001:db8::1"),
        rate_limit=RateLimit(100, 10),
        sign_in_limit=RateLimit(3, 60),
    )


def signed_in(edge: Edge, person: str = "ada", **options: str) -> httpx.AsyncClient:
    """A browser with that person's cookie."""
    return edge.client(headers={"Cookie": f"a=b; __Host-headway_access={person}"}, base_url=HOME + "/team", **options)


async def test_a_cookie_signs_in_and_a_stale_one_is_nobodys(edge: Edge) -> None:
    async with signed_in(edge) as ada, signed_in(edge, "gone") as gone:
        assert (await ada.get("/api/v1/notes")).status_code == 200
        assert (await gone.get("/api/v1/notes")).status_code == 401
        assert (await gone.get("/api/v1/hello")).status_code == 200


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"Origin": HOME}, 201),
        ({"Origin": HOME, "Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://tasks.example"}, 403),
        ({"Origin": HOME + ":8443"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
async def test_other_sites_cannot_write_with_somebodys_cookie(edge: Edge, said: dict[str, str], status: int) -> None:
    async with signed_in(edge) as ada:
        answer = await ada.post("/api/v1/notes", json={"title": "Milk"}, headers=said)
        assert answer.status_code == status
    written = edge.feed.versions != {}
    assert written == (status == 201)


async def test_a_bearer_token_needs_no_origin_and_wins_over_the_cookie(edge: Edge) -> None:
    async with signed_in(edge) as ada:
        token = {"Authorization": "bearer ben", "Origin": "https://evil.example"}
        assert (await ada.post("/api/v1/notes", json={"title": "Milk"}, headers=token)).status_code == 201
        assert (await ada.get("/api/v1/notes")).json()["items"] == []
        wrong = await ada.get("/api/v1/notes", headers={"Authorization": "Bearer nobody"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_token")
        assert wrong.headers["www-authenticate"].startswith("Bearer")


async def test_everything_is_there_with_and_without_the_sub_path(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        assert (await ada.get("/team/api/v1/hello")).status_code == 200
        assert (await ada.get("/api/v1/hello")).status_code == 200
        assert (await ada.get("/teamwork/api/v1/hello")).status_code == 404
        created = await ada.post("/api/v1/notes", json={"title": "Milk"})
        assert created.headers["location"].startswith("/team/api/v1/notes/")


async def test_answers_make_browsers_careful(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        for path in ("/api/v1/notes", "/api/v1/nothing", "/nothing"):
            headers = (await ada.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["strict-transport-security"].startswith("max-age=")
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
        page = (await ada.get("/nothing")).headers
        assert "require-trusted-types-for 'script'" in page["content-security-policy"]
        assert "camera=()" in page["permissions-policy"]


async def test_concurrent_requests_of_one_person_get_exactly_as_many_as_the_limit(edge: Edge) -> None:
    async with edge.client("ada") as ada, signed_in(edge) as cookie, edge.client("ben") as ben:
        clients = [ada, cookie]
        answers = await asyncio.gather(*(clients[n % 2].get("/api/v1/notes") for n in range(197)))
        assert sorted(answer.status_code for answer in answers) == [200] * 100 + [429] * 97
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.json()["code"] == "rate_limited"
        assert 1 <= int(refused.headers["retry-after"]) <= 10
        assert refused.headers["ratelimit"].startswith('"people";r=0;t=')
        assert refused.headers["ratelimit-policy"] == '"people";q=100;w=10'
        assert (await ben.get("/api/v1/notes")).headers["x-ratelimit-remaining"] == "99"


async def test_signing_in_is_counted_by_address_and_more_strictly(edge: Edge) -> None:
    """The small module has no sign-in: 404 tells that a request was let through."""
    async with edge.client() as here, edge.client(address="203.0.113.77") as elsewhere:
        for path, left in (("login", 404), ("register", 404), ("password-resets/abc", 404), ("totp", 429)):
            assert (await here.post(f"/api/v1/auth/{path}", json={})).status_code == left
        assert (await here.post("/api/v1/auth/refresh")).status_code == 404
        assert (await here.get("/api/v1/hello")).status_code == 200
        assert (await elsewhere.post("/api/v1/auth/login", json={})).status_code == 404


async def test_who_is_signed_in_has_no_more_tries_at_other_accounts(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        for path, left in (("login", 404), ("register", 404), ("password-resets", 404), ("login", 429), ("totp", 404)):
            assert (await ada.post(f"/api/v1/auth/{path}", json={})).status_code == left


async def test_whoever_has_a_whole_network_of_addresses_is_counted_once(edge: Edge) -> None:
    codes = []
    for number in range(4):
        async with edge.client(address=f"2001:db8:7::{number + 1}") as client:
            codes.append((await client.post("/api/v1/auth/login", json={})).status_code)
    assert codes == [404, 404, 404, 429]
    async with edge.client(address="2001:db8:7:1::1") as neighbour:
        assert (await neighbour.post("/api/v1/auth/login", json={})).status_code == 404


@pytest.mark.parametrize(
    ("peer", "said", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8::1", "2001:db8::77", "2001:db8::77"),
        ("10.0.0.1", "198.51.100.1, rubbish", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
async def test_only_trusted_proxies_say_whom_they_speak_for(edge: Edge, peer: str, said: str, address: str) -> None:
    async with edge.client(address=peer) as client:
        answer = await client.get("/api/v1/whence", headers={"X-Forwarded-For": said} if said else {})
        assert answer.json() == {"address": address}


async def test_limits_can_be_switched_off(start: Start) -> None:
    edge = await start(GatewayOptions(rate_limit=None, sign_in_limit=None))
    async with edge.client("ada") as ada:
        answers = await asyncio.gather(*(ada.get("/api/v1/notes") for _ in range(150)))
        assert {answer.status_code for answer in answers} == {200}
        assert "ratelimit" not in answers[0].headers


@pytest.mark.parametrize(("path", "status"), [("notes", 200), ("hello", 200), ("sync", 200), ("nothing", 404)])
async def test_a_client_that_means_somebody_else_is_told_so(edge: Edge, path: str, status: int) -> None:
    async with signed_in(edge, "ben") as ben:
        refused = await ben.get(f"/api/v1/{path}", headers={"Headway-Person": ADA})
        assert (refused.status_code, refused.json()["code"]) == (409, "other_person")
        for said in ({"Headway-Person": BEN}, {}):
            assert (await ben.get(f"/api/v1/{path}", headers=said)).status_code == status


async def test_nothing_is_written_or_told_for_whom_the_client_does_not_mean(edge: Edge) -> None:
    async with signed_in(edge, "ben") as ben, signed_in(edge, "gone") as gone:
        body = {"operations": [{"key": "1", "method": "POST", "path": "/notes", "body": {"title": "Ada's"}}]}
        assert (await ben.get("/api/v1/notes")).status_code == 200  # and is kept from now on
        for answer in (
            await ben.post("/api/v1/batch", json=body, headers={"Headway-Person": ADA}),
            await ben.get("/api/v1/notes", headers={"Headway-Person": ADA}),
            await ben.get(f"/api/v1/events?person={ADA}"),
        ):
            assert answer.json()["code"] == "other_person"
        # Whose session has ended is asked to renew it first.
        assert (await gone.get("/api/v1/notes", headers={"Headway-Person": ADA})).status_code == 401
    assert edge.feed.versions == {}
