"""Whose request a client takes it to be: its cookies may have become somebody else's, in another tab."""

from collections.abc import Mapping
from typing import Final

from headway.platform.problems import Conflict

PERSON: Final = "headway-person"
"""The header, with a person's id. Who does not send it means whoever is signed in."""


def check_person(user_id: str | None, meant: str | None) -> None:
    """Conflict when somebody else is signed in than the client means. `user_id` None: nobody is."""
    if meant is not None and user_id is not None and user_id != meant:
        raise Conflict("other_person", "Somebody else is signed in here now. Nothing was done; load the page again.")


def meant_by(headers: Mapping[str, str]) -> str | None:
    """The person whom the header names; `headers` have lower-case names."""
    return headers.get(PERSON)
