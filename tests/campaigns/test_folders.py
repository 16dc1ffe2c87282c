"""A campaign as a folder: facts, answers and phrasings apart; every mistake names its file, its line and its mend."""

from pathlib import Path

import pytest

from storage.campaign_files import CampaignFileError, as_one_file, load, read_folder
from tests.campaigns.test_campaign_files import SOUND

RULEBOOK = """\
[[rulebook]]
id = "deadline"
topic = "registration"
answer = "4月30日以前。"
source = "三（一）"

[[rulebook]]
id = "invoice"
topic = "giving"
answer = "发票由第三方开具。"
source = "三（二）"
"""
PHRASINGS = "# as people ask\ndeadline\t组队哪天截止\n\ndeadline\t报名到几号\ninvoice\t发票谁开\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "small-2024"
    there.mkdir()
    (there / "campaign.toml").write_text(SOUND, encoding="utf-8")
    (there / "rulebook.toml").write_text(RULEBOOK, encoding="utf-8")
    (there / "phrasings.tsv").write_text(PHRASINGS, encoding="utf-8")
    return there


def write(folder: Path, part: str, text: str) -> None:
    (folder / part).write_text(text, encoding="utf-8")


def found(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CampaignFileError) as caught:
        load(folder)
    assert str(caught.value).startswith(caught.value.findings[0])
    return caught.value.findings


def test_the_parts_are_one_campaign(folder: Path) -> None:
    deadline, invoice, *_ = load(folder).rulebook
    assert deadline.questions == ("组队哪天截止", "报名到几号")
    assert (invoice.questions[0], invoice.answer, invoice.status) == ("发票谁开", "发票由第三方开具。", "stated")


def test_a_folder_as_one_file_is_the_same_campaign(folder: Path, tmp_path: Path) -> None:
    one = tmp_path / "one.toml"
    one.write_text(as_one_file(folder), encoding="utf-8")
    assert load(one) == load(folder)
    assert "捐款能开发票吗" not in one.read_text(encoding="utf-8")


def test_facts_alone_are_a_campaign(folder: Path) -> None:
    (folder / "rulebook.toml").unlink()
    (folder / "phrasings.tsv").unlink()
    assert {"invoice", "refuse-farming"} <= {rule.id for rule in load(folder).rulebook}


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("deadline 组队到哪天\n", "line 6: no tab; write the entry's id, a tab, and the phrasing"),
        ("deadline\t\n", "line 6: the phrasing is missing; write id, a tab, and the phrasing"),
        ("\t组队到哪天\n", "line 6: the id is missing; write id, a tab, and the phrasing"),
        ("deadline\t组队到哪天\t报到哪天\n", "line 6: more than one tab; write one phrasing a line"),
        ("deadlin\t组队到哪天\n", "line 6: no entry 'deadlin' in rulebook.toml; did you mean 'deadline'?"),
        ("refund\t退钱\n", "line 6: no entry 'refund' in rulebook.toml; known: deadline, invoice"),
        ("invoice\t报名到几号\n", "line 6: '报名到几号' stands in line 4 under 'deadline'; keep one of them"),
    ],
)
def test_a_line_of_the_phrasings(folder: Path, lines: str, says: str) -> None:
    write(folder, "phrasings.tsv", PHRASINGS + lines)
    assert found(folder) == (f"small-2024/phrasings.tsv {says}",)


def test_every_mistake_of_every_part_is_told(folder: Path) -> None:
    write(folder, "campaign.toml", SOUND.replace("year = 2024\n", ""))
    write(folder, "rulebook.toml", RULEBOOK.replace("answer", "anwser", 1))
    write(folder, "phrasings.tsv", PHRASINGS + "?\n")
    assert found(folder) == (
        "small-2024/rulebook.toml: [[rulebook]] no. 1 (deadline): unknown key 'anwser'; did you mean 'answer'?",
        "small-2024/campaign.toml: the top of the file: the key 'year' is missing; add it",
        "small-2024/rulebook.toml: [[rulebook]] no. 1 (deadline): the key 'answer' is missing; add it",
        "small-2024/phrasings.tsv line 6: no tab; write the entry's id, a tab, and the phrasing",
    )


def test_an_entry_for_which_nobody_asks(folder: Path) -> None:
    write(folder, "phrasings.tsv", "invoice\t发票谁开\n")
    assert found(folder) == (
        "small-2024/rulebook.toml: [[rulebook]] no. 1 (deadline): nobody asks for it; "
        "add lines with its id to phrasings.tsv",
    )


def test_a_contact_that_is_none_is_the_rulebooks_mistake(folder: Path) -> None:
    write(folder, "rulebook.toml", RULEBOOK + 'contact = "lo"\n')
    assert found(folder) == ("small-2024/rulebook.toml: rulebook.invoice.contact: no such id 'lo'; known: li",)


def test_what_stands_in_the_wrong_part(folder: Path) -> None:
    write(folder, "campaign.toml", f"{SOUND}\n{RULEBOOK}")
    write(folder, "rulebook.toml", f"year = 2024\n{RULEBOOK}")
    assert found(folder) == (
        "small-2024/campaign.toml: [[rulebook]] stands here; move it into rulebook.toml",
        "small-2024/rulebook.toml: 'year' stands here; move it into campaign.toml",
    )


@pytest.mark.parametrize(("part", "says"), [("campaign.toml", "cannot be read"), ("rulebook.toml", "not valid TOML")])
def test_a_part_that_cannot_be_read(folder: Path, part: str, says: str) -> None:
    (folder / part).unlink()
    if part == "rulebook.toml":
        write(folder, part, "id = ")
    (line,) = found(folder)
    assert line.startswith(f"small-2024/{part}: {says}")


def test_a_folder_of_campaigns_holds_files_and_folders(folder: Path) -> None:
    around = folder.parent
    (around / "other.toml").write_text(SOUND.replace("small-2024", "other-2024"), encoding="utf-8")
    (around / "pictures").mkdir()
    (around / "_drafts").mkdir()
    (around / "_drafts" / "campaign.toml").write_text("id = ", encoding="utf-8")
    (around / "half").mkdir()
    (around / "half" / "rulebook.toml").write_text(RULEBOOK, encoding="utf-8")
    read = {path.name: read for path, read in read_folder(around)}
    assert isinstance(read.pop("half"), CampaignFileError)
    assert {name: campaign.id for name, campaign in read.items()} == {  # type: ignore[union-attr]  # none of these is an error
        "other.toml": "other-2024",
        "small-2024": "small-2024",
    }
