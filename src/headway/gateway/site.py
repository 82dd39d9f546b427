"""Which part of the edge answers which path."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from headway.gateway.asgi import Answer, App, Receive, Scope, Send
from headway.gateway.exchange import Exchange, exchange_of
from headway.gateway.problems import MethodNotAllowed

Page = Callable[[Exchange], Awaitable[Answer]]
"""Answers a GET."""


@dataclass(frozen=True, slots=True)
class Site:
    """`pages` and `streams` have whole paths, `api` has all below /api/, `files` the rest."""

    pages: Mapping[str, Page]
    streams: Mapping[str, App]
    api: App
    files: Page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request that the edge has let in."""
        exchange = exchange_of(scope)
        path = exchange.path
        if path in self.streams:
            await self.streams[path](scope, receive, send)
        elif path in self.pages:
            exchange.route = path
            await _answer(self.pages[path], exchange, send)
        elif path.startswith("/api/"):
            await self.api(scope, receive, send)
        else:
            exchange.route = "files"
            await _answer(self.files, exchange, send)


async def _answer(page: Page, exchange: Exchange, send: Send) -> None:
    if exchange.method != "GET":
        raise MethodNotAllowed("GET, HEAD")
    answer = await page(exchange)
    await answer.send(send)
