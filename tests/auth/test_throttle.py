"""How often somebody may guess."""

import asyncio
from pathlib import Path

import pyotp
import pytest

from headway.modules.auth.service.throttle import FailureLimit, Throttle
from headway.modules.auth.wiring import AuthOptions
from headway.platform.ids import new_id
from headway.platform.moving_window import MovingWindow
from headway.platform.problems import TooMany
from tests.auth.place import LOCAL, PASSWORD, Place, code_of, open_place

pytestmark = pytest.mark.anyio

LIMIT = FailureLimit(3, 60)


def throttle(limit: FailureLimit | None = LIMIT) -> Throttle:
    return Throttle(limit)


async def fail(guesses: Throttle, account: str = "ann", address: str = "10.0.0.1") -> None:
    async with guesses.attempt(account=account, address=address):
        pass


async def succeed(guesses: Throttle, account: str = "ann") -> None:
    async with guesses.attempt(account=account, address="10.0.0.1") as attempt:
        attempt.succeeded()


async def test_after_so_many_failures_an_account_must_wait() -> None:
    guesses = throttle()
    for number in range(3):
        await fail(guesses, address=f"10.0.0.{number}")
    with pytest.raises(TooMany) as refused:
        await fail(guesses, address="10.0.0.9")
    assert refused.value.code == "too_many_failures"
    assert 0 < int(refused.value.headers["Retry-After"]) <= 61
    await succeed(guesses, "ben")


async def test_after_five_times_as_many_failures_an_address_must_wait() -> None:
    guesses = throttle()
    for number in range(15):
        await fail(guesses, account=f"somebody-{number}")
    with pytest.raises(TooMany):
        await fail(guesses, account="anybody")
    await fail(guesses, account="anybody", address="10.0.0.2")


async def test_a_success_forgets_the_accounts_failures_but_an_unfinished_attempt_does_not() -> None:
    guesses = throttle()
    await fail(guesses)
    await fail(guesses)
    async with guesses.attempt(account="ann", address="10.0.0.1") as attempt:
        attempt.unfinished()
    await succeed(guesses)
    await fail(guesses)
    await fail(guesses)
    async with guesses.attempt(account="ann", address="10.0.0.1") as attempt:
        attempt.unfinished()
    await fail(guesses)
    with pytest.raises(TooMany):
        await succeed(guesses)


async def test_guesses_under_way_count_so_that_no_more_than_the_limit_run_at_once() -> None:
    guesses = throttle()
    first, second, third = (guesses.attempt(account="ann", address="10.0.0.1") for _ in range(3))
    async with first as one, second as two, third as three:
        with pytest.raises(TooMany):
            await fail(guesses)
        for attempt in (one, two, three):
            attempt.succeeded()
    await succeed(guesses)


async def test_who_waits_as_long_as_was_said_may_try_again() -> None:
    seconds = [0.0]
    guesses = Throttle(LIMIT, lambda _name, limit, span: MovingWindow(limit, span, lambda: seconds[0]))
    for at in (0, 10, 20):
        seconds[0] = at
        await fail(guesses)
    with pytest.raises(TooMany) as refused:
        await fail(guesses)
    seconds[0] += int(refused.value.headers["Retry-After"])
    await fail(guesses)
    with pytest.raises(TooMany):
        await fail(guesses)


async def test_without_a_limit_nobody_waits() -> None:
    guesses = throttle(None)
    for _ in range(100):
        await fail(guesses)


async def test_of_many_guesses_at_once_exactly_so_many_are_tried(tmp_path: Path) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(failures=LIMIT)) as place:
        await place.register("Ann")
        answers = await asyncio.gather(*(place.sign_in("ann@example.org", "wrong password") for _ in range(20)))
        codes = [code_of(answer) for answer in answers]
        assert codes.count((401, "wrong_credentials")) == 3
        assert codes.count((429, "too_many_failures")) == 17
        refused = await place.sign_in("ann@example.org", PASSWORD)
        assert int(refused.headers["retry-after"]) > 0
        assert (await place.sign_in("ben@example.org")).status_code == 401


async def test_guessing_a_password_while_signed_in_is_bounded_too(tmp_path: Path) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(failures=LIMIT)) as place:
        ann = await place.register("Ann")
        body = {"current_password": "wrong", "new_password": "a new and long password"}
        codes = [code_of(await ann.api.put("/auth/password", json=body)) for _ in range(4)]
        assert codes == [(403, "wrong_password")] * 3 + [(429, "too_many_failures")]


async def test_guessing_a_password_by_repeating_a_registration_is_bounded_too(tmp_path: Path) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(failures=LIMIT)) as place:
        body = {"email": "ann@example.org", "password": PASSWORD, "id": new_id()}
        assert (await place.browser().post("/auth/register", json=body)).status_code == 201
        wrong = {**body, "password": "not the password"}
        codes = [code_of(await place.browser().post("/auth/register", json=wrong)) for _ in range(4)]
        assert codes == [(409, "address_taken")] * 3 + [(429, "too_many_failures")]


async def test_guessing_codes_is_bounded_and_the_password_alone_does_not_reset_it(tmp_path: Path) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(failures=LIMIT)) as place:
        await protect(place)
        codes = []
        for _ in range(4):
            codes.append(code_of(await place.sign_in("ann@example.org", totp_code="000000")))
            codes.append(code_of(await place.sign_in("ann@example.org")))
        assert codes == [(401, "totp_wrong"), (401, "totp_required")] * 2 + [
            (401, "totp_wrong"),
            (429, "too_many_failures"),
            (429, "too_many_failures"),
            (429, "too_many_failures"),
        ]


async def protect(place: Place) -> None:
    ann = await place.register("Ann")
    secret = (await ann.api.post("/auth/totp", json={"password": PASSWORD})).json()["secret"]
    code = pyotp.TOTP(secret).at(place.clock.now())
    assert (await ann.api.put("/auth/totp/confirmation", json={"totp_code": code})).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/auth/totp", {}),
        ("POST", "/auth/totp/recovery-codes", {}),
        ("DELETE", "/auth/totp", {}),
        ("POST", "/auth/tokens", {"name": "ci", "scopes": ["read"]}),
    ],
)
async def test_guessing_the_password_of_an_open_session_is_bounded(
    tmp_path: Path, method: str, path: str, body: dict[str, object]
) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(failures=LIMIT)) as place:
        ann = await place.register("Ann")
        answers = [
            code_of(await ann.api.request(method, path, json={**body, "password": f"guess {number}"}))
            for number in range(4)
        ]
        assert answers == [(403, "wrong_password")] * 3 + [(429, "too_many_failures")]
        assert code_of(await place.sign_in(ann.email)) == (429, "too_many_failures")


async def test_guessing_codes_with_the_right_password_is_bounded(tmp_path: Path) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(failures=LIMIT)) as place:
        ann = await place.register("Ann")
        await ann.api.post("/auth/totp", json={"password": PASSWORD})
        answers = [
            code_of(await ann.api.put("/auth/totp/confirmation", json={"totp_code": "000000"})) for _ in range(4)
        ]
        assert answers == [(403, "totp_wrong")] * 3 + [(429, "too_many_failures")]
