"""What every campaign inherits: it never speaks for the document, and the campaign's own entry comes first."""

import re
from pathlib import Path

import pytest

from handlers.rulebook.questions import Found, rulebook_of
from storage.campaign_common import WHOM, common
from storage.campaign_document import Rule
from storage.campaign_files import CampaignFileError, load
from storage.campaign_schema import Campaign
from tests.campaigns.test_campaign_files import SOUND

FOLDER = Path(__file__).parents[2] / "campaigns"


def campaign(folder: Path, more: str = "") -> Campaign:
    path = folder / "small.toml"
    path.write_text(f"{SOUND}\n{more}", encoding="utf-8")
    return load(path)


def rule(of: Campaign, rule_id: str) -> Rule:
    return next(rule for rule in of.rulebook if rule.id == rule_id)


def test_no_common_entry_speaks_for_a_document() -> None:
    for entry in common().entries:
        assert entry.status in ("not stated", "general"), entry.id
        assert ("未规定" in entry.answer) == (entry.status == "not stated"), entry.id
        assert entry.status == "general" or WHOM in entry.answer, entry.id
        assert entry.source
        assert "确认" not in entry.answer
        assert len(common().phrasings[entry.id]) >= 8, entry.id


def test_refusals_refuse_and_propose_nothing() -> None:
    refused = [entry for entry in common().entries if entry.topic == "refuse"]
    assert len(refused) == 5
    for entry in refused:
        assert "不能" in entry.answer
        assert re.search("^能.+吗$|可以吗$", common().phrasings[entry.id][0])


def test_no_common_phrasing_stands_twice() -> None:
    every = [words for asked in common().phrasings.values() for words in asked]
    assert len(every) == len(set(every))


def test_a_campaign_without_a_rulebook_answers_what_is_common(tmp_path: Path) -> None:
    small = campaign(tmp_path)
    assert {each.id for each in small.rulebook} == {entry.id for entry in common().entries}
    refund = rule(small, "refund")
    assert (refund.status, refund.contact) == ("not stated", "li")
    assert "请问红十字会" in refund.answer
    assert all(WHOM not in each.answer for each in small.rulebook)
    for asked, entry in [("我多捐了一个零，能退回来吗", "refund"), ("捐款能给张发票么", "invoice")]:
        found = rulebook_of(small).ask(asked)
        assert isinstance(found, Found)
        assert found.rule.id == entry


def test_the_organiser_is_asked_where_there_is_no_contact(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    text = SOUND[: SOUND.index("[[contacts]]")].replace('contacts = ["li"]\n', "") + SOUND[SOUND.index("[policy]") :]
    path.write_text(text, encoding="utf-8")
    refund = rule(load(path), "refund")
    assert refund.contact is None
    assert "请问某市红十字会" in refund.answer


OWN = '[[rulebook]]\nid = "refund"\ntopic = "giving"\nanswer = "三日内可退。"\nsource = "六"\n'


def test_an_entry_of_its_own_takes_the_place(tmp_path: Path) -> None:
    small = campaign(tmp_path, OWN)
    assert [each.answer for each in small.rulebook if each.id == "refund"] == ["三日内可退。"]
    assert rule(small, "refund").questions == common().phrasings["refund"]


def test_an_entry_may_cover_several(tmp_path: Path) -> None:
    own = OWN.replace('"refund"', '"money"') + 'questions = ["钱的事"]\ncovers = ["refund", "tax"]\n'
    small = campaign(tmp_path, own)
    assert {"refund", "tax"}.isdisjoint(each.id for each in small.rulebook)
    money = rule(small, "money")
    assert money.questions[0] == "钱的事"
    assert {*common().phrasings["refund"], *common().phrasings["tax"]} <= set(money.questions)


def test_covering_what_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(CampaignFileError, match="no common entry 'refnud'; did you mean 'refund'"):
        campaign(tmp_path, OWN + 'covers = ["refnud"]\nquestions = ["退"]\n')


def test_a_phrasing_of_its_own_is_no_other_entrys(tmp_path: Path) -> None:
    asked = common().phrasings["tax"][0]
    small = campaign(tmp_path, OWN + f'questions = ["{asked}"]\n')
    assert asked in rule(small, "refund").questions
    assert asked not in rule(small, "tax").questions


def test_the_packaged_campaigns_keep_their_own_answers() -> None:
    """They answer all of it themselves, but for public money, and what the items of Suining leave open."""
    for path in FOLDER.glob("*-20*"):
        read = load(path)
        general = {each.id for each in read.rulebook if each.status == "general"}
        inherited = {each.id for each in read.rulebook if each.source == "文件 全文"}
        assert general == set(), read.id
        assert inherited - {"platform-features"} == {"unit-money"}, read.id
        assert ("platform-features" in inherited) == (read.id == "suining-2023")


def test_no_copied_phrasing_is_left_of_what_is_common() -> None:
    """Whatever two campaigns ask in the same words for a common entry stands once, but for the first of each entry."""
    shared = {words for entry in common().entries for words in common().phrasings[entry.id]}
    for path in FOLDER.glob("*-20*"):
        firsts = {each.questions[0] for each in load(path).rulebook}
        lines = (path / "phrasings.tsv").read_text(encoding="utf-8").splitlines()
        copies = [line for line in lines if (words := line.partition("\t")[2]) in shared and words not in firsts]
        assert copies == [], path.name


def test_the_page_names_what_comes_along() -> None:
    page = (FOLDER.parent / "docs" / "campaigns.md").read_text(encoding="utf-8")
    assert [name for name in common().phrasings if f"`{name}`" not in page] == []
    assert {entry.id for entry in common().entries} <= common().phrasings.keys()
