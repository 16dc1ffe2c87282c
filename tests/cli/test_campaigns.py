"""`campaign …`: files in, versions out, and nothing in use taken away."""

import io
import shutil
from pathlib import Path

import pytest

from bot.settings import PACKAGED_CAMPAIGNS
from storage.campaign_files import as_one_file, load
from tests.cli.conftest import CAMPAIGN, NOON, Installation, Yidui

FOLDER = PACKAGED_CAMPAIGNS / CAMPAIGN


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment's own campaign folder with the packaged campaign as one file."""
    folder = tmp_path / "campaigns"
    folder.mkdir()
    (folder / "own.toml").write_text(as_one_file(FOLDER), encoding="utf-8")
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
    assert shown.out.startswith((FOLDER / "campaign.toml").read_text(encoding="utf-8"))
    assert shown.err == ""
    assert yidui("campaign", "show", "nowhere").status == 1


def test_what_is_shown_is_the_same_campaign(yidui: Yidui, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(yidui("campaign", "show", CAMPAIGN).out, encoding="utf-8")
    assert load(copy) == load(FOLDER)


def test_check_names_every_mistake(yidui: Yidui, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    text = as_one_file(FOLDER).replace("year = 2024", "yaer = 2024").replace('level = "市"', 'level = ""')
    bad.write_text(text, encoding="utf-8")
    done = yidui("campaign", "check", str(FOLDER), str(bad))
    assert done.status == 1
    good, misspelt, *others = done.out.splitlines()
    assert good.startswith("good\t")
    assert misspelt.startswith("bad\tbad.toml: the top of the file: unknown key 'yaer'; did you mean 'year'")
    assert others == [
        "bad\tbad.toml: the top of the file: the key 'year' is missing; add it",
        "bad\tbad.toml: the top of the file: 'level' is blank; fill it in",
    ]
    assert yidui("campaign", "check", str(FOLDER)).status == 0


def test_a_folder_is_checked_whole_by_any_of_its_parts(yidui: Yidui, tmp_path: Path) -> None:
    folder = tmp_path / CAMPAIGN
    shutil.copytree(FOLDER, folder)
    with (folder / "phrasings.tsv").open("a", encoding="utf-8") as lines:
        lines.write("deadlnie\t哪天之前要组好队呀\n")
    number = len((folder / "phrasings.tsv").read_text(encoding="utf-8").splitlines())
    done = yidui("campaign", "check", *map(str, folder.iterdir()))
    assert done.status == 1
    mend = "no entry 'deadlnie' in rulebook.toml; did you mean 'deadline'?"
    assert done.out == f"bad\t{CAMPAIGN}/phrasings.tsv line {number}: {mend}\n"


def test_a_folder_of_ones_own_is_published(
    yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installation: Installation
) -> None:
    shutil.copytree(FOLDER, tmp_path / "ours" / CAMPAIGN)
    monkeypatch.setenv("YIDUI_CAMPAIGN_DIR", str(tmp_path / "ours"))
    assert "nothing changed" in yidui("campaign", "publish", CAMPAIGN, "--dry-run").out
    (tmp_path / "ours" / CAMPAIGN / "rulebook.toml").unlink()
    (tmp_path / "ours" / CAMPAIGN / "phrasings.tsv").unlink()
    before = installation.store.campaigns.get(CAMPAIGN)
    yidui("campaign", "publish", CAMPAIGN)
    bare = {rule.id: rule for rule in installation.store.campaigns.get(CAMPAIGN).rulebook}
    assert "未规定" in bare["invoice"].answer
    assert "昭通市红十字会" in bare["invoice"].answer
    assert "捐款能开发票吗" in bare["invoice"].questions
    installation.store.campaigns.publish(before, NOON)


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


def test_close_and_open_again(yidui: Yidui, installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.campaigns.NOTICE_SECONDS", 0)
    assert yidui("campaign", "close", CAMPAIGN).status == 0
    assert yidui("campaign", "list").out.startswith(f"{CAMPAIGN}\tclosed\t")
    assert "open again" in yidui("campaign", "publish", CAMPAIGN, "--dry-run").out
    assert yidui("campaign", "publish", CAMPAIGN).status == 0
    assert not installation.store.campaigns.published()[CAMPAIGN].closed


def test_what_is_frozen_stays_so(yidui: Yidui, installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.campaigns.NOTICE_SECONDS", 0)
    assert yidui("campaign", "publish", "ezhou-2023").status == 0
    frozen = yidui("campaign", "close", "ezhou-2023", "--freeze")
    assert frozen.out.startswith("ezhou-2023: frozen; 0 teams stand with what the platform confirmed\n")
    assert "ezhou-2023\tfrozen\t" in yidui("campaign", "list").out
    assert "open again" not in yidui("campaign", "publish", "ezhou-2023", "--dry-run").out
    assert yidui("campaign", "publish", "ezhou-2023").status == 0
    assert installation.store.campaigns.published()["ezhou-2023"].frozen
    assert "its figures are final" in yidui("campaign", "close", "ezhou-2023").out
    assert yidui("audit", "verify", "ezhou-2023").status == 0
    assert "has no [[awards]]" in yidui("awards", "ezhou-2023").err


def test_a_new_campaign_is_good_once_its_blanks_are_filled(
    yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert yidui("campaign", "new", "yushu-2025").status == 0
    folder = tmp_path / "yushu-2025"
    assert {part.name for part in folder.iterdir()} == {"campaign.toml", "rulebook.toml", "phrasings.tsv"}
    blank = yidui("campaign", "check", str(folder))
    assert blank.status == 1
    assert "bad\tyushu-2025/campaign.toml: the top of the file: 'name' is blank; fill it in" in blank.out
    assert "bad\tyushu-2025/rulebook.toml: [[rulebook]] no. 1 (what): 'answer' is blank; fill it in" in blank.out
    for part in folder.glob("*.toml"):
        filled = part.read_text(encoding="utf-8").replace('= ""', '= "某某"').replace("year = 0", "year = 2025")
        part.write_text(filled, encoding="utf-8")
    done = yidui("campaign", "check", str(folder))
    assert done.status == 0, done.out
    assert "yushu-2025: 2 regions, 1 projects, 19 rules, 2 pushes" in done.out


@pytest.mark.parametrize("campaign_id", ["Yushu", "玉树", "a/b", "-x"])
def test_an_id_that_is_none(yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, campaign_id: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert yidui("campaign", "new", "--", campaign_id).status != 0
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_left_alone(yidui: Yidui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "yushu-2025").mkdir()
    assert yidui("campaign", "new", "yushu-2025").status != 0
    assert list((tmp_path / "yushu-2025").iterdir()) == []


def test_wipe_empties_a_practice_drive_and_only_such_a_one(yidui: Yidui, installation: Installation) -> None:
    store = installation.store
    drill = store.campaigns.get(CAMPAIGN).model_copy(update={"id": "drill", "name": "培训演练", "practice": True})
    store.campaigns.publish(drill, store.clock.now())
    assert installation.says("li", "培训演练").startswith("【演练】")
    assert "已登记" in installation.says("li", "组队 永善县第一中学 永善县 人道暖昭通 队长李敏 13900000000")
    assert "drill\tversion 1, practice\t培训演练" in yidui("campaign", "list").out
    refused = yidui("campaign", "wipe", CAMPAIGN, "--yes")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == f"yidui: {CAMPAIGN} is no practice drive; nothing of it is ever wiped\n"
    assert store.teams.codes("drill")
    done = yidui("campaign", "wipe", "drill", "--yes")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("drill: empty; 1 teams, 0 roles and all else, ")
    assert store.teams.codes("drill") == []
    assert store.teams.codes(CAMPAIGN)
    assert yidui("audit", "verify", "drill").status == 0


@pytest.mark.parametrize(("typed", "status"), [("drill-2\n", 0), ("drill\n", 1), ("y\n", 1), ("", 1)])
def test_wipe_asks_for_the_id(
    yidui: Yidui, installation: Installation, monkeypatch: pytest.MonkeyPatch, typed: str, status: int
) -> None:
    store = installation.store
    drill = store.campaigns.get(CAMPAIGN).model_copy(update={"id": "drill-2", "name": "培训二", "practice": True})
    store.campaigns.publish(drill, store.clock.now())
    installation.says("wu", "培训二")
    installation.says("wu", "订阅")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert yidui("campaign", "wipe", "drill-2").status == status
    assert bool(store.people.subscribers("drill-2")) == bool(status)


def test_check_names_a_job_that_does_not_exist(yidui: Yidui, own_folder: Path) -> None:
    text = (own_folder / "own.toml").read_text(encoding="utf-8")
    (own_folder / "own.toml").write_text(text.replace('job = "bulletin"', 'job = "buletin"'), encoding="utf-8")
    done = yidui("campaign", "check", str(own_folder / "own.toml"))
    assert done.status == 1
    assert "no job 'buletin'; did you mean 'bulletin'?" in done.out
