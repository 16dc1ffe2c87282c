"""A coordinator calls the teams of her region as people do: a whole name, a part of it, a short form, their captain."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office, fen


@pytest.fixture
def county(office: Office) -> SimulatedPerson:
    office.captain("李小明", "永善县第一中学", "永善县").say("进度 1800元 60人次")
    office.captain("王小芳", "永善县中医医院", "永善县").say("进度 900元 12人次")
    office.captain("赵小强", "永善县中医医院门诊部", "永善县").say("进度 980元 14人次")
    office.captain("孙小红", "永善县溪洛渡镇中心学校", "永善县")
    office.captain("吴小外", "绥江县人民医院", "绥江县").say("进度 4000元 50人次")
    return office.coordinator("刘主任", "yongshan")


@pytest.mark.parametrize(
    ("said", "unit", "stands"),
    [
        ("永善县第一中学改成1920元", "永善县第一中学", 192_000),
        ("更正 第一中学 1920元", "永善县第一中学", 192_000),
        ("进度 永善县中医医院门诊部 1300元 21人次", "永善县中医医院门诊部", 130_000),
        ("溪洛渡镇中心学校累计640元 9人次", "永善县溪洛渡镇中心学校", 64_000),
    ],
)
def test_a_figure_of_a_team_that_is_named_is_shown_for_a_yes(
    office: Office, county: SimulatedPerson, said: str, unit: str, stands: int
) -> None:
    before = fen(office, unit)
    asked = county.say(said)
    assert unit in asked
    assert asked.endswith("回复“确认”，或“算了”")
    assert fen(office, unit) == before
    county.say("确认")
    assert fen(office, unit) == stands
    assert office.sound()


def test_a_no_books_nothing(office: Office, county: SimulatedPerson) -> None:
    county.say("永善县中医医院 1250元 20人次")
    county.say("算了")
    assert fen(office, "永善县中医医院") == 90_000


def test_several_are_listed_with_their_codes_and_a_line_to_send(office: Office, county: SimulatedPerson) -> None:
    asked = county.say("中医院累计1250元 20人次")
    assert "1. #0002 永善县中医医院" in asked
    assert "2. #0003 永善县中医医院门诊部" in asked
    assert "0003 累计1250元 20人次" in asked
    assert "900.00元 → 1,250.00元" in county.say("1")


def test_a_code_that_no_team_has_is_said_to_be_unknown(county: SimulatedPerson) -> None:
    assert "没有编号 #8888 的队伍" in county.say("进度 8888 620元 9人次")


def test_another_countys_team_is_not_named(office: Office, county: SimulatedPerson) -> None:
    county.say("绥江县人民医院改成4100元")
    county.say("确认")
    assert fen(office, "绥江县人民医院") == 400_000


@pytest.mark.parametrize("said", ["溪洛渡镇中心学校", "队伍 溪洛渡", "溪洛渡中心校"])
def test_a_part_of_a_name_finds_its_team(county: SimulatedPerson, said: str) -> None:
    assert county.say(said).startswith("永善县溪洛渡镇中心学校（#0004）")


def test_a_part_of_several_names_lists_them(county: SimulatedPerson) -> None:
    listed = county.say("队伍 中医")
    assert listed.startswith("名称里有“中医”的队伍 2 支：\n#0002 永善县中医医院")


@pytest.mark.parametrize("said", ["李小明的电话", "李小明手机号多少", "一中队长的联系方式", "电话 第一中学"])
def test_a_captain_is_found_by_name_and_by_team_and_it_is_written_down(
    office: Office, county: SimulatedPerson, said: str
) -> None:
    assert county.say(said) == "永善县第一中学（#0001） 队长：李小明 13900000000"
    assert office.ledger()[-1] == "card.shown"


def test_a_captain_of_another_county_is_nobody(office: Office, county: SimulatedPerson) -> None:
    assert "13900000000" not in county.say("吴小外的电话")
    assert "13900000000" not in office.person("李小明").say("王小芳的电话")


@pytest.mark.parametrize("said", ["0001现在怎么样了", "0001目前多少了", "#0001 今天有多少"])
def test_how_a_team_of_her_region_stands(county: SimulatedPerson, said: str) -> None:
    assert county.say(said).startswith("永善县第一中学（#0001）")


@pytest.mark.parametrize("said", ["比昨天增加了多少", "昨天总共多少", "目标完成得怎么样"])
def test_how_her_region_stands(county: SimulatedPerson, said: str) -> None:
    assert "还没有队伍" not in county.say(said)


@pytest.mark.parametrize(
    ("typed", "line", "unit"),
    [
        ("把溪洛渡镇中心学校改名为永善县溪洛渡中心完小", "改名 0004 永善县溪洛渡中心完小", "永善县溪洛渡中心完小"),
        ("改名 第一中学 永善县第一高级中学", "改名 0001 永善县第一高级中学", "永善县第一高级中学"),
        ("第一中学改名永善县高级中学", "改名 0001 永善县高级中学", "永善县高级中学"),
    ],
)
def test_an_act_on_a_team_called_in_short_waits_for_a_yes(
    county: SimulatedPerson, typed: str, line: str, unit: str
) -> None:
    assert f"就按“{line}”办" in county.say(typed)
    assert county.say("确认").startswith(f"已改名 {unit}")


def test_an_act_glued_to_a_units_name_is_of_that_team(county: SimulatedPerson) -> None:
    assert "#0003" in county.say("关停永善县中医医院门诊部")
    for typed in ("第一中学改名了没有", "停用是什么意思"):
        assert "就按" not in county.say(typed)


def test_of_several_called_so_an_act_asks_which(county: SimulatedPerson) -> None:
    asked = county.say("停用 中医院 重复登记")
    assert "#0002 永善县中医医院" in asked
    assert "#0003 永善县中医医院门诊部" in asked
    assert "停用" not in county.say("算了")


def test_an_act_calls_no_team_of_another_county(county: SimulatedPerson) -> None:
    assert "绥江" not in county.say("停用 人民医院 重复登记")


def test_a_line_of_a_list_that_calls_a_team_in_short_names_the_one_of_her_region(
    office: Office, county: SimulatedPerson
) -> None:
    shown = county.say("接龙\n1. 溪洛渡中心校 860元 9人次\n2. 中医医院门诊部 1400元\n3. 中医医院 1200元")
    assert "是不是 永善县溪洛渡镇中心学校（#0004）" in shown
    assert "是不是 永善县中医医院门诊部（#0003）" in shown
    assert fen(office, "永善县溪洛渡镇中心学校") == 0
