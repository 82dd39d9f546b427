"""Bodies that never come to an end hold neither memory nor a connection for ever."""

import asyncio

import pytest

from headway.gateway import inputs
from headway.gateway.asgi import Message
from headway.gateway.exchange import Exchange
from headway.gateway.inputs import body_of, pieces_of, read_body
from headway.gateway.problems import TooSlow
from headway.platform.problems import TooLarge

pytestmark = pytest.mark.anyio


def asked(**headers: str) -> Exchange:
    return Exchange("id", "POST", head=False, path="/x", query=b"", address="10.0.0.1", headers=headers)


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def test_a_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "BODY_SECONDS", 0.0)
    with pytest.raises(TooSlow):
        await read_body(asked(), never, 100)


async def test_a_file_that_stops_coming_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "BODY_SECONDS", 0.0)
    with pytest.raises(TooSlow):
        [piece async for piece in pieces_of(asked(), never, 100)]


async def test_where_no_body_belongs_little_is_read() -> None:
    async def large() -> Message:
        return {"type": "http.request", "body": b" " * 2000, "more_body": True}

    with pytest.raises(TooLarge):
        await body_of(asked(), large, None, 1 << 20)
