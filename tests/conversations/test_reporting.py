"""进度 in its three kinds, what is doubtful about a report, and what a doubt does."""

from datetime import timedelta

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_document import Window
from storage.campaign_schema import Campaign
from storage.export import export_campaign
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM


def captain_at(office: Office, amount: str = "") -> SimulatedPerson:
    li = office.captain("李敏", "昭通市第一中学")
    if amount:
        assert li.say(f"进度 {amount}").startswith("已记录")
    return li


@pytest.mark.parametrize(
    "typed",
    [
        "进度 12345.67元 321人次",
        "进度１２３４５．６７元３２１人次",
        "进度12,345.67元，321人次",
        "上报：12345.67 321",
        "目前一共筹到12345.67元，321人次，谢谢老师",
        "累计 1.234567万 321人次",
        "已筹12345.67元 321笔",
        "报一下进度 12345.67块 321人次",
        "¥12345.67 321人次",
    ],
)
def test_a_total(office: Office, typed: str) -> None:
    said = captain_at(office).say(typed)
    assert said.startswith("已记录 昭通市第一中学（#0001）·人道暖昭通"), said
    assert "方式：累计（线上）" in said
    assert "0.00元 → 12,345.67元" in said
    assert "人次：0 → 321" in said
    assert "排名：第1名" in said


@pytest.mark.parametrize(
    "typed",
    [
        "累计三万两千元 856人次",
        "进度 3.2万 856",
        "进度 0001 3.2万 856",
        "#0001 累计 3万2 856人次",
        "已筹叁万贰仟元 856人次",
    ],
)
def test_amounts_in_chinese_and_codes(office: Office, typed: str) -> None:
    said = captain_at(office).say(typed)
    assert "0.00元 → 32,000.00元" in said, said
    assert "人次：0 → 856" in said


def test_by_voice(office: Office) -> None:
    assert "→ 12,345.00元" in captain_at(office).voice("进度一万二千三百四十五元，三百二十一人次。")


@pytest.mark.parametrize("typed", ["今天新增2000", "今日２０００元", "今天 2000", "今天一天筹了2000元", "当日两千元"])
def test_a_day(office: Office, typed: str) -> None:
    li = captain_at(office, "3000元 30人次")
    office.go_to("2024-04-21T12:00")
    said = li.say(typed)
    assert "方式：今日累计（线上）" in said, said
    assert "3,000.00元 → 5,000.00元" in said
    said = li.say("今天 2500元 5人次")
    assert "5,000.00元 → 5,500.00元" in said
    assert "人次：30 → 35" in said
    assert "今日：2,500.00元" in li.say("我的队伍")


@pytest.mark.parametrize(
    "typed", ["又筹了500", "刚刚又收到５００元", "再加500", "新增五百元", "又 500 元", "刚才又筹了500块，谢谢"]
)
def test_an_increment(office: Office, typed: str) -> None:
    said = captain_at(office, "3000元 30人次").say(typed)
    assert "方式：新增（线上）" in said, said
    assert "3,000.00元 → 3,500.00元" in said


@pytest.mark.parametrize("typed", ["线下 5000", "线下５０００元", "线下5000", "线下收到现金累计5000元"])
def test_offline_money_stands_beside(office: Office, typed: str) -> None:
    li = captain_at(office, "3000元")
    said = li.say(typed)
    assert "线下金额：0.00元 → 5,000.00元" in said, said
    assert "线上线下合计：8,000.00元" in said
    assert "其中线下：5,000.00元" in li.say("我的队伍")


def test_offline_increment(office: Office) -> None:
    li = captain_at(office)
    li.say("线下 5000")
    assert "5,000.00元 → 5,300.00元" in li.say("线下又收到300元")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("1", "31,000.00元"),
        ("２", "→ 34,000.00元"),
        ("三", "→ 34,000.00元"),
        ("累计", "31,000.00元"),
        ("新增", "→ 34,000.00元"),
        ("捐款总额", "31,000.00元"),
        ("今天全天", "→ 34,000.00元"),
    ],
)
def test_a_bare_number_ten_times_what_stands_is_asked_about(office: Office, answer: str, expected: str) -> None:
    li = captain_at(office, "3000元")
    office.go_to("2024-04-21T12:00")
    said = li.say("31000")
    assert "1. 累计共 31,000.00元" in said
    assert "2. 今天一共 31,000.00元" in said
    assert "3. 在原有基础上新增 31,000.00元" in said
    assert "请回复 1 到 3" in li.say("8")
    assert expected in li.say(answer)


@pytest.mark.parametrize("typed", ["3001", "4000", "4500元", "3000.5"])
def test_a_bare_number_a_little_above_what_stands_is_the_total(office: Office, typed: str) -> None:
    li = captain_at(office, "3000元")
    office.go_to("2024-04-21T12:00")
    said = li.say(typed)
    assert said.startswith("已记录"), said
    assert "方式：累计（线上）" in said
    assert "3,000.00元 → " in said


@pytest.mark.parametrize("typed", ["4501", "9000", "29999元"])
def test_a_bare_number_well_above_what_stands_is_offered_as_the_total(office: Office, typed: str) -> None:
    li = captain_at(office, "3000元")
    office.go_to("2024-04-21T12:00")
    said = li.say(typed)
    assert "按累计理解" in said
    assert said.endswith(CONFIRM)
    assert office.team("昭通市第一中学").amount_fen == 300_000
    assert "3,000.00元 → " in li.say("嗯")


def test_a_bare_number_below_what_stands_is_no_total(office: Office) -> None:
    """What came in since midnight is one more reading where anything did; she is shown what each comes to."""
    li = captain_at(office, "3000元")
    said = li.say("800")
    assert "1. 今天一共 800.00元，总额变为 800.00元" in said
    assert "2. 在原有基础上新增 800.00元，总额变为 3,800.00元" in said
    assert "3." not in said
    assert "→ 3,800.00元" in li.say("2")
    office.go_to("2024-04-21T12:00")
    said = li.say("700")
    assert "新增" in said
    assert said.endswith(CONFIRM)
    assert "→ 4,500.00元" in li.say("确认")


def test_the_first_bare_number_is_a_total_whichever_way_it_is_read(office: Office) -> None:
    assert captain_at(office).say("500").startswith("已记录")


DOUBTFUL = [
    ("又筹了500", "半小时内刚记过同样的新增", "6,000.00元"),
    ("进度 400", "比已记录的少", "400.00元"),
    ("进度 55000元", "十倍以上", "55,000.00元"),
    ("进度 5600元 9000人次", "低于每笔1.00元", "5,600.00元"),
]


@pytest.mark.parametrize(("typed", "doubt", "reached"), DOUBTFUL)
def test_a_doubt_is_asked_and_booked_once_on_a_yes(office: Office, typed: str, doubt: str, reached: str) -> None:
    li = captain_at(office, "5000元")
    li.say("又筹了500")
    said = li.say(typed)
    assert doubt in said
    assert said.startswith("还没有记录")
    assert said.endswith(CONFIRM)
    assert office.team("昭通市第一中学").amount_fen == 550_000
    answers = li.send_copies({"MsgType": "text", "Content": "确认"}, at_once=False)
    assert len({answer.reply for answer in answers}) == 1
    assert answers[0].reply.startswith("已记录")
    assert f"→ {reached}" in answers[0].reply
    assert office.ledger().count("report.accepted") == 3
    assert li.say("确认").startswith("现在没有等您答复的事项")
    assert office.ledger().count("report.accepted") == 3


@pytest.mark.parametrize(("typed", "doubt", "reached"), DOUBTFUL)
@pytest.mark.parametrize("answer", ["算了", "不对"])
def test_a_doubt_that_is_dropped_books_nothing(
    office: Office, typed: str, doubt: str, reached: str, answer: str
) -> None:
    li = captain_at(office, "5000元")
    li.say("又筹了500")
    assert doubt in li.say(typed)
    assert "什么都没有改动" in li.say(answer)
    assert li.say("确认").startswith("现在没有等您答复的事项")
    assert office.team("昭通市第一中学").amount_fen == 550_000


@pytest.mark.parametrize("answer", ["确认", "是的", "好的，确认", "确 认。", "没错"])
def test_a_yes_in_any_words(office: Office, answer: str) -> None:
    li = captain_at(office, "5000元")
    li.say("进度 400")
    assert li.say(answer).startswith("已记录"), answer


@pytest.mark.parametrize("answer", ["好的谢谢老师", "OK", "嗯嗯", "行吧", "得嘞，辛苦了"])
def test_a_courtesy_lowers_nothing(office: Office, answer: str) -> None:
    li = captain_at(office, "5000元")
    li.say("进度 400")
    said = li.say(answer)
    assert said.endswith(CONFIRM)
    assert office.team("昭通市第一中学").amount_fen == 500_000
    assert li.say("对，就这样").startswith("已记录")


@pytest.mark.parametrize("answer", ["好的谢谢老师", "OK"])
def test_a_courtesy_is_a_yes_where_nothing_becomes_less(office: Office, answer: str) -> None:
    li = captain_at(office, "5000元")
    assert li.say("进度 50000元").endswith(CONFIRM)
    assert li.say(answer).startswith("已记录"), answer


def test_a_courtesy_removes_nobody(office: Office) -> None:
    li = captain_at(office, "5000元")
    li.say("注销")
    assert li.say("好的谢谢").endswith(CONFIRM)
    assert li.say("确认").startswith("已注销")


def test_what_waited_for_half_an_hour_is_not_written(office: Office) -> None:
    """Talk in between keeps the dialogue open; the figures are old nevertheless."""
    li = captain_at(office, "5000元")
    li.say("进度 50000元")
    office.wait(minutes=29)
    li.say("几点开始配捐？")
    office.wait(minutes=5)
    assert "没有改动" in li.say("确认")
    assert office.team("昭通市第一中学").amount_fen == 500_000


def test_other_words_than_a_yes_are_asked_again_and_other_figures_are_a_new_report(office: Office) -> None:
    li = captain_at(office, "5000元")
    li.say("进度 400")
    assert li.say("嗯哼哼").endswith(CONFIRM)
    said = li.say("几点开始配捐？")
    assert "10点" in said
    assert said.endswith(CONFIRM)
    assert li.say("累计5400元").startswith("已记录")
    assert li.say("确认").startswith("现在没有等您答复的事项")


def test_an_equal_increment_after_half_an_hour_is_no_repetition(office: Office) -> None:
    li = captain_at(office, "5000元")
    li.say("又筹了500")
    office.wait(minutes=31)
    assert li.say("又筹了500").startswith("已记录")
    assert li.say("又筹了500元 1人次").startswith("已记录")


def test_nine_times_as_much_is_no_jump(office: Office) -> None:
    assert captain_at(office, "5000元").say("进度 49999.99").startswith("已记录")


def test_one_yuan_each_is_enough(office: Office) -> None:
    assert captain_at(office).say("进度 321元 321人次").startswith("已记录")


@pytest.mark.parametrize(
    "typed",
    [
        "进度 12,345.6.7",
        "进度 大概3万",
        "进度 三万多",
        "进度 -500",
        "进度 5000 6000 7000",
        "昨天 200元",
        "进度 12,34.5",
        "进度 99999999999999",
        "进度 3万 5",
    ],
)
def test_figures_that_can_be_read_two_ways_are_never_booked(office: Office, typed: str) -> None:
    said = captain_at(office, "5000元").say(typed)
    assert "没有记录" in said, said
    assert office.ledger().count("report.accepted") == 1


@pytest.mark.parametrize("typed", ["进度", "又", "今天", "线下", "上报", "进度 0001", "又筹了一些"])
def test_a_report_without_figures_is_shown_how(office: Office, typed: str) -> None:
    said = captain_at(office, "5000元").say(typed)
    assert "进度 12345.67元 321人次" in said, said
    assert office.ledger().count("report.accepted") == 1


def test_matched_money_is_never_reported(office: Office) -> None:
    li = captain_at(office, "5000元")
    assert "不能" in li.say("配捐到账 200元")
    assert "不能" in li.say("更正 配捐 200元")
    assert office.team("昭通市第一中学").amount_fen == 500_000


def test_a_word_of_a_kind_says_nothing_where_the_figures_were_left_out(office: Office) -> None:
    """`又` answered an open question about figures of which there were none, and booked a report of nothing."""
    li = captain_at(office, "5000元")
    li.say("配捐到账 200元")
    li.say("又")
    assert office.ledger().count("report.accepted") == 1


def test_a_team_that_moved_between_question_and_yes_is_shown_anew(office: Office) -> None:
    zhao = office.coordinator("赵主任")
    li = captain_at(office, "5000元")
    li.say("进度 400")
    assert zhao.say("进度 0001 5600").startswith("已记录")
    said = li.say("确认")
    assert "记录刚刚有变化，现在是线上 5,600.00元" in said
    assert said.endswith(CONFIRM)
    assert office.team("昭通市第一中学").amount_fen == 560_000
    assert "5,600.00元 → 400.00元" in li.say("确认")


def test_without_a_team_the_next_step_is_named(office: Office) -> None:
    for typed in ("进度 500元", "又筹了500", "更正 300", "撤回", "我的队伍"):
        assert "组队 单位名称" in office.person("路人").say(typed)


def test_my_team(office: Office) -> None:
    office.captain("王强", "昭通市第二中学").say("进度 2000元 20人次")
    li = captain_at(office, "1500元 15人次")
    for typed in ("我的队伍", "我 的 队 伍", "我们队怎么样了？", "查一下我的进度"):
        said = li.say(typed)
        assert "昭通市第一中学（#0001）" in said or "昭通市第一中学（#0002）" in said, said
        assert "累计：1,500.00元 15人次" in said
        assert "排名：第2名" in said
        assert "距前一名：500.00元" in said
        assert "距2000元线还有500.00元" in said
    assert "已达2000元" in office.person("王强").say("我的队伍")


def test_the_day_ends_at_midnight(office: Office) -> None:
    li = captain_at(office)
    office.go_to("2024-05-07T23:50")
    assert "0.00元 → 3,000.00元" in li.say("今天3000元 30人次")
    office.go_to("2024-05-08T00:10")
    assert "今日：0.00元" in li.say("我的队伍")
    assert "昨天的还是今天的" in li.say("今天 200元")
    assert office.team("昭通市第一中学").amount_fen == 300_000
    assert "3,000.00元 → 3,200.00元" in li.say("确认")
    assert "今日：200.00元" in li.say("我的队伍")
    assert "第1名 昭通市第一中学 200.00元" in li.say("增长榜")


def test_yesterdays_report_taken_back_after_midnight_is_no_growth_of_today(office: Office) -> None:
    li = captain_at(office, "3000元")
    office.go_to("2024-05-07T23:50")
    li.say("又筹了500")
    office.go_to("2024-05-08T00:10")
    assert "3,500.00元 → 3,000.00元" in li.say("撤回")
    assert "今日：0.00元" in li.say("我的队伍")
    office.go_to("2024-05-08T08:10")
    assert "3,000.00元 → 3,100.00元" in li.say("今天 100")


def test_outside_the_window_of_reporting_it_is_refused_with_whom_to_ask(office: Office, erqi: Campaign) -> None:
    over = Window(end=office.store.clock.now() + timedelta(minutes=30))
    office.publish(erqi.model_copy(update={"windows": erqi.windows.model_copy(update={"reporting": over})}))
    li = office.person("李敏")
    li.say("活动 二七99")
    li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    assert li.say("进度 500元").startswith("已记录")
    assert li.say("进度 60元").startswith("还没有记录")
    office.wait(minutes=31)
    li.say("活动 二七99")
    for typed in ("进度 600元", "又筹了500"):
        said = li.say(typed)
        assert "不能" in said
        assert "马丽" in said


def test_the_window_closes_between_question_and_yes(office: Office, erqi: Campaign) -> None:
    over = Window(end=office.store.clock.now() + timedelta(minutes=5))
    office.publish(erqi.model_copy(update={"windows": erqi.windows.model_copy(update={"reporting": over})}))
    li = office.person("李敏")
    li.say("活动 二七99")
    li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    li.say("进度 500元")
    li.say("进度 50元")
    office.wait(minutes=6)
    assert "不能" in li.say("确认")
    assert li.say("确认").startswith("现在没有等您答复的事项")


def test_as_of_when_a_figure_holds_is_kept(office: Office) -> None:
    """In the echo, in the ledger and in the export; a moment that is still to come is asked about, and none."""
    li = office.captain("李敏", "昭通市第一中学")
    office.go_to("2024-04-21T09:00")
    assert "截至：4月20日22:00" in li.say("截止昨天晚上10点 我校共筹款2345.67元")
    assert "截至：4月21日08:30" in li.say("截至8点半，累计2400元")
    assert "“17点”还没有到" in li.say("截至17点，累计2500元")
    assert "截至" not in li.say("确认")
    exported = export_campaign(office.store, office.campaign, office.store.clock.now())["reports"]
    assert [row["as_of"] for row in exported] == [
        "2024-04-20T22:00:00+08:00",
        "2024-04-21T08:30:00+08:00",
        exported[2]["at"],
    ]


@pytest.mark.parametrize("typed", ["李老师累计捐了200", "李老师今天捐了200", "李老师捐了200", "周校长线下捐了200元"])
def test_one_persons_gift_is_explained_and_never_booked(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 3000元")
    said = li.say(typed)
    assert "一个人的捐款" in said
    assert "没有记录" in said
    assert "请发：" in said, "the line to type instead"
    li.say("确认")
    assert office.ledger().count("report.accepted") == 1


def test_no_donations_are_printed_that_nobody_told(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    assert "人次" not in li.say("进度 3000元")
    assert "0人次" not in li.say("400").replace("430人次", "")
    assert " 0人次" not in li.say("算了") + li.say("进度 200元") + li.say("我的队伍")


def test_a_comma_behind_a_multiplier_parts_money_from_donations(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    said = li.say("1万2千3，310人次")
    assert "→ 12,300.00元" in said
    assert "→ 310" in said


def test_what_voice_input_misheard_is_meant(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    said = li.say("近度3200元 45人此")
    assert "→ 3,200.00元" in said
    assert "→ 45" in said


@pytest.mark.parametrize(
    "typed",
    [
        "去年我们学校筹了38600",
        "听说镇雄那边已经破50万了",
        "王总答应捐5000，还没到账",
        "今天出门打车花了30块",
        "明天准备再发动一下，争取新增2000",
        "今天报的3000那条撤了",
        "一床被子120块，打算买50床",
    ],
)
def test_what_is_told_of_something_else_is_not_booked(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say(typed)
    assert "report.accepted" not in office.ledger()


def test_again_today_is_asked_where_today_has_been_reported(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("今天500元")
    said = li.say("今天又筹了800")
    assert "1. 今天一共 800.00元，总额变为 800.00元" in said
    assert "2. 在原有基础上新增 800.00元，总额变为 1,300.00元" in said


@pytest.mark.parametrize(
    ("said", "booked"), [("嗯对没错，记上嘛", True), ("对头，就是这个数", True), ("老师好", False)]
)
def test_a_yes_in_other_words(office: Office, said: str, booked: bool) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 300元")
    assert "还没有记录" in li.say("进度 8000元")
    assert ("8,000.00元" in li.say(said)) is booked
    assert (office.team("昭通市第一中学").amount_fen == 800_000) is booked


@pytest.mark.parametrize("typed", ["今天又筹了500元", "今天早上又收到500元"])
def test_again_today_below_what_came_in_today_is_an_increment(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("累计5000元60人次")
    assert "方式：新增（线上）" in li.say(typed)
    assert office.team("昭通市第一中学").amount_fen == 550_000


@pytest.mark.parametrize("typed", ["收到两笔捐款共500元", "捐了两笔，共500元", "总共500元"])
def test_a_sum_that_may_be_an_increment_is_never_offered_as_the_total_alone(office: Office, typed: str) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("累计5000元60人次")
    said = li.say(typed)
    assert "3. 在原有基础上新增 500.00元" in said, said
    li.say("嗯")
    assert office.team("昭通市第一中学").amount_fen == 500_000
    assert li.say("3").startswith("已记录")
    assert office.team("昭通市第一中学").amount_fen == 550_000
