"""All instances of a database server use one signing key; one that has another does not start."""

from headway.entrypoints.databases import open_database
from headway.entrypoints.operation.installation import fingerprint
from headway.modules.auth.wiring import SigningKey
from headway.platform.db.address import is_server
from headway.platform.db.port import Database
from headway.platform.failure import Failure
from headway.settings import Settings


class AnotherKey(Failure):
    """The database's other instances sign with another key."""


async def check_key(settings: Settings, secret: bytes, database: Database) -> None:
    """AnotherKey, with what to do about it. A SQLite file has one instance, whose key is right whatever it is."""
    if is_server(settings.database_url) and not await SigningKey(database, fingerprint(secret)).agrees():
        raise AnotherKey(
            f"The signing key {settings.signing_key} is not the one that this database's instances use: give all of "
            "them the same HEADWAY_SHARED_DIR or HEADWAY_SIGNING_KEY. If theirs is lost, stop them all and run "
            "`headway migrate --take-key` here; everybody must then sign in anew."
        )


async def take_key_over(settings: Settings, secret: bytes) -> None:
    """From now on the instances of this database use this key."""
    database = await open_database(settings)
    try:
        await SigningKey(database, fingerprint(secret)).take_over()
    finally:
        await database.close()
