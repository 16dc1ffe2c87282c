"""Corrections in free words: wrong number, unit, kind, channel, and a report that is not the newest."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office, fen
from tests.conversations.wording import CONFIRM


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", SCHOOL)
    assert "3,200.00元" in person.say("进度 3200元 45人次")
    return person


@pytest.mark.parametrize(
    "typed",
    [
        "不是3200是3400",
        "刚才报错了应该是3400元",
        "写错了 是3400不是3200",
        "3200改成3400",
        "把刚才的3200改为3400",
        "刚刚报的数字有误，实际为 3,400 元",
        "刚刚 报错了，应该是3400",
        "说错了说错了，三千四",
        "口误口误 是三千四不是三千二",
        "更正：原报3200元，现更正为3400元",
        "打错了 3400",
    ],
)
def test_a_wrong_number(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert said.startswith("已更正"), said
    assert "3,200.00元 → 3,400.00元" in said
    assert fen(office) == 340_000


def test_the_count_alone(office: Office, li: SimulatedPerson) -> None:
    assert "人次：45 → 54" in li.say("人次报错了，是54不是45")
    assert fen(office) == 320_000


def test_what_an_increment_added_may_be_taken_back_by_its_own_figure(office: Office, li: SimulatedPerson) -> None:
    li.say("又筹了500")
    assert "3,700.00元 → 3,750.00元" in li.say("不是500是550")
    assert fen(office) == 375_000


@pytest.mark.parametrize("typed", ["不是2800是2900", "昨天那条5000是5500", "昨天报的8000错了，应该是8800"])
def test_a_figure_that_does_not_stand_is_never_replaced(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert "正确的累计总额" in said
    assert fen(office) == 320_000
    assert li.say("嗯嗯").startswith("请发送现在正确的累计总额") or "累计总额" in li.say("嗯嗯")
    assert li.say("3500").startswith("已更正")
    assert fen(office) == 350_000


def test_the_newest_report_is_corrected_though_it_is_of_yesterday(office: Office, li: SimulatedPerson) -> None:
    office.go_to("2024-04-21T09:00")
    assert "3,200.00元 → 3,300.00元" in li.say("昨天那条3200是3300")


@pytest.mark.parametrize(
    ("typed", "reached"),
    [("那是新增不是累计", 620_000), ("刚才那个是新增的，不是总数", 620_000), ("那个是今天的不是累计", 320_000)],
)
def test_a_wrong_kind_is_asked(office: Office, li: SimulatedPerson, typed: str, reached: int) -> None:
    li.say("更正 3000")
    li.say("进度 3200元")
    said = li.say(typed)
    if reached == 320_000:
        assert "没有改动" in said
    else:
        assert said.endswith(CONFIRM)
        assert fen(office) == 320_000
        assert li.say("确认").startswith("已更正")
    assert fen(office) == reached


def test_an_increment_that_was_a_total(office: Office, li: SimulatedPerson) -> None:
    li.say("又筹了5000元")
    assert fen(office) == 820_000
    assert li.say("那是累计不是新增").endswith(CONFIRM)
    li.say("是的")
    assert fen(office) == 500_000


def test_the_other_channel(office: Office, li: SimulatedPerson) -> None:
    li.say("又筹了800")
    said = li.say("刚才那笔是线下的")
    assert said.endswith(CONFIRM)
    assert "4,000.00元 45人次 → 3,200.00元 45人次" in said
    assert li.say("确认").startswith("已更正")
    team = office.team(SCHOOL)
    assert (team.online.amount_fen, team.offline.amount_fen) == (320_000, 80_000)


@pytest.mark.parametrize(
    "typed", ["我报成了医院的，是一中的", "错了，是一中的不是医院的", "报成医院的了，应该是一中的"]
)
def test_the_wrong_unit(office: Office, typed: str) -> None:
    li = office.captain("李敏", SCHOOL)
    office.captain("李敏", HOSPITAL)
    assert li.say("医院 进度 3200元").startswith("已记录")
    said = li.say(typed)
    assert said.endswith(CONFIRM), said
    assert fen(office, HOSPITAL) == 320_000
    copies = li.send_copies({"MsgType": "text", "Content": "确认"}, at_once=True)
    assert {copy.reply.split(" ")[0] for copy in copies} == {"已更正"}
    assert (fen(office, HOSPITAL), fen(office)) == (0, 320_000)
    assert office.ledger()[-1] == "report.moved"


def test_a_unit_that_is_not_hers(office: Office, li: SimulatedPerson) -> None:
    said = li.say("错了，是二小的不是一中的")
    assert "没有找到" in said
    assert fen(office) == 320_000


def test_an_open_move_can_be_left(office: Office, li: SimulatedPerson) -> None:
    li.say("刚才那笔是线下的")
    li.say("算了")
    assert fen(office) == 320_000
    assert office.team(SCHOOL).offline.amount_fen == 0


@pytest.mark.parametrize("asked", ["累计34000元", "1400"])
def test_a_slip_told_while_a_question_is_open_is_no_new_report(office: Office, li: SimulatedPerson, asked: str) -> None:
    before = fen(office)
    assert "回复" in li.say(asked)
    said = li.say("刚才多报了200")
    assert "累计共 200.00元" not in said
    assert f"{(before - 20_000) / 100:,.2f}元" in said
    assert fen(office) == before


@pytest.mark.parametrize("said", ["应该是7300元 86人次", "应为7300 86人次", "正确的是7300，86人次"])
def test_a_figure_that_sounds_like_the_right_one_is_shown_first(office: Office, said: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 7500元 80人次")
    li.say("进度 7200元 84人次")
    li.say("确认")
    asked = li.say(said)
    assert asked.endswith("回复“确认”，或“算了”"), asked
    assert "还少" not in asked
    assert li.say("确认").startswith("已更正")
    assert office.team("昭通市第一中学").online.donations == 86
