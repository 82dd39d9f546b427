"""The second factor: set up, asked for at sign-in, replaced by recovery codes, taken away."""

import httpx
import pyotp
import pytest

from tests.auth.place import PASSWORD, Person, Place, code_of, wanted_token

pytestmark = pytest.mark.anyio


async def enable(place: Place, person: Person) -> tuple[str, list[str]]:
    """The secret and the recovery codes."""
    secret = (await person.api.post("/auth/totp", json={"password": PASSWORD})).json()["secret"]
    answer = await person.api.put("/auth/totp/confirmation", json={"totp_code": code(place, secret)})
    assert answer.status_code == 200, answer.text
    return secret, answer.json()["codes"]


def code(place: Place, secret: str) -> str:
    return pyotp.TOTP(secret).at(place.clock.now())


def proof(place: Place, secret: str) -> dict[str, str]:
    return {"password": PASSWORD, "totp_code": code(place, secret)}


async def test_what_an_authenticator_app_needs_is_given_until_it_is_confirmed(place: Place) -> None:
    ann = await place.register("Ann")
    setup = (await ann.api.post("/auth/totp", json={"password": PASSWORD})).json()
    parsed = pyotp.parse_uri(setup["otpauth_url"])
    assert (parsed.secret, parsed.name, parsed.issuer) == (setup["secret"], ann.email, "Headway")
    assert setup["qr_svg"].startswith("<svg")
    assert (await ann.api.post("/auth/totp", json={"password": PASSWORD})).json() == setup
    assert (await ann.api.get("/auth/totp")).json()["enabled"] is False
    assert (await place.sign_in(ann.email)).status_code == 200
    wrong = await ann.api.put("/auth/totp/confirmation", json={"totp_code": "000000"})
    assert code_of(wrong) == (403, "totp_wrong")
    secret, _ = await enable(place, ann)
    assert (await ann.api.get("/auth/totp")).json()["recovery_codes_left"] == 10
    assert (await ann.api.get("/users/me")).json()["two_factor"] is True
    place.clock.advance(seconds=30)
    again = await ann.api.post("/auth/totp", json=proof(place, secret))
    assert code_of(again) == (409, "totp_enabled")


async def test_a_sign_in_needs_a_code_and_each_counts_once(place: Place) -> None:
    ann = await place.register("Ann")
    secret, _ = await enable(place, ann)
    assert code_of(await place.sign_in(ann.email)) == (401, "totp_required")
    assert code_of(await place.sign_in(ann.email, "wrong password")) == (401, "wrong_credentials")
    used = code(place, secret)
    assert code_of(await place.sign_in(ann.email, totp_code=used)) == (401, "totp_wrong")
    place.clock.advance(seconds=30)
    fresh = code(place, secret)
    assert (await place.sign_in(ann.email, totp_code=f"{fresh[:3]} {fresh[3:]}")).status_code == 200
    assert code_of(await place.sign_in(ann.email, totp_code=fresh)) == (401, "totp_wrong")


@pytest.mark.parametrize(("seconds", "status"), [(-90, 401), (-30, 200), (30, 200), (90, 401)])
async def test_a_clock_may_be_off_by_one_step(place: Place, seconds: int, status: int) -> None:
    ann = await place.register("Ann")
    secret, _ = await enable(place, ann)
    place.clock.advance(seconds=300)
    theirs = pyotp.TOTP(secret).at(place.clock.now().timestamp() + seconds)
    assert (await place.sign_in(ann.email, totp_code=theirs)).status_code == status


async def test_a_recovery_code_stands_in_once(place: Place) -> None:
    ann = await place.register("Ann")
    _, codes = await enable(place, ann)
    assert len(set(codes)) == 10
    assert (await place.sign_in(ann.email, recovery_code=codes[0].upper().replace("-", " "))).status_code == 200
    assert code_of(await place.sign_in(ann.email, recovery_code=codes[0])) == (401, "recovery_code_wrong")
    assert code_of(await place.sign_in(ann.email, recovery_code="aaaaa-aaaaa")) == (401, "recovery_code_wrong")
    assert (await ann.api.get("/auth/totp")).json()["recovery_codes_left"] == 9


async def test_new_recovery_codes_replace_the_former_ones(place: Place) -> None:
    ann = await place.register("Ann")
    secret, codes = await enable(place, ann)
    place.clock.advance(seconds=30)
    answer = await ann.api.post("/auth/totp/recovery-codes", json=proof(place, secret))
    assert not set(answer.json()["codes"]) & set(codes)
    assert code_of(await place.sign_in(ann.email, recovery_code=codes[0])) == (401, "recovery_code_wrong")
    assert (await place.sign_in(ann.email, recovery_code=answer.json()["codes"][0])).status_code == 200


async def test_the_second_factor_is_taken_away_with_the_password(place: Place) -> None:
    ann = await place.register("Ann")
    secret, _ = await enable(place, ann)
    place.clock.advance(seconds=30)
    assert code_of(await remove(ann, "wrong password")) == (403, "wrong_password")
    assert code_of(await remove(ann, PASSWORD)) == (403, "totp_required")
    assert code_of(await remove(ann, PASSWORD, totp_code="000000")) == (403, "totp_wrong")
    assert (await remove(ann, PASSWORD, totp_code=code(place, secret))).status_code == 204
    assert (await remove(ann, PASSWORD)).status_code == 204
    assert (await place.sign_in(ann.email)).status_code == 200
    assert (await ann.api.post("/auth/totp", json={"password": PASSWORD})).json()["secret"] != secret


async def remove(person: Person, password: str, **codes: str) -> httpx.Response:
    return await person.api.request("DELETE", "/auth/totp", json={"password": password, **codes})


async def test_with_a_second_factor_a_token_needs_a_code_too(place: Place) -> None:
    ann = await place.register("Ann")
    _, codes = await enable(place, ann)
    wanted = wanted_token("read")
    assert code_of(await ann.api.post("/auth/tokens", json=wanted)) == (403, "totp_required")
    made = await ann.api.post("/auth/tokens", json={**wanted, "recovery_code": codes[0]})
    assert made.status_code == 201
    again = await ann.api.post("/auth/tokens", json={**wanted, "recovery_code": codes[0]})
    assert code_of(again) == (403, "recovery_code_wrong")


async def test_with_a_second_factor_another_address_needs_a_code_too(place: Place) -> None:
    ann = await place.register("Ann")
    _, codes = await enable(place, ann)
    wanted = {"email": "ann@new.example", "password": PASSWORD}
    assert code_of(await ann.api.put("/auth/email", json=wanted)) == (403, "totp_required")
    wrong = await ann.api.put("/auth/email", json={**wanted, "totp_code": "000000"})
    assert code_of(wrong) == (403, "totp_wrong")
    await place.settle()
    assert place.mail.of_kind("confirm_address") == []
    assert (await ann.api.put("/auth/email", json={**wanted, "recovery_code": codes[0]})).status_code == 204
    await place.settle()
    assert [letter.to for letter in place.mail.of_kind("confirm_address")] == ["ann@new.example"]


async def test_with_a_second_factor_another_password_needs_a_code_too(place: Place) -> None:
    ann = await place.register("Ann")
    _, codes = await enable(place, ann)
    wanted = {"current_password": PASSWORD, "new_password": "a new and long password"}
    assert code_of(await ann.api.put("/auth/password", json=wanted)) == (403, "totp_required")
    wrong = await ann.api.put("/auth/password", json={**wanted, "recovery_code": "none of them"})
    assert code_of(wrong) == (403, "recovery_code_wrong")
    assert (await ann.api.put("/auth/password", json={**wanted, "recovery_code": codes[0]})).status_code == 204


async def test_with_a_second_factor_leaving_for_good_needs_a_code_too(place: Place) -> None:
    _, ben = await place.register("Ann"), await place.register("Ben")
    secret, _ = await enable(place, ben)
    place.clock.advance(seconds=30)
    alone = await ben.api.request("DELETE", "/users/me", json={"password": PASSWORD})
    assert code_of(alone) == (403, "totp_required")
    assert (await ben.api.get("/users/me")).status_code == 200
    assert (await ben.api.request("DELETE", "/users/me", json=proof(place, secret))).status_code == 204
    assert (await ben.api.get("/users/me")).status_code == 401


async def test_the_second_factor_is_begun_with_the_password_only(place: Place) -> None:
    ann = await place.register("Ann")
    assert code_of(await ann.api.post("/auth/totp", json={"password": "wrong"})) == (403, "wrong_password")
    assert (await ann.api.get("/auth/totp")).json()["enabled"] is False


async def test_new_recovery_codes_are_given_once_for_a_key(place: Place) -> None:
    ann = await place.register("Ann")
    secret, _ = await enable(place, ann)
    place.clock.advance(seconds=30)
    body, key = proof(place, secret), {"Idempotency-Key": "renew"}
    assert (await ann.api.post("/auth/totp/recovery-codes", json=body, headers=key)).status_code == 200
    again = await ann.api.post("/auth/totp/recovery-codes", json=body, headers=key)
    assert code_of(again) == (409, "already_done")


async def test_a_token_may_not_touch_the_second_factor(place: Place) -> None:
    ann = await place.register("Ann")
    made = await ann.api.post("/auth/tokens", json=wanted_token("read", "write"))
    program = place.program(made.json()["token"])
    assert code_of(await program.post("/auth/totp", json={"password": PASSWORD})) == (403, "session_required")
    answer = await program.request("DELETE", "/auth/totp", json={"password": PASSWORD})
    assert code_of(answer) == (403, "session_required")


async def test_the_picture_holds_whatever_the_installation_and_the_person_are_called(place: Place) -> None:
    root = await place.register("Root" + "x" * 50)
    assert (await root.api.patch("/admin/settings", json={"name": "🎉" * 100})).is_success
    setup = await root.api.post("/auth/totp", json={"password": PASSWORD})
    assert setup.status_code == 201
    assert pyotp.parse_uri(setup.json()["otpauth_url"]).secret == setup.json()["secret"]
