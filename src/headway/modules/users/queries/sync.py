"""What a person's devices hold of the person's own profile."""

from collections.abc import AsyncIterator

from headway.changes.contracts import Stream, person_scope
from headway.changes.module import Scopes, SyncObject
from headway.modules.users.store.exports import EXPORT, EXPORTS_OF
from headway.modules.users.store.profiles import PROFILE, PROFILE_BY_ID, profile_stream
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


class ProfileSync:
    """`SyncSource` of the profile stream: only one's own."""

    async def visible(self, _reader: Reader, actor: Actor) -> dict[Stream, Scopes]:
        """The actor's own stream."""
        return {profile_stream(actor.id): frozenset({person_scope(actor.id)})}

    async def snapshot(
        self, reader: Reader, actor: Actor, stream: Stream, scopes: Scopes, after: str
    ) -> AsyncIterator[tuple[SyncObject, str]]:
        """The profile and what exports there are; so few that a resume begins anew."""
        if stream != profile_stream(actor.id) or person_scope(actor.id) not in scopes:
            return
        scope = person_scope(actor.id)
        row = await reader.row(PROFILE_BY_ID, id=actor.id)
        if row is not None:
            yield SyncObject(scope, PROFILE.name, row.id, row.version, PROFILE.fields(row)), ""
        for export in await reader.rows(EXPORTS_OF, user_id=actor.id):
            yield SyncObject(scope, EXPORT.name, export.id, export.version, EXPORT.fields(export)), ""
