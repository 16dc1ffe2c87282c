"""更正 and 撤回: the newest report of a team, or of the channel that is named."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", "昭通市第一中学")
    person.say("进度 12345.67元 321人次")
    return person


@pytest.mark.parametrize(
    "typed",
    [
        "更正 12340",
        "更正１２３４０元",
        "更正：12,340元",
        "改成12340",
        "刚才报错了，应该是12340元",
        "不是12345.67，是12340",
        "更正 0001 12340",
        "更正 累计12340元",
    ],
)
def test_a_correction(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert said.startswith("已更正 昭通市第一中学（#0001）"), said
    assert "12,345.67元 → 12,340.00元" in said
    assert "人次：321\n" in said


def test_a_correction_of_the_count_alone(li: SimulatedPerson) -> None:
    said = li.say("更正 320人次")
    assert "人次：321 → 320" in said
    assert "12,345.67元 → 12,345.67元" in said


def test_a_correction_is_read_as_the_report_should_have_been_said(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-04-21T10:00")
    li.say("今天2000元")
    assert "14,345.67元 → 15,345.67元" in li.say("更正 今天3000元")
    li.say("又筹了500")
    assert "15,845.67元 → 15,395.67元" in li.say("更正 又50元")


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [("更正 200000", "相差十倍以上"), ("更正 1000", "相差十倍以上"), ("更正 12340元 20000人次", "低于每笔1.00元")],
)
def test_a_doubtful_correction_is_asked(office: Office, li: SimulatedPerson, typed: str, doubt: str) -> None:
    said = li.say(typed)
    assert doubt in said
    assert said.endswith(CONFIRM)
    assert office.team("昭通市第一中学").amount_fen == 1_234_567
    assert "什么都没有改动" in li.say("算了")
    li.say(typed)
    answers = li.send_copies({"MsgType": "text", "Content": "确认"}, at_once=True)
    assert {answer.reply.split(" ")[0] for answer in answers} == {"已更正"}
    assert office.ledger().count("report.corrected") == 1


def test_a_correction_below_the_total_before_the_report_is_asked(li: SimulatedPerson) -> None:
    """After an increment a captain may give the increment for the total."""
    li.say("又筹了5000")
    said = li.say("更正 3000")
    assert "比这次上报之前的 12,345.67元 还少" in said
    assert said.endswith(CONFIRM)


def test_a_team_that_moved_is_not_corrected(office: Office, li: SimulatedPerson) -> None:
    li.say("更正 200000")
    office.coordinator("赵主任").say("进度 0001 13000")
    said = li.say("确认")
    assert "没有改动" in said
    assert "13,000.00元" in said
    assert office.ledger().count("report.corrected") == 0


@pytest.mark.parametrize(
    "typed", ["撤回", "撤 回", "撤销", "撤回上一条", "刚才那条不算", "撤回 0001", "撤回#0001", "撤回0001"]
)
def test_retracting_returns_to_the_total_before(office: Office, li: SimulatedPerson, typed: str) -> None:
    li.say("又筹了500")
    said = li.say(typed)
    assert said.startswith("已撤回 昭通市第一中学（#0001）"), said
    assert "12,845.67元 → 12,345.67元" in said


def test_retracting_until_nothing_is_left(office: Office, li: SimulatedPerson) -> None:
    assert "12,345.67元 → 0.00元" in li.say("撤回")
    assert "没有可以更正或撤回的记录" in li.say("撤回")
    assert "没有可以更正或撤回的记录" in li.say("更正 300")
    assert "还没有上报" in li.say("我的队伍")
    assert "还没有上报的数字" in office.person("路人").say("排行")


def test_an_increment_taken_back_may_be_said_again(li: SimulatedPerson) -> None:
    li.say("又筹了500")
    li.say("撤回")
    assert li.say("又筹了500").startswith("已记录")


def test_the_channel_that_is_named_is_meant(office: Office, li: SimulatedPerson) -> None:
    li.say("线下 5000")
    assert "线上金额：12,345.67元 → 12,340.00元" in li.say("更正 线上 12340")
    assert "线下金额：5,000.00元 → 5,100.00元" in li.say("更正 线下 5100")
    assert "线上金额：12,340.00元 → 12,345.67元" in li.say("撤回 线上")
    assert "线下金额：5,100.00元 → 5,000.00元" in li.say("撤回")


def test_a_coordinator_retracts_the_team_she_names_and_not_her_own(office: Office, li: SimulatedPerson) -> None:
    zhao = office.captain("赵主任", "昭通市财政局", "市直")
    zhao.say("进度 800元")
    office.coordinator("赵主任", "zhaoyang")
    for typed in ("撤回 0001", "撤回 #0001"):
        li.say("又筹了500")
        assert zhao.say(typed).startswith("已撤回 昭通市第一中学（#0001）"), typed
    assert office.team("昭通市财政局").amount_fen == 80_000


@pytest.mark.parametrize("typed", ["更正 大概3万", "更正 3万 5", "更正 .5万", "更正 小于4000"])
def test_a_correction_that_cannot_be_read_changes_nothing(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert "更正 12340" in said or "没有记录" in said or "还没有更正" in said, said
    assert office.ledger().count("report.corrected") == 0


@pytest.mark.parametrize("typed", ["更正 一下", "数不对", "我刚才好像报错了"])
def test_where_no_right_figure_is_told_the_total_is_asked_for(li: SimulatedPerson, typed: str) -> None:
    assert "正确的累计总额" in li.say(typed)


def test_a_retraction_names_what_it_took_back(office: Office, li: SimulatedPerson) -> None:
    li.say("线下 5000")
    office.wait(minutes=1)
    li.say("进度 13000元 330人次")
    said = li.say("撤回")
    assert "撤回的是：线上最近一次上报（记到 13,000.00元 的那次）；线下 5,000.00元 没有动" in said
    assert "撤回的是：线下最近一次上报（记到 5,000.00元 的那次）" in li.say("撤回")


@pytest.mark.parametrize("typed", ["撤回前面那条700的", "刚才那条700不算", "撤回 700元"])
def test_a_figure_that_is_no_newest_report_is_not_retracted(office: Office, li: SimulatedPerson, typed: str) -> None:
    li.say("又筹了500")
    said = li.say(typed)
    assert "没有撤回" in said or "没有记录" in said, said
    assert "report.retracted" not in office.ledger()


def test_the_figure_that_is_named_is_retracted_from_its_channel(office: Office, li: SimulatedPerson) -> None:
    li.say("线下 5000")
    office.wait(minutes=1)
    li.say("又筹了500")
    assert "线下金额：5,000.00元 → 0.00元" in li.say("撤回那条5000的")


@pytest.mark.parametrize("typed", ["帮我把进度改成13200可以吗", "能不能帮我把进度改成13200", "麻烦把累计改成13200好吗"])
def test_a_wish_in_the_dress_of_a_question_is_a_wish(office: Office, li: SimulatedPerson, typed: str) -> None:
    assert "→ 13,200.00元" in li.say(typed)


def test_a_slip_put_right_in_the_same_breath_is_asked_about(office: Office, li: SimulatedPerson) -> None:
    assert "还没有" in li.say("累计 14000，不对，是14800")
    assert "→ 14,800.00元" in li.say("确认")


def test_a_correction_taken_back_leaves_what_it_put_right(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 13000元")
    li.say("又筹了600元")
    li.say("更正 14000")
    li.say("更正 14500")
    for before, after in (("14,500.00", "14,000.00"), ("14,000.00", "13,600.00")):
        said = li.say("撤回刚才的更正")
        assert f"线上金额：{before}元 → {after}元" in said, said
    assert "最近一次记录不是更正，没有撤回" in li.say("撤回刚才的更正")
    assert office.team("昭通市第一中学").amount_fen == 1_360_000
    assert "13,600.00元 → 13,000.00元" in li.say("撤回")


TAKEN_BACK = [
    "作废",
    "撤回",
    "撤回那条",
    "刚才第二条别记",
    "算了刚才那个不要",
    "第二遍发错了，撤掉第二遍",
    "多发了一遍",
    "打错了那条作废",
    "刚刚发重了不用管",
    "那条不要",
]


@pytest.mark.parametrize("said", TAKEN_BACK)
@pytest.mark.parametrize("asked", ["进度 23800", "1500", "又筹了380元"], ids=["yes or no", "which kind", "twice"])
def test_taking_back_what_is_not_booked_touches_nothing_that_is(office: Office, asked: str, said: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 2000元 20人次")
    li.say("又筹了380元")
    assert not li.say(asked).startswith("已记录")
    entries = len(office.ledger())
    answer = li.say(said)
    assert "没有" in answer, answer
    assert len(office.ledger()) == entries
    li.say("确认")
    assert len(office.ledger()) == entries, answer


@pytest.mark.parametrize("said", ["那个 我刚刚那条人次多写了两个", "刚才那条写错了"])
def test_a_correction_that_cannot_be_read_drops_what_waits(office: Office, said: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 15800元 400人次")
    assert "回复" in li.say("进度 15000元 412人次")
    assert "刚才等您答复的那一步已经放下" in li.say(said)
    li.say("嗯")
    assert office.team("昭通市第一中学").amount_fen == 1_580_000


def test_a_figure_put_right_before_it_is_booked_is_the_one_that_waits(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("累计1000元")
    office.go_to("2024-04-21T10:00")
    assert "回复" in li.say("累计8000元 9000人次")
    said = li.say("更正 8000元 90人次")
    assert said.startswith("已记录"), said
    team = office.team("昭通市第一中学")
    assert (team.online.amount_fen, team.online.donations) == (800_000, 90)
    assert team.opening_online.amount_fen == 100_000


def test_nothing_beneath_what_is_taken_back_is_left_waiting(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("累计1000元")
    li.say("累计100000元")
    li.say("举报 有人冒充我们募捐")
    assert "已经放下" in li.say("撤回")
    li.say("确认")
    assert office.team("昭通市第一中学").amount_fen == 100_000


def test_a_report_whose_team_is_asked_for_is_dropped_and_no_other(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    office.captain("李敏", "昭通市第二中学")
    li.say("进度 0001 1000元")
    office.wait(minutes=11)
    assert "哪支队伍" in li.say("又筹了500元")
    assert "已经放下" in li.say("撤回")
    assert not li.say("1").startswith("已")
    assert office.team("昭通市第一中学").amount_fen == 100_000


@pytest.mark.parametrize("typed", ["暂不撤回", "先不撤回了", "不撤"])
def test_what_is_not_to_be_taken_back_stays(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("累计1000元")
    li.say(typed)
    assert office.team("昭通市第一中学").amount_fen == 100_000


def test_the_word_alone_asks_for_the_right_total(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("累计5000元 60人次")
    assert "正确的累计总额" in li.say("更正")
    assert "5,000.00元 → 6,000.00元" in li.say("6000元")


def test_a_bare_number_is_the_count_where_only_the_count_was_wrong(office: Office, li: SimulatedPerson) -> None:
    asked = li.say("人次写错了")
    assert "正确的累计人次" in asked, asked
    assert "人次：321 → 305\n" in li.say("305")
    assert office.team("昭通市第一中学").amount_fen == 1_234_567


def test_an_arrow_to_more_is_a_report_and_to_less_is_asked(office: Office, li: SimulatedPerson) -> None:
    assert li.say("累计：12,345.67→12,900").startswith("已记录")
    assert li.say("12900→12,850").endswith(CONFIRM)
    assert office.ledger().count("report.corrected") == 0


@pytest.mark.parametrize("typed", ["目标：12,345→20000", "去年累计12,345→20000元"])
def test_an_arrow_of_something_else_books_nothing(office: Office, li: SimulatedPerson, typed: str) -> None:
    li.say(typed)
    assert office.team("昭通市第一中学").amount_fen == 1_234_567
