"""An installation's data goes from SQLite to a database server, while it is in use."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from headway.entrypoints.monolith import METADATA
from headway.entrypoints.move.mover import Changed, Different, Mover
from headway.entrypoints.operation.commands import perform_on
from headway.entrypoints.operation.installation import installation_of
from headway.entrypoints.operation.move_record import HalfMoved, MovedAway, MoveRecord, check_move, place, record
from headway.entrypoints.operation.moving import Move, MoveDone
from headway.entrypoints.operation.replay import replay
from headway.entrypoints.schema import PARTS
from headway.platform.db.address import parse_address
from headway.platform.db.migrate import migrate
from headway.platform.db.mysql_schema import MySqlSchema
from headway.platform.db.raw.mysql import NotEmpty, Target
from headway.platform.db.raw.tables import raw_tables
from headway.platform.ids import id_from_bytes, new_id
from tests.cli.conftest import HEADWAY, READY, Shell
from tests.cli.test_round_trip import fill
from tests.support import mariadb
from tests.support.product import Product, running_product
from tests.support.serving import free_port, running
from tests.tasks.team import Team, come_back, make_team

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(mariadb.wanted(), reason="what is left is SQLite")]

TABLES = raw_tables(METADATA)
PERSON = {"name": "Ada", "email": "ada@example.com", "password": "correct horse battery staple"}

Seen = dict[str, Any]


@pytest.fixture
async def team(product: Product) -> Team:
    """A team with one of everything."""
    team = await make_team(product)
    await fill(team)
    await product.settled()
    return team


@pytest.fixture
def to(tmp_path: Path) -> str:
    """The URL of an empty database."""
    return mariadb.database_of(tmp_path / "server")


async def move(product: Product, to: str) -> MoveDone:
    """`headway move`, in the process of the product."""
    raw = msgspec.Raw(msgspec.json.encode(Move(to)))
    done = await perform_on(product.monolith, product.settings)("move", raw, lambda *_: None)
    assert isinstance(done, MoveDone)
    return done


@pytest.fixture
async def arrived(tmp_path: Path, team: Team, to: str) -> AsyncIterator[Callable[[], Any]]:
    """Starts the product on the new database, with everybody still signed in."""
    started: list[Any] = []

    async def start() -> Team:
        running = running_product(tmp_path / "new", database_url=to)
        started.append(running)
        return await come_back(await running.__aenter__(), team)

    yield start
    for each in started:
        await each.__aexit__(None, None, None)


async def seen(team: Team) -> Seen:
    """What people see of their workspace."""
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "tasks": ("/tasks", {"workspace_id": team.id, "limit": 200}),
        "trash": ("/tasks", {"workspace_id": team.id, "trashed": True}),
        "projects": ("/projects", {"workspace_id": team.id}),
        "members": (f"/workspaces/{team.id}/members", {}),
        "activity": (f"/workspaces/{team.id}/activity", {"limit": 200}),
        "stats": ("/stats", {"workspace_id": team.id}),
        "found": ("/search", {"q": "roof"}),
        "told": ("/notifications", {}),
    }
    return {
        f"{name} of {person.name}": await person.get(path, **query)
        for name, (path, query) in asked.items()
        for person in (team.ada, team.ben)
    }


async def test_everything_is_there_afterwards_and_nothing_more_is_written_to_what_was_left(
    team: Team, to: str, arrived: Callable[[], Any]
) -> None:
    before = await seen(team)

    done = await move(team.product, to)

    late = await team.ada.api.post("/tasks", json={"title": "Too late"})
    assert (late.status_code, late.headers["retry-after"]) == (503, "2")
    there = await arrived()
    assert done.owners > 10
    assert await seen(there) == before
    database, modules = there.product.monolith.database, there.product.monolith.modules
    assert await database.read_slowly(lambda reader: replay(reader, modules, lambda *_: None)) == []
    await there.ada.post("/tasks", title="In time")


async def test_what_is_written_meanwhile_arrives_too(team: Team, to: str, arrived: Callable[[], Any]) -> None:
    answered: list[str] = []

    async def write() -> None:
        while (answer := await team.cleo.api.post("/tasks", json={"title": "Meanwhile"})).status_code == 201:
            answered.append(answer.json()["id"])

    await asyncio.gather(move(team.product, to), write())

    there = await arrived()
    assert answered
    for task_id in answered:
        assert (await there.cleo.get(f"/tasks/{task_id}"))["title"] == "Meanwhile"


class Events:
    """Stands for a server that writes nothing: `happens` is done when the mover asks for changes that time."""

    def __init__(self, at: int, happens: Callable[[], None]) -> None:
        self._left = at
        self._happens = happens

    def taken(self) -> Changed:
        self._left -= 1
        if self._left == 0:
            self._happens()
        return {}

    def pause(self) -> None:
        pass


def bring(product: Product, to: str, events: Events) -> None:
    """A move without its server's part, under the name that the next `headway move` goes on with."""
    schema = MySqlSchema(parse_address(to))
    migrate(schema, PARTS)
    move = MoveRecord(new_id(), place(to), product.monolith.clock.now(), "under_way")
    with Target.opened(schema) as target:
        target.claim(move.id, TABLES)
        record(installation_of(product.settings), move)
        Mover(product.settings.database_path, target, TABLES, events, lambda *_: None).run(lambda: None)


def run_there(to: str, statement: str) -> None:
    """Change a database behind everybody's back."""
    with connection_to(to) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        connection.commit()


def connection_to(to: str) -> Any:
    """A connection, to be closed at the end of a block."""
    return contextlib.closing(MySqlSchema(parse_address(to)).connect())


class CutOff(Exception):
    """What a test stops a move with."""


def cut_off() -> None:
    raise CutOff


async def test_a_move_that_was_cut_off_is_begun_again_and_brings_what_has_changed_since(
    team: Team, to: str, arrived: Callable[[], Any]
) -> None:
    with pytest.raises(CutOff):
        await asyncio.to_thread(bring, team.product, to, Events(1, cut_off))
    one, two = [await team.project(key=key, name=key) for key in ("ONE", "TOO")]
    for project, key in ((one, "TMP"), (two, "ONE"), (one, "TOO")):  # a unique value goes from row to row
        await team.ada.patch(f"/projects/{project['id']}", key=key)
    task = (await team.ada.get("/search", q="roof"))["items"][0]
    await team.ada.patch(f"/tasks/{task['id']}", title="A cellar")
    await team.ada.delete(f"/tasks/{(await team.task(one, title='Gone soon'))['id']}")
    before = await seen(team)

    await move(team.product, to)

    there = await arrived()
    assert await seen(there) == before


async def test_a_difference_is_found_and_the_old_database_goes_on(team: Team, to: str) -> None:
    def tamper() -> None:
        run_there(to, "UPDATE tasks SET title = 'Burn the roof' LIMIT 1")

    with pytest.raises(Different, match="in tasks are not the same in both databases"):
        await asyncio.to_thread(bring, team.product, to, Events(2, tamper))

    await team.ada.post("/tasks", title="Life goes on")


async def test_only_an_empty_database_is_filled(team: Team, to: str) -> None:
    migrate(MySqlSchema(parse_address(to)), PARTS)
    run_there(to, "INSERT INTO streams VALUES ('workspace', 0x00112233445566778899aabbccddeeff, 1, 0)")

    with pytest.raises(NotEmpty, match="its table streams has rows"):
        await move(team.product, to)

    await team.ada.post("/tasks", title="Life goes on")


async def test_the_old_database_is_refused_from_then_on_and_the_new_one_until_then(team: Team, to: str) -> None:
    old = team.product.settings
    new, installation = replace(old, database_url=to), installation_of(old)
    with pytest.raises(CutOff):
        await asyncio.to_thread(bring, team.product, to, Events(1, cut_off))
    with pytest.raises(HalfMoved, match="run `headway move` again"):
        check_move(new, installation)
    check_move(old, installation)

    await move(team.product, to)

    check_move(new, installation)
    with pytest.raises(MovedAway, match="set HEADWAY_DATABASE_URL"):
        check_move(old, installation)


def test_the_running_server_goes_on_in_the_new_database(shell: Shell, to: str) -> None:
    port = str(free_port())
    url = f"http://localhost:{port}"
    shell.settings |= {"HEADWAY_PORT": port}
    with (
        running([HEADWAY, "serve"], f"{url}/readyz", shell.folder, shell.settings, READY),
        httpx.Client(
            base_url=f"{url}/api/v1", headers={"origin": url}, transport=httpx.HTTPTransport(retries=8)
        ) as ada,
    ):
        ada.post("/auth/register", json=PERSON).raise_for_status()
        wrong = shell.run("move", "--from", "sqlite:////elsewhere.db", "--to", to)
        done = shell.json("move", "--to", to)
        task = made_as_soon_as_it_can(ada)
    assert "This installation's database is sqlite:///" in wrong.stderr
    assert done["server_restarted"]
    assert ids_there(to, task["title"]) == [task["id"]]
    assert "set HEADWAY_DATABASE_URL" in shell.run("serve").stderr


def made_as_soon_as_it_can(client: httpx.Client) -> Any:
    """A task; while the server starts anew it is asked for again, as clients do."""
    while True:
        try:
            answer = client.post("/tasks", json={"title": "Fix the roof"}, headers={"idempotency-key": "the-roof"})
        except httpx.TransportError:
            continue
        if answer.status_code != 503:
            return answer.raise_for_status().json()


def ids_there(to: str, title: str) -> list[str]:
    """The tasks of that title in a database."""
    with connection_to(to) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tasks WHERE title = %s", (title,))
        return [id_from_bytes(row[0]) for row in cursor.fetchall()]
