"""The contracts in .importlinter refuse what they are there to refuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


def check_contract(top: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("lint-imports"))
    # without its cache: the copy has the real package's name and other contents
    command = [program, "--no-cache", "--no-logo", "--contract", contract]
    return subprocess.run(command, cwd=top, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("contract", "importer", "imported"),
    [
        ("layers", "platform/clock.py", "headway.changes.log"),
        ("layers", "unheard_of.py", "msgspec"),
        ("modules", "modules/auth/anything.py", "headway.modules.tasks.contracts"),
        ("inside", "modules/tasks/store/anything.py", "headway.modules.tasks.service"),
        ("inside", "modules/tasks/unheard_of.py", "msgspec"),
        ("edges-are-thin", "modules/tasks/http/anything.py", "headway.modules.tasks.store"),
        ("domain-is-pure", "modules/tasks/domain/anything.py", "headway.platform.db.port"),
        ("contracts-are-promises", "changes/contracts.py", "sqlalchemy"),
        ("drivers", "changes/anything.py", "pysqlite3"),
        ("settings-at-the-root", "gateway/anything.py", "headway.settings"),
    ],
)
def test_an_import_in_the_wrong_direction_is_refused(
    tmp_path: Path, contract: str, importer: str, imported: str
) -> None:
    shutil.copytree(TOP / "src/headway", tmp_path / "headway", ignore=shutil.ignore_patterns("web_client", "*.pyc"))
    shutil.copy(TOP / ".importlinter", tmp_path)
    with (tmp_path / "headway" / importer).open("a") as file:
        file.write(f"\nimport {imported}\n")
    checked = check_contract(tmp_path, contract)
    assert checked.returncode == 1, checked.stdout
    assert Path(importer).stem in checked.stdout.partition("Broken contracts")[2]
