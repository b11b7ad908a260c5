"""What is vendored is what it was: a change of it is seen."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

import kg.serve

YASGUI = Path(kg.serve.__file__).parent / "vendor" / "yasgui"

# Of @zazuko/yasgui 4.6.2, as its package has them.
HASHES = {
    "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
}


@pytest.mark.parametrize("name", HASHES)
def test_the_vendored_file_is_the_published_one(name):
    assert sha256((YASGUI / name).read_bytes()).hexdigest() == HASHES[name]


def test_its_version_and_licence_stand_beside_it():
    assert "@zazuko/yasgui` 4.6.2" in (YASGUI / "README.md").read_text("utf-8")
    assert "MIT License" in (YASGUI / "LICENSE").read_text("utf-8")
