"""What anybody may look at: standings, the bulletin of the moment, rules, contacts, pictures."""

import itertools

import pytest

from bot.simulator.people import SimulatedPerson
from handlers.rulebook.questions import Near, rulebook_of
from tests.conversations.conftest import Office
from tests.conversations.staging import Begin


@pytest.fixture
def reader(office: Office, begin: Begin) -> SimulatedPerson:
    """Twelve teams of 昭阳区 (1,100元 to 12,100元), one of 永善县 (2,000元, most gifts), and somebody who looks."""
    begin("thirteen teams", lambda: thirteen_teams(office))
    return office.person("路人")


def thirteen_teams(office: Office) -> None:
    for number in range(1, 13):
        person = office.captain(f"李小{number}", f"昭通市第{number}中学")
        person.say(f"进度 {number}000元 {number}0人次")
        person.say("又筹了100")
    office.captain("永善队长", "永善县第一中学", "永善县", "童享阳光").say("进度 2000元 500人次")


@pytest.mark.parametrize("typed", ["排行", "排 行", "排名", "排行榜", "看看排行", "现在谁排第一？"])
def test_standings_of_teams(reader: SimulatedPerson, typed: str) -> None:
    said = reader.say(typed)
    assert "第1名 昭通市第12中学 12,100.00元" in said, said
    assert "第10名 昭通市第3中学 3,100.00元" in said
    assert "第11名" not in said
    assert "只公布前10名" in said
    assert "没有更多" in reader.say("更多")


@pytest.mark.parametrize("typed", ["排行 昭阳区", "排行昭阳区", "排行：昭阳", "昭阳区的排行", "昭阳排名"])
def test_standings_of_a_county(reader: SimulatedPerson, typed: str) -> None:
    said = reader.say(typed)
    assert said.startswith("【昭阳区·"), said
    assert "第1名 昭通市第12中学 12,100.00元" in said
    assert "永善县第一中学" not in said


@pytest.mark.parametrize(
    ("typed", "places"), [("排行 前三", 3), ("排行前3名", 3), ("排行 前十", 10), ("排行 前50", 10)]
)
def test_the_first_places(reader: SimulatedPerson, typed: str, places: int) -> None:
    said = reader.say(typed)
    assert f"第{places}名" in said
    assert f"第{places + 1}名" not in said


@pytest.mark.parametrize("typed", ["排行 火星县", "排行火星县", "排行 火星小学", "增长榜 火星县"])
def test_nobody_is_called_so(reader: SimulatedPerson, typed: str) -> None:
    said = reader.say(typed)
    assert "没有叫“火星" in said
    assert "“排行 昭阳区”" in said
    assert "第1名" not in said


@pytest.mark.parametrize("typed", ["排行 情况", "排行榜更新了", "排行 全市", "排行 昭通市"])
def test_the_whole_ranking_by_other_words(reader: SimulatedPerson, typed: str) -> None:
    assert "第1名 昭通市第12中学" in reader.say(typed)


@pytest.mark.parametrize("typed", ["排行 昭通市第12中学", "排行 十二中"])
def test_the_place_of_a_unit(reader: SimulatedPerson, typed: str) -> None:
    assert reader.say(typed) == "昭通市第12中学·人道暖昭通：第1名（共13支），12,100.00元"


def test_a_unit_beyond_the_public_places_is_named_by_no_ranking(reader: SimulatedPerson) -> None:
    assert "永善县第一中学" not in reader.say("排行 永善县")
    assert "公布的排行里也没有这个单位" in reader.say("排名 永善县第一中学")


def test_below_the_public_places_a_unit_is_shown_to_its_captain_alone(office: Office, reader: SimulatedPerson) -> None:
    assert "公布的排行里也没有这个单位" in reader.say("排行 昭通市第1中学")
    assert "第13名（共13支）" in office.person("李小1").say("排行 昭通市第1中学")


def test_a_closed_ranking_tells_no_unit(office: Office, reader: SimulatedPerson) -> None:
    off = office.campaign.ranking.model_copy(update={"mode": "off"})
    office.publish(office.campaign.model_copy(update={"ranking": off}))
    for typed in ("排行 昭通市第12中学", "排行 火星县", "排行 前三"):
        assert "不能查看名次" in reader.say(typed)


@pytest.mark.parametrize("typed", ["县区排行", "县 区 排 行", "县区榜", "哪个县筹得最多？"])
def test_standings_of_counties(reader: SimulatedPerson, typed: str) -> None:
    said = reader.say(typed)
    assert "第1名 昭阳区 79,200.00元\n第2名 永善县 2,000.00元" in said, said


@pytest.mark.parametrize("typed", ["项目排行", "项目榜", "项 目 排 行", "哪个项目筹得最多？排行"])
def test_standings_of_projects(reader: SimulatedPerson, typed: str) -> None:
    said = reader.say(typed)
    assert "第1名 人道暖昭通 79,200.00元\n第2名 博爱昭通行 2,000.00元" in said, said


@pytest.mark.parametrize("typed", ["人次榜", "人次排行", "人 次 榜", "按人次排名"])
def test_standings_by_gifts(reader: SimulatedPerson, typed: str) -> None:
    assert "第1名 永善县第一中学 500人次\n第2名 昭通市第12中学 120人次" in reader.say(typed)


def test_a_ranking_names_nobody_who_has_none(office: Office) -> None:
    office.captain("甲", "昭通市第1中学").say("进度 3000元")
    office.captain("乙", "昭通市第2中学").say("进度 2000元 20人次")
    said = office.person("路人").say("人次榜")
    assert "第1名 昭通市第2中学 20人次" in said
    assert "第1中学" not in said


@pytest.mark.parametrize("typed", ["增长榜", "今日榜", "增 长 榜", "今日新增排行"])
def test_standings_of_today(office: Office, reader: SimulatedPerson, typed: str) -> None:
    office.go_to("2024-04-21T12:00")
    assert "还没有上报的数字" in reader.say(typed)
    office.person("李小3").say("又筹了900")
    assert "第1名 昭通市第3中学 900.00元" in reader.say(typed)


def test_a_captain_sees_where_her_own_team_stands(office: Office, reader: SimulatedPerson) -> None:
    assert "昭通市第1中学·人道暖昭通：第13名（共13支），1,100.00元" in office.person("李小1").say("排行")


@pytest.mark.parametrize("typed", ["战报", "战 报", "发一下战报", "今日战报", "最新战报"])
def test_the_bulletin_of_the_moment(reader: SimulatedPerson, typed: str) -> None:
    said = reader.say(typed)
    assert "截至4月20日10:00" in said, said
    assert "累计 81,200.00元" in said
    assert "自愿" in said
    assert "第1名 昭通市第12中学" in said


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("几点开始配捐？", "10点"),
        ("规则 几点开始配捐", "10点"),
        ("配捐 是几点钟开始呢", "10点"),
        ("请问配捐每天几点开始啊？", "10点"),
        ("报名什么时候截止？", "4月30日"),
        ("最少捐多少？", "1元"),
        ("配捐一共多少钱？", "1000万元"),
        ("不足2000元怎么办？", "统筹"),
        ("一个人最多能救助多少？", "300-20000元"),
        ("配捐每天几点结束？", "未规定"),
        ("能不能强制捐款？", "严禁"),
    ],
)
def test_questions(office: Office, typed: str, answer: str) -> None:
    said = office.person("路人").say(typed)
    assert answer in said, said


@pytest.mark.parametrize(
    ("typed", "hers", "all_of_them"),
    [
        ("今天捐了多少", "今日：3,000.00元", "今日新增 3,000.00元"),
        ("多少人捐了", "10人次", "10人次，1支队伍"),
        ("老师我们学校报了没", "昭通市第一中学（#0001）", "您还没有队伍"),
    ],
)
def test_figures_are_no_rule(office: Office, typed: str, hers: str, all_of_them: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 3000元 10人次")
    assert hers in li.say(typed)
    assert all_of_them in office.person("路人").say(typed)


@pytest.mark.parametrize("typed", ["人次是人数吗", "人次怎么填", "什么是人次？"])
def test_a_word_of_ours_is_explained_and_no_rule(office: Office, typed: str) -> None:
    said = office.person("路人").say(typed)
    assert "不是人数" in said
    assert "依据" not in said


def test_a_report_that_is_not_understood_is_no_question(office: Office) -> None:
    said = office.captain("李敏", "昭通市第一中学").say("两个队都加100")
    assert "“两个队”听起来不只是您的队伍" in said
    assert "依据" not in said


def test_how_something_is_done_elsewhere_is_a_rule(office: Office) -> None:
    assert "志愿者怎样报名、有没有时长和证明，文件未规定" in office.person("路人").say("志愿者时长怎么登记")


def test_a_question_by_voice(office: Office) -> None:
    assert "10点" in office.person("路人").voice("请问几点开始配捐？")


def test_a_question_that_the_notice_leaves_open(office: Office) -> None:
    said = office.person("路人").say("捐得多的有没有纪念品？")
    assert "未规定" in said
    assert "0870-2220223" in said


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("联系人 一老一小", "申燕燕"),
        ("联系人 一小一老", "申燕燕"),
        ("联系人：人道暖昭通", "杜雄"),
        ("一老一小找谁？", "申燕燕"),
        ("民政局电话多少？", "0870-2833373"),
        ("联系人", "杜雄"),
    ],
)
def test_contacts(office: Office, typed: str, name: str) -> None:
    said = office.person("路人").say(typed)
    assert name in said, said
    assert "0870-" in said


@pytest.mark.parametrize(
    "typed", ["二维码 人道暖昭通", "二维码人道暖昭通", "人道暖昭通的二维码", "发一下人道暖昭通的链接", "捐款码"]
)
def test_a_picture_or_an_honest_not_yet(office: Office, typed: str) -> None:
    said = office.person("路人").say(typed)
    assert "人道暖昭通：二维码暂未提供" in said, said


def test_the_bulletin_before_the_opening_speaks_of_today(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    office.go_to("2024-05-08T09:55")
    assert "今天（5月8日）10点开始配捐" in li.say("战报")
    office.go_to("2024-05-08T10:05")
    assert "明天（5月9日）10点开始配捐" in li.say("战报")
    office.go_to("2024-05-09T10:05")
    assert "开始配捐" not in li.say("战报")


def test_an_offered_choice_of_questions_is_forgotten_with_the_next_matter(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    rulebook = rulebook_of(office.campaign)
    phrasings = [rule.questions[0] for rule in office.campaign.rulebook]
    pairs = (f"{one}{other}" for one, other in itertools.pairwise(phrasings))
    assert "\n1. " in li.say(next(asked for asked in pairs if isinstance(rulebook.ask(asked), Near)))
    assert "等您的答复" not in li.say("战报")
    assert li.say("进度 3000元 10人次").startswith("已记录")


def test_an_open_complaint_asks_for_its_yes_and_not_for_a_number(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("举报 学校逼家长捐钱")
    said = li.say("捐款要发票吗？")
    assert "请回复数字" not in said
    assert said.endswith("回复“确认”，或“算了”")


def test_my_regions_names_those_without_a_team_in_one_line(office: Office) -> None:
    office.captain("李敏", "昭通市第一中学").say("进度 3000元 10人次")
    said = office.coordinator("赵主任").say("我的辖区")
    assert "昭阳区：1队（已报1），3,000.00元，今日3,000.00元" in said
    assert "没有队伍：鲁甸县、巧家县" in said
    assert "合计：1队" in said
    assert "永善县：0队（已报0），0.00元" in office.coordinator("刘主任", "yongshan").say("我的辖区")


@pytest.mark.parametrize("asked", ["前天我报的多少", "我报过哪些数", "把报过的数再看一遍"])
def test_what_she_reported_lately(office: Office, asked: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    assert li.say(asked).split("\n")[1:] == ["4月20日10:00 登记（队长）"]
    li.say("进度 5000元 50人次")
    office.go_to("2024-04-21T09:30")
    li.say("又筹了300 2人次")
    li.say("线下 700")
    told = li.say(asked).split("\n")
    assert told[0] == "昭通市第一中学（#0001） 明细（新的在前）："
    assert told[1] == "4月21日09:30 累计（线下） 0.00元 → 700.00元（队长）"
    assert told[2] == "4月21日09:30 新增（线上） 5,000.00元 50人次 → 5,300.00元 52人次（队长）"
    assert told[3] == "4月20日10:00 累计（线上） 0.00元 → 5,000.00元 50人次（队长）"
    assert "您还没有队伍" in office.person("路人").say(asked)
