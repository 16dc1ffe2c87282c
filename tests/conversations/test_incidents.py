"""舆情 举报 投诉 冒充: confirmed once, a case number, whom it reached, the telephone."""

import pytest

from handlers.language.text import normalise
from scheduler.worker import Worker
from storage.export import export_campaign
from tests.conversations.conftest import Office
from tests.conversations.wording import CONFIRM

TEXT = "举报 有人冒充我们募捐"


@pytest.mark.parametrize(
    "typed",
    [
        TEXT,
        "有人拿假二维码在群里收钱",
        "我们领导强制每人捐200",
        "单位从工资里直接扣了100块捐款",
        "有舆情，抖音上有个视频说配捐是假的",
        "群里有人冒充红十字会的工作人员要转账",
    ],
)
def test_an_incident_is_confirmed_once(office: Office, typed: str) -> None:
    lin = office.person("林路")
    said = lin.say(typed)
    assert said.endswith(CONFIRM), said
    assert normalise(typed) in said
    assert office.store.incidents.all(office.campaign.id) == []
    copies = lin.send_copies({"MsgType": "text", "Content": "确认"}, at_once=True)
    assert len({copy.reply for copy in copies}) == 1
    assert copies[0].reply.startswith("已登记 案件编号 D1")
    assert "0870-2220223" in copies[0].reply
    assert [case.text for case in office.store.incidents.all(office.campaign.id)] == [typed]
    assert office.ledger().count("incident.opened") == 1


def test_the_bare_word_asks_what_happened(office: Office) -> None:
    lin = office.person("林路")
    assert "请把情况说清楚" in lin.say("投诉")
    assert lin.say("村上挨家挨户逼着捐").endswith(CONFIRM)
    assert "什么都没有改动" in lin.say("算了")
    assert office.ledger() == []


def test_whom_it_reaches(office: Office) -> None:
    """The organisers, and the coordinators of the place; never who reported."""
    office.coordinator("总协调")
    office.coordinator("永善协调", "yongshan")
    office.coordinator("镇雄协调", "zhenxiong")
    lin = office.person("林路")
    lin.say("永善县有人冒充红十字会收钱")
    assert "已通知 2 位" in lin.say("确认")
    queued = office.store.outbox.list(office.campaign.id, limit=10)
    told = {office.id_of(office.person(name)) for name in ("总协调", "永善协调")}
    assert {delivery.notification.person for delivery in queued} == told
    assert all("案件编号 D1" in delivery.notification.text for delivery in queued)
    assert all(office.id_of(lin) not in delivery.notification.text for delivery in queued)


def test_nobody_to_tell_is_said(office: Office) -> None:
    lin = office.person("林路")
    lin.say(TEXT)
    assert "没有能通知到的协调员" in lin.say("确认")


def test_the_ledger_holds_no_words_and_leaving_erases_them(office: Office) -> None:
    lin = office.person("林路")
    lin.say(TEXT)
    lin.say("确认")
    entry = list(office.store.ledger.entries(office.campaign.id))[-1]
    assert "冒充" not in str(entry)
    exported = export_campaign(office.store, office.campaign, office.store.clock.now())["incidents"]
    assert [(row["number"], row["text"], row["told"]) for row in exported] == [("D1", TEXT, 0)]
    lin.say("注销")
    lin.say("确认")
    assert [case.text for case in office.store.incidents.all(office.campaign.id)] == [""]


def test_an_incident_in_the_middle_of_a_registration(office: Office) -> None:
    lin = office.person("林路")
    lin.say("组队 昭通市第一中学")
    assert lin.say("举报 有人拿假二维码收钱").endswith(CONFIRM)
    assert lin.say("确认").startswith("已登记 案件编号")
    assert "项目" in lin.say("昭阳区")


def test_a_question_about_the_duty_is_a_rule(office: Office) -> None:
    said = office.person("林路").say("出现舆情怎么办？")
    assert "依据" in said or "案件" not in said


@pytest.mark.parametrize("typed", ["举报", "我要投诉你们", "我要举报你们", "我要举报学校"])
def test_what_says_nothing_asks_what_happened(office: Office, typed: str) -> None:
    lin = office.person("林路")
    assert "请把情况说清楚" in lin.say(typed)
    assert "请把情况说清楚" in lin.say("我要投诉你们")
    assert lin.say("村上挨家挨户逼着捐").endswith(CONFIRM)


@pytest.mark.parametrize(
    "typed",
    [
        "举报进展",
        "举报怎么样了",
        "投诉结果",
        "案件0001怎么样了",
        "案件D1怎么样了",
        "案件 d1 查得怎么样",
        "撤销举报",
        "举报撤了",
    ],
)
def test_what_became_of_a_case_is_asked_by_telephone(office: Office, typed: str) -> None:
    said = office.person("林路").say(typed)
    assert "值班电话 昭通市红十字会 杜雄 0870-2220223" in said
    assert "案件编号" in said
    assert CONFIRM not in said


def test_nobody_is_promised_who_is_not_there(office: Office) -> None:
    lin = office.person("林路")
    assert "马上通知协调员" not in lin.say(TEXT)
    lin.say("算了")
    office.coordinator("镇雄协调", "zhenxiong")
    assert "马上通知协调员" not in lin.say("举报 永善县有人冒充红十字会收钱")
    lin.say("算了")
    office.coordinator("总协调")
    assert "马上通知协调员" in lin.say(TEXT)


@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
def test_what_was_said_is_kept_for_thirty_days(office: Office, days: int, kept: bool) -> None:
    zhao, li = office.coordinator("赵主任"), office.person("李敏")
    li.say("举报 有人冒充红十字会的张三上门收钱")
    assert li.say("确认").startswith("已登记 案件编号 D1")
    office.store.questions.ask(office.campaign, office.id_of(li), "张三是哪里的", office.store.clock.now())
    office.wait(days=days)
    Worker(office.store, []).tick(office.store.clock.now())
    exported = export_campaign(office.store, office.campaign, office.store.clock.now())
    assert [case["number"] for case in exported["incidents"]] == ["D1"]
    assert ("张三" in str(exported)) == kept
    assert ("张三是哪里的" in zhao.say("待答")) == kept


def test_nobody_is_sent_to_a_telephone_that_is_not_there(suining: Office) -> None:
    her = suining.person("何协调")
    asked = her.say("举报 有人冒充慈善会上门收钱")
    assert "拨打" not in asked
    opened = her.say("确认")
    assert "值班电话" not in opened
    assert "请直接联系 遂宁市民政局" in opened
    assert "打" not in her.say("案件0001进展怎么样")


def test_an_answer_is_kept_for_thirty_days_of_its_own(office: Office) -> None:
    zhao, li = office.coordinator("赵主任"), office.person("李敏")
    office.store.questions.ask(office.campaign, office.id_of(li), "张三是哪里的", office.store.clock.now())
    office.wait(days=29)
    assert zhao.say("回答 D1 他是县里的志愿者").startswith("已记录")
    for days, kept in ((2, True), (30, False)):
        office.wait(days=days)
        Worker(office.store, []).tick(office.store.clock.now())
        exported = export_campaign(office.store, office.campaign, office.store.clock.now())
        assert ("他是县里的志愿者" in str(exported)) == kept
