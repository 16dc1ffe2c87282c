"""A line of a list that waits is put right by its number; the list is shown again and waits."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office, fen

BUREAU = "昭阳区卫生健康局"
LIST = "#接龙\n1. 昭通一中 4100元 52人次\n2. 昭通市第一人民医院 大约 2700元 31人次\n3. 昭阳区卫健局 1900 22"


@pytest.fixture
def qian(office: Office) -> SimulatedPerson:
    for unit in (SCHOOL, HOSPITAL, BUREAU):
        office.captain("李敏", unit)
    return office.coordinator("钱主任", "zhaoyang")


@pytest.mark.parametrize(
    ("typed", "unit", "figures"),
    [
        ("第1行是4160", SCHOOL, (416_000, 52)),
        ("第一条写错了，应该是4160元 53人次", SCHOOL, (416_000, 53)),
        ("第3个改成1980", BUREAU, (198_000, 22)),
        ("第三行人次应该是24", BUREAU, (190_000, 24)),
        ("第2条是2750元", HOSPITAL, (275_000, 31)),
    ],
)
def test_the_line_is_put_right_and_the_list_waits(
    office: Office, qian: SimulatedPerson, typed: str, unit: str, figures: tuple[int, int]
) -> None:
    qian.say(LIST)
    said = qian.say(typed)
    assert "还没有写入" in said, said
    assert set(office.ledger()).isdisjoint({"report.accepted"})
    assert qian.say("到底要确认什么") == said
    qian.say("确认")
    stands = office.team(unit).online
    assert (stands.amount_fen, stands.donations) == figures


def test_several_lines_one_after_another(office: Office, qian: SimulatedPerson) -> None:
    qian.say(LIST)
    qian.say("第1条是4200")
    qian.say("第2条是2800")
    assert "可以写入3行" in qian.say("第1条是4300")
    qian.say("确认")
    assert (fen(office, SCHOOL), fen(office, HOSPITAL), fen(office, BUREAU)) == (430_000, 280_000, 190_000)


def test_a_line_that_is_not_there_leaves_the_list(office: Office, qian: SimulatedPerson) -> None:
    qian.say(LIST)
    assert "第8行没有改" in qian.say("第8行是900")
    assert qian.say("确认").startswith("已记录 2行")


def test_what_a_header_says_of_the_unit_holds_for_it(office: Office, qian: SimulatedPerson) -> None:
    qian.say("金额（万元）接龙\n1.昭通一中 0.41 52人次\n2.昭阳区卫健局 0.19 22人次")
    assert "4,300.00元" in qian.say("第1行是0.43")


def test_a_list_of_registrations_is_not_lost(office: Office, qian: SimulatedPerson) -> None:
    qian.say("组队接龙\n1. 昭阳区第七小学 人道暖昭通\n2. 昭阳区第八小学 人道暖昭通")
    assert "还没有写入" in qian.say("第2条是700")
    assert "已登记" in qian.say("确认")


def test_whoever_lost_sight_of_a_choice_is_reminded(office: Office) -> None:
    for unit in ("昭阳区第七小学", "昭阳区第八小学"):
        office.captain("孙丽", unit)
    sun = office.person("孙丽")
    office.wait(minutes=11)
    assert "哪支队伍" in sun.say("累计510元")
    assert "数字" in sun.say("到底要选什么")
    assert "已记录" in sun.say("1")
