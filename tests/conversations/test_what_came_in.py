"""What came in put right: the figure that was wrong is of the newest report alone, and what stood before stays.

A walk of captains in a hurry found the kinds; the lines are others.
"""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office, fen


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    """Her team stands at 4,000元 and 60人次 since the day before."""
    captain = office.captain("李小明", SCHOOL)
    captain.say("进度 4000元 60人次")
    office.go_to("2024-04-21T10:00")
    return captain


@pytest.mark.parametrize(
    ("told", "right", "total", "gifts"),
    [
        ("又收到700，5人次", "写错了，是600，4人次", 460_000, 64),
        ("刚又进了350", "错了，只有250", 425_000, 60),
        ("今天一共收了900", "搞错了，没有那么多，是800", 480_000, 60),
        ("又筹到45", "少打了一个0", 445_000, 60),
    ],
)
def test_a_figure_below_all_that_stood_before_is_of_what_came_in(
    office: Office, li: SimulatedPerson, told: str, right: str, total: int, gifts: int
) -> None:
    assert li.say(told).startswith("已记录")
    stood = fen(office)
    assert "回复“确认”" in li.say(right)
    assert fen(office) == stood
    assert li.say("是的，确认").startswith("已更正")
    team = office.team(SCHOOL)
    assert (team.online.amount_fen, team.online.donations) == (total, gifts)


def test_one_that_may_be_either_is_shown_first(office: Office, li: SimulatedPerson) -> None:
    li.say("又收到1100元")
    asked = li.say("不对，是6千")
    assert "累计将改为 6,000.00元" in asked
    assert "不是1,100.00元，是6,000.00元" in asked
    assert "9,000.00元" not in asked
    li.say("算了")
    assert "累计将改为 10,000.00元" in li.say("不是1100元，是6000元") or fen(office) == 1_000_000


def test_the_word_itself_says_the_total(office: Office, li: SimulatedPerson) -> None:
    """The line that help tells: it is no other figure for what waits."""
    li.say("又收到88元，2人次")
    assert "可能是重复" in li.say("又收到88元，2人次")
    said = li.say("更正 4100")
    assert "4,088.00元 → 4,100.00元" in said
    assert office.team(SCHOOL).online.donations == 62


@pytest.mark.parametrize(
    ("waits", "right"), [("又收到90元", "应该是160"), ("又收到90元", "不对，95"), ("又收到90元", "改成2500")]
)
def test_what_waits_and_is_put_right_is_shown_once_more(
    office: Office, li: SimulatedPerson, waits: str, right: str
) -> None:
    li.say(waits)
    assert "可能是重复" in li.say(waits)
    assert not li.say(right).startswith("已记录")
    assert fen(office) == 409_000


def test_an_open_choice_is_asked_anew_with_the_right_figure(office: Office, li: SimulatedPerson) -> None:
    li.say("又收到10元")
    assert "指的是" in li.say("1300元")
    asked = li.say("啊不对是1400")
    assert "1,400.00元 指的是" in asked
    assert "2. " in asked
    assert fen(office) == 401_000


@pytest.mark.parametrize(
    ("typed", "total"),
    [("多了二百六，应该是三千七百四", 374_000), ("线上多了90，应该是3910元", 391_000), ("多了30块，应是3970", 397_000)],
)
def test_what_was_too_much_beside_what_it_should_be_comes_in_nowhere(
    office: Office, li: SimulatedPerson, typed: str, total: int
) -> None:
    said = li.say(typed)
    assert fen(office) in (400_000, total), said
    if not said.startswith("已更正"):
        li.say("是的，确认")
    assert fen(office) == total


def test_a_bare_figure_behind_a_wrong_count_is_a_count(office: Office, li: SimulatedPerson) -> None:
    said = li.say("60人报错了 63")
    assert "人次：60 → 63" in said, said
    assert fen(office) == 400_000


def test_the_channel_that_is_named_beside_what_was_left_out(office: Office, li: SimulatedPerson) -> None:
    li.say("线下收了700元")
    assert "线下累计将改为 900.00元" in li.say("线下那700少报了200")


def test_a_days_figure_below_what_came_in_is_a_choice(office: Office, li: SimulatedPerson) -> None:
    li.say("又收到500元")
    asked = li.say("今天新增140元")
    assert "1. 今天一共 140.00元" in asked
    assert "2. 在原有基础上新增 140.00元，总额变为 4,640.00元" in asked
    said = li.say("又来了30元")
    assert "前面等您答复的 140.00元 没有记录" in said
    assert fen(office) == 453_000


def test_nothing_is_written_where_nothing_changes(office: Office, li: SimulatedPerson) -> None:
    written = office.ledger().count("report.corrected")
    assert "已经是这样记录的" in li.say("更正 4000元")
    assert office.ledger().count("report.corrected") == written


def test_a_team_named_by_its_kind_is_that_one_wherever_it_stands(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("医院又来了90元")
    of_two.say("是学校又来了70元")
    assert (fen(office, SCHOOL), fen(office, HOSPITAL)) == (7_000, 9_000)


def test_a_telephone_in_words_is_no_figure(office: Office, li: SimulatedPerson) -> None:
    said = li.say("我换了号码 一三九八七六五四三二一")
    assert "13987654321" in said or "元" not in said, said
    assert fen(office) == 400_000
    assert "您发的号码是10位" in li.say("改电话 1398765432")


@pytest.mark.parametrize("answer", ["算了还是继续当", "不了，先这样吧", "算了，我再考虑一下"])
def test_a_no_in_other_words_is_a_no(office: Office, li: SimulatedPerson, answer: str) -> None:
    assert "注销会删除" in li.say("注销")
    assert "没有改动" in li.say(answer)
    assert li.say("我的队伍").startswith(SCHOOL)


def test_a_complaint_is_registered_by_a_yes_in_other_words(office: Office, li: SimulatedPerson) -> None:
    assert "将登记" in li.say("我要投诉，领导给我们压任务")
    assert li.say("嗯嗯，登记噻").startswith("已登记 案件编号")


def test_gifts_of_several_are_told_as_one_line(li: SimulatedPerson) -> None:
    assert "又300.00元" in li.say("刚才张姐捐了一百，王哥捐了两百")
