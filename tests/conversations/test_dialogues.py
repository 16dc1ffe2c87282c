"""Which team, which campaign: asked, remembered for ten minutes, and never guessed."""

from pathlib import Path
from typing import get_args

import pytest

from bot.simulator.people import SimulatedPerson
from handlers import router
from handlers.proposals import state_of
from handlers.texts.wording import CONFIRM
from handlers.writes import Write
from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office


@pytest.fixture
def sun(office: Office) -> SimulatedPerson:
    """孙丽 leads two units, one of them in two projects, and spoke of none in the last ten minutes."""
    office.captain("孙丽", "永善县第一中学", "永善县", "童享阳光")
    office.captain("孙丽", "永善县第一中学", "永善县", "人道暖昭通")
    office.captain("孙丽", "永善县人民医院", "永善县", "人道暖昭通")
    office.wait(minutes=11)
    return office.person("孙丽")


@pytest.mark.parametrize("typed", ["2", "２", "二", "第二个", "#0002", "0002", "选2吧"])
def test_several_teams_are_asked_about(office: Office, sun: SimulatedPerson, typed: str) -> None:
    said = sun.say("又筹了500")
    assert "1. #0001 永善县第一中学·童享阳光\n2. #0002 永善县第一中学·人道暖昭通\n3. #0003" in said
    assert sun.say(typed).startswith("已记录 永善县第一中学（#0002）·人道暖昭通"), typed


def test_a_code_is_no_number_of_a_line(office: Office) -> None:
    """The first line may hold the team #0002."""
    office.captain("别人", "昭通市第一中学")
    for unit in ("永善县第一中学", "永善县第二中学"):
        office.captain("孙丽", unit, "永善县", "童享阳光")
    office.wait(minutes=11)
    sun = office.person("孙丽")
    assert "1. #0002" in sun.say("进度 500元")
    assert sun.say("0002").startswith("已记录 永善县第一中学（#0002）")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("又筹了500", None),
        ("县医院又筹了500", "#0003"),
        ("永善县人民医院 又筹了500", "#0003"),
        ("进度 0002 500元", "#0002"),
        ("永善县第一中学 童享阳光 今天500元", "#0001"),
        ("童享阳光 进度 500元", "#0001"),
    ],
)
def test_a_team_that_is_named_is_meant(sun: SimulatedPerson, typed: str, code: str | None) -> None:
    said = sun.say(typed)
    if code is None:
        assert said.startswith("您说的是哪支队伍？")
    else:
        assert said.startswith("已记录")
        assert code in said


def test_what_was_spoken_of_is_meant_for_ten_minutes(office: Office, sun: SimulatedPerson) -> None:
    sun.say("进度 0003 500元")
    office.wait(minutes=9)
    assert "#0003" in sun.say("又筹了50")
    office.wait(minutes=9)
    assert "#0003" in sun.say("又筹了60")
    office.wait(minutes=11)
    assert sun.say("又筹了70").startswith("您说的是哪支队伍？")


def test_a_name_beats_the_memory(sun: SimulatedPerson) -> None:
    sun.say("进度 0001 500元")
    assert "#0003" in sun.say("永善县人民医院 进度 800元")
    assert "#0002" in sun.say("永善县第一中学 人道暖昭通 进度 900元")


def test_all_teams_of_a_captain_are_shown_and_one_by_its_code(sun: SimulatedPerson) -> None:
    said = sun.say("我的队伍")
    assert all(code in said for code in ("#0001", "#0002", "#0003"))
    said = sun.say("我的队伍 0003")
    assert "#0003" in said
    assert "#0001" not in said


def test_a_captain_of_thirty_teams(office: Office) -> None:
    for number in range(30):
        office.captain("孙丽", f"昭通市乌蒙山片区易地扶贫搬迁安置区第{number + 1}幼儿园")
    office.wait(minutes=11)
    sun = office.person("孙丽")
    said = sun.say("又筹了500")
    assert "其余的请直接带上编号" in said
    assert sun.say("0030").startswith("已记录")
    assert "另有" in sun.say("我的队伍")
    assert "#0029" in sun.say("我的队伍 0029")


@pytest.mark.parametrize("wrong", ["4", "0", "九", "第五个", "周三", "0009"])
def test_a_choice_that_was_not_offered_is_asked_again(office: Office, sun: SimulatedPerson, wrong: str) -> None:
    sun.say("又筹了500")
    assert "请回复 1 到 3 中的一个数字" in sun.say(wrong)
    assert sun.say("1").startswith("已记录")


def test_another_matter_inside_a_question(office: Office) -> None:
    """A captain in a hurry is not held up by a question that she did not answer."""
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 5000元")
    assert "1. 今天一共 600.00元" in li.say("600")
    assert "请回复 1 到 2" in li.say("9")
    assert "610.00元 指的是" in li.say("610元")
    assert li.say("战报发我").startswith("【昭通")
    assert "刚才等您答复的那一步已经放下" in li.say("撤回吧")
    assert li.say("撤回吧").startswith("已撤回")
    assert "没有进行中的步骤" in li.say("算了")
    li.say("进度 5000元")
    assert "相差十倍以上" in li.say("更正 60000")
    assert "5,000.00元 → 5,600.00元" in li.say("不对，应该是5600元")


def test_a_number_that_answers_nothing_is_no_report(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    for question, answers in (("组队 昭通市第二中学", ["13", "500", "500元"]), ("组队", ["123", "2000元"])):
        li.say(question)
        for answer in answers:
            assert not li.say(answer).startswith("已记录")
    assert office.team("昭通市第一中学").amount_fen == 0


def test_a_question_inside_a_choice(sun: SimulatedPerson) -> None:
    sun.say("又筹了500")
    said = sun.say("几点开始配捐？")
    assert "10点" in said
    assert "“又筹了500”还没处理" in said
    assert sun.say("3").startswith("已记录 永善县人民医院")


@pytest.mark.parametrize("question", ["又筹了500", "进度 0001 5000元 9000人次", "注销", "组队", "更正 0001 99"])
def test_leaving_works_from_every_question(office: Office, sun: SimulatedPerson, question: str) -> None:
    sun.say("进度 0001 9000元")
    office.wait(minutes=11)
    sun.say(question)
    assert sun.say("算了") == "好的，已离开，什么都没有改动。"
    assert "没有进行中的步骤" in sun.say("算了")
    assert office.team("永善县第一中学").amount_fen == 900_000


def test_every_question_is_forgotten_after_its_lifetime(office: Office, sun: SimulatedPerson) -> None:
    for question in ("又筹了500", "进度 0001 5000元 9000人次", "注销"):
        sun.say(question)
        office.forget_dialogue(sun)
        assert sun.say("确认").startswith("现在没有等您答复的事项")
    assert [team.amount_fen for team in office.teams()] == [0, 0, 0]


@pytest.fixture
def both(office: Office, erqi: Campaign) -> SimulatedPerson:
    """周敏 leads a team in Zhaotong and one in 二七, and spoke of neither in the last ten minutes."""
    office.captain("周敏", "昭通市第一中学")
    office.publish(erqi)
    zhou = office.person("周敏")
    zhou.say("活动 二七99")
    said = zhou.say("组队 二七区实验小学 德化街 助学 队长周敏 13900000000")
    assert said.startswith("已登记 二七区实验小学（#0002）")
    office.wait(minutes=11)
    return zhou


@pytest.mark.parametrize("typed", ["2", "二七", "二七99", "第二个"])
def test_the_campaign_is_asked_and_named_in_the_echo(office: Office, both: SimulatedPerson, typed: str) -> None:
    assert "1. 昭通市2024年" in both.say("又筹了500")
    said = both.say(typed)
    assert said.startswith("已记录 二七区实验小学（#0002）·爱心助学")
    assert said.endswith("活动：二七99")
    assert "活动：二七99" in both.say("又筹了900"), "what was chosen is meant for ten minutes"


def test_the_campaign_that_was_named_is_meant_for_ten_minutes(office: Office, both: SimulatedPerson) -> None:
    both.say("活动 昭通")
    assert both.say("又筹了500").endswith("活动：昭通5·8人道公益日")
    both.say("活动 二七")
    assert both.say("又筹了500").endswith("活动：二七99")
    office.wait(minutes=11)
    assert both.say("又筹了70").startswith("您说的是哪个活动？")


def test_a_code_names_the_campaign_too(both: SimulatedPerson) -> None:
    assert both.say("进度 0002 500元").endswith("活动：二七99")
    assert both.say("更正 0001 500元").startswith("昭通市第一中学（#0001） 还没有")
    assert both.say("进度 0001 700元").endswith("活动：昭通5·8人道公益日")
    assert both.say("撤回").endswith("活动：昭通5·8人道公益日")
    assert both.say("撤回 0002").endswith("活动：二七99")


def test_the_choice_of_a_campaign_stands_for_the_next_question(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    someone = office.person("路人")
    assert "1. 昭通市2024年" in someone.say("几点开始配捐？")
    assert "10点" in someone.say("1")
    assert "10点" in someone.say("配捐什么时候开始？")


def test_choosing_a_campaign_names_no_team_of_it(office: Office, both: SimulatedPerson) -> None:
    """The team that was spoken of long ago was booked on as soon as the campaign was clear."""
    both.say("活动 昭通")
    office.captain("周敏", "昭通市第二中学")
    office.wait(minutes=11)
    both.say("又筹了500")
    assert both.say("昭通").startswith("您说的是哪支队伍？")
    assert both.say("1").startswith("已记录 昭通市第一中学")
    office.wait(minutes=11)
    both.say("几点开始配捐？")
    assert "10点" in both.say("1")
    assert both.say("又筹了600").startswith("您说的是哪支队伍？")


def test_courtesies_name_no_campaign(both: SimulatedPerson) -> None:
    assert "不客气" in both.say("谢谢老师")
    assert both.say("好的").startswith("现在没有等您答复的事项")
    assert "进度 12345.67元" in both.say("这个公众号怎么用？")


def test_registering_in_a_campaign_that_must_be_chosen_first(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    someone = office.person("路人")
    assert someone.say("组队").startswith("您说的是哪个活动？")
    assert "单位全称" in someone.say("2")
    assert "2. 解放路街道" in someone.say("二七区第二小学")
    assert "2. 敬老月" in someone.say("解放路")
    someone.say("2")
    assert someone.say("跳过").startswith("已登记 二七区第二小学（#0001）")


def test_a_registration_goes_on_in_the_campaign_in_which_it_began(office: Office, both: SimulatedPerson) -> None:
    both.say("活动 昭通")
    both.say("组队 昭通市第二中学 昭阳区 人道暖昭通")
    office.wait(minutes=11)
    assert both.say("几点开始配捐？").startswith("您说的是哪个活动？")
    both.say("2")
    assert both.say("周敏 13900000000").startswith("已登记 昭通市第二中学")
    assert office.team("昭通市第二中学").project == "rendao-nuan"


def test_my_team_elsewhere(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    office.person("王强").say("活动 昭通")
    wang = office.captain("王强", "昭通市第二中学")
    wang.say("活动 二七")
    assert "您的队伍在：昭通5·8人道公益日" in wang.say("我的队伍")


def test_whatever_waits_for_a_yes_is_a_proposal() -> None:
    """One handler takes the yes: every state that asks for it is that of a kind of write, and every kind has one."""
    of_a_write = {state_of(kind) for kind in get_args(Write)}
    asked = {name for name, state in router.states.items() if CONFIRM in str(state.reminder)}
    assert asked <= of_a_write <= set(router.states)


def test_a_yes_is_asked_for_in_no_other_words() -> None:
    """A sentence that ends in the question for a yes is said by who proposes: no feature puts it together itself."""
    handlers = Path(__file__).parents[2] / "handlers"
    asking = {path.stem for path in handlers.glob("*.py") if "CONFIRM" in path.read_text(encoding="utf-8")}
    assert asking <= {"chains"}, "its pages end so"


def test_an_open_choice_is_named_again_with_its_numbers(office: Office, sun: SimulatedPerson) -> None:
    sun.say("进度 0001 8200元")
    office.wait(minutes=61)
    assert "指的是" in sun.say("0001 1350")
    for question in ("几点开始配捐？", "发票怎么开", "未成年人可以捐吗"):
        assert "刚才的 1,350.00元 还没记录，请回复数字：1 今日累计，2 新增" in sun.say(question)
    assert "8,200.00元 → 9,550.00元" in sun.say("2")


def test_an_open_choice_of_a_channel_is_named_again(office: Office, sun: SimulatedPerson) -> None:
    sun.say("进度 0001 8200元")
    sun.say("进度 0001 线下 460元")
    assert "请回复数字" in sun.say("更正 0001 8300元")
    for question in ("几点开始配捐？", "发票怎么开"):
        assert "请回复数字：1 线上，2 线下" in sun.say(question)
