"""Another unit, the other channel, one person's gift, a number in the place of a yes: asked, never guessed."""

import pytest

from bot.simulator.people import SimulatedPerson
from handlers.understand.registration import names_another_unit
from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM

SCHOOL = "昭通市第一中学"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", SCHOOL)
    person.say("进度 34000元")
    return person


def fen(office: Office, unit: str = SCHOOL) -> int:
    return office.team(unit).amount_fen


@pytest.mark.parametrize("typed", ["2", "1", "２", "二", "12"])
def test_a_bare_number_is_no_answer_to_a_doubt(office: Office, li: SimulatedPerson, typed: str) -> None:
    assert li.say("进度 3000元").endswith(CONFIRM)
    assert li.say(typed).startswith("还在等您的答复")
    assert fen(office) == 3_400_000
    assert li.say("确认").startswith("已记录")
    assert fen(office) == 300_000


@pytest.mark.parametrize("typed", ["进度 35000元", "又筹了1000", "又5元"])
def test_another_report_takes_the_place_of_a_doubt(li: SimulatedPerson, typed: str) -> None:
    li.say("进度 300元")
    assert li.say(typed).startswith("已记录")


@pytest.mark.parametrize(
    "typed", ["撤回昭通市第二中学", "撤回 昭通市第二中学", "昭通市第二中学撤回", "永善县第一中学撤回", "鲁甸一中 撤回"]
)
def test_another_unit_is_not_retracted(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert "没有撤回" in said, said
    assert fen(office) == 3_400_000
    assert li.say("撤回 0001").startswith("已撤回")


def test_a_coordinator_does_not_retract_her_own_for_another(office: Office, li: SimulatedPerson) -> None:
    office.captain("王芳", "永善县第一中学", "永善县").say("进度 500元")
    office.coordinator("李敏")
    assert "没有撤回" in li.say("永善县第一中学撤回")
    assert (fen(office), fen(office, "永善县第一中学")) == (3_400_000, 50_000)


@pytest.mark.parametrize("typed", ["昭通市第一中学撤回", "撤回 昭通一中", "一中的撤回", "刚才那条撤回"])
def test_her_own_unit_is_retracted(li: SimulatedPerson, typed: str) -> None:
    assert li.say(typed).startswith("已撤回")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("昭通市第二中学 更正 33000", "昭通市第二中学"),
        ("昭通市第二中学更正33000", "昭通市第二中学"),
        ("镇雄县医院进度错了，应该是33000", "镇雄县医院"),
        ("鲁甸一中进度30000", "鲁甸一中"),
        ("鲁甸一中 累计35000元", "鲁甸一中"),
    ],
)
def test_another_unit_is_asked_about(office: Office, li: SimulatedPerson, typed: str, named: str) -> None:
    said = li.say(typed)
    assert f"您说的是“{named}”" in said, said
    assert said.endswith(CONFIRM)
    assert fen(office) == 3_400_000


@pytest.mark.parametrize("typed", ["昭通一中 更正 33000", "一中进度错了，应该是33000", "我们学校报错了，应该是33000"])
def test_her_own_unit_is_corrected(office: Office, li: SimulatedPerson, typed: str) -> None:
    assert li.say(typed).startswith("已更正")
    assert fen(office) == 3_300_000


@pytest.mark.parametrize(
    ("said", "unit", "region", "other"),
    [
        ("鲁甸一中", SCHOOL, "zhaoyang", "鲁甸一中"),
        ("鲁甸县第一中学", SCHOOL, "zhaoyang", "鲁甸县第一中学"),
        ("镇雄县第一中学进度", SCHOOL, "zhaoyang", "镇雄县第一中学"),
        ("昭阳区第一中学", "第一中学", "zhaoyang", ""),
        ("鲁甸县税务局", "国家税务总局鲁甸县税务局", "zhaoyang", ""),
        ("鲁甸一中", "鲁甸县第一中学", "ludian", ""),
    ],
)
def test_a_unit_of_another_region(zhaotong: Campaign, said: str, unit: str, region: str, other: str) -> None:
    assert names_another_unit(zhaotong, said, unit, region) == other


@pytest.mark.parametrize(("answer", "online", "offline"), [("1", 36_000, 5_000), ("线下", 34_000, 36_000)])
def test_with_both_channels_a_correction_asks_which(
    office: Office, li: SimulatedPerson, answer: str, online: int, offline: int
) -> None:
    li.say("线下 5000")
    said = li.say("更正 36000")
    assert "1. 线上（现在 34,000.00元）\n2. 线下（现在 5,000.00元）" in said
    assert "1 到 2" in li.say("7")
    assert li.say(answer).startswith("已更正")
    team = office.team(SCHOOL)
    assert (team.online.amount_fen, team.offline.amount_fen) == (online * 100, offline * 100)


@pytest.mark.parametrize(("typed", "offline"), [("更正 线上 36000", 5_000), ("不是5000是5100", 5_100)])
def test_a_channel_or_a_figure_that_is_named_is_not_asked(
    office: Office, li: SimulatedPerson, typed: str, offline: int
) -> None:
    li.say("线下 5000")
    assert li.say(typed).startswith("已更正")
    assert office.team(SCHOOL).offline.amount_fen == offline * 100


@pytest.mark.parametrize(
    ("typed", "reached"),
    [
        ("少报了200", 34_200),
        ("漏报200", 34_200),
        ("报少了200", 34_200),
        ("更正 少报了200", 34_200),
        ("我们学校漏报了200元", 34_200),
        ("多报了200", 33_800),
        ("报多了200元", 33_800),
    ],
)
def test_what_was_left_out_or_too_much(office: Office, li: SimulatedPerson, typed: str, reached: int) -> None:
    said = li.say(typed)
    assert f"将改为 {reached:,}.00元" in said, said
    assert said.endswith(CONFIRM)
    assert fen(office) == 3_400_000
    assert li.say("确认").startswith("已更正")
    assert fen(office) == reached * 100


def test_a_right_total_beside_what_was_left_out(office: Office, li: SimulatedPerson) -> None:
    assert li.say("少报了200，应该是34200").startswith("已更正")
    assert fen(office) == 3_420_000
    assert not li.say("多报了99999").startswith("已更正")
    assert fen(office) == 3_420_000


@pytest.mark.parametrize(
    "typed", ["李校长线下捐了6000", "李老师捐了200", "李小敏捐了200元", "我个人捐了200", "李老师累计捐了200"]
)
def test_one_persons_gift_is_explained(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert "像是一个人的捐款" in said, said
    assert "没有记录" in said
    li.say("确认")
    assert fen(office) == 3_400_000


@pytest.mark.parametrize("typed", ["全体老师累计捐了35000元", "我们学校老师又捐了200元"])
def test_the_gift_of_many_is_a_report(li: SimulatedPerson, typed: str) -> None:
    assert li.say(typed).startswith("已记录")


def test_what_is_lacking_is_no_report(office: Office, li: SimulatedPerson) -> None:
    li.say("还差2000就5万了")
    assert "50,000" not in li.say("还差2000就5万了")
    assert fen(office) == 3_400_000


@pytest.mark.parametrize("said", ["C&D商场", "昭通 c&d商场", "Ｃ＆Ｄ商场"])
def test_a_name_with_letters_and_marks_is_hers_without_its_place(office: Office, said: str) -> None:
    assert office.captain("杨某", "昭通市C&D商场").say(f"{said} 累计300元").startswith("已记录")
