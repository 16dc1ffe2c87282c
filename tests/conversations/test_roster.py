"""With a roster: a name is recognised at 组队, 未报 and 未组队 know who is missing, `mode = "roster"` stands on it."""

from pathlib import Path

import pytest

from bot.sheets import read_sheet
from handlers.imports.headings import columns_of
from handlers.imports.roster import REQUIRED, compare
from handlers.imports.sheet import table_of
from storage.audit import verify
from storage.campaign_settings import Registration
from storage.campaigns import PublishRefused
from storage.ledger import Author, Changed
from storage.roster import Change
from tests.conversations.conftest import Office

ROSTER = """单位名称,简称,县区,预定项目
永善县人民医院,县医院,永善县,博爱昭通行
永善县第一中学,,永善县,
永善县溪洛渡中心小学,溪小,永善县,
绥江县第一中学,,绥江县,
昭通市第一中学,,昭阳区,
昭阳区第一中学,,昭阳区,
"""


def take_in(office: Office, folder: Path, text: str = ROSTER) -> list[Change]:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    table = table_of(read_sheet(path), columns_of("roster"), REQUIRED)
    changes = compare(office.campaign, table, office.store.roster.all(office.campaign.id)).changes(apart=True)
    author = Author(f"import:{office.store.ledger.last_id(office.campaign.id)}", "operator", office.store.clock.now())
    office.store.roster.write(office.campaign, author, changes)
    return changes


@pytest.fixture
def listed(office: Office, tmp_path: Path) -> Office:
    take_in(office, tmp_path)
    return office


@pytest.mark.parametrize("named", ["县医院 永善县", "永善县医院", "永善县人民医院", "永善人民医院"])
def test_a_short_name_is_the_rosters_unit(listed: Office, named: str) -> None:
    li = listed.person("李敏")
    said = li.say(f"组队 {named} 队长李敏 13900000000")
    assert "名册里永善县人民医院的项目是：\n1. 博爱昭通行" in said
    said = li.say("1")
    assert said.startswith("已登记 永善县人民医院（#0001）")
    assert "项目：博爱昭通行" in said
    assert listed.team("永善县人民医院").region == "yongshan"


def test_the_expected_project_is_a_suggestion(listed: Office) -> None:
    li = listed.person("李敏")
    li.say("组队 县医院 永善县 队长李敏 13900000000")
    assert "项目：人道暖昭通" in li.say("人道暖昭通")
    assert "1. 博爱昭通行" in li.say("组队 县医院 永善县 队长李敏 13900000000")
    li.say("1")
    assert "名册里" not in li.say("组队 县医院 永善县 队长李敏 13900000000")


def test_a_name_of_several_units_is_asked_about(listed: Office) -> None:
    li = listed.person("李敏")
    said = li.say("组队 一中 昭阳区 人道暖昭通 队长李敏 13900000000")
    assert "名册里不止一个单位叫“一中”" in said
    assert "1. 用“昭通市第一中学”" in said
    assert "2. 用“昭阳区第一中学”" in said
    assert li.say("1").startswith("已登记 昭通市第一中学")


def test_a_name_that_is_like_a_units_is_asked_about(listed: Office) -> None:
    li = listed.person("李敏")
    said = li.say("组队 永善县第一高级中学 人道暖昭通 队长李敏 13900000000")
    assert "名册里有“永善县第一中学”，“永善县第一高级中学”是同一个单位吗" in said
    assert li.say("2").startswith("已登记 永善县第一高级中学")
    said = listed.person("王芳").say("组队 永善县第一高中 人道暖昭通 队长王芳 13900000001")
    assert listed.person("王芳").say("1").startswith("已登记 永善县第一中学"), said


def test_who_has_no_team_yet_is_listed_to_her_regions_coordinator(listed: Office) -> None:
    liu = listed.coordinator("刘主任", "yongshan")
    listed.captain("李敏", "永善县第一中学", "永善县")
    for asked in ("队伍 未组队", "永善县未组队单位", "还没组队的有哪些"):
        said = liu.say(asked)
        assert "【永善县·名册里还没有组队的单位】共2家" in said, asked
        assert "· 永善县人民医院，永善县，预定博爱昭通行" in said
        assert "绥江" not in said
        assert "永善县第一中学" not in said
    assert "名册里还有2家单位没有组队，发“队伍 未组队”看名单" in liu.say("未报")
    liu.say("组队 溪小 永善县 人道暖昭通 队长陈红 13800000000")
    assert "共1家" in liu.say("队伍 未组队")
    listed.coordinator("总协调").say("停用 0001 冒名")
    listed.person("总协调").say("确认")
    assert "永善县第一中学" in liu.say("队伍 未组队")
    for name in ("李敏", "路人"):
        assert "绥江" not in listed.person(name).say("队伍 未组队")
    assert "共2家" in listed.person("总协调").say("队伍 未组队 昭阳区")
    assert "共5家" in listed.person("总协调").say("队伍 未组队")


def test_a_roster_of_thousands_is_looked_at_by_county(listed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has to be counted unit by unit does not hold up an answer."""
    monkeypatch.setattr("handlers.rosters.COUNTED", 2)
    monkeypatch.setattr("handlers.rosters.GONE_THROUGH", 4)
    liu, city = listed.coordinator("刘主任", "yongshan"), listed.coordinator("总协调")
    assert "名册里没有组队的单位，发“队伍 未组队 县区”看名单" in liu.say("未报")
    assert "不能一次看全，请按县区看，例如：队伍 未组队" in city.say("队伍 未组队")
    assert "共3家" in city.say("队伍 未组队 永善县")


def test_without_a_roster_nobody_knows_who_is_missing(office: Office) -> None:
    liu = office.coordinator("刘主任", "yongshan")
    assert "没有导入单位名册，不能查看" in liu.say("队伍 未组队")
    assert "名册" not in liu.say("未报")


def test_in_roster_mode_others_wait(listed: Office) -> None:
    listed.publish(listed.campaign.model_copy(update={"registration": Registration(mode="roster")}))
    li = listed.person("李敏")
    assert "0001" in li.say("组队 永善县第一中学 永善县 人道暖昭通 队长李敏 13900000000")
    assert listed.team("永善县第一中学").status == "active"
    liu = listed.coordinator("刘主任", "yongshan")
    said = li.say("组队 永善县图书馆 永善县 人道暖昭通 队长李敏 13900000000")
    assert "名册里没有这个单位，所以要等协调员核实；有疑问请联系" in said
    assert listed.team("永善县图书馆").status == "pending"
    assert "永善县图书馆" in liu.say("待审")
    assert liu.say("通过 0002").startswith("已")
    liu.say("组队 永善县文化馆 永善县 人道暖昭通 队长陈红 13800000000")
    assert listed.team("永善县文化馆").status == "unclaimed"


def test_the_audit_rebuilds_the_roster_and_sees_what_was_touched(listed: Office, tmp_path: Path) -> None:
    [change] = take_in(listed, tmp_path, "单位名称,简称,县区\n永善县人民医院,永医,永善县\n")
    assert listed.sound()
    database, keys, cid = listed.store.database, listed.store.keys, listed.campaign.id
    touched = [
        (keys.roster_name(cid, "县医院"), "SADD", "SREM"),
        (keys.roster_region(cid, "yongshan"), "SREM", "SADD"),
    ]
    for key, do, undo in touched:
        database.execute_command(do, key, change.after.unit.id)
        assert len(verify(listed.campaign, database, keys)) == 1
        database.execute_command(undo, key, change.after.unit.id)
    with pytest.raises(Changed):
        listed.store.roster.write(listed.campaign, Author("late", "operator", listed.store.clock.now()), [change])


def test_what_the_roster_names_stays_in_the_campaigns_file(listed: Office) -> None:
    campaign = listed.campaign
    without_project = tuple(p for p in campaign.projects if p.id != "boai-xing")
    without_region = tuple(r for r in campaign.regions if r.id != "suijiang")
    for left in ({"projects": without_project}, {"regions": without_region}):
        with pytest.raises(PublishRefused, match=r"units on the roster belong to (project:boai-xing|region:suijiang)"):
            listed.publish(campaign.model_copy(update=left))
    moved = tuple(r.model_copy(update={"parent": "zhaoyang"}) if r.id == "suijiang" else r for r in campaign.regions)
    with pytest.raises(PublishRefused, match=r"the parent of region:suijiang"):
        listed.publish(campaign.model_copy(update={"regions": moved}))


def test_a_units_people_go_with_the_captains(office: Office, tmp_path: Path) -> None:
    text = "单位名称,县区,联络员,联络员电话,舆情专人\n永善县人民医院,永善县,王某,13900000001,赵某 13900000002\n"
    take_in(office, tmp_path, text)
    [listing] = office.store.roster.all(office.campaign.id).values()
    assert (listing.people.liaison.phone, listing.people.incidents.name) == ("13900000001", "赵某")
    office.store.campaigns.close(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    office.wait(days=181)
    assert office.store.keeping.let_go(office.store.clock.now()) == [office.campaign.id]
    assert not office.store.database.exists(office.store.keys.roster_people(office.campaign.id))
    assert len(office.store.roster.all(office.campaign.id)) == 1
