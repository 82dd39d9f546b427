"""The tables' common ground.

Tables of an account stream start their key with the person's id. The instance stream has one owner, so its tables
leave the owner out.
"""

from typing import Final

from sqlalchemy import MetaData

from headway.changes.contracts import Stream
from headway.platform.ids import NIL_ID

metadata: Final = MetaData()

INSTANCE: Final = Stream("instance", NIL_ID)
"""The one stream of the installation itself: directory of addresses, settings, audit."""


def account_stream(user_id: str) -> Stream:
    """The stream of a person's account."""
    return Stream("account", user_id)
