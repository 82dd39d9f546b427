"""An import takes nothing of a file that is damaged or made to do harm."""

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from headway.platform.backup.manifest import BadBackup
from headway.platform.problems import Invalid
from tests.cli.installations import export, files_of, import_, rows
from tests.support.product import Product, running_product

pytestmark = pytest.mark.anyio

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
async def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the export `x` of a workspace, and the workspace's id."""
    folder = tmp_path_factory.mktemp("exported")
    async with running_product(folder / "data") as product:
        ada = await product.person("Ada")
        workspace = await ada.post("/workspaces", name="Roofers")
        project = await ada.post("/projects", workspace_id=workspace["id"], key="OPS", name="Operations")
        task = await ada.post("/tasks", project_id=project["id"], title="Fix the roof")
        await ada.api.post(f"/tasks/{task['id']}/attachments", params={"name": "a.txt"}, content=b"what is in the file")
        await export(product, workspace["id"], folder / "x")
        await export(product, workspace["id"], folder / "x.tar")
    return folder, workspace["id"]


@pytest.fixture(scope="module")
async def other(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """Another installation, in which Ada has an account: one for all tests, each of which must leave it as it was."""
    async with running_product(tmp_path_factory.mktemp("other")) as product:
        await product.person("Ada")
        yield product


async def assert_refused(other: Product, source: Path, workspace_id: str, because: str | None = None) -> None:
    before = sorted(path.name for path in other.settings.data_dir.iterdir())
    with pytest.raises((BadBackup, Invalid), match=because):
        await import_(other, source)
    assert await rows(other, workspace_id) == {}
    assert await files_of(other) == {}
    assert sorted(path.name for path in other.settings.data_dir.iterdir()) == before


def edited(folder: Path, target: Path, name: str, edit: Edit) -> Path:
    """A copy of the export in which each line of a file is changed, with a manifest that says it is right so."""
    shutil.copytree(folder / "x", target)
    text = (target / name).read_text("utf-8")
    told = [json.loads(line) for line in (text.splitlines() if name.endswith(".ndjson") else [text])]
    for each in told:
        edit(each)
    (target / name).write_text("\n".join(json.dumps(each) for each in told) + "\n", "utf-8")
    reseal(target, lambda manifest: manifest["files"].update({name: entry_of(target / name)}))
    return target


def entry_of(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def reseal(folder: Path, edit: Edit) -> None:
    """Change the manifest, and its own hash with it."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))["manifest"]
    edit(manifest)
    raw = json.dumps(manifest)
    sealed = f'{{"manifest":{raw},"sha256":"{hashlib.sha256(raw.encode()).hexdigest()}"}}'
    (folder / "manifest.json").write_text(sealed, "utf-8")


@pytest.mark.parametrize("name", ["workspace.json", "objects.ndjson", "history.ndjson", "manifest.json", "files"])
async def test_a_flipped_bit_is_found_in_every_file(
    other: Product, exported: tuple[Path, str], tmp_path: Path, name: str
) -> None:
    folder, workspace_id = exported
    shutil.copytree(folder / "x", tmp_path / "x")
    [path] = [each for each in sorted((tmp_path / "x").rglob("*")) if each.is_file() and name in each.parts]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    await assert_refused(other, tmp_path / "x", workspace_id)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9])
async def test_a_file_that_was_cut_off_is_refused(
    other: Product, exported: tuple[Path, str], tmp_path: Path, part: float
) -> None:
    folder, workspace_id = exported
    whole = (folder / "x.tar").read_bytes().rstrip(b"\0")
    (tmp_path / "x.tar").write_bytes(whole[: int(len(whole) * part)])

    await assert_refused(other, tmp_path / "x.tar", workspace_id)


async def test_a_later_format_is_refused_by_name(other: Product, exported: tuple[Path, str], tmp_path: Path) -> None:
    folder, workspace_id = exported
    later = edited(folder, tmp_path / "head", "workspace.json", lambda head: head.update(format=99))
    await assert_refused(other, later, workspace_id, "newer release")
    shutil.copytree(folder / "x", tmp_path / "manifest")
    reseal(tmp_path / "manifest", lambda manifest: manifest.update(format=99))
    await assert_refused(other, tmp_path / "manifest", workspace_id, "newer release")


@pytest.mark.parametrize(
    ("edit", "because"),
    [
        (lambda line: line.update(kind="spell"), "does not know"),
        (lambda line: line["row"].update(version="many"), "cannot be read"),
        (lambda line: line["row"].pop("version", None), "cannot be read"),
        (lambda line: line["row"].update(file_id="../../../../etc/passwd"), "passwd is missing"),
        (lambda line: line.pop("row"), "cannot be read"),
    ],
    ids=["unknown kind", "wrong type", "missing field", "file elsewhere", "no row"],
)
async def test_rows_that_cannot_be_taken_are_found_before_anything_is_written(
    other: Product, exported: tuple[Path, str], tmp_path: Path, edit: Edit, because: str
) -> None:
    folder, workspace_id = exported
    await assert_refused(other, edited(folder, tmp_path / "x", "objects.ndjson", edit), workspace_id, because)


async def test_a_manifest_that_names_files_elsewhere_is_refused(
    other: Product, exported: tuple[Path, str], tmp_path: Path
) -> None:
    folder, workspace_id = exported
    (tmp_path / "secret").write_text("x", "utf-8")
    for number, name in enumerate(("../secret", str(tmp_path / "secret"))):
        target = tmp_path / str(number)
        shutil.copytree(folder / "x", target)
        reseal(target, lambda manifest, name=name: manifest["files"].update({name: entry_of(tmp_path / "secret")}))  # type: ignore[misc]
        await assert_refused(other, target, workspace_id, "outside")


def member(name: str, content: bytes = b"", **fields: Any) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, content


@pytest.mark.parametrize(
    "hostile",
    [
        member("x/../../escaped", b"gotcha"),
        member("/tmp/headway-escaped", b"gotcha", type=tarfile.REGTYPE),  # noqa: S108 - the very name to be refused
        member("x/link", type=tarfile.SYMTYPE, linkname="/etc"),
        member("x/hard", type=tarfile.LNKTYPE, linkname="../../escaped"),
        member("x/device", type=tarfile.CHRTYPE),
        member("x/huge", b"0" * 512, pax_headers={"GNU.sparse.map": "0,512", "GNU.sparse.size": str(1 << 40)}),
    ],
    ids=lambda each: each[0].name,
)
async def test_a_tar_file_that_reaches_out_or_swells_is_refused(
    other: Product, exported: tuple[Path, str], tmp_path: Path, hostile: tuple[tarfile.TarInfo, bytes]
) -> None:
    folder, workspace_id = exported
    shutil.copy(folder / "x.tar", tmp_path / "x.tar")
    with tarfile.open(tmp_path / "x.tar", "a", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(hostile[0], io.BytesIO(hostile[1]))

    await assert_refused(other, tmp_path / "x.tar", workspace_id)

    assert escaped(tmp_path) == []


def escaped(folder: Path) -> list[Path]:
    """Files that a hostile member has put where it wanted."""
    return [*folder.rglob("*escaped*"), *Path("/tmp").glob("headway-escaped")]  # noqa: S108 - as the member says


async def test_a_compressed_file_is_refused(other: Product, exported: tuple[Path, str], tmp_path: Path) -> None:
    folder, workspace_id = exported
    with tarfile.open(tmp_path / "x.tar", "w:gz") as archive:
        archive.add(folder / "x", arcname="x")

    await assert_refused(other, tmp_path / "x.tar", workspace_id, "cannot be read")
