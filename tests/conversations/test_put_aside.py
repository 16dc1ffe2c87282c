"""What is a matter of its own answers no open question about another figure: neither team nor figure is mixed up."""

import pytest

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office, fen


@pytest.mark.parametrize(
    ("waits", "typed", "school", "hospital"),
    [
        ("今天收了450", "医院今天收了700元", 0, 70_000),
        ("刚刚又进来70", "学校又进来90 3个人", 9_000, 0),
        ("目前共6100元", "进度 医院 5900元", 0, 590_000),
        ("今天收了450", "医院今天没有新增", 0, 0),
    ],
)
def test_a_report_of_its_own_takes_the_place_of_what_waits_for_a_team(
    office: Office, of_two: SimulatedPerson, waits: str, typed: str, school: int, hospital: int
) -> None:
    assert "哪支队伍" in of_two.say(waits)
    assert f"前面的“{waits}”先放下了，什么都没有记录" in of_two.say(typed)
    assert (fen(office, SCHOOL), fen(office, HOSPITAL)) == (school, hospital)


def test_a_second_figure_without_a_team_is_asked_about_alone(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("又来了40")
    said = of_two.say("又来了55")
    assert "没有记录" in said, said
    assert "哪支队伍" in said, said
    of_two.say("2")
    assert fen(office, HOSPITAL) == 5_500


def test_what_is_taken_back_chooses_no_team_for_a_figure(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("进度 0002 300元")
    office.wait(minutes=20)
    of_two.say("又来了40")
    assert "已撤回" in of_two.say("医院的撤回")
    assert fen(office, HOSPITAL) == 0


@pytest.mark.parametrize("answer", ["医院", "医院的那个", "0002", "2", "是2队", "第二个"])
def test_an_answer_without_a_figure_chooses(office: Office, of_two: SimulatedPerson, answer: str) -> None:
    of_two.say("又来了45元")
    assert of_two.say(answer).startswith("已记录")
    assert fen(office, HOSPITAL) == 4_500


def test_a_goal_chooses_no_team(office: Office, of_two: SimulatedPerson) -> None:
    of_two.say("又来了45元")
    of_two.say("我们医院的目标是2万元")
    assert fen(office, HOSPITAL) == 0


@pytest.fixture
def liu(office: Office) -> SimulatedPerson:
    """She coordinates 镇雄县 and is asked for the right total of #0001 (900元); #0002 has 500元 20人次."""
    captain = office.captain("李小明", "镇雄县人民医院", "镇雄县")
    captain.say("进度 900元 30人次")
    office.captain("孙红", "镇雄县林业局", "镇雄县").say("进度 500元 20人次")
    liu = office.coordinator("刘主任", "zhenxiong")
    assert "正确的累计总额" in liu.say("0001 700改成950")
    return liu


@pytest.mark.parametrize("typed", ["0002的人次改为26", "更正 0002 500元 26人次"])
def test_another_code_ends_the_question_for_a_total(office: Office, liu: SimulatedPerson, typed: str) -> None:
    assert "已更正 镇雄县林业局（#0002）" in liu.say(typed)
    assert office.team("镇雄县林业局").online.donations == 26
    assert fen(office, "镇雄县人民医院") == 90_000


def test_another_units_name_ends_the_question_for_a_total(office: Office, liu: SimulatedPerson) -> None:
    said = liu.say("镇雄县林业局640元")
    assert "的更正先放下了" in said, said
    assert fen(office, "镇雄县人民医院") == 90_000


def test_the_same_code_answers_the_question_for_a_total(office: Office, liu: SimulatedPerson) -> None:
    assert "已更正" in liu.say("0001 980元")
    assert fen(office, "镇雄县人民医院") == 98_000


@pytest.mark.parametrize("typed", ["0001 900改为930 人次不变", "0001 900改成930人次没变"])
def test_a_count_that_stays_is_no_unit_of_the_amount(office: Office, liu: SimulatedPerson, typed: str) -> None:
    liu.say("算了")
    assert "900.00元 → 930.00元" in liu.say(typed)
    assert office.team("镇雄县人民医院").online.donations == 30


def test_figures_of_two_teams_are_not_put_right_as_one(office: Office, liu: SimulatedPerson) -> None:
    liu.say("算了")
    assert "一支队伍一条" in liu.say("更正 0001 960元 33人次，0002改为550")
    liu.say("确认")
    assert (fen(office, "镇雄县人民医院"), fen(office, "镇雄县林业局")) == (90_000, 50_000)


@pytest.mark.parametrize("typed", ["学校1100元 12人次 医院3300元 40人次", "医院3300元、学校1100元"])
def test_each_of_two_named_teams_has_its_own_figure(office: Office, of_two: SimulatedPerson, typed: str) -> None:
    of_two.say(typed)
    assert (fen(office, SCHOOL), fen(office, HOSPITAL)) == (110_000, 330_000)


@pytest.mark.parametrize(
    "typed", ["学校和医院今天都没有新增", "两个队今天都没新增", "我们两队都没有新的", "两边今晚也没有"]
)
def test_a_zero_report_of_two_teams_is_of_both(office: Office, of_two: SimulatedPerson, typed: str) -> None:
    said = of_two.say(typed)
    assert said.count("今天没有新增，数字不变") == 2, said
    assert office.ledger().count("team.heard") == 2


def test_a_figure_that_waits_is_named_again_under_a_goal(office: Office) -> None:
    li = office.captain("李小明", SCHOOL)
    li.say("进度 5200元")
    assert "回复“确认”" in li.say("进度 610元")
    said = li.say("我们的目标是2万元")
    assert "刚才的数字还没记录" in said, said
    assert fen(office) == 520_000


def test_an_earlier_act_is_put_back_by_its_own_word(office: Office, liu: SimulatedPerson) -> None:
    liu.say("算了")
    liu.say("停用 0002 登记了两次")
    liu.say("改名 0001 镇雄县第二人民医院")
    liu.say("撤销")
    liu.say("确认")
    said = liu.say("撤销")
    assert "只有最近一次能撤销" in said, said
    assert "启用 0012" in said


def test_a_team_off_the_lists_has_no_place(office: Office, liu: SimulatedPerson) -> None:
    liu.say("算了")
    liu.say("停用 0002 登记了两次")
    card = office.person("孙红").say("我的队伍")
    assert "已停用" in card, card
    assert "排名" not in card, card
    assert "距前一名" not in card


def test_the_history_tells_no_false_figure_before_a_correction(office: Office) -> None:
    li = office.captain("李小明", SCHOOL)
    li.say("进度 2200元 20人次")
    li.say("进度 4100元 44人次")
    li.say("更正 4300元")
    told = next(line for line in li.say("明细").split("\n") if "更正（线上）" in line)
    assert "改为 4,300.00元 44人次" in told, told
    assert "2,200.00元" not in told


def test_a_difference_is_never_taken_for_the_total(office: Office) -> None:
    li = office.captain("李小明", SCHOOL)
    li.say("进度 2200元 20人次")
    asked = li.say("刚报的对不上35元")
    assert "请告诉我正确的累计总额" in asked, asked
    li.say("算了")
    assert "会不会是报多了" in li.say("多了90元")
    li.say("算了")
    assert fen(office) == 220_000
    assert "将改为 2,280.00元" in li.say("少了80")
