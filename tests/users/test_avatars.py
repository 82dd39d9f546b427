"""Pictures of people: checked, made small by a job, shown to those who know the person."""

import io

import httpx
import pytest
from PIL import Image

from tests.auth.place import Person, Place, code_of

pytestmark = pytest.mark.anyio


def picture(color: str = "red", kind: str = "PNG", size: tuple[int, int] = (400, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind)
    return out.getvalue()


async def upload(person: Person, data: bytes) -> httpx.Response:
    return await person.api.put("/users/me/avatar", content=data, headers={"content-type": "image/png"})


async def shown(person: Person) -> str | None:
    url: str | None = (await person.api.get("/users/me")).json()["avatar_url"]
    return url


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
async def test_a_picture_is_shown_as_a_small_square_webp(place: Place, kind: str) -> None:
    ann = await place.register("Ann")
    accepted = await upload(ann, picture("red", kind))
    assert (accepted.status_code, accepted.json()["avatar_url"]) == (202, None)
    await place.settle()
    url = await shown(ann)
    assert url is not None
    answer = await ann.api.get(f"http://localhost:8000{url}")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))
        darkest, brightest = zip(*image.convert("RGB").getextrema(), strict=True)
        assert darkest[0] > 200
        assert max(brightest[1:]) < 60


async def test_another_picture_has_another_address_and_the_former_file_goes(place: Place) -> None:
    ann = await place.register("Ann")
    await upload(ann, picture("red"))
    await place.settle()
    first = await shown(ann)
    await upload(ann, picture("blue"))
    await place.settle()
    second = await shown(ann)
    assert first is not None
    assert second not in {None, first}
    assert code_of(await ann.api.get(f"http://localhost:8000{first}")) == (404, "not_found")
    assert (await ann.api.get(f"/users/{ann.id}/avatar")).headers["cache-control"] == "private, no-cache"
    assert len(await place.objects.list("avatars/")) == 1


async def test_a_picture_that_is_taken_away_is_gone(place: Place) -> None:
    ann = await place.register("Ann")
    await upload(ann, picture())
    await place.settle()
    for _ in range(2):
        assert (await ann.api.delete("/users/me/avatar")).status_code == 204
    await place.settle()
    assert await shown(ann) is None
    assert code_of(await ann.api.get(f"/users/{ann.id}/avatar")) == (404, "not_found")
    assert await place.objects.list() == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unknown_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "unknown_format"),
        (picture()[:200], "damaged"),
        (b"%PDF-1.7", "unknown_format"),
    ],
    ids=["nothing", "svg", "half", "pdf"],
)
async def test_what_is_no_picture_is_refused_and_changes_nothing(place: Place, data: bytes, code: str) -> None:
    ann = await place.register("Ann")
    await upload(ann, picture())
    await place.settle()
    before = await shown(ann)
    answer = await upload(ann, data)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)
    await place.settle()
    assert await shown(ann) == before


async def test_a_file_that_is_too_large_is_refused(place: Place) -> None:
    ann = await place.register("Ann")
    assert code_of(await upload(ann, b"x" * 200_001)) == (413, "body_too_large")


async def test_only_those_who_share_a_workspace_see_the_picture(place: Place) -> None:
    ann, ben, eve = [await place.register(name) for name in ("Ann", "Ben", "Eve")]
    await upload(ann, picture())
    await place.settle()
    place.circle.pairs.add(frozenset({ann.id, ben.id}))
    assert (await ben.api.get(f"/users/{ann.id}/avatar")).status_code == 200
    assert code_of(await eve.api.get(f"/users/{ann.id}/avatar")) == (404, "not_found")
    assert code_of(await place.browser().get(f"/users/{ann.id}/avatar")) == (401, "unauthenticated")


async def test_a_job_that_runs_again_changes_nothing_more(place: Place) -> None:
    ann = await place.register("Ann")
    await upload(ann, picture())
    await place.settle()
    me = (await ann.api.get("/users/me")).json()
    avatar = me["avatar_url"].rpartition("=")[2]
    make = next(job for job in place.users.module.jobs if job.name == "users.make_avatar")
    await make.run(make.payload(ann.id, avatar), Unused())
    assert (await ann.api.get("/users/me")).json() == me


class Unused:
    """A running job that is never asked for anything."""

    id = ""
    attempt = 1

    def report(self, done: int, total: int) -> None:
        raise AssertionError

    async def finish(self, tx: object) -> None:
        raise AssertionError
