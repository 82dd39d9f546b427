"""The middle step of a registration: the account itself."""

from dataclasses import dataclass

from headway.changes.work import Work
from headway.modules.auth.contracts import Language
from headway.modules.auth.domain import addresses
from headway.modules.auth.store.accounts import ACCOUNT, ACCOUNT_BY_ID, AccountRow, search_text
from headway.platform.problems import Conflict


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who registers. `request` is what a repeat of the request is known by."""

    user_id: str
    email: str
    password_hash: str
    name: str
    language: Language
    time_zone: str
    request: str


async def make_account(work: Work, newcomer: Newcomer) -> AccountRow:
    """Make the account, or find the one that this request has made before; Conflict when the id is somebody else's."""
    there = await work.tx.row(ACCOUNT_BY_ID, id=newcomer.user_id)
    if there is not None:
        if addresses.key(there.email) != addresses.key(newcomer.email):
            raise Conflict("id_taken", "There is an account with this id already.")
        return there
    row = AccountRow(
        id=newcomer.user_id,
        email=newcomer.email,
        password_hash=newcomer.password_hash,
        state="active",
        name=newcomer.name,
        language=newcomer.language,
        time_zone=newcomer.time_zone,
        search_text=search_text(newcomer.name, newcomer.email),
        password_changed_at=work.now,
        created_at=work.now,
        updated_at=work.now,
        version=1,
    )
    return await work.insert(ACCOUNT, row)
