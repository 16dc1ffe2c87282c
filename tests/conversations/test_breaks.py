"""Dialogues in which a figure once went astray: stale choices, two teams in a line, several figures, a lone digit."""

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_schema import Campaign
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office, fen


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", SCHOOL)
    person.say("累计9000元")
    office.wait(minutes=5)
    return person


def test_a_choice_is_of_the_total_that_was_shown(office: Office, li: SimulatedPerson) -> None:
    assert "9,500.00元" in li.say("500")
    office.coordinator("陈老师").say("进度 0001 9500元")
    said = li.say("2")
    assert "10,000.00元" in said
    assert "确认" in said
    assert fen(office) == 950_000


@pytest.mark.parametrize("said", ["没重复", "没有重复吧", "不是重发的"])
def test_what_is_no_repetition_takes_nothing_back(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    office.wait(minutes=5)
    li.say(said)
    assert fen(office) == 950_000


@pytest.mark.parametrize("said", ["刚才那条多了100", "刚才报多了100", "上一条多报了100"])
def test_what_was_too_much_is_never_added(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    li.say(said)
    assert fen(office) <= 950_000


@pytest.mark.parametrize("said", ["医院和一中一共9000", "一中和医院一共9000元"])
def test_a_sum_of_two_teams_is_booked_to_neither(office: Office, of_two: SimulatedPerson, said: str) -> None:
    of_two.say(said)
    assert (fen(office), fen(office, HOSPITAL)) == (0, 0)


def test_a_team_is_named_by_what_it_is(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0001 9000元")
    office.wait(minutes=1)
    of_two.say("医院累计9500")
    assert (fen(office), fen(office, HOSPITAL)) == (900_000, 950_000)


@pytest.mark.parametrize(
    "said", ["进度 0001 9000元\n进度 0002 9500元", "0001 9000元，0002 9500元", "0001 9100元\n0002 800元"]
)
def test_two_codes_are_never_booked_to_one_team(office: Office, of_two: SimulatedPerson, said: str) -> None:
    of_two.say(said)
    of_two.say("确认")
    assert fen(office) in (0, 900_000, 910_000)


@pytest.mark.parametrize("said", ["9900", "9900元"])
def test_a_figure_takes_the_place_of_the_one_that_waits(office: Office, li: SimulatedPerson, said: str) -> None:
    assert "确认" in li.say("累计90000元")
    li.say(said)
    li.say("确认")
    assert fen(office) == 990_000


@pytest.mark.parametrize("said", ["更正 500 改成 400", "更正 500改成400"])
def test_two_figures_of_a_correction_are_not_one_number(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    assert "500,400" not in li.say(said)
    li.say("确认")
    assert fen(office) < 1_000_000


@pytest.mark.parametrize("said", ["又500 又300", "又收500，又收300", "累计9600元，哦不，9700元"])
def test_several_figures_are_not_booked_by_the_last(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say(said)
    li.say("确认")
    assert fen(office) in (900_000, 970_000, 980_000)


@pytest.mark.parametrize("said", ["1", "2", "７"])
def test_a_lone_digit_is_no_report(office: Office, said: str) -> None:
    li = office.captain("李敏", SCHOOL)
    li.say(said)
    li.say("确认")
    assert fen(office) == 0


def test_a_gift_of_her_own_is_not_the_teams(office: Office, li: SimulatedPerson) -> None:
    li.say("我刚捐了200元")
    assert fen(office) == 900_000


def test_a_total_online_beside_todays_cash_is_asked_about(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-08T10:00")
    li.say("今日现金500元已收，线上9650元")
    assert office.team(SCHOOL).online.amount_fen in (900_000, 965_000)


@pytest.mark.parametrize("said", ["撤得回来吗？", "撤回不了了吗", "怎么才能撤回呢"])
def test_who_asks_whether_it_can_be_taken_back_is_told_how(office: Office, li: SimulatedPerson, said: str) -> None:
    assert "撤回" in li.say(said)
    assert fen(office) == 900_000


@pytest.mark.parametrize("said", ["恢复得了吗", "还能不能恢复？", "还原不了了吗", "怎么恢复"])
def test_who_asks_whether_it_can_be_put_back_is_told_how(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("撤回")
    li.say(said)
    assert fen(office) == 0
    assert li.say("恢复").startswith("已恢复")


@pytest.mark.parametrize("said", ["更正不了吗", "怎么更正呢？"])
def test_who_asks_whether_it_can_be_put_right_is_told_how(office: Office, li: SimulatedPerson, said: str) -> None:
    assert "更正 12340元" in li.say(said)
    assert "没有进行中的步骤" in li.say("算了")


@pytest.mark.parametrize("said", ["上一笔退了80", "那笔退掉80元了", "刚才那条退回去80元"])
def test_what_was_given_back_is_no_total(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    assert "9,500.00元 → 9,420.00元" in li.say(said)
    li.say("是的")
    assert fen(office) == 942_000


@pytest.mark.parametrize("said", ["切换到二七", "换到 二七", "切到二七99"])
def test_the_name_of_a_campaign_is_no_figure(office: Office, li: SimulatedPerson, erqi: Campaign, said: str) -> None:
    office.publish(erqi)
    assert li.say(said).startswith("当前活动：2024年二七区")
    assert office.team(SCHOOL).amount_fen == 900_000


@pytest.mark.parametrize("said", ["请清零", "归零", "全部清零吧", "数字清零"])
def test_everything_at_nought_is_no_wish_to_be_forgotten(office: Office, li: SimulatedPerson, said: str) -> None:
    answer = li.say(said)
    assert "不能" in answer
    line = answer.partition("总额要改成0请发送：")[2].partition("\n")[0]
    assert li.say(line).endswith("回复“确认”，或“算了”")
    li.say("确认")
    assert fen(office) == 0


@pytest.mark.parametrize("said", ["发重了", "那条重复上报了", "是报重了"])
def test_why_it_was_taken_back_takes_nothing_more_back(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    li.say("撤回")
    assert "没有再撤" in li.say(said)
    assert fen(office) == 900_000
    assert li.say("撤回").startswith("已撤回")


@pytest.mark.parametrize("said", ["重复了", "是发重了", "报重复了哈"])
def test_what_stands_once_is_not_taken_back_for_having_come_twice(
    office: Office, li: SimulatedPerson, said: str
) -> None:
    """The second one was never booked: it waited for a yes and was dropped."""
    li.say("又500")
    assert "可能是重复" in li.say("又500")
    assert "已经放下" in li.say(said)
    assert "没有重复记" in li.say(said)
    assert fen(office) == 950_000


@pytest.mark.parametrize("said", ["重复了", "多报了一遍"])
def test_what_stands_twice_is_taken_back_once(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("又500")
    li.say("又500")
    li.say("确认")
    assert li.say(said).startswith("已撤回")
    assert fen(office) == 950_000


def test_two_figures_taken_back_are_both_put_back_as_promised(office: Office, li: SimulatedPerson) -> None:
    li.say("又700 6人次")
    li.say("撤回")
    said = li.say("撤回")
    assert "只放回这一次" in said
    line = said.rpartition("请发送：")[2]
    assert li.say("恢复").startswith("已恢复")
    assert li.say(line).startswith("已记录")
    assert (fen(office), office.team(SCHOOL).online.donations) == (970_000, 6)


@pytest.mark.parametrize("said", ["线下累计 4,100", "线下累计4100元"])
def test_a_lower_total_offline_has_its_line(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("线下 6000元")
    line = li.say(said).rpartition("请发送：")[2]
    li.say("算了")
    li.say(line)
    li.say("确认")
    assert office.team(SCHOOL).offline.amount_fen == 410_000


@pytest.mark.parametrize("said", ["确认吗？", "确定吗", "是对的吗？", "好吗"])
def test_a_question_about_a_question_does_not_deny_it(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say("更正 80元")
    answer = li.say(said)
    assert "没有等您答复" not in answer
    assert answer.endswith("回复“确认”，或“算了”")


@pytest.mark.parametrize("said", ["人民医院的", "医院那个", "2队", "第二支", "二队吧"])
def test_a_team_is_named_in_an_answer_as_people_name_it(office: Office, of_two: SimulatedPerson, said: str) -> None:
    assert "哪支队伍" in of_two.say("累计4300元")
    assert of_two.say(said).startswith("已记录 昭通市第一人民医院")


def test_who_may_enter_a_team_late_enters_it_with_the_word_she_is_told(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-05-02T09:00")
    assert "补录 单位名称" in li.say("组队 昭通市第四中学 昭阳区 人道暖昭通")
    zhao = office.coordinator("赵主任")
    assert zhao.say("补录 昭通市第四中学 昭阳区 人道暖昭通 队长王芳 13900000001").startswith("已登记")


def test_a_correction_that_waits_for_a_coordinator_names_whom_to_call(office: Office, li: SimulatedPerson) -> None:
    assert "要等协调员核实" in li.say("更正 7000000元")
    said = li.say("确认")
    assert "核实前不计入" in said
    assert "杜雄 0870-2220223" in said
    assert fen(office) == 900_000


@pytest.mark.parametrize("asked", ["累计90000元", "更正 80元", "举报", "更正"])
@pytest.mark.parametrize("said", ["稍等一下", "我问下领导", "还没定"])
def test_who_needs_time_has_it(office: Office, li: SimulatedPerson, asked: str, said: str) -> None:
    li.say(asked)
    answer = li.say(said)
    assert "不着急" in answer
    assert "算了" in answer
    assert li.say("算了").startswith("好的，已离开")
    assert fen(office) == 900_000


@pytest.mark.parametrize("said", ["今天没有新增吧？", "今天是零报告吗", "没有新增吗？"])
def test_a_question_is_no_zero_report(office: Office, li: SimulatedPerson, said: str) -> None:
    li.say(said)
    assert "team.heard" not in office.ledger()


def test_who_wants_another_telephone_is_told_the_word(office: Office, li: SimulatedPerson) -> None:
    assert "改电话 13900000000" in li.say("登记的单位写错了能改吗")


def test_figures_of_two_teams_that_moved_are_asked_again_each_for_its_own(
    office: Office, of_two: SimulatedPerson
) -> None:
    of_two.say("进度 0001 4000元")
    of_two.say("进度 0002 900元")
    office.wait(minutes=1)
    assert of_two.say("一中累计4300元，医院累计70000元").endswith("回复“确认”，或“算了”")
    office.coordinator("赵主任").say("进度 0001 4100元")
    said = of_two.say("确认")
    assert "记录刚刚有变化" in said
    assert "按“昭通市第一人民医院（#0002）”理解，将记为 70,000.00元" in said
    of_two.say("确认")
    assert (fen(office), fen(office, HOSPITAL)) == (430_000, 7_000_000)
