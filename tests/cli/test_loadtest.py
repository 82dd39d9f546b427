"""`headway loadtest`: requests leave by the clock, and what becomes of each is told."""

import asyncio
import contextlib
import itertools
import re
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from headway.entrypoints.loadtest.connection import Target
from headway.entrypoints.loadtest.live import Watching
from headway.entrypoints.loadtest.mix import READS, SHARES, Asked
from headway.entrypoints.loadtest.open_loop import Load, OpenLoop, due_times
from headway.entrypoints.loadtest.plot import nice, svg
from headway.entrypoints.loadtest.results import Result, found
from tests.cli.conftest import HEADWAY, Server, Shell
from tests.support.serving import free_port, serving

TOP = Path(__file__).parents[2]
PASSWORD = "correct-horse-battery"

WELL = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
BUSY = b'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 15\r\n\r\n{"code":"busy"}'

Answering = Callable[[int, asyncio.StreamWriter], Awaitable[None]]


def test_requests_climb_to_the_rate_and_then_leave_steadily() -> None:
    times = list(due_times(Load(rate=20, ramp=2, seconds=4, streams=0)))
    assert len(times) == 20 + 40
    assert times == sorted(times)
    assert sum(time < 1 for time in times) == 5
    assert [round(later - sooner, 9) for sooner, later in itertools.pairwise(times[20:])] == [0.05] * 39


def test_six_in_a_hundred_requests_write() -> None:
    assert sum(READS.values()) == 94
    assert sum(SHARES.values()) == 100


async def test_errors_are_counted_by_kind() -> None:
    async def answer(number: int, writer: asyncio.StreamWriter) -> None:
        writer.write(BUSY if number % 3 == 0 else WELL)

    result = await driven(answer, 30)
    assert result.errors == {"503 busy": 10}
    assert (result.all.count, result.all.failed) == (30, 10)
    assert result.sorts["task"] == result.all


async def test_a_server_that_hangs_up_without_an_answer_is_a_failure() -> None:
    async def answer(_number: int, writer: asyncio.StreamWriter) -> None:
        writer.close()

    assert (await driven(answer, 5)).errors == {"connection lost (IncompleteReadError)": 5}


async def test_a_connection_that_was_closed_while_it_was_idle_is_no_failure() -> None:
    async def answer(_number: int, writer: asyncio.StreamWriter) -> None:
        writer.write(WELL)
        await writer.drain()
        writer.close()

    assert (await driven(answer, 20)).errors == {}


async def driven(answer: Answering, count: int) -> Result:
    """What a load test finds of a server that answers so."""
    load = Load(rate=200, ramp=0, seconds=count / 200, streams=0)
    async with listening(answer) as target:
        loop = OpenLoop(target, most=8)
        asked = Asked("task", target.request("GET", "/tasks/1", {}))
        await loop.run(lambda: asked, due_times(load), lambda _gone: None)
        loop.close()
    return found("http://localhost", 1, load, loop, Watching(target, []))


@contextlib.asynccontextmanager
async def listening(answer: Answering) -> AsyncIterator[Target]:
    """A server on loopback; requests are numbered as they come."""
    numbers = itertools.count()
    conversations = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.append(asyncio.current_task())
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while not writer.is_closing():
                await reader.readuntil(b"\r\n\r\n")
                await answer(next(numbers), writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Target("127.0.0.1", port, tls=False, base="")
    finally:
        server.close()
        await server.wait_closed()
        await asyncio.gather(*filter(None, conversations))


async def test_the_plot_is_an_svg_of_the_whole_course() -> None:
    async def answer(number: int, writer: asyncio.StreamWriter) -> None:
        writer.write(WELL if number else BUSY)

    drawn = ET.fromstring(svg(await driven(answer, 10)))  # noqa: S314 - made a line above
    assert drawn.tag.endswith("svg")
    assert len(drawn.findall("{*}polyline")) == 3


@pytest.mark.parametrize("most", [0, 0.4, 1, 7, 60, 99, 1234, 98765])
def test_a_scale_has_few_round_marks_and_holds_everything(most: float) -> None:
    marks = nice(most)
    assert 2 <= len(marks) <= 7
    assert marks[-1] >= most


def test_where_nobody_answers_one_line_says_so(shell: Shell) -> None:
    done = shell.run("loadtest", f"http://127.0.0.1:{free_port()}", "--email", "a@demo.example", "--password", "x")
    assert done.returncode == 1
    assert "does not answer" in done.stderr


def test_an_installation_of_real_people_is_left_alone(server: Server) -> None:
    server.shell.json("user", "add", "ada@example.org")
    made = server.shell.json("token", "create", "ada@example.org", "--name", "load", "--scope", "read")
    (server.shell.folder / "tokens").write_text(f"# one a line\n{made['token']}\n")
    done = server.shell.run("loadtest", server.url, "--tokens", "tokens")
    assert done.returncode == 1
    assert "ada@example.org is nobody of `headway demo`" in done.stderr


def test_demo_people_are_at_work_and_every_sort_is_told(shell: Shell) -> None:
    demo = shell.json("demo", "--people", "5", "--tasks", "60", "--password", PASSWORD)
    people = ("--email", demo["addresses"][0], "--password", PASSWORD)
    load = ("--rate", "20", "--seconds", "3", "--ramp", "1", "--streams", "3")
    with serving(HEADWAY, shell.folder, free_port(), {}) as url:
        result = shell.json("loadtest", url, *people, *load, "--plot", "plot.svg")
    assert result["errors"] == {}
    assert result["people"] > 1
    assert result["all"]["count"] == sum(sort["count"] for sort in result["sorts"].values()) == 40
    assert len(result["over_time"]) == 3
    assert result["streams_broken"] == 0
    assert (shell.folder / "plot.svg").read_text().startswith("<svg")


def test_the_k6_script_is_of_the_same_mix_and_has_no_slip_of_the_pen(tmp_path: Path) -> None:
    script = (TOP / "bench/k6/mixed.js").read_text("utf-8")
    shares = {sort: float(share) for sort, share in re.findall(r"\['([a-z ]+)', ([\d.]+)\]", script)}
    assert shares == SHARES
    (tmp_path / "mixed.mjs").write_text(script)
    subprocess.run([TOP / "tools/setup/with-node.sh", "node", "--check", tmp_path / "mixed.mjs"], check=True)
