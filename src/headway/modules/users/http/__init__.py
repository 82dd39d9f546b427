"""The routes of users."""

from headway.changes.writes import Write
from headway.modules.users.actions.profiles import EnterProfile, change_profile, own_stream
from headway.modules.users.contracts import Person
from headway.modules.users.contracts.messages import Me, ProfileChange
from headway.modules.users.queries.profiles import ReadProfiles
from headway.platform.web.routes import Read, Route


def routes(read: ReadProfiles, enter: EnterProfile) -> tuple[Route, ...]:
    """All routes below /users."""
    return (
        Read(path="/users/me", act=read.me, needs="self", tag="users", answer=Me),
        Write(
            method="PATCH",
            path="/users/me",
            locate=own_stream,
            enter=enter,
            act=change_profile,
            needs="self",
            tag="users",
            body=ProfileChange,
            answer=Me,
        ),
        Read(path="/users/{user_id}", act=read.person, needs="self", tag="users", answer=Person),
    )
