"""The lock files hold what is installed by its digest, from whatever registry npm is set to."""

import json
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
LOCKED = {
    "peers": {"node_modules/@wecom/crypto", "node_modules/wechat-crypto"},
    "browser": {"node_modules/axe-core"},
}


@pytest.mark.parametrize("folder", LOCKED)
def test_a_lock_pins_digests_and_names_no_registry(folder: str) -> None:
    text = (TESTS / folder / "package-lock.json").read_text()
    packages = {path: package for path, package in json.loads(text)["packages"].items() if path}
    assert set(packages) == LOCKED[folder]
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "://" not in text
    assert "resolved" not in text
