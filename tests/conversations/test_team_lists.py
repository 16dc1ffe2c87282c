"""队伍, 未报, a team's card, 电话 and 明细: what a coordinator sees of her region, and nobody else."""

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_settings import Ranking, Silence
from tests.conversations.conftest import Office


@pytest.fixture
def county(office: Office) -> SimulatedPerson:
    """Two teams of 永善县, of which one reported today, one of 绥江县, and the coordinator of 永善县."""
    office.captain("李敏", "永善县人民医院", "永善县").say("进度 5000元 50人次")
    office.captain("王芳", "永善县第一中学", "永善县")
    office.captain("赵强", "绥江县第一中学", "绥江县").say("进度 8000元 60人次")
    return office.coordinator("刘主任", "yongshan")


@pytest.mark.parametrize("asked", ["队伍", "队伍 永善县", "队伍永善县", "永善县有哪些队"])
def test_a_coordinator_lists_the_teams_of_her_region(county: SimulatedPerson, asked: str) -> None:
    said = county.say(asked)
    assert said.startswith("【永善县·队伍】共2支，截至")
    assert "#0001 永善县人民医院·人道暖昭通 5,000.00元，今天有消息" in said
    assert "绥江" not in said


@pytest.mark.parametrize("asked", ["未报", "队伍 未报", "永善县还没报的队有哪些", "哪些单位今天没有上报"])
def test_who_was_not_heard_of_today_is_told_to_the_regions_coordinator(
    office: Office, county: SimulatedPerson, asked: str
) -> None:
    assert "共0支" in county.say(asked)
    office.go_to("2024-04-22T09:00")
    office.person("李敏").say("今天没有新增")
    said = county.say(asked)
    assert "【永善县·今天还没有消息的队伍】共1支" in said
    assert "#0002 永善县第一中学·人道暖昭通 0.00元，4月20日有消息" in said
    assert "永善县人民医院" not in said


@pytest.mark.parametrize("asked", ["队伍 达标的", "队伍 5000元以上"])
def test_a_list_that_is_not_kept_is_said_to_be_none(county: SimulatedPerson, asked: str) -> None:
    said = county.say(asked)
    assert "队伍 未达标" in said
    assert "没有叫" not in said


def test_who_was_not_heard_of_is_told_to_nobody_else(office: Office, county: SimulatedPerson) -> None:
    office.go_to("2024-04-22T09:00")
    for name in ("李敏", "路人"):
        assert "不能" in office.person(name).say("未报")
    assert "永善县第一中学" not in office.coordinator("外县", "suijiang").say("未报")
    assert "不在您的辖区，不能查看" in office.coordinator("外县", "suijiang").say("队伍 永善县 未报")


def test_a_campaign_may_switch_the_list_of_the_silent_off(office: Office, county: SimulatedPerson) -> None:
    office.publish(office.campaign.model_copy(update={"silence": Silence(list=False)}))
    for asked in ("未报", "队伍 未报", "永善县没报的队"):
        assert "不列出" in county.say(asked)
    assert "共2支" in county.say("队伍")


def test_teams_without_a_captain_and_below_the_threshold(office: Office, county: SimulatedPerson) -> None:
    county.say("组队 永善县中医院 永善县 人道暖昭通 队长陈红 13800000000")
    [unclaimed] = [team for team in office.teams() if team.unit == "永善县中医院"]
    said = county.say("队伍 待认领")
    assert "共1支" in said
    assert unclaimed.claim_code in said
    short = county.say("谁没过2000")
    assert "永善县第一中学" in short
    assert "永善县人民医院" not in short
    office.person("王芳").say("进度 2000元 30人次")
    assert "永善县第一中学" not in county.say("队伍 未达标")
    office.person("王芳").say("撤回")
    assert "永善县第一中学" in county.say("队伍 未达标")


def test_a_long_list_is_paged_to_its_end(office: Office, county: SimulatedPerson) -> None:
    numerals = "二三四五六七八九"
    units = [f"永善县第{n}中学" for n in numerals] + [f"永善县第{n}小学" for n in f"一{numerals}"]
    for unit in units:
        county.say(f"组队 {unit} 永善县 人道暖昭通 队长陈红 13800000000")
    pages = [county.say("队伍")]
    while "发“更多”" in pages[-1]:
        pages.append(county.say("更多"))
    listed = "\n".join(pages)
    assert all(f" {unit}·" in listed for unit in [*units, "永善县第一中学", "永善县人民医院"])
    assert listed.count("认领码 ") == len(units)
    assert "后面没有更多内容了" in county.say("更多")


@pytest.mark.parametrize("asked", ["#0001", "0001", "1", "永善县人民医院", "队伍 0001", "队伍 永善县人民医院"])
def test_the_card_of_one_team(county: SimulatedPerson, asked: str) -> None:
    said = county.say("#1" if asked == "1" else asked)
    assert "永善县人民医院（#0001）" in said
    assert "累计：5,000.00元 50人次" in said
    assert "队长：李敏 13900000000" in said
    assert "累计（线上） 0.00元 → 5,000.00元 50人次（队长）" in said


def test_a_telephone_is_for_those_with_authority_over_the_team(office: Office, county: SimulatedPerson) -> None:
    office.publish(office.campaign.model_copy(update={"ranking": Ranking(mode="full")}))
    for who in (office.coordinator("外县", "suijiang"), office.person("路人"), office.person("王芳")):
        for asked in (
            "#0001",
            "永善县人民医院",
            "队伍 永善县人民医院",
            "电话 永善县人民医院",
            "永善县人民医院队长电话",
        ):
            assert "13900000000" not in who.say(asked), asked
    shown = office.person("路人").say("永善县人民医院")
    assert "第2名" in shown
    assert "李敏" not in shown


@pytest.mark.parametrize("mode", ["top:1", "own", "off"])
def test_no_card_says_more_than_the_ranking_makes_public(office: Office, county: SimulatedPerson, mode: str) -> None:
    office.person("王芳").say("进度 9000元 90人次")
    office.publish(office.campaign.model_copy(update={"ranking": Ranking(mode=mode)}))
    for asked in ("永善县人民医院", "#0001"):
        assert "5,000.00" not in office.person("路人").say(asked)
        assert "5,000.00" in county.say(asked)
        assert "5,000.00" in office.person("李敏").say(asked)


@pytest.mark.parametrize(
    "asked", ["帮我查一下永善县人民医院", "看看0001", "麻烦查下 #0001", "能不能帮我看一下永善县人民医院"]
)
def test_a_team_beneath_words_of_looking_is_looked_up(office: Office, county: SimulatedPerson, asked: str) -> None:
    assert county.say(asked) == county.say("永善县人民医院")
    assert "永善县人民医院·人道暖昭通：第2名" in office.person("路人").say("永善县人民医院排第几")


def test_our_place_is_in_the_ranking(office: Office, county: SimulatedPerson) -> None:
    assert "您的队伍 永善县人民医院·人道暖昭通：第2名" in office.person("李敏").say("我们排第几")


@pytest.mark.parametrize(
    "asked",
    [
        "1号队的电话",
        "电话 永善县人民医院",
        "电话 0001",
        "永善县人民医院队长电话",
        "0001电话",
        "查一下永善县人民医院队长的手机号",
    ],
)
def test_a_coordinator_is_given_her_captains_number_and_it_is_written_down(
    office: Office, county: SimulatedPerson, asked: str
) -> None:
    assert county.say(asked) == "永善县人民医院（#0001） 队长：李敏 13900000000"
    [shown] = [e for e in office.store.ledger.entries(office.campaign.id) if e.kind == "card.shown"]
    assert (shown.by, shown.team) == (office.id_of(county), "0001")
    assert "不能提供队长电话" in county.say("电话 绥江县第一中学")


def test_a_role_that_is_gone_shows_no_telephone(office: Office, county: SimulatedPerson) -> None:
    office.revoke(county)
    assert "13900000000" not in county.say("电话 0001")
    assert "13900000000" not in county.say("0001")


def test_every_report_with_how_it_was_said_and_by_whom(office: Office, county: SimulatedPerson) -> None:
    li = office.person("李敏")
    li.say("又筹了300 2人次")
    li.say("撤回")
    county.say("更正 0001 5200元")
    li.say("线下 700")
    said = county.say("明细 0001").split("\n")
    assert said[0] == "永善县人民医院（#0001） 明细（新的在前）："
    assert said[1] == "4月20日10:00 累计（线下） 0.00元 → 700.00元（队长）"
    assert "4月20日10:00 撤回4月20日10:00的新增（线上） 5,300.00元 52人次 → 5,000.00元 50人次（队长）" in said
    assert said[-1] == "4月20日10:00 登记（队长）"
    assert li.say("明细").split("\n")[1:] == said[1:]
    assert "不能查看" in office.person("王芳").say("明细 0001")


def test_a_code_of_nobodys_is_told_so(office: Office, county: SimulatedPerson) -> None:
    assert "0999" in county.say("0999")
    assert "组队" in office.person("路人").say("5000")
    assert office.person("李敏").say("5200").startswith("已记录")


def test_small_teams_stay_off_public_lists_and_count_in_every_sum(office: Office, county: SimulatedPerson) -> None:
    office.person("王芳").say("进度 9000元 9人次")
    for asked in ("排行", "战报", "排行 永善县第一中学", "永善县第一中学"):
        said = office.person("路人").say(asked)
        assert "第一中学 9,000" not in said
        assert "永善县第一中学·" not in said
    assert "第2名 绥江县第一中学 8,000.00元" in office.person("路人").say("排行")
    assert "22,000.00元" in office.person("路人").say("战报")
    assert "永善县第一中学" in office.person("王芳").say("排行")
    assert "9,000.00元" in county.say("永善县第一中学")


def test_a_threshold_that_is_put_right_moves_the_teams_below_it(office: Office, county: SimulatedPerson) -> None:
    assert "永善县人民医院" not in county.say("队伍 未达标")
    policy = office.campaign.policy
    assert policy.threshold is not None
    higher = policy.threshold.model_copy(update={"amount_fen": 600_000})
    changed = office.campaign.model_copy(update={"policy": policy.model_copy(update={"threshold": higher})})
    office.publish(changed)
    office.campaign = changed
    assert "永善县人民医院" in county.say("队伍 未达标")
    assert office.sound()
