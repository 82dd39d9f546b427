"""The thin lane in front of everything: who asks, from where, and may they."""

from uuid import uuid4

from headway.gateway.asgi import App, Message, Receive, Scope, Send
from headway.gateway.exchange import Exchange, attach
from headway.gateway.options import GatewayOptions
from headway.gateway.problems import answer_to
from headway.modules.auth.contracts import Authenticator
from headway.modules.auth.contracts.cookies import access_cookie
from headway.platform.actor import NOBODY, Actor
from headway.platform.problems import Unauthenticated


class Edge:
    """Lets requests in."""

    def __init__(self, inner: App, authenticator: Authenticator, options: GatewayOptions) -> None:
        self._inner = inner
        self._authenticator = authenticator
        self._base = options.base_path
        self._cookie = access_cookie(options.public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        exchange = self._exchange(scope)

        head = scope["method"] == "HEAD"

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-request-id", exchange.request_id.encode()))
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            exchange.actor = await self._actor(exchange)
        except Exception as error:  # noqa: BLE001 - as in routing
            await answer_to(error, exchange.request_id).send(send_more)
            return
        attach(scope, exchange)
        scope["path"] = exchange.path
        scope["method"] = exchange.method
        scope["root_path"] = ""
        await self._inner(scope, receive, send_more)

    def _exchange(self, scope: Scope) -> Exchange:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path = scope["path"]
        if self._base and (path == self._base or path.startswith(self._base + "/")):
            path = path[len(self._base) :] or "/"
        cookies = _cookies(headers.get("cookie", ""))
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        address = (scope.get("client") or ("", 0))[0]
        return Exchange(uuid4().hex, method, path, scope["query_string"], address, headers, cookies)

    async def _actor(self, exchange: Exchange) -> Actor:
        bearer = exchange.headers.get("authorization", "")
        if bearer[:7].lower() == "bearer ":
            actor = await self._find(bearer[7:].strip())
            if actor is None:
                raise Unauthenticated("invalid_token", "This token is not valid.")
            return actor
        cookie = exchange.cookies.get(self._cookie)
        return (await self._find(cookie) if cookie else None) or NOBODY

    async def _find(self, credential: str) -> Actor | None:
        return self._authenticator.remembered(credential) or await self._authenticator.authenticate(credential)


def _cookies(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value.strip('"') for name, _, value in pairs if name}
