"""Workspaces on their way from one installation to another, by the operator's commands."""

from pathlib import Path
from typing import Any

import msgspec

from headway.entrypoints.operation.arrival import Imported
from headway.entrypoints.operation.commands import ExportWorkspace, ImportWorkspace, perform_on
from headway.entrypoints.operation.transfer import Exported
from headway.modules.tasks.contracts.portable import PortableObject
from tests.support.product import Product


def _quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody watches."""


async def _order(product: Product, command: str, asked: msgspec.Struct, answer: type[Any]) -> Any:
    """Have the operator's command done."""
    raw = msgspec.Raw(msgspec.json.encode(asked))
    done = await perform_on(product.monolith, product.settings)(command, raw, _quiet)
    return msgspec.convert(done, answer, from_attributes=True)


async def export(product: Product, workspace: str, target: Path) -> Any:
    """`headway export`."""
    return await _order(product, "export", ExportWorkspace(workspace, str(target)), Exported)


async def import_(product: Product, source: Path, *, copy: bool = False, owner: str | None = None) -> Any:
    """`headway import`."""
    return await _order(product, "import", ImportWorkspace(str(source), copy, owner), Imported)


async def rows(product: Product, workspace_id: str) -> dict[tuple[str, str], dict[str, Any]]:
    """All rows of a workspace, by kind and id."""
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def take(row: PortableObject) -> None:
        found[row.kind, str(row.row.get("id", sorted(map(str, row.row.values()))))] = row.row

    await product.monolith.portable.objects(product.monolith.database.reader, workspace_id, take)
    return found


async def files_of(product: Product) -> dict[str, bytes]:
    """The content of all attachments, by key."""
    found = {}
    for held in await product.monolith.objects.list("attachments/"):
        found[held.key] = b"".join([piece async for piece in product.monolith.objects.read(held.key)])
    return found
