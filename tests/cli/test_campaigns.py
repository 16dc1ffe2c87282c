"""`campaign …`: files in, versions out, and nothing in use taken away."""

from pathlib import Path

import pytest

from bot.settings import PACKAGED_CAMPAIGNS
from tests.cli.conftest import CAMPAIGN, Installation, Yidui

FILE = PACKAGED_CAMPAIGNS / f"{CAMPAIGN}.toml"


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment's own campaign folder with a copy of the packaged file."""
    folder = tmp_path / "campaigns"
    folder.mkdir()
    (folder / "own.toml").write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("YIDUI_CAMPAIGN_DIR", str(folder))
    return folder


def change(folder: Path, before: str, after: str) -> None:
    text = (folder / "own.toml").read_text(encoding="utf-8")
    assert before in text
    (folder / "own.toml").write_text(text.replace(before, after), encoding="utf-8")


def version(installation: Installation) -> int:
    return installation.store.campaigns.published()[CAMPAIGN].version


def test_list_and_show(yidui: Yidui) -> None:
    assert yidui("campaign", "list").out.startswith(f"{CAMPAIGN}\tversion ")
    shown = yidui("campaign", "show", CAMPAIGN)
    assert shown.out == FILE.read_text(encoding="utf-8")
    assert shown.err == ""
    assert yidui("campaign", "show", "nowhere").status == 1


def test_check_names_the_mistake(yidui: Yidui, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(FILE.read_text(encoding="utf-8").replace("year = 2024", "yaer = 2024"), encoding="utf-8")
    done = yidui("campaign", "check", str(FILE), str(bad))
    assert done.status == 1
    good, wrong = done.out.splitlines()
    assert good.startswith("good\t")
    assert wrong.startswith("bad\tbad.toml: ")
    assert "did you mean 'year'" in wrong
    assert yidui("campaign", "check", str(FILE)).status == 0


def test_publish_and_its_rehearsal(yidui: Yidui, own_folder: Path, installation: Installation) -> None:
    before = version(installation)
    assert "nothing changed" in yidui("campaign", "publish", CAMPAIGN, "--dry-run").out
    change(own_folder, 'mode = "top:10"', 'mode = "full"')
    done = yidui("campaign", "publish", CAMPAIGN, "--dry-run")
    assert done.out == f"{CAMPAIGN}: would be version {before + 1}; changed: ranking\n"
    assert "differs from what is published" in yidui("campaign", "show", CAMPAIGN).err
    assert version(installation) == before
    assert yidui("campaign", "publish", CAMPAIGN).out == f"{CAMPAIGN}: version {before + 1}\n"
    assert yidui("campaign", "publish", CAMPAIGN).out == f"{CAMPAIGN}: version {before + 1}\n"


def test_what_is_in_use_cannot_vanish(yidui: Yidui, own_folder: Path) -> None:
    text = (own_folder / "own.toml").read_text(encoding="utf-8")
    start = text.index('[[regions]]\nid = "zhaoyang"')
    end = text.index("[[regions]]", start + 1)
    (own_folder / "own.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    for arguments in (["--dry-run"], []):
        done = yidui("campaign", "publish", CAMPAIGN, *arguments)
        assert done.status == 1
        assert "region:zhaoyang" in done.err


def test_a_bad_file_beside_a_good_one_is_named_and_passed_over(yidui: Yidui, own_folder: Path) -> None:
    (own_folder / "worse.toml").write_text("id = ", encoding="utf-8")
    done = yidui("campaign", "publish", CAMPAIGN, "--dry-run")
    assert done.status == 0
    assert "worse.toml: not valid TOML" in done.err


def test_close_and_open_again(yidui: Yidui, installation: Installation) -> None:
    assert yidui("campaign", "close", CAMPAIGN).status == 0
    assert yidui("campaign", "list").out.startswith(f"{CAMPAIGN}\tclosed\t")
    assert "open again" in yidui("campaign", "publish", CAMPAIGN, "--dry-run").out
    assert yidui("campaign", "publish", CAMPAIGN).status == 0
    assert not installation.store.campaigns.published()[CAMPAIGN].closed


def test_a_new_file_is_good_once_its_blanks_are_filled(
    yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert yidui("campaign", "new", "yushu-2025").status == 0
    path = tmp_path / "yushu-2025.toml"
    blank = yidui("campaign", "check", str(path))
    assert blank.status == 1
    assert "yushu-2025.toml" in blank.out
    filled = path.read_text(encoding="utf-8").replace('= ""', '= "某某"').replace("year = 0", "year = 2025")
    path.write_text(filled, encoding="utf-8")
    done = yidui("campaign", "check", str(path))
    assert done.status == 0, done.out
    assert "yushu-2025: 2 regions, 1 projects, 5 rules, 1 pushes" in done.out


@pytest.mark.parametrize("campaign_id", ["Yushu", "玉树", "a/b", "-x"])
def test_an_id_that_is_none(yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, campaign_id: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert yidui("campaign", "new", "--", campaign_id).status != 0
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_left_alone(yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "yushu-2025.toml").write_text("mine", encoding="utf-8")
    assert yidui("campaign", "new", "yushu-2025").status != 0
    assert (tmp_path / "yushu-2025.toml").read_text(encoding="utf-8") == "mine"
