"""A captain of two teams, and one who names a unit that is not hers: nothing is booked on the wrong team."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM

SCHOOL, OTHER = "巧家县第二中学", "永善县第一中学"


@pytest.fixture
def lu(office: Office) -> SimulatedPerson:
    """#0001 is 巧家县第二中学, of which she spoke last; #0010 is 永善县第一中学."""
    lu = office.captain("陆明", SCHOOL, "巧家县", "博爱昭通行")
    for number in range(8):
        office.captain(f"别人{number}", f"昭阳区第{number + 30}小学")
    office.captain("陆明", OTHER, "永善县", "童享阳光")
    lu.say("进度 0010 700元")
    lu.say("进度 0001 900元")
    return lu


@pytest.mark.parametrize(
    "typed", ["永善一中 又筹了60", "永善县一中又收60元", "10队 又60", "10号队又筹60", "十队 又60元", "#10 又60"]
)
def test_the_other_of_her_teams_by_its_short_name_or_number(lu: SimulatedPerson, typed: str) -> None:
    said = lu.say(typed)
    assert said.startswith(f"已记录 {OTHER}（#0010）"), said
    assert "700.00元 → 760.00元" in said


@pytest.mark.parametrize(("typed", "done"), [("永善一中的撤了", "已撤回"), ("更正 #10 650", "已更正")])
def test_so_it_is_for_what_is_taken_back_or_corrected(lu: SimulatedPerson, typed: str, done: str) -> None:
    assert lu.say(typed).startswith(f"{done} {OTHER}（#0010）")


@pytest.mark.parametrize("typed", ["3队 又筹了60", "77队 又筹了60", "三队 累计2000元"])
def test_a_number_that_is_no_team_of_hers_is_asked_about(office: Office, lu: SimulatedPerson, typed: str) -> None:
    entries = len(office.ledger())
    assert "您说的是“" in lu.say(typed)
    lu.say("算了")
    assert len(office.ledger()) == entries


@pytest.mark.parametrize(
    "typed",
    ["昭阳区消防救援支队 1队 累计5000元", "今天共 1队 参加 累计30000元", "1队 累计5000元", "#接龙\n1. 1队 累计5000元"],
)
def test_a_coordinators_line_with_some_squad_in_it_is_no_code(office: Office, lu: SimulatedPerson, typed: str) -> None:
    entries = len(office.ledger())
    zhao = office.coordinator("赵主任")
    zhao.say(typed)
    zhao.say("确认")
    assert office.ledger()[entries + 1 :] == []


@pytest.mark.parametrize("typed", ["帮巧家三中报一下 5000元", "三中 6000", "彝良县医院 3000元"])
def test_a_bare_figure_of_another_unit_is_not_hers(office: Office, lu: SimulatedPerson, typed: str) -> None:
    entries = len(office.ledger())
    assert "没有记录" in lu.say(typed)
    lu.say("3")
    assert len(office.ledger()) == entries


@pytest.mark.parametrize("typed", ["今天一共 1880元", "今天总共1880块", "今天共 1880元"])
def test_the_days_sum_that_is_the_total_as_well_is_booked(lu: SimulatedPerson, typed: str) -> None:
    """Nothing stood at midnight, so that both readings come to the same."""
    assert "900.00元 → 1,880.00元" in lu.say(typed)


@pytest.mark.parametrize("typed", ["今天一共 1880元", "今天总共1880块", "今天共 1880元"])
def test_the_days_sum_or_the_total_is_asked(office: Office, lu: SimulatedPerson, typed: str) -> None:
    office.go_to("2024-04-21T12:00")
    lu.say("我的队伍 0001")
    said = lu.say(f"#0001 {typed}")
    assert "还没有记录" in said, said
    assert said.endswith(CONFIRM)
    assert office.team(SCHOOL).amount_fen == 90_000


@pytest.mark.parametrize("typed", ["本周累计6000元", "这个月一共筹了6000元", "上周累计6000", "近三天总共筹了6000元"])
def test_the_sum_of_some_days_is_no_total(lu: SimulatedPerson, typed: str) -> None:
    assert "没有记录" in lu.say(typed)


@pytest.fixture
def wang(office: Office) -> SimulatedPerson:
    """#0001 is 威信县第一小学分校, #0002 威信县第一小学; both are hers, and she spoke of the school last."""
    wang = office.captain("王芳", "威信县第一小学分校", "威信县")
    office.captain("王芳", "威信县第一小学", "威信县")
    wang.say("进度 0001 900元")
    wang.say("进度 0002 1000元")
    return wang


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("威信县第一小学分校 又筹了60", "分校（#0001）"),
        ("威信一小分校又筹了60元", "分校（#0001）"),
        ("分校又筹了60元", "分校（#0001）"),
        ("威信县第一小学 又筹了60", "第一小学（#0002）"),
        ("威信一小 又筹了60", "第一小学（#0002）"),
        ("第一队又筹了60", "分校（#0001）"),
        ("第2队 又60", "第一小学（#0002）"),
    ],
)
def test_a_branch_is_not_the_school(wang: SimulatedPerson, typed: str, unit: str) -> None:
    wang.say("又筹了5元")
    said = wang.say(typed)
    assert said.startswith("已记录"), said
    assert unit in said, said


def test_a_branch_that_is_not_hers_is_asked_about(office: Office) -> None:
    li = office.captain("李敏", "威信县第一中学", "威信县")
    office.captain("别人", "威信县第一中学（北校区）", "威信县")
    for typed in ("威信一中北校区累计5000", "威信县第一中学（北校区）累计5000元"):
        assert "北校区" in li.say(typed)
        li.say("算了")
    assert office.team("威信县第一中学").amount_fen == 0


@pytest.mark.parametrize("typed", ["撤回 一队", "1队撤回", "一队的撤回"])
def test_taking_back_the_report_of_a_team_by_its_number(office: Office, wang: SimulatedPerson, typed: str) -> None:
    assert wang.say(typed).startswith("已撤回 威信县第一小学分校（#0001）")
    assert office.team("威信县第一小学").amount_fen == 100_000


def test_a_name_that_fits_two_of_her_teams_is_asked_about(office: Office) -> None:
    li = office.captain("李敏", "永善县第一中学", "永善县")
    office.captain("李敏", "永善县第二中学", "永善县")
    li.say("进度 0002 1000元")
    assert "永善县第二中学" in li.say("永善县中学又筹了100元"), "she spoke of it just now"
    office.wait(minutes=11)
    assert "哪支队伍" in li.say("永善县中学又筹了200元")


def test_a_correction_that_names_the_other_team_is_not_of_what_waits(office: Office) -> None:
    li = office.captain("李敏", "永善县第一中学", "永善县")
    office.captain("李敏", "永善县第二中学", "永善县")
    li.say("进度 0001 5000元")
    li.say("进度 0002 500元")
    assert "回复" in li.say("永善一中累计3000元")
    li.say("更正 永善二中 600元")
    li.say("嗯")
    assert office.team("永善县第一中学").amount_fen == 500_000
    assert office.team("永善县第二中学").amount_fen == 60_000


def test_a_unit_called_by_its_kind_is_not_the_one_named_lately(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0002 6000元")
    assert "0.00元 → 200.00元" in of_two.say("学校又200"), of_two.transcript[-1].text
    said = of_two.say("学校7000，医院8000")
    assert "进度 0001 累计7,000.00元\n进度 0002 累计8,000.00元" in said, said
    of_two.say("进度 0001 7100元")
    assert of_two.say("医院 8300").startswith("已记录 昭通市第一人民医院（#0002）")
