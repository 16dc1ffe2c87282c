"""案件 接手 转 结案: who looks after a case, who may not know of it, its clock, and what robots and reporters hear."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.simulator.people import SimulatedPerson
from scheduler import bulletins
from scheduler.worker import Worker
from storage.audit import verify
from storage.database import Database
from storage.outbox import Settlement
from tests.conversations.conftest import Office, at

FRAUD = "举报 永善县有人拿假二维码收钱"
AGAINST_COUNTY = "举报 永善县红十字会的人强制每人捐200"
SECRET = "强制每人捐"


@pytest.fixture
def lin(office: Office) -> SimulatedPerson:
    return office.person("林路")


@pytest.fixture
def county(office: Office) -> SimulatedPerson:
    return office.coordinator("刘主任", "yongshan")


@pytest.fixture
def city(office: Office) -> SimulatedPerson:
    return office.coordinator("王主任", role="organizer")


def complain(person: SimulatedPerson, said: str) -> str:
    assert person.say(said).endswith("回复“确认”，或“算了”")
    return person.say("确认")


def told(office: Office, person: SimulatedPerson) -> list[str]:
    """What waits in the outbox for a person, newest first."""
    queued = office.store.outbox.list(office.campaign.id)
    return [each.notification.text for each in queued if each.notification.person == office.id_of(person)]


def robots(office: Office) -> dict[str, str]:
    """What robots are told, by the name of the robot."""
    queued = [each.notification for each in office.store.outbox.list(office.campaign.id)]
    return {notice.robot: notice.text for notice in queued if notice.robot}


def pass_by(office: Office, **span: float) -> None:
    """Time passes, and the worker looks."""
    office.wait(**span)
    Worker(office.store, []).tick(office.store.clock.now())


def test_it_is_taken_once_and_the_second_reads_who_was_first(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    assert "已通知 2 位" in complain(lin, FRAUD)
    assert "D1 冒充诈骗·紧急" in told(office, county)[0]
    assert county.say("接手 D1").startswith("已接手 D1 冒充诈骗·紧急")
    second = city.say("接手D1")
    assert "D1 已由永善县协调员接手，不能再接" in second
    assert "您已经接手" in county.say("接手 d1")
    assert told(office, lin) == ["【昭通5·8人道公益日】您反映的情况（编号 D1）已有人接手，正在核实。"]
    assert office.ledger().count("incident.taken") == 1


def test_it_is_closed_with_a_result_and_who_reported_hears_it_without_names(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson
) -> None:
    complain(lin, FRAUD)
    assert "请带上处理结果" in county.say("结案 D1")
    assert county.say("结案 D1 已核实，二维码已撕掉").startswith("已结案 D1")
    [notice] = told(office, lin)
    assert "编号 D1）已结案：已核实,二维码已撕掉" in notice
    assert "刘主任" not in notice
    assert "不能再改" in county.say("结案 D1 再结一次")
    assert "不能再改" in county.say("接手 D1")
    card = county.say("D1")
    assert "已结案" in card
    assert "二维码已撕掉" in card
    entries = [str(entry) for entry in office.store.ledger.entries(office.campaign.id)]
    assert not any("二维码" in entry for entry in entries)


def test_a_closing_is_undone(office: Office, lin: SimulatedPerson, county: SimulatedPerson) -> None:
    complain(lin, FRAUD)
    county.say("接手 D1")
    county.say("结案 D1 弄错了")
    assert "结案 D1" in county.say("撤销")
    assert county.say("确认").startswith("已撤销 D1 的结案")
    assert "永善县协调员已接手" in county.say("案件 D1")
    assert "弄错了" not in county.say("案件 D1")
    assert "还在继续处理" in told(office, lin)[0]
    assert "没有可以撤销的操作" in county.say("撤销")


def test_the_accused_office_learns_nothing_by_any_word_and_the_one_above_everything(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    assert "也不告诉被反映的单位" in lin.say(AGAINST_COUNTY)
    assert "已通知 1 位" in lin.say("确认")
    assert told(office, county) == []
    words = [
        "待办",
        "案件",
        "案件 D1",
        "D1",
        "接手 D1",
        "转 D1 组织方",
        "结案 D1 好了",
        "结案 1",
        "舆情",
        "我的辖区",
        "待答",
    ]
    for word in words:
        said = county.say(word)
        assert SECRET not in said, word
        assert "强制捐款·" not in said, word
        assert "D1 " not in said, word
    assert "0舆情" in county.say("舆情")
    assert county.say("案件 D1") == county.say("案件 D9").replace("D9", "D1")
    assert office.ledger().count("incident.closed") == 0
    assert SECRET in told(office, city)[0]
    card = city.say("D1")
    assert "D1 强制捐款·较重·永善县" in card
    assert "涉及：永善县协调员" in card
    assert "林路" not in card
    assert "未结案件 1件" in city.say("待办")
    assert "不能转过去" in city.say("转 D1 永善县")
    pass_by(office, hours=30)
    assert told(office, county) == []


def test_an_uncertain_notice_about_it_is_not_shown_to_the_accused(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    complain(lin, AGAINST_COUNTY)
    store, cid = office.store, office.campaign.id
    notice = f"{cid}:incident:D1:{office.id_of(city)}"
    store.outbox.settle([Settlement(cid, notice, "unknown", store.clock.now(), "customer_service")])
    assert "D2" in city.say("待办")
    assert "没有等您处理" in county.say("待办")
    assert "没有这个编号：D2" in county.say("重发 D2")
    assert city.say("重发 D2").startswith("已登记 D2 重发")


def test_where_nobody_stands_above_there_is_the_telephone_and_the_operators_robot(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    opened = complain(lin, "举报 昭通市红十字会挪用善款")
    assert "目前没有能通知到的协调员" in opened
    assert "值班电话：昭通市红十字会 杜雄 0870-2220223" in opened
    assert told(office, city) == told(office, county) == []
    assert "0舆情" in city.say("舆情")
    said = robots(office)["operators"]
    assert "D1 善款去向·紧急" in said
    assert "挪用" not in said


def test_who_leads_a_team_with_the_reporter_does_not_see_it(office: Office, city: SimulatedPerson) -> None:
    """A coordinator who is one of the captains complained of."""
    li = office.captain("李敏", "永善县第一中学", "永善县")
    both = office.coordinator("赵主任", "yongshan")
    code = li.say("加队长").split("认领 ")[1].split()[0].strip("”。")
    assert both.say(f"认领 {code} 赵主任 13900000001").startswith("已登记")
    complain(li, "举报 我们学校老师逼每个学生捐钱")
    assert "强制捐款" not in both.say("案件")
    assert "强制捐款" in city.say("案件")


def test_who_leads_the_team_that_a_stranger_names_does_not_see_it(
    office: Office, lin: SimulatedPerson, city: SimulatedPerson
) -> None:
    both = office.captain("赵主任", "永善县第一中学", "永善县")
    office.coordinator("赵主任", "yongshan")
    complain(lin, "举报 永善县第一中学强迫学生捐款")
    assert told(office, both) == []
    assert "0舆情" in both.say("舆情")
    assert "舆情 1 件" in city.say("舆情")


def test_words_and_result_go_with_who_reported(
    office: Office, database: Database, lin: SimulatedPerson, county: SimulatedPerson
) -> None:
    complain(lin, "举报 永善县有人冒充张三收钱")
    office.wait(hours=1)
    county.say("接手 D1")
    county.say("结案 D1 张三已道歉")
    lin.say("注销")
    lin.say("确认")
    case = office.store.incidents.get(office.campaign.id, "D1")
    assert (case.text, case.result, case.state) == ("", "", "closed")
    notices = [each.notification.text for each in office.store.outbox.list(office.campaign.id)]
    assert not any("张三" in text for text in notices)
    assert "内容已删除" in county.say("D1")


def test_it_is_handed_on_to_another_region_and_up(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    suijiang = office.coordinator("绥江", "suijiang")
    complain(lin, FRAUD)
    county.say("接手 D1")
    assert "火星" in county.say("转 D1 火星")
    assert "已经由永善县协调员负责" in county.say("转 D1 永善县")
    assert "不能转过去" in county.say("转 D1 巧家县")
    assert county.say("转 D1 绥江县").startswith("已转 D1 冒充诈骗·紧急 给绥江县协调员")
    [notice] = told(office, suijiang)
    assert "假二维码" not in notice
    assert "D1" not in county.say("案件")
    assert "等人接手" in suijiang.say("案件")
    assert suijiang.say("转 D1 组织方").startswith("已转 D1 冒充诈骗·紧急 给组织方")
    assert city.say("接手 D1").startswith("已接手 D1")
    assert "没有这个编号" in suijiang.say("结案 D1 好了")


def test_what_nobody_takes_calls_each_office_above_once(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    """An hour by the campaign's file: the city, then the operators, then nobody any more."""
    complain(lin, FRAUD)
    pass_by(office, minutes=59)
    assert len(told(office, city)) == 1
    pass_by(office, minutes=2)
    assert "D1 冒充诈骗·紧急 过了时间还没有人接手" in told(office, city)[0]
    assert "假二维码" not in told(office, city)[0]
    assert len(told(office, county)) == 1
    assert "operators" not in robots(office)
    pass_by(office, minutes=61)
    assert "D1 冒充诈骗·紧急 现在没有能通知到的人" in robots(office)["operators"]
    for _ in range(3):
        pass_by(office, hours=2)
    assert len(told(office, city)) == 2
    assert office.ledger().count("incident.escalated") == 2


def test_what_is_taken_and_not_closed_calls_too(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    complain(lin, FRAUD)
    county.say("接手 D1")
    pass_by(office, hours=47)
    assert len(told(office, city)) == 1
    pass_by(office, hours=2)
    assert "还没有办结" in told(office, city)[0]
    assert "已超时" not in county.say("案件")


def test_what_is_closed_calls_nobody(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    complain(lin, FRAUD)
    county.say("结案 D1 已核实")
    pass_by(office, hours=72)
    assert office.ledger().count("incident.escalated") == 0


def test_who_took_it_and_has_no_role_any_more_holds_it_no_longer(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    complain(lin, FRAUD)
    county.say("接手 D1")
    office.revoke(county)
    assert "等人接手" in city.say("案件 D1")
    assert city.say("接手 D1").startswith("已接手 D1")


def test_robots_hear_number_kind_and_severity(office: Office, lin: SimulatedPerson, county: SimulatedPerson) -> None:
    incidents = office.campaign.incidents.model_copy(update={"robots": ("zhibanqun",)})
    office.publish(office.campaign.model_copy(update={"incidents": incidents}))
    complain(lin, FRAUD)
    assert robots(office) == {
        "zhibanqun": "【昭通5·8人道公益日】新案件 D1 冒充诈骗·紧急。请有关同志在公众号发送“案件”查看。"
    }


def test_robots_hear_nothing_of_what_accuses_an_office(
    office: Office, lin: SimulatedPerson, city: SimulatedPerson
) -> None:
    incidents = office.campaign.incidents.model_copy(update={"robots": ("zhibanqun",)})
    office.publish(office.campaign.model_copy(update={"incidents": incidents}))
    complain(lin, AGAINST_COUNTY)
    assert robots(office) == {}


def test_the_list_has_the_open_ones_first_by_their_time(
    office: Office, lin: SimulatedPerson, city: SimulatedPerson
) -> None:
    for said in ("举报 电话一直打不通没人管", FRAUD, "举报 群里有人发假链接骗钱"):
        complain(lin, said)
        office.wait(minutes=5)
    city.say("接手 D1")
    city.say("结案 D2 已核实")
    lines = city.say("案件").splitlines()
    assert lines[0] == "【昭通5·8人道公益日·案件】舆情 3 件，未结 2 件"
    assert [line.split(" ")[0] for line in lines[1:4]] == ["D3", "D1", "D2"]
    assert lines[-1].startswith("看一件发编号")


def test_the_days_line_goes_to_organizers_by_what_each_may_see(
    office: Office, lin: SimulatedPerson, city: SimulatedPerson, county: SimulatedPerson
) -> None:
    push = bulletins.push_named(office.campaign, "incidents")
    office.go_to("2024-05-07T20:31:30")
    bulletins.plan(office.store, office.campaign, push, at("2024-05-07T20:30"), office.store.clock.now())
    assert "截至5月7日20:31：0舆情。" in told(office, city)[0]
    complain(lin, AGAINST_COUNTY)
    complain(lin, "举报 昭通市红十字会挪用善款")
    office.go_to("2024-05-08T20:31:30")
    bulletins.plan(office.store, office.campaign, push, at("2024-05-08T20:30"), office.store.clock.now())
    assert "舆情 1 件，未结 1 件" in told(office, city)[0]
    assert told(office, county) == []
    assert bulletins.plan(office.store, office.campaign, push, at("2024-05-08T20:30"), office.store.clock.now()) == 0


def test_the_bare_word_is_the_line_for_a_coordinator_and_a_report_for_others(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson
) -> None:
    assert "0舆情" in county.say("舆情")
    complain(lin, FRAUD)
    assert "舆情 1 件，未结 1 件" in county.say("舆情")
    assert "请把情况说清楚" in lin.say("舆情")


@pytest.mark.parametrize("word", ["接手 D1", "转 D1 组织方", "结案 D1 好了", "D1"])
def test_others_may_not_and_are_told_what_they_may(office: Office, lin: SimulatedPerson, word: str) -> None:
    complain(lin, FRAUD)
    said = lin.say(word)
    assert "不能" in said
    assert "“举报”" in said
    assert office.ledger() == ["incident.opened"]


@pytest.mark.parametrize("word", ["接手", "转", "结案"])
def test_without_a_number_the_waiting_ones_are_named(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, word: str
) -> None:
    assert "没有未结的案件" in county.say(word)
    complain(lin, FRAUD)
    assert "D1 冒充诈骗" in county.say(word)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("D1我来接手", "已接手 D1"),
        ("d1 由我们来处理吧", "已接手 D1"),
        ("把D1转给绥江县", "已转 D1"),
        ("请将案件D1移交组织方", "已转 D1"),
        ("D1可以结案了，已核实", "已结案 D1"),
        ("案件 d1", "D1 冒充诈骗"),
    ],
)
def test_the_number_may_stand_before_the_word(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson, said: str, answer: str
) -> None:
    office.coordinator("绥江", "suijiang")
    complain(lin, FRAUD)
    assert county.say(said).startswith(answer)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("今天舆情怎么样", "0舆情"),
        ("0舆情", "0舆情"),
        ("有没有舆情？", "0舆情"),
        ("还有几件未结案件", "没有要办的"),
        ("舆情 永善县有人发假链接", "将登记"),
        ("出现舆情怎么办？", "应急处置预案"),
    ],
)
def test_a_coordinator_asks_in_a_sentence(county: SimulatedPerson, said: str, answer: str) -> None:
    assert answer in county.say(said)


def test_two_who_press_at_once(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson, city: SimulatedPerson
) -> None:
    complain(lin, FRAUD)
    with ThreadPoolExecutor(2) as threads:
        replies = sorted(threads.map(lambda person: person.say("接手 D1"), (county, city)))
    assert sum(reply.startswith("已接手") for reply in replies) == 1, replies
    assert office.ledger().count("incident.taken") == 1


def test_a_number_from_before_the_one_counter(office: Office, lin: SimulatedPerson, county: SimulatedPerson) -> None:
    complain(lin, FRAUD)
    store, cid = office.store, office.campaign.id
    case = store.incidents.get(cid, "D1").model_copy(update={"was": "0001"})
    store.database.hset(store.keys.matters(cid, "incident"), "D1", case.model_dump_json())
    assert county.say("结案 0001 已核实").startswith("已结案 D1")


@pytest.mark.parametrize(("hours", "kept"), [(29 * 24, True), (31 * 24, False)])
def test_a_result_is_kept_thirty_days_from_the_closing(
    office: Office, database: Database, lin: SimulatedPerson, county: SimulatedPerson, hours: int, kept: bool
) -> None:
    complain(lin, FRAUD)
    office.wait(days=20)
    county.say("结案 D1 张三已道歉")
    office.wait(hours=hours)
    Worker(office.store, []).tick(office.store.clock.now())
    case = office.store.incidents.get(office.campaign.id, "D1")
    assert case.text == ""
    assert bool(case.result) == kept
    assert any("张三" in text for text in told(office, lin)) == kept


def test_the_ledger_alone_tells_how_a_case_stands(
    office: Office, lin: SimulatedPerson, county: SimulatedPerson
) -> None:
    complain(lin, AGAINST_COUNTY.replace("红十字会", "第一中学"))
    county.say("接手 D1")
    store, key = office.store, office.store.keys.matters(office.campaign.id, "incident")
    case = store.incidents.get(office.campaign.id, "D1")
    for changed in (
        {"state": "open"},
        {"owner": ""},
        {"region": ""},
        {"accused": ("yongshan",)},
        {"level": "ordinary"},
    ):
        store.database.hset(key, "D1", case.model_copy(update=changed).model_dump_json())
        assert [line[:11] for line in verify(office.campaign, store.database, store.keys)] == ["incident D1"], changed
    store.database.hset(key, "D1", case.model_dump_json())


def test_its_time_starts_anew_with_each_step(office: Office, lin: SimulatedPerson, county: SimulatedPerson) -> None:
    complain(lin, FRAUD)
    opened = office.store.clock.now()
    case = office.store.incidents.get(office.campaign.id, "D1")
    assert case.due is not None
    assert abs(case.due - opened - timedelta(minutes=60)) < timedelta(seconds=5)
    county.say("接手 D1")
    case = office.store.incidents.get(office.campaign.id, "D1")
    assert case.due is not None
    assert abs(case.due - office.store.clock.now() - timedelta(hours=48)) < timedelta(seconds=5)


@pytest.mark.parametrize("word", ["通过", "退回", "驳回"])
def test_a_word_about_figures_said_of_a_case_is_told_what_it_is(office: Office, word: str) -> None:
    liu = office.coordinator("刘主任", "yongshan")
    someone = office.person("路人")
    someone.say("举报 永善县有人冒充志愿者上门收钱")
    someone.say("确认")
    answer = liu.say(f"{word} D1")
    assert answer.startswith(f"D1 是案件，不能“{word}”，没有改动。")
    assert "接手 D1" in answer
