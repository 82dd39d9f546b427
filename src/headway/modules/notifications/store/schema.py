"""The tables' common ground."""

from typing import Final

from sqlalchemy import MetaData

from headway.changes.contracts import Stream

metadata: Final = MetaData()


def inbox_stream(user_id: str) -> Stream:
    """The stream of a person's notifications."""
    return Stream("inbox", user_id)
