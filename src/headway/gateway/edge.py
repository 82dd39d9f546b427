"""The thin lane in front of everything: what a request is, who asks, from where, how often, and may it come in."""

import re
import time
from collections.abc import Awaitable, Callable
from random import getrandbits
from typing import Final

from headway.gateway.address import Addresses
from headway.gateway.asgi import App, Headers, Message, Receive, Scope, Send
from headway.gateway.exchange import Exchange, attach
from headway.gateway.inputs import bearer_of
from headway.gateway.limits import Limiter
from headway.gateway.options import GatewayOptions
from headway.gateway.problems import answer_to
from headway.gateway.security import data_headers, page_headers
from headway.gateway.seen import both, said_by, shown_by
from headway.gateway.shared import ALONE, Shared
from headway.modules.auth.contracts import Authenticator
from headway.modules.auth.contracts.cookies import access_cookie
from headway.modules.auth.contracts.meant import check_person, meant_by
from headway.modules.auth.contracts.origin import check_same_origin
from headway.platform.actor import NOBODY, Actor
from headway.platform.clock import Clock
from headway.platform.positions import Versions
from headway.platform.problems import Unauthenticated
from headway.platform.web.addresses import counted_as

Pairs = list[tuple[bytes, bytes]]
Observe = Callable[[Exchange, int, float], None]
"""Told of each answered request: its status and how many seconds it took until its headers were sent."""

SIGN_IN: Final = "/api/v1/auth/"
OF_ANYBODY: Final = tuple(f"{SIGN_IN}{name}" for name in ("login", "register", "password-resets"))
"""What concerns the account that is named, whoever asks."""
RENEWING: Final = frozenset({"/api/v1/auth/refresh", "/api/v1/auth/logout"})
"""What browsers do by themselves while somebody is signed in."""

_REQUEST_ID: Final = re.compile(r"^[\w.-]{8,64}$")


class Edge:
    """Lets requests in, and completes the headers of their answers."""

    def __init__(
        self,
        inner: App,
        authenticator: Authenticator,
        clock: Clock,
        options: GatewayOptions,
        observe: Observe,
        shared: Shared = ALONE,
    ) -> None:
        self._inner = inner
        self._authenticator = authenticator
        self._options = options
        self._base = options.base_path
        self._cookie = access_cookie(options.public_url)
        self._addresses = Addresses(options.trusted_proxies)
        self._people = Limiter("people", options.rate_limit, clock, shared.windows) if options.rate_limit else None
        guesses = options.sign_in_limit
        self._guesses = Limiter("sign-in", guesses, clock, shared.windows) if guesses else None
        self._data_headers = data_headers(options)
        self._page_headers = page_headers(options)
        self._observe = observe
        self._positions = shared.positions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        exchange = self._exchange(scope)
        of_api = exchange.path.startswith("/api/")
        safety = self._data_headers if of_api else self._page_headers
        started = time.perf_counter()
        answered = False

        async def complete(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                await self._note(exchange, message["headers"])
                message["headers"] = _completed(message["headers"], exchange, safety)
                self._observe(exchange, message["status"], time.perf_counter() - started)
            elif exchange.head:
                message = {**message, "body": b""}
            await send(message)

        try:
            if of_api:
                await self._admit(exchange)
            attach(scope, exchange)
            inner = {**scope, "path": exchange.path, "root_path": "", "method": exchange.method}
            await self._inner(inner, receive, complete)
        except Exception as error:
            answer = answer_to(error, exchange.request_id)
            if answered:
                raise
            await answer.send(complete)

    def _exchange(self, scope: Scope) -> Exchange:
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
            if name in headers:
                value = f"{headers[name]}{'; ' if name == 'cookie' else ', '}{value}"
            headers[name] = value
        head = scope["method"] == "HEAD"
        path: str = scope["path"]
        if self._base and (path == self._base or path.startswith(self._base + "/")):
            path = path[len(self._base) :] or "/"
        return Exchange(
            request_id=self._request_id(scope, headers),
            method="GET" if head else scope["method"],
            head=head,
            path=path,
            query=scope["query_string"],
            address=self._addresses.of(scope, headers),
            headers=headers,
            cookies=_cookies(headers["cookie"]) if "cookie" in headers else {},
        )

    def _request_id(self, scope: Scope, headers: dict[str, str]) -> str:
        """A proxy's own id for the request, where the proxy is trusted; otherwise a new one."""
        given = headers.get("x-request-id")
        client = scope.get("client")
        if given and client and self._addresses.trusts(client[0]) and _REQUEST_ID.match(given):
            return given
        return f"{getrandbits(128):032x}"  # a name, no secret: to ask the system for randomness is a call to it

    async def _admit(self, exchange: Exchange) -> None:
        """Authenticate and count, or raise what refuses the request."""
        token = bearer_of(exchange.headers)
        if token is not None:
            actor = await self._find(token)
        else:
            cookie = exchange.cookies.get(self._cookie)
            actor = (await self._find(cookie) if cookie else None) or NOBODY
        remembered = self._ask_position(exchange, actor)  # goes to Redis together with the count
        exchange.counted = await self._count(exchange, actor)
        if actor is None:
            raise Unauthenticated(
                "invalid_token",
                "This token is not valid, or no longer.",
                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
            )
        if token is None:
            check_same_origin(exchange.method, exchange.headers, self._options.public_url)
        check_person(actor.user_id, meant_by(exchange.headers))
        exchange.actor = actor
        exchange.needs = said_by(exchange.headers.get("headway-seen"))
        if remembered is not None:
            exchange.needs = both(exchange.needs, await remembered)

    def _ask_position(self, exchange: Exchange, actor: Actor | None) -> Awaitable[Versions] | None:
        if self._positions is None or actor is None or actor.credential_id is None or exchange.method != "GET":
            return None
        return self._positions.ask(actor.credential_id)

    async def _note(self, exchange: Exchange, headers: Pairs) -> None:
        """Before anything of the answer is sent, so that the next request will be told."""
        credential = exchange.actor.credential_id
        if self._positions is not None and credential is not None:
            shown = shown_by(exchange, headers)
            if shown:
                await self._positions.note(credential, shown)

    async def _count(self, exchange: Exchange, actor: Actor | None) -> Headers:
        """One that is signed in is counted by person, all others by address."""
        counted: Headers = ()
        if self._people is not None:
            person = actor.user_id if actor else None
            counted = await self._people.count(person or counted_as(exchange.address))
        if self._guesses is not None and _could_guess(exchange, actor):
            counted = await self._guesses.count(counted_as(exchange.address))
        return counted

    async def _find(self, credential: str) -> Actor | None:
        return self._authenticator.remembered(credential) or await self._authenticator.authenticate(credential)


def _could_guess(exchange: Exchange, actor: Actor | None) -> bool:
    """Whether passwords, codes or addresses could be tried out here: registration, sign-in, reset, confirmation.

    To be signed in gives no more tries at other people's accounts.
    """
    if exchange.method in ("GET", "OPTIONS") or not exchange.path.startswith(SIGN_IN):
        return False
    return exchange.path.startswith(OF_ANYBODY) or (actor is NOBODY and exchange.path not in RENEWING)


def _completed(headers: Pairs, exchange: Exchange, safety: Headers) -> Pairs:
    """The answer's own headers win over those that the edge adds to every answer."""
    own = {name for name, _ in headers}
    more = [pair for pair in (*safety, *exchange.counted) if pair[0] not in own]
    return [*headers, *more, (b"x-request-id", exchange.request_id.encode())]


def _cookies(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value.strip('"') for name, _, value in pairs if name}
