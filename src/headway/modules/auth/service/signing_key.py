"""The instances of one database sign with the same key: what one has signed, another has to believe."""

from headway.modules.auth.store.signing_key import FINGERPRINT, FORGET_FINGERPRINT, signing_key
from headway.platform.db.port import Database, Transaction
from headway.platform.db.statement import insert_into


class SigningKey:
    """The key of this instance, by its fingerprint."""

    def __init__(self, database: Database, fingerprint: str) -> None:
        self._database = database
        self._fingerprint = fingerprint

    async def agrees(self) -> bool:
        """Whether it is the one that instances of this database use; the first to ask decides."""

        async def act(tx: Transaction) -> str:
            held = await tx.row(FINGERPRINT)
            if held is None:
                await tx.execute(insert_into(signing_key), fingerprint=self._fingerprint)
            return held or self._fingerprint

        held = await self._database.reader.row(FINGERPRINT) or await self._database.write(act)
        return held == self._fingerprint

    async def take_over(self) -> None:
        """From now on it is the one: what was signed with another is worth nothing."""

        async def act(tx: Transaction) -> None:
            await tx.execute(FORGET_FINGERPRINT)
            await tx.execute(insert_into(signing_key), fingerprint=self._fingerprint)

        await self._database.write(act)
