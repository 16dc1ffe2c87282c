"""Clear lines, booked at once and right: several figures that belong together, remarks beside one, forms, filler.

9,000元 120人次 stood on the evening before. Other lines than those that were reported, of the same kinds.
"""

from time import time

import pytest

from bot.simulator import actions
from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM

SCHOOL, OTHER = "昭通市第三中学", "昭阳区第二小学"
HEADER = "序号\t县区\t单位\t项目\t金额\t人次\n"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    """9,000元 and 120人次 stood on the evening of the 7th; it is the 8th, eight in the evening."""
    li = office.captain("李敏", SCHOOL)
    office.go_to("2024-05-07T20:00")
    assert li.say("累计9000元 120人次").startswith("已记录")
    office.go_to("2024-05-08T20:00")
    return li


@pytest.fixture
def both(office: Office) -> SimulatedPerson:
    """The same, of a captain who leads a second team that has reported nothing."""
    li = office.captain("李敏", SCHOOL)
    office.captain("李敏", OTHER)
    office.go_to("2024-05-07T20:00")
    assert li.say(f"{SCHOOL} 累计9000元 120人次").startswith("已记录")
    office.go_to("2024-05-08T20:00")
    return li


def stands(office: Office, unit: str = SCHOOL) -> tuple[int, int, int]:
    """Online fen and 人次, offline fen."""
    team = office.team(unit)
    return team.online.amount_fen, team.online.donations, team.offline.amount_fen


TOTALS = [
    ("今日1400元/30人次，总计10400元/150人次", 150),
    ("累计10400元/150人次，其中今天1400元/30人次", 150),
    ("总计10400元150人次，今天新增1400元30人次", 150),
    ("进度10400元整，多谢各位，下午还要去赶集", 120),
    ("累计10400元，150人次，老师早点休息", 150),
    ("目标2万已完成10,400元，150人次", 150),
    ("任务12000，目前已筹10400元", 120),
    ("比昨天多了1400多，现在累计10,400元", 120),
    ("排名第4，累计10,400元", 120),
    ("目前全市第9，累计10400元150人次", 150),
    ("去年8000，今年累计10400元", 120),
    ("隔壁二中才8000，我们累计10400元了", 120),
    ("目标2万，还差9600，现在10400", 120),
    ("筹了1万零4百，150人次", 150),
    ("已经到10400了", 120),
    ("到一万零四百啦", 120),
    ("10400", 120),
    ("单位：昭通市第三中学\n项目：人道暖昭通\n累计筹款：10400元\n人次：150", 150),
    ("队名：昭通市第三中学\n累计金额：10,400.00元\n捐款人次：150\n填报人：李敏", 150),
    ("平台页面显示已筹 10,400.00 元 150 人次捐赠", 150),
    ("页面显示10400元，150人次", 150),
    ("今天到这会儿1400，30人次", 150),
    ("从早上到现在进账1400", 120),
    ("从早到晚一共进了1400元", 120),
    ("现在10,400，150人次", 150),
    ("目前１０，４００，150人次", 150),
    ("累积10,400快 150人次", 150),
    ("累计 1.04 万 150人次", 150),
    ("累计1万零4百元，人次150", 150),
]


@pytest.mark.parametrize(("typed", "donations"), TOTALS)
def test_the_total_is_booked_at_once(office: Office, li: SimulatedPerson, typed: str, donations: int) -> None:
    said = li.say(typed)
    assert said.startswith("已记录"), said
    assert "9,000.00元 → 10,400.00元" in said
    assert stands(office) == (1_040_000, donations, 0)


@pytest.mark.parametrize("typed", ["累计 930，98人次", "现在950,99人次", "累计 7,950，140人次"])
def test_a_comma_of_either_width_parts_money_from_its_count(office: Office, typed: str) -> None:
    li = office.captain("李敏", SCHOOL)
    office.go_to("2024-05-08T20:00")
    assert li.say(typed).startswith("已记录")
    amount, donations, _ = stands(office)
    assert f"{amount // 100},{donations}" in typed.replace("7,950", "7950").replace("，", ",")


@pytest.mark.parametrize(
    "typed",
    [
        "网上累计10400元 150人次，现金700元",
        "平台上累计10400元 150人次，线下收了700元",
        "线上累计10400元150人次，线下累计700元",
        "线下现金700元，线上10400元 150人次",
    ],
)
def test_online_beside_offline_are_two_writes_of_one_message(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert said.startswith("已记录"), said
    assert "线下金额：0.00元 → 700.00元" in said
    assert stands(office) == (1_040_000, 150, 70_000)
    assert office.ledger().count("report.accepted") == 3


@pytest.mark.parametrize("typed", ["网上累计10400元 150人次，现金700元", "线上又筹了1400元30人次，线下又收了700元"])
def test_both_writes_happen_once_however_often_the_message_comes(
    office: Office, li: SimulatedPerson, typed: str
) -> None:
    answers = li.send_copies({"MsgType": "text", "Content": typed}, at_once=False)
    assert len({answer.reply for answer in answers}) == 1
    assert stands(office) == (1_040_000, 150, 70_000)
    assert office.ledger().count("report.accepted") == 3


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("一共10400元，其中现金400元", (1_000_000, 120, 40_000)),
        ("总共11000元150人次，含线下700元", (1_030_000, 150, 70_000)),
        ("累计10400元，含配捐400元", (1_000_000, 120, 0)),
        ("累计11400元150人次，其中配捐1000元", (1_040_000, 150, 0)),
    ],
)
def test_a_part_is_taken_from_its_whole_and_offered_once(
    office: Office, li: SimulatedPerson, typed: str, right: tuple[int, int, int]
) -> None:
    said = li.say(typed)
    assert said.endswith(CONFIRM), said
    assert stands(office) == (900_000, 120, 0)
    assert li.say("确认").startswith("已记录")
    assert stands(office) == right
    assert li.say("确认").startswith("现在没有等您答复的事项")
    assert stands(office) == right


@pytest.mark.parametrize(
    "typed",
    ["今天没有新增", "今天没人捐款", "今日零报告", "暂时没有新的捐款", "今天一分钱都没进", "暂无新增，谢谢老师"],
)
def test_a_zero_report_writes_no_figure_and_the_team_is_heard_of(
    office: Office, li: SimulatedPerson, typed: str
) -> None:
    assert "没有新增" in li.say(typed)
    assert stands(office) == (900_000, 120, 0)
    assert str(office.team(SCHOOL).heard) == "2024-05-08"
    assert office.ledger().count("report.accepted") == 1


def test_a_number_of_yesterdays_close_is_its_days(office: Office, li: SimulatedPerson) -> None:
    """Total and midnight figure both become it: nothing of it is today's growth, and the ledger names its day."""
    office.go_to("2024-05-08T08:30")
    said = li.say("截至5月7日24时，累计9700元，130人次")
    assert said.startswith("已记录"), said
    assert stands(office) == (970_000, 130, 0)
    assert office.team(SCHOOL).today_fen(office.store.clock.now().date()) == 0
    assert "今日：0.00元" in li.say("我的队伍")
    last = list(office.store.ledger.entries(office.campaign.id))[-1]
    assert (last.kind, last.values["report_day"], last.values["day"]) == ("report.accepted", "2024-05-07", "2024-05-08")
    assert SCHOOL not in li.say("增长榜")
    assert li.say("今天新增300元").startswith("已记录")
    assert stands(office)[0] == 1_000_000
    assert f"第1名 {SCHOOL} 300.00元" in li.say("增长榜")


@pytest.mark.parametrize("typed", ["截至昨天24时累计9700元", "截至昨晚12点，累计9700元", "昨晚收摊累计9700元"])
def test_so_it_is_in_other_words(office: Office, li: SimulatedPerson, typed: str) -> None:
    office.go_to("2024-05-08T08:30")
    assert li.say(typed).startswith("已记录")
    assert "今日：0.00元" in li.say("我的队伍")
    assert stands(office)[0] == 970_000


def test_yesterdays_close_beneath_what_was_booked_since_is_offered_and_the_total_stays(
    office: Office, li: SimulatedPerson
) -> None:
    office.go_to("2024-05-08T08:30")
    li.say("今天新增1000元 20人次")
    said = li.say("截至5月7日24时，累计9400元，130人次")
    assert said.endswith(CONFIRM)
    assert "10,000.00元 140人次 不变" in said
    assert li.say("确认").startswith("已记录")
    assert stands(office) == (1_000_000, 140, 0)
    assert "今日：600.00元" in li.say("我的队伍")


def test_yesterdays_close_below_what_stood_then_is_asked(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-08T08:30")
    assert li.say("截至5月7日24时，累计8700元，110人次").endswith(CONFIRM)
    assert stands(office) == (900_000, 120, 0)


@pytest.mark.parametrize(
    "typed",
    [
        f"{SCHOOL}累计10400元150人次，{OTHER}累计2100元",
        f"{SCHOOL} 10400元150人次\n{OTHER} 2100元",
        "三中累计10400元150人次，二小累计2100元",
        "二小累计2100元，三中累计10400元150人次",
    ],
)
def test_several_of_her_teams_in_one_line(office: Office, both: SimulatedPerson, typed: str) -> None:
    said = both.say(typed)
    assert said.startswith("已记录"), said
    assert stands(office) == (1_040_000, 150, 0)
    assert stands(office, OTHER) == (210_000, 0, 0)


def test_figures_of_several_teams_come_once_however_often_the_message_comes(
    office: Office, both: SimulatedPerson
) -> None:
    both.send_copies({"MsgType": "text", "Content": f"{SCHOOL}又筹了400元，{OTHER}又筹了300元"}, at_once=False)
    assert (stands(office)[0], stands(office, OTHER)[0]) == (940_000, 30_000)


def test_two_projects_of_hers_by_name(office: Office) -> None:
    li = office.captain("李敏", SCHOOL)
    office.captain("李敏", SCHOOL, project="博爱昭通行")
    office.go_to("2024-05-08T20:00")
    said = li.say("两个项目：人道暖昭通累计3000，博爱昭通行累计1200")
    assert said.startswith("已记录"), said
    assert sorted(team.amount_fen for team in office.teams()) == [120_000, 300_000]


def test_a_table_of_one_line_is_read(office: Office, li: SimulatedPerson) -> None:
    li.say(f"{HEADER}3\t昭阳区\t{SCHOOL}\t人道暖昭通\t10400.00\t150")
    li.say("确认")
    assert stands(office) == (1_040_000, 150, 0)


def test_a_word_said_before_midnight_and_delivered_after_it_is_of_its_day(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-09T00:00:02")
    said = actions.text("今天新增1400元 30人次") | {"FromUserName": li.openid, "CreateTime": int(time()) - 5}
    office.people.server.deliver(said)
    assert stands(office) == (1_040_000, 150, 0)
    assert str(office.team(SCHOOL).day) == "2024-05-08"
