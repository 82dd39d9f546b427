"""`headway token ...`."""

from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.table import Table

from headway.entrypoints.cli.running import Json, answer, command, operate, print_table, progress, quiet_settings
from headway.entrypoints.operation.people import Done, MakeToken, RevokeToken, Who
from headway.modules.auth.contracts.messages import MadeToken, Token
from headway.platform.actor import TokenScope

Person = Annotated[str, Parameter(help="Address or id of the person whose token it is.")]

app = App(
    name="token",
    help="Make, list and revoke personal API tokens.",
    help_epilogue="Example: headway token create ada@example.org --name script --scope read",
)


@command(app, "headway token create ada@example.org --name 'Nightly report' --scope read --days 90")
def create(
    who: Person,
    *,
    name: Annotated[str, Parameter(help="What the token is for.")],
    scope: Annotated[list[TokenScope], Parameter(negative="", help="What it may do; may be given several times.")],
    days: Annotated[int | None, Parameter(validator=Number(gte=1, lte=3650), help="Days until it expires.")] = None,
    json: Json = False,
) -> None:
    """Make a personal API token for somebody and print it, this once."""
    with progress() as report:
        made = operate(quiet_settings(), "token create", MakeToken(who, name, scope, days), MadeToken, report)
    answer(made, json=json, show=lambda: print(f"{made.token}\nIt cannot be shown again (id {made.id})."))


@command(app, "headway token list ada@example.org", name="list")
def list_tokens(who: Person, *, json: Json = False) -> None:
    """List somebody's tokens, never what proves them."""
    with progress() as report:
        tokens = operate(quiet_settings(), "token list", Who(who), list[Token], report)

    def show() -> None:
        table = Table("name", "scopes", "since", "expires", "last used", "id", box=None)
        for token in tokens:
            times = [token.created_at, token.expires_at, token.last_used_at]
            days = ["" if time is None else time.date().isoformat() for time in times]
            table.add_row(token.name, ", ".join(token.scopes), *days, token.id)
        print_table(table)

    answer(tokens, json=json, show=show)


@command(app, "headway token revoke ada@example.org 0198c2a4-0000-7000-8000-000000000000")
def revoke(
    who: Person,
    token_id: Annotated[str, Parameter(help="Id of the token, as `headway token list` shows it.")],
    *,
    json: Json = False,
) -> None:
    """Revoke a token: it stops working within a second."""
    with progress() as report:
        done = operate(quiet_settings(), "token revoke", RevokeToken(who, token_id), Done, report)
    answer(done, json=json, show=lambda: print("The token is revoked."))
