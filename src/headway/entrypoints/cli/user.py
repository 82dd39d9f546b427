"""`headway user ...`."""

import sys
from typing import Annotated

from cyclopts import App, Parameter
from rich.table import Table

from headway.entrypoints.cli.running import Json, answer, command, operate, print_table, progress, quiet_settings
from headway.entrypoints.operation.people import Added, AddPerson, Change, ChangePerson, Who
from headway.entrypoints.operation.socket import Nothing
from headway.modules.auth.contracts.administration import HandedLink, ManagedPerson

Person = Annotated[str, Parameter(help="Address or id of the person.")]

app = App(
    name="user",
    help="Add, list, suspend and promote people.",
    help_epilogue="Example: headway user add ada@example.org --admin",
)


@command(app, "headway user add ada@example.org --name 'Ada Lovelace' --admin")
def add(
    email: Annotated[str, Parameter(help="Address to sign in with.")],
    *,
    name: Annotated[str | None, Parameter(help="Name; the first part of the address when left out.")] = None,
    admin: Annotated[bool, Parameter(negative="", help="Let the person run this installation.")] = False,
    password_stdin: Annotated[bool, Parameter(negative="", help="Read a password from standard input.")] = False,
    json: Json = False,
) -> None:
    """Make an account and print a link to choose its password, unless one is given on standard input."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with progress() as report:
        added = operate(quiet_settings(), "user add", AddPerson(email, name, password, admin), Added, report)

    def show() -> None:
        sys.stdout.write(f"{added.person.email} has an account ({added.person.id})\n")
        if added.link is not None:
            sys.stdout.write(f"Link to choose a password: {added.link}\n")

    answer(added, json=json, show=show)


@command(app, "headway user list --json", name="list")
def list_people(*, json: Json = False) -> None:
    """List everybody with an account."""
    with progress() as report:
        people = operate(quiet_settings(), "user list", Nothing(), list[ManagedPerson], report)

    def show() -> None:
        table = Table("address", "name", "state", "administrator", "second factor", "since", "id", box=None)
        for person in people:
            since = person.created_at.date().isoformat()
            roles = ("yes" if person.is_admin else "", "yes" if person.two_factor else "")
            table.add_row(person.email, person.name, person.state, *roles, since, person.id)
        print_table(table)

    answer(people, json=json, show=show)


@command(app, "headway user suspend ada@example.org")
def suspend(who: Person, *, json: Json = False) -> None:
    """Suspend somebody: no sign-in, no token, all sessions end. Nothing is deleted."""
    _change(who, "suspend", "is suspended", json=json)


@command(app, "headway user reinstate ada@example.org")
def reinstate(who: Person, *, json: Json = False) -> None:
    """Let somebody who was suspended sign in again."""
    _change(who, "reinstate", "may sign in again", json=json)


@command(app, "headway user make-admin ada@example.org")
def make_admin(who: Person, *, json: Json = False) -> None:
    """Let somebody run this installation."""
    _change(who, "make_admin", "is an administrator", json=json)


@command(app, "headway user unmake-admin ada@example.org")
def unmake_admin(who: Person, *, json: Json = False) -> None:
    """Take the role of administrator away; the last one keeps it."""
    _change(who, "unmake_admin", "is no administrator any more", json=json)


@command(app, "headway user reset-link ada@example.org")
def reset_link(who: Person, *, json: Json = False) -> None:
    """Print a link with which somebody can set the password anew; it works once."""
    with progress() as report:
        handed = operate(quiet_settings(), "user reset-link", Who(who), HandedLink, report)
    until = f"{handed.expires_at:%Y-%m-%d %H:%M} UTC"
    answer(handed, json=json, show=lambda: print(f"{handed.link}\nIt works once, until {until}."))


def _change(who: str, change: Change, outcome: str, *, json: bool) -> None:
    with progress() as report:
        person = operate(quiet_settings(), "user change", ChangePerson(who, change), ManagedPerson, report)
    answer(person, json=json, show=lambda: print(f"{person.email} {outcome}"))
