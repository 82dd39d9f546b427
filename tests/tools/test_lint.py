"""The house rules find what they forbid, and only that."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tools.lint.__main__ import main
from tools.lint.rule import Finding, Rule, findings
from tools.lint.rules import RULES
from tools.lint.rules.function_budget import FUNCTION_BUDGET
from tools.lint.rules.no_sleep_in_tests import NO_SLEEP_IN_TESTS
from tools.lint.rules.private_modules import PRIVATE_MODULES
from tools.lint.rules.runtime_dependencies import RUNTIME_DEPENDENCIES
from tools.lint.rules.sql_is_constant import SQL_IS_CONSTANT
from tools.lint.source import Source


def found(rule: Rule, files: Mapping[str, str]) -> list[Finding]:
    return findings(rule, [Source(path, text) for path, text in files.items()])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_accepts_its_good_example(rule: Rule) -> None:
    assert found(rule, rule.good) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_refuses_its_bad_example(rule: Rule) -> None:
    assert found(rule, rule.bad)


def test_an_exception_needs_a_reason() -> None:
    without = "import time\n\ntime.sleep(1)  # allow no-sleep-in-tests:\n"
    reasoned = "import time\n\ntime.sleep(1)  # allow no-sleep-in-tests: the test is about sleeping\n"
    assert found(NO_SLEEP_IN_TESTS, {"tests/test_a.py": without})
    assert found(NO_SLEEP_IN_TESTS, {"tests/test_a.py": reasoned}) == []


def test_an_exception_to_one_rule_is_none_to_another() -> None:
    text = "import time\n\ntime.sleep(1)  # allow file-budget: a table of zones\n"
    assert found(NO_SLEEP_IN_TESTS, {"tests/test_a.py": text})


def test_a_browser_that_waits_for_time_to_pass_is_a_sleep() -> None:
    text = "def test_a(page: Page) -> None:\n    page.wait_for_timeout(500)\n"
    assert found(NO_SLEEP_IN_TESTS, {"tests/test_a.py": text})


def test_one_long_function_among_many_short_ones_is_within_the_budget() -> None:
    short = "".join(f"def f{number}() -> None: ...\n" for number in range(40))
    long = "def g() -> None:\n" + "    ...\n" * 40
    project = FUNCTION_BUDGET.good["pyproject.toml"]
    assert found(FUNCTION_BUDGET, {"pyproject.toml": project, "src/headway/a.py": short + long}) == []
    assert found(FUNCTION_BUDGET, {"pyproject.toml": project, "src/headway/a.py": long})


def test_a_docstring_does_not_count_as_code() -> None:
    text = 'def f() -> None:\n    """' + "Explained.\n" * 80 + '    """\n'
    project = FUNCTION_BUDGET.good["pyproject.toml"]
    assert found(FUNCTION_BUDGET, {"pyproject.toml": project, "src/headway/a.py": text}) == []


def test_the_dependency_budget_only_goes_down() -> None:
    unused = RUNTIME_DEPENDENCIES.good["pyproject.toml"].replace('"litestar"', "")
    assert "lower the budget" in found(RUNTIME_DEPENDENCIES, {"pyproject.toml": unused})[0].message


@pytest.mark.parametrize(
    "line",
    [
        "\"SELECT id FROM tasks WHERE title = '%s'\" % title",
        '"DELETE FROM tasks WHERE id = " + title',
        '"PRAGMA user_version = {}".format(title)',
        'f"CREATE TABLE {title} (id BLOB)"',
    ],
)
def test_sql_from_pieces_is_found_however_it_is_put_together(line: str) -> None:
    assert found(SQL_IS_CONSTANT, {"src/headway/a.py": f"title = input()\nquery = {line}\n"})


def test_only_entry_points_see_into_modules() -> None:
    text = "from headway.modules.tasks.wiring import build\n"
    assert found(PRIVATE_MODULES, {"src/headway/entrypoints/monolith.py": text}) == []
    assert found(PRIVATE_MODULES, {"src/headway/gateway/app.py": text})


def test_the_command_names_place_and_rule_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pyproject.toml").write_text(FUNCTION_BUDGET.good["pyproject.toml"])
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("import time\n\ntime.sleep(1)\n")
    assert main([str(tmp_path)]) == 1
    assert "tests/test_a.py:3: no-sleep-in-tests:" in capsys.readouterr().out


def test_the_command_ends_well_when_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(FUNCTION_BUDGET.good["pyproject.toml"])
    assert main([str(tmp_path)]) == 0
