"""What administrators do to people and to the installation."""

from dataclasses import dataclass

from headway.changes.contracts import Stream
from headway.changes.work import Work
from headway.modules.auth.actions import own, sessions
from headway.modules.auth.actions.audit import note
from headway.modules.auth.actions.revocations import revoke
from headway.modules.auth.contracts import RegistrationMode
from headway.modules.auth.contracts.administration import InstanceSettings, SettingsChange
from headway.modules.auth.store.accounts import ACCOUNT, ACCOUNT_BY_ID, ACCOUNTS_BY_IDS, AccountRow
from headway.modules.auth.store.directory import (
    ADMINISTRATOR,
    ADMINISTRATOR_BY_ID,
    ADMINISTRATORS,
    AdministratorRow,
)
from headway.modules.auth.store.instance import SETTINGS, SETTINGS_ROW, SettingsRow
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.ids import NIL_ID
from headway.platform.problems import Conflict, Forbidden, NotFound
from headway.platform.web.patches import given


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who runs this installation."""

    user_id: str


async def instance_stream(_reader: Reader, _actor: Actor, _body: object, **_path: str) -> Stream:
    """`Write.locate`: the installation."""
    return INSTANCE


async def stream_of_person(reader: Reader, _actor: Actor, _body: object, *, user_id: str) -> Stream:
    """`Write.locate` of what is below /admin/people/{user_id} and changes the person's account."""
    if await reader.row(ACCOUNT_BY_ID, id=user_id) is None:
        raise NotFound("person")
    return account_stream(user_id)


async def enter(work: Work, actor: Actor) -> Administrator:
    """`Write.enter`: an administrator as of now."""
    account = await work.tx.row(ACCOUNT_BY_ID, id=actor.id)
    is_admin = await work.tx.row(ADMINISTRATOR_BY_ID, id=actor.id) is not None
    if account is None or account.state != "active" or not is_admin:
        raise Forbidden("not_an_administrator", "Only administrators of this installation may do this.")
    return Administrator(actor.id)


async def enter_by_session(work: Work, actor: Actor) -> Administrator:
    """`Write.enter` of what no token of an administrator may do, however wide its scopes: open accounts, give roles."""
    administrator = await enter(work, actor)
    await own.enter_by_session(work, actor)
    return administrator


async def person(work: Work, user_id: str) -> AccountRow:
    """The account of somebody who has not left; NotFound."""
    account = await work.tx.row(ACCOUNT_BY_ID, id=user_id)
    if account is None or account.state == "erased":
        raise NotFound("person")
    return account


async def suspend(work: Work, _administrator: Administrator, _body: None, *, user_id: str) -> None:
    """Suspend somebody: no sign-in, no token, and all sessions end within a second. Nothing is deleted."""
    account = await person(work, user_id)
    if await work.tx.row(ADMINISTRATOR_BY_ID, id=user_id) is not None:
        raise Conflict("is_administrator", "An administrator cannot be suspended; take the role away first.")
    await work.update(ACCOUNT, account, state="suspended")
    await sessions.end_all(work)
    await revoke(work, user_id)


async def reinstate(work: Work, _administrator: Administrator, _body: None, *, user_id: str) -> None:
    """Let somebody who was suspended sign in again."""
    await work.update(ACCOUNT, await person(work, user_id), state="active")


async def make_administrator(work: Work, _administrator: Administrator, _body: None, *, user_id: str) -> None:
    """Let somebody run this installation too."""
    await work.lock()
    account = await person(work, user_id)
    if account.state != "active":
        raise Conflict("not_active", "Only somebody whose account is active can be an administrator.")
    if await work.tx.row(ADMINISTRATOR_BY_ID, id=user_id) is None:
        await work.insert(ADMINISTRATOR, AdministratorRow(user_id, work.now, 1))
        await note(work, "administrator.added", user_id)
        await revoke(work, user_id)


async def unmake_administrator(work: Work, _administrator: Administrator, _body: None, *, user_id: str) -> None:
    """Take the role of administrator away. The last one keeps it."""
    await work.lock()
    row = await work.tx.row(ADMINISTRATOR_BY_ID, id=user_id)
    if row is None:
        raise NotFound("administrator")
    if not await other_administrators(work.tx, user_id):
        raise Conflict("last_administrator", "This is the last administrator; make somebody else one first.")
    await work.delete(ADMINISTRATOR, row)
    await note(work, "administrator.removed", user_id)
    await revoke(work, user_id)


async def other_administrators(reader: Reader, user_id: str) -> list[str]:
    """The administrators besides that person whose accounts are active."""
    others = [row.id for row in await reader.rows(ADMINISTRATORS) if row.id != user_id]
    return [row.id for row in await reader.rows(ACCOUNTS_BY_IDS, ids=others) if row.state == "active"]


class SettingsActions:
    """The installation's settings; what was never set is as the configuration says."""

    def __init__(self, default_registration: RegistrationMode) -> None:
        self._default = default_registration

    async def read(self, reader: Reader) -> InstanceSettings:
        """The settings as they hold now."""
        row = await reader.row(SETTINGS_ROW)
        return self._view(row)

    async def show(self, reader: Reader, _actor: Actor, _query: None) -> InstanceSettings:
        """The settings of this installation."""
        return await self.read(reader)

    async def change(self, work: Work, _administrator: Administrator, body: SettingsChange) -> InstanceSettings:
        """Change the name of this installation, or who may register."""
        row = await work.tx.row(SETTINGS_ROW)
        work.check_version(self._view(row))
        if row is None:
            row = await work.insert(SETTINGS, SettingsRow(NIL_ID, "Headway", None, work.now, 1))
        changes = given(body)
        changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
        if changed:
            row = await work.update(SETTINGS, row, **changed)
            await note(work, "settings.changed", None, **changed)
        return self._view(row)

    def _view(self, row: SettingsRow | None) -> InstanceSettings:
        if row is None:
            return InstanceSettings("Headway", self._default, 0)
        return InstanceSettings(row.name, row.registration or self._default, row.version)
