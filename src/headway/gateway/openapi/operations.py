"""One route as an OpenAPI operation."""

import inspect
import re
from typing import Any, Final

from headway.changes.writes import Write
from headway.gateway.openapi.schemas import SAMPLE_ID, Schema, Schemas, without_null
from headway.platform.ids import ID_PATTERN
from headway.platform.web.routes import Endpoint, Read, Route

_PLACE: Final = re.compile(r"\{(?P<name>\w+)(?P<text>:str)?\}")
MOVED: Final = "moved"
"""The code of routes that answer 308 for what stands elsewhere now."""

PROBLEMS: Final = {
    308: "It has moved; Location and `task_id` say where to.",
    400: "The input cannot be taken; `errors` names the fields.",
    401: "Nobody is signed in, or the token is not valid.",
    403: "The caller may not do this, or the token lacks the scope.",
    404: "There is no such object that the caller may see.",
    409: "The state of things does not allow it now.",
    412: "If-Match named another version.",
    413: "The body is too large.",
    415: "The body has another content type.",
    429: "Too many requests; Retry-After says when to come back.",
    503: "Storage is away or overloaded; nothing was changed.",
}
_TOLD: Final = {
    "X-Request-Id": "Names the request in the server's log.",
    "RateLimit": "How many requests are left, and for how long (draft-ietf-httpapi-ratelimit-headers-11).",
    "RateLimit-Policy": "The limit that counted.",
}


def path_of(route: Route) -> str:
    """The path as OpenAPI writes it."""
    return _PLACE.sub(r"{\g<name>}", route.path)


def operation_of(route: Route, schemas: Schemas) -> Schema:
    """The operation."""
    summary, _, description = inspect.cleandoc(route.act.__doc__ or "").partition("\n\n")
    operation: Schema = {
        "operationId": f"{route.method.lower()}{_PLACE.sub(lambda place: place['name'], route.path).replace('/', '_')}",
        "tags": [route.tag],
        "summary": " ".join(summary.split()),
        "parameters": [*_path_parameters(route), *_query_parameters(route, schemas), *_header_parameters(route)],
        "responses": _responses(route, schemas),
        "security": [] if route.needs == "public" else [{"bearer": []}, {"cookie": []}],
        "x-needs": route.needs,
    }
    if description:
        operation["description"] = description
    body = _body(route, schemas)
    if body:
        operation["requestBody"] = body
    return operation


def _path_parameters(route: Route) -> list[Schema]:
    return [
        {
            "name": place["name"],
            "in": "path",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": 200}
            if place["text"]
            else {"type": "string", "pattern": ID_PATTERN},
            "example": "x" if place["text"] else SAMPLE_ID,
        }
        for place in _PLACE.finditer(route.path)
    ]


def _query_parameters(route: Route, schemas: Schemas) -> list[Schema]:
    if route.query is None:
        return []
    schema = schemas.resolved(schemas.of(route.query))
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": without_null(each)}
        for name, each in schema.get("properties", {}).items()
    ]


def _header_parameters(route: Route) -> list[Schema]:
    if not isinstance(route, Write):
        return []
    key = {"type": "string", "pattern": r"^[\x21-\x7e]{1,128}$"}
    version = {"type": "string", "pattern": r'^"[0-9]{1,18}"$'}
    wanted = [("Idempotency-Key", key, "A repeat with the same key answers what the first did, and changes nothing.")]
    if "{" in route.path:
        wanted.append(("If-Match", version, "Do it only if the object is at this version."))
    return [
        {"name": name, "in": "header", "required": False, "schema": schema, "description": meaning}
        for name, schema, meaning in wanted
    ]


def _body(route: Route, schemas: Schemas) -> Schema | None:
    if isinstance(route, Endpoint) and route.upload is not None:
        return {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    if route.body is None:
        return None
    schema = schemas.of(route.body)
    required = bool(schemas.resolved(schema).get("required"))
    content = {"schema": schema, "example": schemas.example(schema)}
    return {"required": required, "content": {"application/json": content}}


def _responses(route: Route, schemas: Schemas) -> Schema:
    responses: Schema = {str(route.status): _success(route, schemas)}
    if isinstance(route, Read):
        responses["304"] = {"description": "If-None-Match named the present ETag.", "headers": _headers("ETag")}
    for status in sorted(_problem_statuses(route)):
        headers = _headers(*_HEADERS.get(status, ()))
        responses[str(status)] = {
            "description": PROBLEMS[status] + _codes(route, status),
            "headers": headers,
            "content": {"application/problem+json": {"schema": schemas.problem}},
        }
    return responses


def _success(route: Route, schemas: Schemas) -> Schema:
    names = ["ETag"] if isinstance(route, Read) else []
    if isinstance(route, Write):
        names = ["Headway-Version", "Headway-Action", *(["Location"] if route.status == 201 else [])]
    response: Schema = {"description": "Done.", "headers": _headers(*names)}
    if route.answer is not None:
        media = route.media_type if isinstance(route, Endpoint) else "application/json"
        response["content"] = {media: {"schema": schemas.of(route.answer)}}
    elif isinstance(route, Endpoint) and route.status == 200:
        response["content"] = {route.media_type: {"schema": {"type": "string", "format": "binary"}}}
    return response


def _problem_statuses(route: Route) -> set[int]:
    statuses = {400, 401, 429, 503}
    if MOVED in route.codes:
        statuses.add(308)
    if route.needs != "public" or route.method != "GET":
        statuses.add(403)
    if "{" in route.path or route.body or route.query:
        statuses.add(404)
    if route.method != "GET":
        statuses.add(409)
    if isinstance(route, Write):
        statuses.add(412)
    if route.method != "GET":
        statuses |= {413, 415}
    return statuses


_HEADERS: Final = {308: ("Location",), 429: ("Retry-After",)}


def _codes(route: Route, status: int) -> str:
    """Codes beyond the common ones are told with 409, where nearly all of them belong."""
    return f" Codes: {', '.join(route.codes)}." if status == 409 and route.codes else ""


def _headers(*names: str) -> dict[str, Any]:  # Any: OpenAPI header objects
    own = {name: {"schema": {"type": "string"}} for name in names}
    return {**own, **{name: {"schema": {"type": "string"}, "description": told} for name, told in _TOLD.items()}}
