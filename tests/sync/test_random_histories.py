"""Several people with several devices, online and offline, while what they may see changes under their hands."""

import random
from typing import Any

import pytest

from headway.modules.tasks.store import scoped
from headway.platform.actor import Actor
from headway.platform.ids import new_id
from tests.support.product import Person
from tests.sync.device import Device
from tests.tasks.team import Team, join

pytestmark = pytest.mark.anyio

STEPS = 150


class History:
    """A team's random life."""

    def __init__(self, team: Team, chance: random.Random) -> None:
        self.team = team
        self.chance = chance
        people = (team.ada, team.ada, team.ben, team.cleo, team.cleo, team.dan)
        self.devices = [Device(person) for person in people]
        self.projects: list[str] = []

    async def step(self) -> None:
        """Something happens."""
        happenings = [self._work] * 6 + [self._go_on_or_offline] * 3 + [self._connect] * 4
        happenings += [self._share, self._open_or_close, self._change_role, self._leave_or_join, self._add_project]
        await self.chance.choice(happenings)()

    async def _connect(self) -> None:
        device = self.chance.choice(self.devices)
        if device.online:
            device.told.clear()
            await device.connect()
            assert device.told <= await self.allowed(device.person), "somebody was told what they may not see"

    async def _go_on_or_offline(self) -> None:
        device = self.chance.choice(self.devices)
        device.online = not device.online

    async def _work(self) -> None:
        device = self.chance.choice(self.devices)
        tasks = device.tasks()
        projects = [key.id for key in device.held if key.kind == "project"]
        if projects and (not tasks or self.chance.random() < 0.4):
            project_id = self.chance.choice(sorted(projects))
            device.later("POST", "/tasks", id=new_id(), title=f"Task {self.chance.random()}", project_id=project_id)
        elif tasks:
            path = f"/tasks/{self.chance.choice(tasks)}"
            match self.chance.randrange(6):
                case 0:
                    device.later("PUT", f"{path}/closure")
                case 1:
                    device.later("POST", f"{path}/comments", body="A remark")
                case 2 if projects:
                    device.later("PATCH", path, project_id=self.chance.choice(sorted(projects)))
                case 3:
                    device.later("DELETE", path)
                case _:
                    device.later("PATCH", path, title=f"Title {self.chance.random()}")

    async def _add_project(self) -> None:
        key = f"P{len(self.projects)}"
        access = self.chance.choice(["open", "private"])
        made = await self.team.project(key=key, name=f"Project {key}", access=access)
        self.projects.append(made["id"])

    async def _share(self) -> None:
        if self.projects:
            project_id, person = self.chance.choice(self.projects), self._somebody()
            path = f"/projects/{project_id}/members/{person.id}"
            if self.chance.random() < 0.6:
                level = self.chance.choice(["view", "comment", "edit"])
                await self.team.ada.api.put(path, json={"level": level})
            else:
                await self.team.ada.api.delete(path)

    async def _open_or_close(self) -> None:
        if self.projects:
            access = self.chance.choice(["open", "private"])
            path = f"/projects/{self.chance.choice(self.projects)}"
            await self.team.ada.api.patch(path, json={"access": access})

    async def _change_role(self) -> None:
        role = self.chance.choice(["admin", "member", "guest"])
        await self.team.ada.api.patch(f"/workspaces/{self.team.id}/members/{self._somebody().id}", json={"role": role})

    async def _leave_or_join(self) -> None:
        person = self._somebody()
        answer = await self.team.ada.api.delete(f"/workspaces/{self.team.id}/members/{person.id}")
        if answer.status_code == 404:
            await join(self.team, person, "member")

    def _somebody(self) -> Person:
        return self.chance.choice([self.team.ben, self.team.cleo, self.team.dan])

    async def allowed(self, person: Person) -> set[tuple[str, str]]:
        """Streams and scopes that a person may see now, from the member rows; one's own streams are all one's own."""
        reader = self.team.product.monolith.database.reader
        found = {(f"{kind}:{person.id}", f"person:{person.id}") for kind in ("access", "inbox", "profile")}
        for member in await scoped.members_of_person(reader, Actor(person.id).id):
            for scope in (await scoped.access(reader, member)).scopes():
                found.add((f"workspace:{member.workspace_id}", scope))
        return found


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 200))])
async def test_every_device_ends_with_what_a_fresh_snapshot_shows(team: Team, seed: int) -> None:
    history = History(team, random.Random(seed))
    for _ in range(STEPS):
        await history.step()

    for _ in range(2):  # what one device has to send, the others take in the second round
        for device in history.devices:
            await device.connect()
        await team.product.settled()

    snapshots: dict[str, Any] = {}
    for device in history.devices:
        await device.sync()
        fresh = Device(device.person)
        await fresh.sync()
        snapshots[device.person.id] = fresh.shown()
        assert device.shown() == fresh.shown()
    assert any(snapshots.values())
