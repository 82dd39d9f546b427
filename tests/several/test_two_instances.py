"""Two instances of one MariaDB with Redis are one product to whoever uses them."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.several.instances import (
    PASSWORD,
    House,
    Instance,
    Person,
    server_and_worker,
    succeeded,
    two_instances,
    until,
)
from tests.support.redis import RedisServer, running_redis


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with running_redis() as running:
        yield running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, redis: RedisServer) -> Iterator[House]:
    with two_instances(tmp_path_factory.mktemp("several"), HEADWAY_REDIS_URL=redis.url) as running:
        until(lambda: all("redis_there" in each.log for each in (running.one, running.two)))
        yield running


def project_of(person: Person, instance: Instance) -> Any:
    """A project in the person's own workspace."""
    with person.at(instance) as client:
        until(lambda: bool(client.get("/workspaces").json()["items"]))
        [workspace] = succeeded(client.get("/workspaces"))["items"]
        return succeeded(client.post("/projects", json={"workspace_id": workspace["id"], "key": "OPS", "name": "Ops"}))


def titles(client: httpx.Client, project: Any, **headers: str) -> list[str]:
    answer = succeeded(client.get("/tasks", params={"project_id": project["id"]}, headers=headers))
    return [task["title"] for task in answer["items"]]


def add(client: httpx.Client, project: Any, title: str) -> httpx.Response:
    return client.post("/tasks", json={"project_id": project["id"], "title": title})


def test_what_one_has_written_the_other_shows_at_once_to_whoever_wrote_it(house: House) -> None:
    ada = house.person("Ada")
    project = project_of(ada, house.one)
    with ada.at(house.one) as there, ada.at(house.two) as here:
        for number in range(0, 20, 2):
            for title, echo in ((f"Task {number}", False), (f"Task {number + 1}", True)):
                titles(here, project)  # is kept there now
                written = add(there, project, title)
                seen = {"headway-seen": succeeded(written) and written.headers["headway-version"]} if echo else {}
                assert title in titles(here, project, **seen)


def test_who_has_seen_something_at_one_sees_it_at_the_other(house: House) -> None:
    ben = house.person("Ben")
    project = project_of(ben, house.one)
    with ben.at(house.one) as there, ben.at(house.two) as here, browser_of(house, "ben", house.one) as elsewhere:
        for number in range(10):
            titles(here, project)
            add(elsewhere, project, f"Task {number}")
            seen = titles(there, project)
            assert set(seen) <= set(titles(here, project))


def test_a_live_stream_at_one_tells_what_is_written_at_the_other(house: House) -> None:
    cleo = house.person("Cleo")
    project = project_of(cleo, house.one)
    with cleo.at(house.one) as there, cleo.at(house.two) as here, here.stream("GET", "/events") as stream:
        lines = stream.iter_lines()
        assert "event: hello" in (next(lines), next(lines), next(lines))
        succeeded(add(there, project, "Paint the fence"))
        assert any("Paint the fence" in line for line in lines)


def test_a_token_that_was_revoked_at_one_ends_at_the_other(house: House) -> None:
    dan = house.person("Dan")
    with dan.at(house.one) as there, browser_of(house, "dan", house.two) as here:
        succeeded(there.get("/workspaces"))
        succeeded(here.delete(f"/auth/tokens/{dan.token_id}"))
        until(lambda: there.get("/workspaces").status_code == 401)


@contextlib.contextmanager
def browser_of(house: House, name: str, instance: Instance) -> Iterator[httpx.Client]:
    """Another session of somebody."""
    with httpx.Client(base_url=f"{instance.url}/api/v1", headers=browser(house)) as client:
        succeeded(client.post("/auth/login", json={"email": f"{name}@example.com", "password": PASSWORD}))
        yield client


def browser(house: House) -> dict[str, str]:
    return {"origin": house.one.url, "x-forwarded-for": house.address()}


def guesses(house: House, count: int) -> list[int]:
    """What so many attempts to sign in from one new address, at both by turns, are answered."""
    headers = browser(house)
    with httpx.Client(headers=headers) as client:
        places = [f"{each.url}/api/v1/auth/login" for each in (house.one, house.two)]
        return [client.post(places[number % 2], json={}).status_code for number in range(count)]


def test_limits_are_counted_together_exactly(house: House) -> None:
    answers = guesses(house, 30)
    assert answers[:20] == [400] * 20
    assert answers[20:] == [429] * 10


def test_wrong_passwords_are_counted_together_exactly(house: House) -> None:
    house.person("Eve")
    codes = []
    for number in range(14):
        place = (house.one, house.two)[number % 2]
        asked = {"email": "eve@example.com", "password": "wrong"}
        codes.append(httpx.post(f"{place.url}/api/v1/auth/login", json=asked, headers=browser(house)).status_code)
    assert codes == [401] * 10 + [429] * 4


def test_without_redis_everything_goes_on_and_with_it_again_it_is_as_before(house: House, redis: RedisServer) -> None:
    fay = house.person("Fay")
    project = project_of(fay, house.one)
    with fay.at(house.one) as there, fay.at(house.two) as here:
        titles(here, project)
        back = [each.log.count("redis_there") for each in (house.one, house.two)]
        redis.kill()
        written = add(there, project, "Without")
        assert "Without" in titles(here, project, **{"headway-seen": written.headers["headway-version"]})
        add(there, project, "Without that either")
        until(lambda: "Without that either" in titles(here, project))
        alone = guesses(house, 50)
        assert alone.count(400) == 40  # each counts for itself
        assert all("redis_away" in each.log for each in (house.one, house.two))

        redis.start()
        until(lambda: all(e.log.count("redis_there") > n for e, n in zip((house.one, house.two), back, strict=True)))
        assert guesses(house, 30).count(400) == 20
        titles(here, project)
        add(there, project, "Again")
        assert "Again" in titles(here, project)


def leader(house: House, work: str) -> tuple[Instance, Instance]:
    """Who does it, and who does not."""

    def leads(instance: Instance) -> bool:
        return any(f'"{work}"' in line and '"leading"' in line for line in instance.log.splitlines())

    until(lambda: leads(house.one) or leads(house.two))
    return (house.one, house.two) if leads(house.one) else (house.two, house.one)


def test_a_consumer_moves_to_the_other_when_its_instance_is_killed(tmp_path: Path) -> None:
    with two_instances(tmp_path) as house:  # without Redis: what there is to do is found by polling
        gus = house.person("Gus")
        first, second = leader(house, "consumer analytics")
        project = project_of(gus, second)
        first.kill()
        until(lambda: '"work": "consumer analytics"' in second.log)
        with gus.at(second) as client:
            succeeded(add(client, project, "Count me"))
            until(lambda: counted(client, project) == 1)


def test_a_worker_does_what_instances_leave_to_it(tmp_path: Path) -> None:
    with server_and_worker(tmp_path) as house:
        hal = house.person("Hal")
        project = project_of(hal, house.one)
        with hal.at(house.one) as client:
            succeeded(add(client, project, "Count me"))
            until(lambda: counted(client, project) == 1)
        assert '"leading"' in house.two.log
        assert '"leading"' not in house.one.log


def counted(client: httpx.Client, project: Any) -> int:
    """How many tasks the statistics know, which a consumer makes."""
    return int(succeeded(client.get("/stats", params={"project_id": project["id"]}))["total"])
