"""The router, made from the modules' tables: Litestar finds the route, one generic handler runs it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from headway.changes.writes import Write
from headway.gateway.asgi import App, Receive, Scope, Send
from headway.gateway.backend import Backend
from headway.gateway.exchange import exchange_of
from headway.gateway.handlers import Handler, endpoint_handler, locations, read_handler, write_handler
from headway.gateway.inputs import Template
from headway.gateway.permissions import check_actor
from headway.gateway.problems import MethodNotAllowed, NoSuchPath, answer_to
from headway.platform.problems import Invalid, Problem
from headway.platform.web.routes import Endpoint, Read, Route

API: Final = "/api/v1"

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's user, auth and state, of which none is used


def build_router(routes: Sequence[Route], backend: Backend) -> App:
    """A Litestar application that answers the routes below /api/v1; ValueError when two of them collide."""
    created = locations(routes, backend.options.base_path + API)
    taken: set[tuple[str, str]] = set()
    handlers = []
    for route in routes:
        template = Template.of(route.path)
        if (route.method, template.shape) in taken:
            raise ValueError(f"two routes for {route.method} {route.path}")
        taken.add((route.method, template.shape))
        handlers.append(_mount(route, template, handler_for(route, backend, created)))
    app = Litestar(
        route_handlers=handlers,
        openapi_config=None,
        logging_config=None,
        exception_handlers={HTTPException: _refuse},
    )
    return cast("App", app)


def handler_for(route: Route, backend: Backend, created: Mapping[str, str]) -> Handler:
    """The handler for a route of any sort."""
    match route:
        case Read():
            return read_handler(route, backend)
        case Write():
            return write_handler(route, backend, created.get(route.path))
        case Endpoint():
            return endpoint_handler(route, backend)
        case _:
            raise TypeError(f"{route.method} {route.path} is no Read, Write or Endpoint")


def _mount(route: Route, template: Template, handler: Handler) -> HTTPRouteHandler:
    pieces = template.shape.split("{}")
    numbered = "".join(f"{piece}{{p{index}:str}}" for index, piece in enumerate(pieces[:-1])) + pieces[-1]

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchange_of(scope)
        exchange.route = API + route.path
        try:
            check_actor(route, exchange.actor)
            path = template.bind(tuple(scope["path_params"].values()))
            answer = await handler(exchange, receive, path)
        except Exception as error:  # noqa: BLE001 - whatever happens, the person gets an answer and the log the rest
            answer = answer_to(error, exchange.request_id)
        await answer.send(send)

    async def found(request: AnyRequest) -> ASGIApp:
        return cast("ASGIApp", handle)

    return HTTPRouteHandler(API + numbered, http_method=route.method, status_code=200)(found)


def _refuse(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What Litestar itself refuses: an unknown path, a method that the path lacks, a malformed Host."""
    exchange = exchange_of(cast("Scope", request.scope))
    problem: Problem = NoSuchPath()
    if isinstance(error, MethodNotAllowedException):
        methods = {*(error.headers or {}).get("allow", "").split(", ")} - {"OPTIONS"}
        problem = MethodNotAllowed(", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set()))))
    elif error.status_code == 400:
        problem = Invalid("invalid_request", error.detail)
    answer = answer_to(problem, exchange.request_id)
    headers = {name.decode(): value.decode() for name, value in answer.headers}
    return Response(cast("bytes", answer.body), status_code=answer.status, headers=headers)
