"""`qr`: a picture of the code, and where a scan of it lands."""

from pathlib import Path

import pytest

from bot.simulator.platform import Platform
from storage.scenes import Scene
from tests.cli.conftest import CAMPAIGN, Installation, Yidui
from tests.cli.test_menu import platform  # noqa: F401


@pytest.mark.parametrize(("options", "team", "lands"), [((), "", "“5·8"), (("--team", "#1"), "0001", "昭通市第一中学")])
def test_a_code_for_the_campaign_or_a_team(
    yidui: Yidui,
    installation: Installation,
    platform: Platform,  # noqa: F811
    tmp_path: Path,
    options: tuple[str, ...],
    team: str,
    lands: str,
) -> None:
    file = tmp_path / "code.png"
    done = yidui("qr", CAMPAIGN, *options, "-o", str(file))
    assert (done.status, done.err) == (0, "")
    assert lands in done.out
    assert file.read_bytes().startswith(b"\x89PNG")
    with platform.lock:
        (code,) = platform.qrcodes._codes.values()
    assert installation.store.scenes.find(code.scene) == Scene(CAMPAIGN, team)


def test_an_account_without_scenes_gives_the_words_instead(
    yidui: Yidui,
    platform: Platform,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YIDUI_WECHAT_ACCOUNT", "verified_subscription")
    done = yidui("qr", CAMPAIGN, "-o", str(tmp_path / "code.png"))
    assert done.status == 1
    (line,) = done.err.splitlines()
    assert "48001 verified_subscription lacks scene_qr" in line
    assert "关注后发“活动 昭通" in line
    assert not (tmp_path / "code.png").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((CAMPAIGN, "-o", "code.jpg"), "ends in .png"),
        ((CAMPAIGN, "--team", "9999", "-o", "code.png"), "has no team 9999"),
        (("nowhere", "-o", "code.png"), "no campaign 'nowhere' is published"),
    ],
)
def test_what_it_cannot_do_is_one_line(yidui: Yidui, arguments: tuple[str, ...], told: str) -> None:
    done = yidui("qr", *arguments)
    assert done.status == 1
    (line,) = done.err.splitlines()
    assert told in line
