"""The whole document."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from headway.changes.contracts import Entry
from headway.changes.work import Kind
from headway.gateway.openapi.operations import operation_of, path_of
from headway.gateway.openapi.schemas import Schema, Schemas
from headway.gateway.options import GatewayOptions
from headway.modules.auth.contracts.cookies import access_cookie
from headway.platform.web.routes import Route

INTRODUCTION: Final = """\
Task management for teams. Lists are `{"items": [...], "next_cursor": ...}`. Every object has a `version`, which is also
its ETag. Writes take `Idempotency-Key`, so that they can be repeated after a failure, and answer `Headway-Version`,
which a client may echo as `Headway-Seen` to read its own writes. Refusals are `application/problem+json` with a stable
`code`.

Sign in with a personal token (`Authorization: Bearer ...`) or, in a browser, with the session's cookie. A client that
keeps one person's data says whose it takes a request to be by `Headway-Person` and that person's id: once somebody else
is signed in there, it is answered 409 `other_person`, and nothing is done."""


def document_of(routes: Sequence[Route], kinds: Sequence[Kind[Any]], options: GatewayOptions) -> Schema:
    """OpenAPI 3.1 for these routes; `kinds` are what entries of the log tell of. Any: kinds of different rows."""
    schemas = Schemas(_types(routes))
    paths: dict[str, Schema] = {}
    for route in routes:
        paths.setdefault(path_of(route), {})[route.method.lower()] = operation_of(route, schemas)
    told = schemas.describe_kinds(kinds)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Headway", "version": options.version or "0", "description": INTRODUCTION},
        "servers": [{"url": options.base_path + "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "A personal token."},
                "cookie": {"type": "apiKey", "in": "cookie", "name": access_cookie(options.public_url)},
            },
        },
        "x-entry-kinds": told,
    }


def encoded(document: Schema) -> bytes:
    """The document as it is served, the same every time."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def _types(routes: Sequence[Route]) -> list[Any]:
    """Every type that is sent or received, each once. Any: type expressions."""
    found: dict[str, Any] = {repr(Entry): Entry}
    for route in routes:
        for kind in (route.body, route.query, route.answer):
            if kind is not None:
                found[repr(kind)] = kind
    return list(found.values())
