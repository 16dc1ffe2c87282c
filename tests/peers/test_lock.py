"""The lock file holds what is installed by its digest, from whatever registry npm is set to."""

import json
from pathlib import Path


def test_the_lock_pins_digests_and_names_no_registry() -> None:
    text = Path(__file__).with_name("package-lock.json").read_text()
    packages = {path: package for path, package in json.loads(text)["packages"].items() if path}
    assert set(packages) == {"node_modules/@wecom/crypto", "node_modules/wechat-crypto"}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "://" not in text
    assert "resolved" not in text
