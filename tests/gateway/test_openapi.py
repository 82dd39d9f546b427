"""The description of the API says what the tables say."""

import html
import re

import jsonschema_rs

from headway.gateway.options import GatewayOptions
from tests.gateway.conftest import Edge, Start
from tests.gateway.notes import ROUTES

OWN = {"/batch", "/events", "/sync"}


async def test_every_route_is_described_once(edge: Edge) -> None:
    async with edge.client() as nobody:
        document = (await nobody.get("/api/v1/openapi.json")).json()
    described = {(method.upper(), path) for path, by in document["paths"].items() for method in by}
    assert described - {(method, path) for method, path in described if path in OWN} == {
        (route.method, route.path) for route in ROUTES
    }
    names = [each["operationId"] for by in document["paths"].values() for each in by.values()]
    assert len(names) == len(set(names))


async def test_every_example_fits_its_schema(edge: Edge) -> None:
    async with edge.client() as nobody:
        document = (await nobody.get("/api/v1/openapi.json")).json()
    components = document["components"]["schemas"]
    checked = 0
    for by in document["paths"].values():
        for operation in by.values():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is not None:
                name = content["schema"]["$ref"].rpartition("/")[2]
                schema = {**components[name], "components": {"schemas": components}}
                jsonschema_rs.validator_for(schema).validate(content["example"])
                checked += 1
    assert checked == len([route for route in ROUTES if route.body]) + 1


async def test_the_page_shows_every_operation_without_a_script(start: Start) -> None:
    edge = await start(GatewayOptions(public_url="http://localhost:8000/team"))
    async with edge.client() as nobody:
        page = (await nobody.get("/team/docs")).text
        for link in re.findall(r'href="(/[^"]+)"', page):
            assert (await nobody.get(link)).status_code == 200
    for route in ROUTES:
        assert html.escape((route.act.__doc__ or "").splitlines()[0]) in page
    assert "<script" not in page
    assert "style=" not in page
