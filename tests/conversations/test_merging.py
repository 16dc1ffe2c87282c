"""合并: the preview, the choice of pages, the old code that leads on, the captains who are told, and 撤销."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.simulator.people import SimulatedPerson
from storage.export import export_campaign
from tests.conversations.conftest import Office
from tests.conversations.test_team_acts import told

UNIT, OTHER = "永善县人民医院", "永善县第二医院"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    li = office.captain("李敏", UNIT, "永善县")
    li.say("进度 5000元 50人次")
    return li


@pytest.fixture
def wang(office: Office, li: SimulatedPerson) -> SimulatedPerson:
    wang = office.captain("王芳", OTHER, "永善县")
    office.wait(minutes=5)
    wang.say("进度 8000元 70人次")
    return wang


@pytest.fixture
def county(office: Office, wang: SimulatedPerson) -> SimulatedPerson:
    return office.coordinator("刘主任", "yongshan")


@pytest.mark.parametrize(
    ("pages", "total"), [("1", "8,000.00元 70人次"), ("2", "13,000.00元 120人次"), ("第二个", "13,000.00元 120人次")]
)
def test_both_totals_are_shown_and_the_pages_decide(
    office: Office, county: SimulatedPerson, pages: str, total: str
) -> None:
    asked = county.say("合并 0001 0002")
    assert asked.split("\n") == [
        "永善县人民医院（#0001） 并入 永善县第二医院（#0002），以后用 #0002：",
        "#0001 永善县人民医院：线上5,000.00元 50人次",
        "#0002 永善县第二医院：线上8,000.00元 70人次",
        "两队的数字来自：",
        "1. 同一个捐赠页面：以较新的数字为准，合并后累计 8,000.00元 70人次",
        "2. 两个捐赠页面：两队相加，合并后累计 13,000.00元 120人次",
        "请回复数字；不合并请说“算了”。",
    ]
    assert office.ledger()[-1] != "team.merged"
    done = county.say(pages)
    assert done.startswith(f"已合并 永善县人民医院（#0001） → 永善县第二医院（#0002）\n合并后累计：{total}")
    assert office.ledger()[-1] == "team.merged"
    assert total.split()[0] in office.person("路人").say("战报")


def test_the_export_ranks_only_the_team_that_goes_on_and_keeps_every_report(
    office: Office, county: SimulatedPerson
) -> None:
    county.say("合并 0001 0002")
    county.say("2")
    export = export_campaign(office.store, office.campaign, office.store.clock.now())
    rows = [(row["code"], row["status"], row["amount_fen"], row["rank"]) for row in export["teams"]]
    assert rows == [("0001", "merged", 5000_00, None), ("0002", "active", 13000_00, 1)]
    reports = [(row["team"], row["kind"], row["amount_fen"]) for row in export["reports"]]
    assert reports == [("0001", "total", 5000_00), ("0002", "total", 8000_00), ("0002", "merge", 13000_00)]


def test_the_captains_of_both_are_told_and_lead_on(
    office: Office, li: SimulatedPerson, wang: SimulatedPerson, county: SimulatedPerson
) -> None:
    county.say("合并 0001 0002")
    county.say("2")
    [of_merged], [of_other] = told(office, li), told(office, wang)
    assert of_merged.startswith("永善县协调员把您的队伍 永善县人民医院（#0001） 并入了 永善县第二医院（#0002）")
    assert "累计 8,000.00元 70人次 → 13,000.00元 120人次，现有2位队长" in of_other
    assert li.say("又筹了100").startswith("已记录")
    assert "13,100.00元" in wang.say("我的队伍")
    assert "#0001" not in li.say("我的队伍")


def test_the_old_code_leads_on_and_says_so(
    office: Office, li: SimulatedPerson, wang: SimulatedPerson, county: SimulatedPerson
) -> None:
    county.say("合并 0001 0002")
    county.say("2")
    said = "#0001 永善县人民医院已并入 永善县第二医院（#0002），以后请用 #0002。\n"
    for person in (li, county):
        assert person.say("#0001").startswith(f"{said}永善县第二医院（#0002）")
        assert person.say("明细 0001").startswith(f"{said}永善县第二医院（#0002） 明细")
        assert "#0001 并入 #0002，合并后累计 13,000.00元 120人次（永善县协调员）" in person.say("明细 0001")
    assert li.say("进度 0001 14000元 130人次").startswith(f"{said}已记录 永善县第二医院（#0002）")
    assert county.say("电话 0001").startswith(f"{said}永善县第二医院（#0002） 队长：王芳 13900000000、李敏")
    assert county.say("撤回 0001").startswith(f"{said}已撤回 永善县第二医院（#0002）")
    assert county.say("恢复 0001").startswith(f"{said}已恢复 永善县第二医院（#0002）")
    assert "不能" in office.person("路人").say("进度 0001 99元")
    assert "已并入 #0002，不能再操作，请改用 #0002" in county.say("停用 0001")
    assert "已并入 #0002" in county.say("合并 0001 0002")
    assert office.team(OTHER).amount_fen == 14000_00


def test_it_is_undone_exactly_and_everybody_is_told(
    office: Office, li: SimulatedPerson, wang: SimulatedPerson, county: SimulatedPerson
) -> None:
    before = [team.model_copy(update={"version": 0}) for team in office.teams()]
    county.say("合并 0001 0002")
    county.say("1")
    asked = county.say("撤销")
    assert asked.startswith("您最近一次操作：合并 永善县第二医院（#0002）\n撤销后两支队伍分开")
    assert asked.endswith("回复“确认”，或“算了”")
    assert county.say("确认").startswith("已撤销 合并 永善县第二医院（#0002）")
    assert [team.model_copy(update={"version": 0}) for team in office.teams()] == before
    for captain in (li, wang):
        assert any("合并撤销了" in text for text in told(office, captain))
    assert li.say("进度 6000元 60人次").startswith("已记录 永善县人民医院（#0001）")


def test_nothing_is_undone_once_something_was_built_on_it(li: SimulatedPerson, county: SimulatedPerson) -> None:
    county.say("合并 0001 0002")
    county.say("2")
    li.say("又筹了100")
    answer = county.say("撤销")
    assert "不能直接撤销" in answer
    assert "“更正 0002 正确的累计”" in answer


def test_it_is_not_undone_where_the_name_was_given_away(office: Office, county: SimulatedPerson) -> None:
    county.say("合并 0001 0002")
    county.say("2")
    office.captain("陈红", UNIT, "永善县")
    county.say("撤销")
    assert "已有 永善县人民医院（#0003），不能重名" in county.say("确认")
    assert office.team(OTHER).amount_fen == 13000_00


@pytest.mark.parametrize("whose", ["source", "target", "neither"])
def test_where_only_one_reported_a_yes_is_enough(office: Office, whose: str) -> None:
    li, wang = office.captain("李敏", UNIT, "永善县"), office.captain("王芳", OTHER, "永善县")
    if whose != "neither":
        (li if whose == "source" else wang).say("进度 5000元 50人次")
    county = office.coordinator("刘主任", "yongshan")
    asked = county.say("合并 0001 0002")
    assert asked.endswith("要合并吗？回复“确认”，或“算了”")
    assert "还没有上报" in asked
    assert county.say("确认").startswith("已合并")
    assert office.team(OTHER).amount_fen == (0 if whose == "neither" else 5000_00)
    assert office.sound()
    county.say("撤销")
    assert county.say("确认").startswith("已撤销")


def test_a_team_without_a_captain_gets_the_other_ones(office: Office, li: SimulatedPerson) -> None:
    county = office.coordinator("刘主任", "yongshan")
    county.say(f"组队 {OTHER} 永善县 人道暖昭通 队长陈红 13800000000")
    code = office.team(OTHER).claim_code
    county.say("合并 0001 0002")
    assert county.say("确认").startswith("已合并")
    assert (office.team(OTHER).status, office.team(OTHER).claim_code) == ("active", "")
    assert office.sound()
    assert "不能认领" in office.person("陈红").say(f"认领 {code}")
    county.say("撤销")
    county.say("确认")
    county.say("合并 0002 0001")
    assert county.say("确认").startswith("已合并")
    refused = office.person("陈红").say(f"认领 {code}")
    assert "已并入 #0001，这个认领码不能再用" in refused


def test_the_claim_code_of_a_disabled_team_waits(office: Office, li: SimulatedPerson) -> None:
    county = office.coordinator("刘主任", "yongshan")
    county.say(f"组队 {OTHER} 永善县 人道暖昭通 队长陈红 13800000000")
    code = office.team(OTHER).claim_code
    county.say("停用 0002 冒名")
    assert "已停用，现在不能认领。认领码没有作废" in office.person("陈红").say(f"认领 {code}")
    county.say("启用 0002")
    assert office.person("陈红").say(f"认领 {code} 陈红 13800000000").startswith("已登记")


@pytest.mark.parametrize(
    ("first", "said", "answer"),
    [
        ("", "合并", "请带上两支队伍的编号"),
        ("", "合并 0001", "请带上两支队伍的编号"),
        ("", "合并 0001 0001", "不能与自己合并"),
        ("", "合并 0001 0099", "没有“0099”这支队伍，不能操作"),
        ("停用 0001 冒名", "合并 0001 0002", "已停用，不能合并。要合并请先发“启用 0001”"),
        ("停用 0002 冒名", "合并 0001 0002", "已停用，不能合并。要合并请先发“启用 0002”"),
        ("改项目 0001 童享阳光", "合并 0001 0002", "请先发“改项目 0001 人道暖昭通”"),
    ],
)
def test_what_cannot_be_says_what_helps(
    office: Office, county: SimulatedPerson, first: str, said: str, answer: str
) -> None:
    if first:
        county.say(first)
    written = office.ledger()
    assert answer in county.say(said)
    assert office.ledger() == written


def test_four_captains_are_too_many(office: Office, li: SimulatedPerson, county: SimulatedPerson) -> None:
    for n, name in enumerate(("赵强", "孙丽")):
        code = county.say("认领码 0001").split("认领码：")[1][:6]
        office.person(name).say(f"认领 {code} {name} 1380000000{n}")
    assert "队长会超过3位，不能合并" in county.say("合并 0001 0002")


def test_others_may_not(office: Office, li: SimulatedPerson, county: SimulatedPerson) -> None:
    for person in (li, office.person("路人"), office.coordinator("外县", "suijiang")):
        assert "不能" in person.say("合并 0001 0002")
    assert "team.merged" not in office.ledger()


def test_regions_apart_need_whoever_coordinates_both(office: Office, county: SimulatedPerson) -> None:
    office.captain("陈红", "绥江县人民医院", "绥江县")
    assert "不在您的辖区，不能操作" in county.say("合并 0003 0001")
    city = office.coordinator("王主任", role="organizer")
    assert "（绥江县）：还没有上报" in city.say("合并 0003 0001")
    assert city.say("确认").startswith("已合并")


def test_what_changed_since_the_preview_is_looked_at_again(office: Office, county: SimulatedPerson) -> None:
    county.say("合并 0001 0002")
    office.person("王芳").say("又筹了100")
    assert "刚刚有变动" in county.say("2")
    assert office.team(OTHER).amount_fen == 8100_00


def test_a_figure_that_waits_for_a_yes_is_shown_against_the_new_total(
    office: Office, li: SimulatedPerson, county: SimulatedPerson
) -> None:
    li.say("进度 400元")
    county.say("合并 0001 0002")
    county.say("2")
    asked = li.say("确认")
    assert "永善县第二医院（#0002）：\n· 记录刚刚有变化，现在是线上 13,000.00元" in asked
    assert office.team(OTHER).amount_fen == 13000_00


def test_a_report_at_the_moment_of_a_merger_is_counted_once(
    office: Office, wang: SimulatedPerson, county: SimulatedPerson
) -> None:
    county.say("合并 0001 0002")
    with ThreadPoolExecutor(2) as threads:
        merged, reported = threads.map(lambda said: said[0].say(said[1]), [(county, "2"), (wang, "又筹了100")])
    assert reported.startswith("已记录")
    assert office.team(OTHER).amount_fen == (13100_00 if merged.startswith("已合并") else 8100_00)


def test_a_sentence_about_merging_is_answered_with_the_line_to_type(
    li: SimulatedPerson, county: SimulatedPerson
) -> None:
    assert "\n合并 0012 0034\n" in county.say("两个队合并成一个")
    assert "请联系" in li.say("两个队合并成一个")


def test_the_total_of_a_merger_is_corrected_not_taken_back(
    office: Office, wang: SimulatedPerson, county: SimulatedPerson
) -> None:
    county.say("合并 0001 0002")
    county.say("2")
    for person in (wang, county):
        assert "不能撤回或改记。数字不对请发“更正 0002 正确的累计”" in person.say("撤回 0002")
    assert "不能" in wang.say("撤回")
    assert wang.say("更正 12000").startswith("已更正")
    assert wang.say("撤回").startswith("已撤回")
    assert office.team(OTHER).amount_fen == 13000_00


def test_a_captain_who_leaves_after_a_merger_leaves_the_one_that_goes_on(
    office: Office, li: SimulatedPerson, wang: SimulatedPerson, county: SimulatedPerson
) -> None:
    county.say("合并 0001 0002")
    county.say("2")
    for person in (wang, li):
        person.say("注销")
        person.say("确认")
    team = office.team(OTHER)
    assert (team.status, team.captains, team.amount_fen) == ("unclaimed", (), 13000_00)
    assert office.team(UNIT).status == "merged"
