"""Everything that a core install brings may be used under a licence that asks for nothing but its own text."""

import importlib.metadata
import re

from packaging.requirements import Requirement

FREE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|zlib|HPND|Unlicense)\b", re.IGNORECASE
)

READ_BY_HAND = {"pysqlite3": "zlib, says its LICENSE file; its metadata says nothing"}


def installed_with(name: str, found: set[str]) -> set[str]:
    """The packages that installing `name` brings, itself included."""
    if name not in found:
        found.add(name)
        for line in importlib.metadata.requires(name) or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                installed_with(requirement.name.lower().replace("_", "-"), found)
    return found


def licence(metadata: importlib.metadata.PackageMetadata) -> str:
    classifiers = [text for text in metadata.get_all("Classifier") or [] if text.startswith("License ::")]
    # some packages put the licence's whole text into the field that is meant for its name
    named = [
        (metadata.get_all("License-Expression") or [""])[0],
        *(metadata.get_all("License") or [""])[0].splitlines()[:1],
    ]
    return " ".join([*named, *classifiers])


def test_no_package_of_the_core_install_asks_for_more_than_its_notice() -> None:
    packages = installed_with("headway", set())
    assert "litestar" in packages
    licences = {name: licence(importlib.metadata.metadata(name)) for name in packages} | READ_BY_HAND
    assert {name: text for name, text in licences.items() if not FREE.search(text)} == {}
