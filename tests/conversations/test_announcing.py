"""催报 and 通知: whom they reach, once a day, in words that press nobody; and nobody without a role has them."""

import pytest

from bot.simulator.people import SimulatedPerson
from storage.announcements import PUSHES_A_DAY
from storage.campaign_settings import Silence
from storage.models.pushes import Notification
from tests.conversations.conftest import Office


def pushes(office: Office, job: str) -> list[Notification]:
    kept = office.store.outbox.list(office.campaign.id, limit=1000)
    return [delivery.notification for delivery in kept if delivery.notification.job == job]


def told(office: Office, job: str) -> list[str]:
    """The names of those who are told, in no order."""
    names = {office.id_of(person): person.name for person in office.people}
    return sorted(names[push.person] for push in pushes(office, job))


@pytest.fixture
def county(office: Office) -> SimulatedPerson:
    """Two captains of 永善县, one of 绥江县; the day after, 李敏 has reported. The coordinator of 永善县."""
    office.captain("李敏", "永善县人民医院", "永善县")
    office.captain("王芳", "永善县第一中学", "永善县")
    office.captain("赵强", "绥江县第一中学", "绥江县")
    liu = office.coordinator("刘主任", "yongshan")
    office.go_to("2024-04-21T10:00")
    office.person("李敏").say("进度 5000元 50人次")
    return liu


@pytest.mark.parametrize("asked", ["催报", "催报 永善县", "催报永善县"])
def test_a_reminder_goes_to_the_captains_not_heard_of_today(
    office: Office, county: SimulatedPerson, asked: str
) -> None:
    shown = county.say(asked)
    assert shown.startswith(
        "【永善县·催报预览】今天还没有消息、能提醒到的队伍 1 支，队长 1 位：\n信箱（下次发消息时看到） 1 支：#0002"
    )
    assert pushes(office, "reminder") == []
    assert county.say("确认").startswith(
        "已催报 1 支队伍，队长 1 位，每队每天只提醒一次：\n信箱（下次发消息时看到） 1 支：#0002"
    )
    [push] = pushes(office, "reminder")
    assert told(office, "reminder") == ["王芳"]
    assert push.text in shown
    assert push.text.startswith("【永善县协调员提醒】永善县第一中学（#0002） 今天还没有收到进度消息")
    assert not any(word in push.text for word in ("捐", "善款", "差"))
    assert push.expires_at.isoformat() == "2024-04-22T00:00:00+08:00"


@pytest.mark.parametrize("asked", ["催一下永善一中", "催报 0002", "催0002", "催下一中", "催报永善县第一中学"])
def test_one_team_is_reminded_by_its_name_or_code(office: Office, county: SimulatedPerson, asked: str) -> None:
    office.captain("孙丽", "永善县第二小学", "永善县")
    shown = county.say(asked)
    assert shown.startswith("【永善县第一中学（#0002）·催报预览】"), shown
    assert pushes(office, "reminder") == []
    assert county.say("发吧").startswith("已催报 1 支队伍，队长 1 位")
    assert told(office, "reminder") == ["王芳"]
    assert "今天已提醒过 1 支：#0002" in county.say(asked)


def test_a_team_heard_of_today_or_of_another_county_is_not_reminded(office: Office, county: SimulatedPerson) -> None:
    assert "今天已有消息" in county.say("催报 0001")
    assert "不是您的队伍" in county.say("催报 0003")
    assert "没有找到县区或队伍" in county.say("催一下绥江一中")
    assert "协调员提醒队长用的" in office.person("赵强").say("催一下永善一中")
    assert "催报" not in office.person("赵强").say("催死我们学校了")
    assert pushes(office, "reminder") == []


def test_a_team_that_reported_before_the_yes_is_left_in_peace(office: Office, county: SimulatedPerson) -> None:
    county.say("催一下永善一中")
    office.person("王芳").say("今天没有新增")
    assert "今天已有消息" in county.say("确认")
    assert pushes(office, "reminder") == []


def test_a_team_is_reminded_once_a_day_whoever_asks(office: Office, county: SimulatedPerson) -> None:
    county.say("催报")
    county.say("确认")
    assert "今天已提醒过 1 支：#0002" in county.say("催报")
    organizer = office.coordinator("周处长", role="organizer")
    preview = organizer.say("催报")
    assert "信箱（下次发消息时看到） 1 支：#0003" in preview
    assert "今天已提醒过 1 支：#0002" in preview
    organizer.say("确认")
    assert told(office, "reminder") == ["王芳", "赵强"]
    office.go_to("2024-04-22T10:00")
    assert "能提醒到的队伍 2 支" in county.say("催报")


def test_who_reports_between_preview_and_yes_is_not_reminded(office: Office, county: SimulatedPerson) -> None:
    county.say("催报")
    office.person("王芳").say("今天没有新增")
    assert "不能也不用再催报" in county.say("确认")
    assert pushes(office, "reminder") == []


def test_two_coordinators_at_once_remind_once(office: Office, county: SimulatedPerson) -> None:
    organizer = office.coordinator("周处长", role="organizer")
    county.say("催报")
    organizer.say("催报 永善县")
    assert county.say("确认").startswith("已催报")
    assert "今天已提醒过 1 支：#0002" in organizer.say("确认")
    assert told(office, "reminder") == ["王芳"]


def test_the_preview_of_yesterday_sends_nothing(office: Office, county: SimulatedPerson) -> None:
    office.go_to("2024-04-21T21:50")
    county.say("催报")
    office.go_to("2024-04-22T00:05")
    county.say("确认")
    assert pushes(office, "reminder") == []


def test_a_team_without_a_captain_is_named_and_nobody_else_is(office: Office, county: SimulatedPerson) -> None:
    county.say("组队 永善县中医院 永善县 人道暖昭通 队长陈红 13800000000")
    office.go_to("2024-04-22T10:00")
    shown = county.say("催报")
    assert "还没有队长 1 支：#0004" in shown
    assert "陈红" not in shown
    assert "13800000000" not in shown


def test_a_reminder_has_its_times(office: Office, county: SimulatedPerson) -> None:
    office.go_to("2024-04-21T23:00")
    assert "免打扰时段，不能催报，8点以后再发" in county.say("催报")
    office.publish(office.campaign.model_copy(update={"silence": Silence(list=False)}))
    office.go_to("2024-04-22T10:00")
    assert "不列出没有消息的队伍，不能催报" in county.say("催报")


@pytest.mark.parametrize("said", ["催报", "催报 永善县", "通知 明早10点开始配捐"])
def test_who_has_no_role_is_told_what_she_may_do(office: Office, county: SimulatedPerson, said: str) -> None:
    answer = office.person("李敏").say(said)
    assert "不能" in answer
    assert "进度" in answer or "订阅" in answer


@pytest.mark.parametrize("said", ["催报 绥江县", "通知 绥江县 明早10点开始配捐"])
def test_another_region_is_not_hers(county: SimulatedPerson, said: str) -> None:
    assert "绥江县不在您的辖区，不能" in county.say(said)


def test_a_notice_goes_to_the_regions_captains_in_her_words(office: Office, county: SimulatedPerson) -> None:
    shown = county.say("通知 永善县 明早10点开始配捐，绥江县的老师也可以来看看。")
    assert shown.startswith("【永善县·通知预览】队伍 2 支，队长 2 位：\n信箱（下次发消息时看到） 2 支：#0001、#0002")
    assert "“【永善县协调员通知】明早10点开始配捐，绥江县的老师也可以来看看。”" in shown
    assert county.say("确认").startswith("已通知 2 支队伍，队长 2 位：\n信箱（下次发消息时看到） 2 支：#0001、#0002")
    assert told(office, "notice") == ["李敏", "王芳"]
    assert {push.text for push in pushes(office, "notice")} == {
        "【永善县协调员通知】明早10点开始配捐，绥江县的老师也可以来看看。"
    }
    [entry] = [e for e in office.store.ledger.entries(office.campaign.id) if e.kind == "captains.notified"]
    assert entry.values == {"regions": "yongshan", "recipients": "2"}


@pytest.mark.parametrize("said", ["通知 0001 明早集合", "通知 #0003，明早集合", "通知 0002"])
def test_a_notice_is_never_of_one_team(office: Office, county: SimulatedPerson, said: str) -> None:
    answer = county.say(said)
    assert "不能只发给 #000" in answer
    assert "请发“电话 000" in answer
    county.say("确认")
    assert pushes(office, "notice") == []
    assert "队长会看到" in county.say("通知 全部 0001 明早集合")
    assert "队长会看到" in county.say("通知 2024 年的名单明早公布"), "no team has that code"


def test_the_same_words_go_out_once_a_day(office: Office, county: SimulatedPerson) -> None:
    for _ in range(2):
        county.say("通知 明早10点开始配捐")
        answer = county.say("确认")
    assert "不能重复发" in answer
    assert told(office, "notice") == ["李敏", "王芳"]


def test_nobody_gets_more_than_a_days_pushes(office: Office, county: SimulatedPerson) -> None:
    for number in range(PUSHES_A_DAY):
        county.say(f"通知 明早{number + 8}点开会")
        assert county.say("确认").startswith("已通知")
    assert "都已收到2条，不能再发通知" in county.say("通知 下午三点开会")
    assert "不再打扰 1 支：#0002" in county.say("催报")
    organizer = office.coordinator("周处长", role="organizer")
    preview = organizer.say("通知 下午三点开会")
    assert "信箱（下次发消息时看到） 1 支：#0003" in preview
    assert "不再打扰 2 支：#0001、#0002" in preview
    office.go_to("2024-04-22T10:00")
    assert "队长 2 位" in county.say("通知 下午三点开会")


@pytest.mark.parametrize(
    ("words", "named", "instead"),
    [
        ("各单位必 须 捐", "“必须捐”", "愿意参加的可以"),
        ("每人至少50元", "“每人至少”", "各人自己定"),
        ("请把还没捐的名单报上来", "“还没捐的”", "还没上报进度的队伍"),
        ("今晚12点前要完成任务", "“完成任务”", "进度方便时报一下"),
    ],
)
def test_a_notice_that_presses_is_refused(
    office: Office, county: SimulatedPerson, words: str, named: str, instead: str
) -> None:
    answer = county.say(f"通知 永善县 {words}")
    assert f"通知里有{named}，不能发：遵循无偿和自愿原则，严禁强制捐赠（通知 一、通知 五）" in answer
    assert instead in answer
    assert pushes(office, "notice") == []


def test_a_long_notice_and_an_empty_one_are_refused(county: SimulatedPerson) -> None:
    assert "最多200字，这条有201字，不能发" in county.say(f"通知 {'好' * 201}")
    assert "没有内容，不能发通知" in county.say("通知")


def test_a_notice_in_quiet_hours_waits(office: Office, county: SimulatedPerson) -> None:
    office.go_to("2024-04-21T23:00")
    assert "免打扰时段，8点后送达" in county.say("通知 明早10点开始配捐")


def test_a_role_that_was_taken_away_sends_nothing(office: Office, county: SimulatedPerson) -> None:
    county.say("催报")
    office.revoke(county)
    assert "不能" in county.say("确认")
    assert pushes(office, "reminder") == []


@pytest.mark.parametrize(
    ("said", "whose", "words"),
    [
        ("通知 永善县没报的 今晚方便时报一声", "永善县今天还没有消息的队伍", "今晚方便时报一声"),
        ("通知 未上报的单位，明早10点开始配捐", "永善县今天还没有消息的队伍", "明早10点开始配捐"),
        ("通知没报数的队请今晚报一声", "永善县今天还没有消息的队伍", "请今晚报一声"),
        ("通知 没过线的队伍 配捐明天最后一天，自愿参加", "永善县未达标的队伍", "配捐明天最后一天，自愿参加"),
    ],
)
def test_a_notice_for_teams_in_a_state_goes_to_these_alone_and_does_not_print_it(
    office: Office, county: SimulatedPerson, said: str, whose: str, words: str
) -> None:
    shown = county.say(said)
    assert shown.startswith(f"【{whose}·通知预览】队伍 1 支，队长 1 位：\n信箱（下次发消息时看到） 1 支：#0002")
    assert f"“【永善县协调员通知】{words}”" in shown
    assert county.say("确认").startswith("已通知 1 支队伍")
    assert told(office, "notice") == ["王芳"]


@pytest.mark.parametrize(
    "said", ["通知 全县 明早10点开会", "通知 昭通市 明早10点开会", "通知永善县：明早10点开会", "通知永善县明早10点开会"]
)
def test_everybody_and_a_place_are_no_words_of_a_notice(county: SimulatedPerson, said: str) -> None:
    shown = county.say(said)
    assert shown.startswith("【永善县·通知预览】队伍 2 支")
    assert "“【永善县协调员通知】明早10点开会”" in shown


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("通知 没报名的单位抓紧", "发“催报”"),
        ("通知 待认领的队伍 快来认领", "发“队伍 待认领”看名单"),
        ("通知 没组队的单位 还可以参加", "发“队伍 未组队”看名单"),
        ("通知 不达标的 再加把劲", "通知里有“加把劲”"),
    ],
)
def test_a_notice_for_teams_that_cannot_be_told_apart_is_refused(
    office: Office, county: SimulatedPerson, said: str, why: str
) -> None:
    answer = county.say(said)
    assert "不能" in answer
    assert why in answer
    county.say("确认")
    assert pushes(office, "notice") == []


@pytest.mark.parametrize(
    "said",
    ["不发啦", "先别发", "暂时不发", "不用发了", "不要通知", "时间改到下午3点", "地点写错了", "等等，换成二楼会议室"],
)
def test_a_notice_that_is_kept_back_or_to_be_changed_goes_out_with_no_later_yes(
    office: Office, county: SimulatedPerson, said: str
) -> None:
    county.say("通知 明天上午9点开会")
    assert county.say(said).startswith("好的，通知没有发出，内容没有改。要发改过的，请重发整条")
    assert "没有等您答复的事项" in county.say("确认")
    assert pushes(office, "notice") == []
    assert "person.unsubscribed" not in office.ledger()


@pytest.mark.parametrize("said", ["发出去", "就这样发吧", "可以发了"])
def test_the_verb_of_the_question_is_a_yes(office: Office, county: SimulatedPerson, said: str) -> None:
    county.say("通知 明天上午9点开会")
    assert county.say(said).startswith("已通知 2 支队伍")


def test_a_figure_that_is_put_right_meanwhile_is_no_change_of_the_notice(
    office: Office, county: SimulatedPerson
) -> None:
    county.say("通知 明天上午9点开会")
    assert "5,000.00元 → 6,000.00元" in county.say("0001 改成 6000元")
