"""Closed, then frozen: what the platform confirmed ranks, and only an organizer changes a figure, with a reason."""

import re
from pathlib import Path

import pytest

from bot.cli.campaigns import _freeze
from bot.cli.session import CommandError
from bot.simulator.people import SimulatedPerson
from handlers.language.names import unit_key
from storage.migrations.endings import note_endings
from storage.migrations.step import Upgrade
from tests.conversations.conftest import Office, app, office, settings, webhook, zhaotong
from tests.conversations.test_team_acts import told
from tests.imports.test_platform import HEAD, Evening

__all__ = ["app", "office", "settings", "webhook", "zhaotong"]

FILE = (
    HEAD
    + "永善县人民医院,https://p/1,人道暖昭通,3000.00,30,\n绥江县第一中学,https://p/2,,900,9,\n鲁甸县第一中学,https://p/3,,50,,\n谁也不是,https://p/9,,7,1,\n"
)


@pytest.fixture
def frozen(office: Office, tmp_path: Path) -> Evening:
    """#0001 reported 2,800 online and 500 offline, #0002 nothing, #0003 60, #0004 4,000; #0004 is not in the file."""
    for name, unit, region in (
        ("李敏", "永善县人民医院", "永善县"),
        ("赵强", "绥江县第一中学", "绥江县"),
        ("孙红", "鲁甸县第一中学", "鲁甸县"),
        ("王芳", "永善县第一中学", "永善县"),
    ):
        office.captain(name, unit, region)
    office.go_to("2024-05-08T15:00")
    office.person("李敏").say("进度 2800元 28人次")
    office.person("李敏").say("线下 500元 5人次")
    office.person("孙红").say("进度 60元 6人次")
    office.person("王芳").say("进度 4000元 40人次")
    office.go_to("2024-05-08T21:30")
    evening = Evening(office, tmp_path)
    evening.apply(FILE)
    assert "7,360.00元" in office.person("路人").say("战报")
    _freeze(office.store, office.campaign)
    office._forget_cache()
    return evening


@pytest.fixture
def city(frozen: Evening) -> SimulatedPerson:
    return frozen.office.coordinator("王主任", role="organizer")


def amounts(frozen: Evening) -> dict[str, int]:
    return {team.code: team.amount_fen for team in frozen.office.teams()}


def test_what_the_platform_confirmed_ranks_and_sums_up(frozen: Evening) -> None:
    office = frozen.office
    assert amounts(frozen) == {"0001": 350_000, "0002": 90_000, "0003": 5_000, "0004": 400_000}
    ranks = office.person("路人").say("排行")
    assert re.findall(r"[\d,.]+元", ranks) == ["4,000.00元", "3,500.00元"], ranks
    bulletin = office.person("路人").say("战报")
    assert "8,450.00元" in bulletin
    assert "已定稿，平台已核定的以平台为准" in bulletin
    assert "累计：3,500.00元 35人次" in office.person("李敏").say("我的队伍")
    assert [kind for kind in office.ledger() if kind.startswith(("campaign", "figure"))] == [
        "campaign.closed",
        "campaign.frozen",
        "figures.settled",
    ]
    _freeze(office.store, office.campaign)
    assert office.ledger()[-1] == "figures.settled"


def test_nobody_reports_any_more(frozen: Evening, city: SimulatedPerson) -> None:
    office, liu = frozen.office, frozen.office.coordinator("刘主任", "yongshan")
    before = amounts(frozen)
    assert "不能" in office.person("李敏").say("进度 5000元 50人次")
    for said in (
        "进度 0001 5000元 50人次",
        "更正 0001 线上2900元",
        "更正 0001 线上1元",
        "撤回 0001",
        "采用平台 0001",
        "合并 0001 0004",
    ):
        for person in (liu, city):
            answer = person.say(said)
            assert "已经定稿，不能再改" in answer, (said, answer)
            assert "回复" not in answer, "nothing is asked that cannot be done"
    assert "已经定稿" in liu.say("停用 0001 冒名")
    assert amounts(frozen) == before
    later = FILE.replace("3000", "3100")
    with pytest.raises(CommandError, match="do it again"):
        frozen.apply(later, "2024-05-08T21:10")
    office.campaign = office.store.campaigns.get(office.campaign.id)
    with pytest.raises(CommandError, match="figures are final"):
        frozen.apply(later, "2024-05-08T21:10")


def test_what_waits_at_the_freeze_is_returned_and_nothing_begins_to_wait(office: Office) -> None:
    li, liu = office.captain("李敏", "永善县人民医院", "永善县"), office.coordinator("刘主任", "yongshan")
    office.captain("王芳", "永善县第一中学", "永善县")
    office.go_to("2024-05-08T16:00")
    li.say("进度 2600000元 130人次")
    assert li.say("确认").startswith("已登记 D1")
    li.say("进度 500元")
    for said in ("进度 80000元 800人次", "进度 81000元 810人次"):
        office.person("王芳").say(said)
    assert "要等协调员核实" in liu.say("更正 0002 100元 1人次")
    assert "0002" in office.person("王芳").say("进度 2700000元 130人次")
    _freeze(office.store, office.campaign)
    office._forget_cache()
    for person in (liu, office.person("王芳")):
        assert "不能再" in person.say("确认")
    assert "已经定稿" in liu.say("通过 D1")
    assert "没有这个编号" in liu.say("D2")
    assert liu.say("退回 D1 数字太大").startswith("已退回 D1")
    assert "没有等您处理的事项" in liu.say("待办")
    assert [team.amount_fen for team in office.teams()] == [50_000, 8_100_000]


def test_what_is_nobodys_is_mended_by_an_organizer_alone(frozen: Evening, city: SimulatedPerson) -> None:
    waits = city.say("待办")
    assert "· 谁也不是 7.00元 1人次\n数字已经定稿，不能再导入；知道是哪支队伍的，由组织方发“改定稿 0012" in waits
    frozen.office.campaign = frozen.office.store.campaigns.get(frozen.office.campaign.id)
    with pytest.raises(CommandError, match="is frozen"):
        frozen.apply(HEAD + "另一个,https://p/8,,8,1,\n")
    assert city.say("待办") == waits


def test_an_organizer_changes_a_figure_with_a_reason_and_back(frozen: Evening, city: SimulatedPerson) -> None:
    office, liu = frozen.office, frozen.office.coordinator("刘主任", "yongshan")
    assert "由组织方办理" in liu.say("改定稿 0001 3200元 平台复核")
    assert "要写原因" in city.say("改定稿 0001 3200元")
    said = city.say("改定稿 0001 3200.50元 32人次 平台复核有误")
    assert said.startswith("已更正 永善县人民医院（#0001） 的定稿数字：线上3,000.00元 30人次 → 3,200.50元 32人次"), said
    assert "原因：平台复核有误" in told(office, office.person("李敏"))[-1]
    assert amounts(frozen)["0001"] == 370_050
    assert city.say("改定稿 0001 线下 400元 4人次 票据少一张").startswith("已更正")
    assert amounts(frozen)["0001"] == 360_050
    assert "恢复为之前的定稿数字" in city.say("撤销")
    assert city.say("确认").startswith("已撤销 改定稿")
    assert amounts(frozen)["0001"] == 370_050
    assert city.say("停用 0001 冒名").startswith("已停用")
    assert "4,950.00元" in office.person("路人").say("战报")


def test_a_new_version_of_its_file_leaves_it_frozen_and_a_closed_one_is_opened(frozen: Evening) -> None:
    office = frozen.office
    renamed = office.campaign.model_copy(update={"aliases": ("昭通",)})
    office.publish(renamed)
    assert office.store.campaigns.get(office.campaign.id).frozen
    assert "不能" in office.person("李敏").say("进度 5000元 50人次")


def test_who_reads_the_campaign_as_it_was_books_nothing_after_the_close(office: Office) -> None:
    """A process notices within a second; the write itself looks."""
    li = office.captain("李敏", "永善县人民医院", "永善县")
    li.say("进度 2800元 28人次")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    assert "已记录" not in li.say("进度 3000元 30人次")
    office._forget_cache()
    assert office.team("永善县人民医院").amount_fen == 280_000
    office.publish(office.campaign)
    assert li.say("进度 3000元 30人次").startswith("已记录")
    assert [kind for kind in office.ledger() if kind.startswith("campaign")] == ["campaign.closed", "campaign.opened"]


def test_a_campaign_that_an_earlier_version_closed_is_closed_in_its_ledger(office: Office) -> None:
    office.captain("李敏", "永善县人民医院", "永善县").say("进度 2800元 28人次")
    liu, store, cid = office.coordinator("刘主任", "yongshan"), office.store, office.campaign.id
    record = store.campaigns._stored(cid)
    assert record is not None
    store.campaigns._store(cid, record | {"closed": True, "closed_at": store.clock.now().isoformat()})
    office._forget_cache()
    for _ in range(2):
        upgrade = Upgrade(store.database, store.keys, unit_key, store.clock.now(), 1, lambda: None)
        assert note_endings(upgrade) == []
    assert office.ledger()[-1] == "campaign.closed"
    assert office.ledger().count("campaign.closed") == 1
    assert liu.say("更正 0001 2900元").startswith("已更正")
