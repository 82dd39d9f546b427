"""What the description says is what the API does: schemathesis tries every operation with all its checks."""

import contextlib
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.gateway.served import Served, served

CASES = 2
"""Requests of each sort to each operation in a short run."""
LONG_CASES = 100
ENDLESS = "/events"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def operations(server: Served) -> list[Any]:  # Any: schemathesis' operations
    """Every operation but the endless one, its path parameters being ids of objects that are there."""
    document = requests.get(f"{server.url}/api/v1/openapi.json", timeout=60).json()
    for by in document["paths"].values():
        for operation in by.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "path":
                    ids = {server.house.open[parameter["name"]], server.house.private[parameter["name"]]}
                    parameter["schema"] = {"enum": sorted(ids)}
    schema = schemathesis.openapi.from_dict(document)
    found: list[Any] = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    return [operation for operation in found if operation.path != ENDLESS]


ELSEWHERE = {
    "DELETE /users/me": "the last owner of a team is not let go, others are: tests/users/test_leaving.py",
    "POST /auth/register": "several transactions, of which each needs the one before: tests/auth",
    "PUT /auth/password-resets": "the token comes by mail: tests/auth",
    "POST /auth/email/confirmation": "the token comes by mail: tests/auth",
    "PUT /auth/totp/confirmation": "needs a code of a second factor: tests/auth",
    "POST /auth/totp/recovery-codes": "needs a code of a second factor: tests/auth",
    "GET /notifications/unsubscribe/{token}": "the token comes by mail: tests/notifications",
    "POST /notifications/unsubscribe/{token}": "the token comes by mail: tests/notifications",
    "POST /admin/jobs/{job_id}/retry": "needs a job that has failed for good: tests/platform",
}
"""What one request cannot bring to succeed, and where it is brought to."""


def test_a_request_that_makes_sense_succeeds_and_its_answer_is_as_described(
    server: Served, operations: list[Any]
) -> None:
    house = server.house
    by_label = {operation.label: operation for operation in operations}
    failed: dict[str, str] = {}
    for route in house.routes:
        operation = by_label.get(f"{route.method} {route.path.replace(':str', '')}")
        if operation is None:
            continue
        browser = house.roles["root" if route.needs == "instance:admin" else "owner"]
        cookies = {cookie.name: cookie.value or "" for cookie in browser.cookies.jar}
        asked = house.asked(route, house.open)
        url = f"{server.url}/api/v1{asked.pop('url')}"
        answer = requests.request(
            route.method, url, cookies=cookies, data=asked.pop("content", None), timeout=60, **asked
        )
        if answer.ok:
            operation.validate_response(answer)
        else:
            failed[operation.label] = f"{answer.status_code} {answer.text}"
    assert {label: told for label, told in failed.items() if label not in ELSEWHERE} == {}
    assert failed.keys() == ELSEWHERE.keys()


@pytest.mark.timeout(590)  # thousands of requests take their time on a busy machine
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_is_as_described(
    server: Served, operations: list[Any], mode: GenerationMode, long_run: bool
) -> None:
    wrong: dict[str, str] = {}
    assert len(operations) == len(server.house.routes) - 1
    for operation in operations:
        try:
            _try(operation, mode, server, LONG_CASES if long_run else CASES)
        except (Exception, BaseExceptionGroup) as failure:  # noqa: BLE001 - all that is wrong is told at once
            wrong[operation.label] = "".join(traceback.format_exception_only(failure))[:2000]
    assert not wrong, "\n\n".join(f"{label}\n{told}" for label, told in wrong.items())


def _try(operation: Any, mode: GenerationMode, server: Served, cases: int) -> None:  # Any: as above
    """All checks, but that what fits the schema must succeed: If-Match, cursors and rules that span fields may refuse.

    Asked in its place: no field that is described is refused as unknown, none that may be left out as missing.
    """
    token = server.root if operation.definition.raw["x-needs"] == "instance:admin" else server.owner

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: Any) -> None:
        answer = case.call(base_url=f"{server.url}/api/v1", headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])
        if mode is GenerationMode.POSITIVE and answer.status_code == 400:
            codes = {error["code"] for error in answer.json()["errors"]}
            assert not codes & {"unknown_field", "missing_field"}, f"described, but refused: {answer.text}"

    with contextlib.suppress(Unsatisfiable):  # there is no wrong way to ask for what takes no input
        check()
