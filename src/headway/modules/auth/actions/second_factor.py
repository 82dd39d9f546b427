"""The second factor: set up, confirmed, asked for at sign-in, taken away."""

from headway.changes.work import Work
from headway.modules.auth.actions.own import Own
from headway.modules.auth.contracts.messages import Codes, RecoveryCodes, SecondFactorSetup, TotpCode
from headway.modules.auth.domain import totp
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.store.instance import SETTINGS_ROW
from headway.modules.auth.store.second_factors import FACTORS_OF, SECOND_FACTOR, SecondFactorRow
from headway.platform.db.port import Reader
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Forbidden, NotFound, Unauthenticated


async def factor_of(reader: Reader, user_id: str) -> SecondFactorRow | None:
    """The person's second factor, confirmed or not."""
    return await reader.row(FACTORS_OF, user_id=user_id)


async def check(work: Work, keys: Keys, codes: Codes) -> None:
    """At sign-in: ask for a code where there is a second factor, and let none count twice. Unauthenticated."""
    factor = await factor_of(work.tx, work.stream.owner)
    if factor is None or factor.confirmed_at is None:
        return
    if codes.totp_code:
        step = _fresh_step(work, keys, factor, codes.totp_code)
        if step is None:
            raise Unauthenticated("totp_wrong", "That code is wrong, or it was used already.")
        await work.update(SECOND_FACTOR, factor, last_step=step)
    elif codes.recovery_code:
        used = totp.recovery_hash(keys.recovery, work.stream.owner, codes.recovery_code)
        if used not in factor.recovery_hashes:
            raise Unauthenticated("recovery_code_wrong", "That recovery code is wrong, or it was used already.")
        left = tuple(kept for kept in factor.recovery_hashes if kept != used)
        await work.update(SECOND_FACTOR, factor, recovery_hashes=left)
    else:
        raise Unauthenticated("totp_required", "Enter the code of your authenticator app too.")


def _fresh_step(work: Work, keys: Keys, factor: SecondFactorRow, code: str) -> int | None:
    step = totp.step_of(totp.secret_of(keys.totp, factor.user_id, factor.id), code, work.now)
    return step if step is not None and step > factor.last_step else None


class SecondFactorActions:
    """Sets the second factor up."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def begin(self, work: Work, own: Own) -> SecondFactorSetup:
        """What an authenticator app needs, the same until it is confirmed."""
        factor = await factor_of(work.tx, own.account.id)
        if factor is not None and factor.confirmed_at is not None:
            raise Conflict("totp_enabled", "There is a second factor already; take it away first.")
        if factor is None:
            row = SecondFactorRow(own.account.id, new_id(), work.now, None, 0, (), 1)
            factor = await work.insert(SECOND_FACTOR, row)
        settings = await work.tx.row(SETTINGS_ROW)
        secret = totp.secret_of(self._keys.totp, factor.user_id, factor.id)
        url = totp.otpauth_url(secret, own.account.email, "Headway" if settings is None else settings.name)
        return SecondFactorSetup(secret, url, totp.qr_svg(url))

    async def confirm(self, work: Work, own: Own, body: TotpCode) -> RecoveryCodes:
        """The recovery codes, once the first code is right."""
        factor = await factor_of(work.tx, own.account.id)
        if factor is None:
            raise NotFound("second factor")
        if factor.confirmed_at is not None:
            raise Conflict("totp_enabled", "The second factor is confirmed already.")
        step = _fresh_step(work, self._keys, factor, body.totp_code)
        if step is None:
            raise Forbidden("totp_wrong", "That is not the code that the app shows now, or it was used already.")
        codes, hashes = self._new_codes(own)
        await work.update(SECOND_FACTOR, factor, confirmed_at=work.now, last_step=step, recovery_hashes=hashes)
        return codes

    async def renew_codes(self, work: Work, own: Own) -> RecoveryCodes:
        """New recovery codes in place of all former ones."""
        factor = await factor_of(work.tx, own.account.id)
        if factor is None or factor.confirmed_at is None:
            raise NotFound("second factor")
        codes, hashes = self._new_codes(own)
        await work.update(SECOND_FACTOR, factor, recovery_hashes=hashes)
        return codes

    def _new_codes(self, own: Own) -> tuple[RecoveryCodes, tuple[str, ...]]:
        codes = totp.new_recovery_codes()
        hashes = tuple(totp.recovery_hash(self._keys.recovery, own.account.id, code) for code in codes)
        return RecoveryCodes(tuple(codes)), hashes


async def take_away(work: Work, user_id: str) -> None:
    """Remove the person's second factor, whatever state it is in."""
    for factor in await work.tx.rows(FACTORS_OF, user_id=user_id):
        await work.delete(SECOND_FACTOR, factor)
