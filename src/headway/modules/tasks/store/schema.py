"""The tables' common ground."""

from typing import Final

from sqlalchemy import MetaData

metadata: Final = MetaData()
