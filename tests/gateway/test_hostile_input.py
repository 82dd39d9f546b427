"""Whatever is sent to any route: never a 500, always a problem that says what is wrong, and nothing changed."""

import json
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
import pytest

from headway.gateway.inputs import Template
from headway.platform.web.routes import Endpoint, Route
from tests.gateway.house import House, furnished, nothing_is_kept
from tests.gateway.sensible import path_of, query_of

SAMPLE = 25
"""Requests to one route in a short run; a long one sends all."""

VALUES: tuple[Any, ...] = (  # Any: JSON of every type
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    " ",
    "a\x00b",
    "a\u202eb",
    "e" + "\u0301" * 200,
    "x" * 200_000,
    [],
    [None],
    ["x"] * 5000,
    {},
    {"$ne": 1},
    "2026-02-30",
    "25:61",
    "Mars/Olympus",
    "FREQ=SECONDLY;INTERVAL=0",
    "../../etc/passwd",
    "' OR 1=1 --",
)
BODIES: tuple[bytes, ...] = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"\xff\xfe{}",
    b'{"title": "\xc3\x28"}',
    b'{"title": "\\ud800", "name": "\\udfff"}',
    b'{"a":' * 50_000,
    b"[" * 100_000,
    b'{"surprise": 1}',
    b'{"title": NaN}',
    b" " * (9 << 20),
)
QUERIES: tuple[str, ...] = (
    "",
    "%00",
    "%ff",
    "x" * 5000,
    "null",
    "-1",
    "1e309",
    "9" * 40,
    "..",
    "%F0%9F%92%A9",
    "a,b",
    "[]",
)
SEGMENTS: tuple[str, ...] = ("x", "%00", "%ff", "a" * 3000, "..", "%2e%2e", "0" * 36, "%20", "' OR 1=1", "{id}", "me")
HEADERS: tuple[dict[str, str | bytes], ...] = (
    {"If-Match": "x"},
    {"If-Match": '"' + "9" * 40 + '"'},
    {"If-Match": '"1", "2"'},
    {"Idempotency-Key": "x" * 5000},
    {"Idempotency-Key": "a b"},
    {"If-None-Match": b"\x80" * 10},
    {"Headway-Seen": "=;,=" * 200},
    {"Range": "bytes=9-1,-,5"},
    {"Content-Type": "text/html"},
    {"Content-Type": "application/json; charset=utf-16"},
    {"Accept-Language": b"\x80, ;q=x"},
    {"X-Forwarded-For": "x, ' OR 1=1"},
    {"Last-Event-ID": "x"},
)


@dataclass
class Attack:
    """One request: what replaces what would make sense."""

    path: str
    options: dict[str, Any] = field(default_factory=dict)  # Any: httpx's own options


def attacks(house: House, route: Route) -> Iterator[Attack]:
    """Everything that a route is sent."""
    sensible = path_of(route, house.open)
    for value in QUERIES:
        for name in ("surprise", *_names(route.query)):
            yield Attack(f"{sensible}?{name}={value}", {"params": None})
    names = Template.of(route.path).names
    for place in names:
        for segment in SEGMENTS:
            yield Attack(path_of(route, {**house.open, place: quote(segment, safe="%")}))
    yield from (Attack(sensible, {"headers": headers}) for headers in HEADERS)
    if isinstance(route, Endpoint) and route.upload is not None:
        return
    for raw in BODIES:
        yield Attack(sensible, {"content": raw, "json": None, "headers": {"Content-Type": "application/json"}})
    if route.body is not None:
        body = house.body_of(route, house.open)
        for name in ("surprise", *_names(route.body)):
            for value in VALUES:
                raw = json.dumps({**body, name: value}).encode()
                yield Attack(sensible, {"content": raw, "json": None, "headers": {"Content-Type": "application/json"}})


def _names(kind: type[msgspec.Struct] | None) -> list[str]:
    return [] if kind is None else [each.encode_name for each in msgspec.structs.fields(kind)]


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with furnished(tmp_path_factory.mktemp("house") / "data") as furnished_house:
        yield furnished_house


SEVERAL_STEPS = frozenset({"/auth/register"})
"""Several transactions of which each needs the one before, so undoing each lets the next one fail."""


@pytest.mark.parametrize("part", range(4))
async def test_no_input_breaks_a_route_or_changes_anything_when_it_is_refused(
    house: House, part: int, long_run: bool
) -> None:
    dice = random.Random(7)
    wrong: list[str] = []
    for route in [each for each in house.routes if each.path != "/events"][part::4]:
        everything = list(attacks(house, route))
        for attack in everything if long_run else dice.sample(everything, min(SAMPLE, len(everything))):
            answer, changed = await _send(house, route, attack)
            fault = _fault(answer, [] if route.path in SEVERAL_STEPS else changed)
            if fault:
                asked = f"{route.method} {attack.path[:200]} {str(attack.options)[:200]}"
                wrong.append(f"{fault}: {asked}: {answer.status_code} {answer.text[:300]}")
    assert wrong == []


async def _send(house: House, route: Route, attack: Attack) -> tuple[httpx.Response, list[str]]:
    """The answer, and the streams that it would have changed. Afterwards everything, cookies too, is as it was."""
    client = house.roles["root" if route.needs == "instance:admin" else "owner"]
    cookies = list(client.cookies.jar)
    options = {"params": query_of(route, house.open), **attack.options}
    with nothing_is_kept(house.product) as changed:
        answer = await house.ask(client, route, house.open, url=attack.path, **options)
    client.cookies.jar.clear()
    for cookie in cookies:
        client.cookies.jar.set_cookie(cookie)
    return answer, changed


def _fault(answer: httpx.Response, changed: list[str]) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if answer.status_code >= 500:
        return "broke"
    if answer.status_code < 400:
        return ""
    if answer.headers["content-type"] != "application/problem+json":
        return "no problem"
    problem = answer.json()
    if problem["status"] != answer.status_code or not problem["detail"] or not problem["code"]:
        return "says nothing"
    return f"changed {changed}" if changed else ""
