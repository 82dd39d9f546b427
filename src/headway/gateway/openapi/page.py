"""/docs: the document as one page that needs no script."""

from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from typing import Final

import msgspec

from headway.gateway.asgi import Answer
from headway.gateway.exchange import Exchange
from headway.gateway.openapi.document import encoded
from headway.gateway.openapi.schemas import Schema
from headway.gateway.site import Page

STYLE: Final = b"""\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
nav ul { columns: 3 12rem; padding: 0; list-style: none; }
details { border-top: 1px solid #8884; padding: 0.5rem 0; }
summary { cursor: pointer; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
pre { overflow: auto; padding: 0.75rem; background: #8881; border-radius: 6px; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8882; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
"""


def docs_pages(describe: Callable[[], Schema], base_path: str) -> dict[str, Page]:
    """The pages by path: the document itself, and one for people. They are made when first asked for."""
    described = cache(describe)
    return {
        "/api/v1/openapi.json": _made_once(lambda: encoded(described()), b"application/json"),
        "/docs": _made_once(lambda: "".join(_html(described(), base_path)).encode(), b"text/html; charset=utf-8"),
        "/docs/style.css": _made_once(lambda: STYLE, b"text/css; charset=utf-8"),
    }


def _made_once(make: Callable[[], bytes], media_type: bytes) -> Page:
    @cache
    def answer() -> Answer:
        return Answer(200, make(), ((b"content-type", media_type), (b"cache-control", b"no-cache")))

    async def page(_exchange: Exchange) -> Answer:
        return answer()

    return page


def _html(document: Schema, base_path: str) -> Iterator[str]:
    info = document["info"]
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])} API</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<link rel="stylesheet" href="{escape(base_path)}/docs/style.css"></head><body>'
    yield f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1>"
    yield from (f"<p>{escape(part)}</p>" for part in info["description"].split("\n\n"))
    yield f'<p><a href="{escape(base_path)}/api/v1/openapi.json">openapi.json</a></p>'
    operations = [(path, method, each) for path, by in document["paths"].items() for method, each in by.items()]
    tags = sorted({each["tags"][0] for _, _, each in operations})
    yield "<nav><ul>" + "".join(f'<li><a href="#{escape(tag)}">{escape(tag)}</a></li>' for tag in tags)
    yield '<li><a href="#schemas">schemas</a></li></ul></nav>'
    for tag in tags:
        yield f'<h2 id="{escape(tag)}">{escape(tag)}</h2>'
        for path, method, each in operations:
            if each["tags"][0] == tag:
                yield from _operation(path, method, each)
    yield '<h2 id="schemas">Schemas</h2>'
    for name, schema in sorted(document["components"]["schemas"].items()):
        yield f'<details id="schema-{escape(name)}"><summary><code>{escape(name)}</code></summary>'
        yield f"{_json(schema)}</details>"
    yield "</body></html>"


def _operation(path: str, method: str, operation: Schema) -> Iterator[str]:
    yield f'<details id="{escape(operation["operationId"])}"><summary><code>'
    yield f'<span class="method">{method.upper()}</span> {escape(path)}</code> {escape(operation["summary"])}</summary>'
    yield f"<p>{escape(operation.get('description', ''))}</p><p>Needs: <code>{escape(operation['x-needs'])}</code></p>"
    if operation["parameters"]:
        yield "<table><tr><th>Parameter</th><th>In</th><th>Schema</th></tr>"
        for each in operation["parameters"]:
            schema = escape(msgspec.json.encode(each["schema"]).decode())
            yield f"<tr><td><code>{escape(each['name'])}</code></td><td>{each['in']}</td>"
            yield f"<td><code>{schema}</code></td></tr>"
        yield "</table>"
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<h4>Body ({escape(media)})</h4>{_reference(content['schema'])}{_json(content.get('example'))}"
    yield "<table><tr><th>Status</th><th>Meaning</th><th>Body</th></tr>"
    for status, response in operation["responses"].items():
        bodies = "".join(_reference(content["schema"]) for content in response.get("content", {}).values())
        yield f"<tr><td>{status}</td><td>{escape(response['description'])}</td><td>{bodies}</td></tr>"
    yield "</table></details>"


def _reference(schema: Schema) -> str:
    name = schema.get("$ref", "").rpartition("/")[2]
    return f'<a href="#schema-{escape(name)}"><code>{escape(name)}</code></a>' if name else _json(schema)


def _json(value: object) -> str:
    return (
        ""
        if value is None
        else f"<pre>{escape(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())}</pre>"
    )
