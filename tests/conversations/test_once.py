"""Exactly once: a message that comes again, two at once, a crash before the reply, a store that fails."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from bot import dispatch
from bot.app import create_app
from bot.settings import Settings
from bot.simulator.people import SimulatedPerson
from bot.simulator.platform import FAULT_BANNER
from bot.simulator.push import MessageServer
from storage.campaign_schema import Campaign
from storage.database import StorageUnavailable
from storage.inbox import Inbox
from storage.models.people import Grant
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, UNHURRIED, Office, served

Setting = Callable[[Office], tuple[SimulatedPerson, str]]


def _captain(office: Office) -> SimulatedPerson:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 5000元 50人次")
    return li


def registering(office: Office) -> tuple[SimulatedPerson, str]:
    return office.person("李敏"), "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000"


def registering_by_dialogue(office: Office) -> tuple[SimulatedPerson, str]:
    li = office.person("李敏")
    li.say("组队 昭通市第一中学 昭阳区 人道暖昭通")
    return li, "李敏 13900000000"


def registering_for_somebody(office: Office) -> tuple[SimulatedPerson, str]:
    return office.coordinator("赵主任"), "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000"


def reporting(office: Office) -> tuple[SimulatedPerson, str]:
    return _captain(office), "进度 6000元 60人次"


def reporting_an_increment(office: Office) -> tuple[SimulatedPerson, str]:
    return _captain(office), "又筹了500"


def reporting_the_first_bare_number(office: Office) -> tuple[SimulatedPerson, str]:
    return office.captain("李敏", "昭通市第一中学"), "500"


def saying_which_kind(office: Office) -> tuple[SimulatedPerson, str]:
    li = _captain(office)
    li.say("700")
    return li, "2"


def saying_which_team(office: Office) -> tuple[SimulatedPerson, str]:
    li = _captain(office)
    office.captain("李敏", "昭通市第二中学")
    office.wait(minutes=11)
    li.say("又筹了500")
    return li, "2"


def accepting_a_doubt(office: Office) -> tuple[SimulatedPerson, str]:
    li = _captain(office)
    li.say("进度 400元")
    return li, "确认"


def correcting(office: Office) -> tuple[SimulatedPerson, str]:
    return _captain(office), "更正 4900"


def accepting_a_correction(office: Office) -> tuple[SimulatedPerson, str]:
    li = _captain(office)
    li.say("更正 90000")
    return li, "确认"


def retracting(office: Office) -> tuple[SimulatedPerson, str]:
    li = _captain(office)
    li.say("又筹了500")
    return li, "撤回"


def accepting_an_invitation(office: Office) -> tuple[SimulatedPerson, str]:
    return office.person("赵主任"), f"绑定 {office.invitation('zhaoyang')}"


def claiming(office: Office) -> tuple[SimulatedPerson, str]:
    office.coordinator("赵主任").say("组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000")
    return office.person("李敏"), f"认领 {office.team('昭通市第一中学').claim_code}"


def renaming(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    return office.coordinator("赵主任"), "改名 昭通市第一中学 昭通市实验中学"


def linking(office: Office) -> tuple[SimulatedPerson, str]:
    return _captain(office), "链接 https://gongyi.qq.com/t?id=1"


def targeting(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    return office.coordinator("赵主任", role="organizer"), "目标 昭阳区 保 50000 争 80000"


def moving(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    return office.coordinator("赵主任"), "移区 0001 永善县"


def disabling(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    return office.coordinator("赵主任"), "停用 0001 冒名"


def merging(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    office.captain("王芳", "昭通市第二中学")
    zhao = office.coordinator("赵主任")
    zhao.say("合并 0001 0002")
    return zhao, "确认"


def merging_two_pages(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    office.captain("王芳", "昭通市第二中学").say("进度 700元 7人次")
    zhao = office.coordinator("赵主任")
    zhao.say("合并 0001 0002")
    return zhao, "2"


def undoing_a_merger(office: Office) -> tuple[SimulatedPerson, str]:
    zhao, said = merging_two_pages(office)
    zhao.say(said)
    zhao.say("撤销")
    return zhao, "确认"


def undoing_an_act(office: Office) -> tuple[SimulatedPerson, str]:
    zhao, said = moving(office)
    zhao.say(said)
    zhao.say("撤销")
    return zhao, "确认"


def beyond_the_limit(office: Office) -> SimulatedPerson:
    li = _captain(office)
    li.say("进度 99,999,999元 300人次")
    return li


def agreeing_that_it_waits(office: Office) -> tuple[SimulatedPerson, str]:
    return beyond_the_limit(office), "确认"


def taking_a_matter(office: Office) -> tuple[SimulatedPerson, str]:
    beyond_the_limit(office).say("确认")
    return office.coordinator("赵主任"), "接手 D1"


def passing_a_matter(office: Office) -> tuple[SimulatedPerson, str]:
    return taking_a_matter(office)[0], "通过 D1"


def returning_a_matter(office: Office) -> tuple[SimulatedPerson, str]:
    return taking_a_matter(office)[0], "退回 D1 请核对"


def undoing_a_pass(office: Office) -> tuple[SimulatedPerson, str]:
    zhao, said = passing_a_matter(office)
    zhao.say(said)
    zhao.say("撤销")
    return zhao, "确认"


def inviting(office: Office) -> tuple[SimulatedPerson, str]:
    return office.coordinator("赵主任", role="organizer"), "邀请 永善县 协调员 刘主任"


def taking_a_role_away(office: Office) -> tuple[SimulatedPerson, str]:
    grant = Grant(role="coordinator", region="yongshan")
    code = office.store.people.invite(office.campaign, grant, office.store.clock.now(), "刘主任")
    office.person("刘主任").say(f"绑定 {code}")
    return office.coordinator("赵主任", role="organizer"), "取消角色 刘主任"


def giving_a_role_back(office: Office) -> tuple[SimulatedPerson, str]:
    zhao, said = taking_a_role_away(office)
    zhao.say(said)
    zhao.say("撤销")
    return zhao, "确认"


def taking_back_what_waits(office: Office) -> tuple[SimulatedPerson, str]:
    li = beyond_the_limit(office)
    li.say("确认")
    return li, "撤回"


def naming_a_liaison(office: Office) -> tuple[SimulatedPerson, str]:
    return _captain(office), "联络员 王某 13900000000"


def removing_a_liaison(office: Office) -> tuple[SimulatedPerson, str]:
    li, said = naming_a_liaison(office)
    li.say(said)
    return li, "联络员 0001 删除"


def binding_as_a_liaison(office: Office) -> tuple[SimulatedPerson, str]:
    li, said = naming_a_liaison(office)
    li.say(said)
    named = office.store.unit_people.of(office.campaign.id, "0001")["liaison"]
    return office.person("王某"), f"绑定 {named.code}"


def _case(office: Office) -> SimulatedPerson:
    """D1 waits, and she looks after it."""
    liu, lin = office.coordinator("刘主任", "yongshan"), office.person("林路")
    lin.say("举报 永善县有人拿假二维码收钱")
    lin.say("确认")
    return liu


def taking_a_case(office: Office) -> tuple[SimulatedPerson, str]:
    return _case(office), "接手 D1"


def handing_a_case_on(office: Office) -> tuple[SimulatedPerson, str]:
    """Afterwards she does not see it any more."""
    office.coordinator("绥江", "suijiang")
    return _case(office), "转 D1 绥江县"


def closing_a_case(office: Office) -> tuple[SimulatedPerson, str]:
    return _case(office), "结案 D1 已核实"


def reopening_a_case(office: Office) -> tuple[SimulatedPerson, str]:
    liu, said = closing_a_case(office)
    liu.say(said)
    liu.say("撤销")
    return liu, "确认"


def reminding(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    zhao = office.coordinator("赵主任")
    office.wait(days=1)
    zhao.say("催报")
    return zhao, "确认"


def notifying(office: Office) -> tuple[SimulatedPerson, str]:
    _captain(office)
    zhao = office.coordinator("赵主任")
    zhao.say("通知 明早10点开始配捐")
    return zhao, "确认"


def subscribing(office: Office) -> tuple[SimulatedPerson, str]:
    return office.person("李敏"), "订阅"


SETTINGS = [
    agreeing_that_it_waits,
    taking_a_matter,
    passing_a_matter,
    returning_a_matter,
    undoing_a_pass,
    taking_back_what_waits,
    inviting,
    taking_a_role_away,
    giving_a_role_back,
    naming_a_liaison,
    removing_a_liaison,
    binding_as_a_liaison,
    renaming,
    moving,
    disabling,
    undoing_an_act,
    merging,
    merging_two_pages,
    undoing_a_merger,
    taking_a_case,
    handing_a_case_on,
    closing_a_case,
    reopening_a_case,
    linking,
    targeting,
    reminding,
    notifying,
    registering,
    registering_by_dialogue,
    registering_for_somebody,
    reporting,
    reporting_an_increment,
    reporting_the_first_bare_number,
    saying_which_kind,
    saying_which_team,
    accepting_a_doubt,
    correcting,
    accepting_a_correction,
    retracting,
    accepting_an_invitation,
    claiming,
    subscribing,
]
DONE = re.compile(
    "已登记|已记录|已更正|已撤回|已绑定|已改名|已移区|已停用|已撤销|已合并|已邀请|已取消|已删除|已接手|已转|已结案"
    "|已催报|已通知|已定|已通过|已退回"
)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.__name__)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one after another"])
def test_a_message_delivered_three_times(office: Office, setting: Setting, at_once: bool) -> None:
    person, text = setting(office)
    before = len(office.ledger())
    deliveries = person.send_copies({"MsgType": "text", "Content": text}, at_once=at_once)
    assert len({delivery.reply for delivery in deliveries}) == 1
    assert DONE.match(deliveries[0].reply), deliveries[0]
    assert len(office.ledger()) == before + 1


class Killed(Exception):
    """Stands for the end of a process: nothing below the web server catches it."""


@dataclass(frozen=True)
class Crash:
    """Between the write and the reply: Redis goes away for a moment, or the process dies and its claim lapses."""

    error: Exception
    statuses: list[int]
    monkeypatch: pytest.MonkeyPatch

    def strike(self) -> None:
        """The next reply is stored nowhere."""
        settle = Inbox.settle

        def fail(inbox: Inbox, openid: str, message_key: str, *rest: object, **more: object) -> str:
            self.monkeypatch.setattr(Inbox, "settle", settle)
            if isinstance(self.error, Killed):
                inbox.database.delete(inbox.keys.inbox(openid, message_key), inbox.keys.lock(openid))
            raise self.error

        self.monkeypatch.setattr(Inbox, "settle", fail)


@pytest.fixture(params=["redis is away", "process killed"])
def crash(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Crash:
    if request.param == "process killed":
        return Crash(Killed(), [500, 200], monkeypatch)
    return Crash(StorageUnavailable("gone for a moment"), [200], monkeypatch)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.__name__)
def test_a_crash_between_the_write_and_the_reply(office: Office, crash: Crash, setting: Setting) -> None:
    person, text = setting(office)
    before = len(office.ledger())
    crash.strike()
    delivery = person.send({"MsgType": "text", "Content": text})
    assert [attempt.status for attempt in delivery.attempts] == crash.statuses
    assert DONE.match(delivery.reply), delivery.reply
    assert len(office.ledger()) == before + 1


def test_a_crash_after_somebody_was_forgotten(office: Office, crash: Crash) -> None:
    li = _captain(office)
    li.say("注销")
    before = len(office.ledger())
    crash.strike()
    delivery = li.send({"MsgType": "text", "Content": "确认"})
    assert [attempt.status for attempt in delivery.attempts] == crash.statuses
    assert office.ledger()[before:] == ["captain.left", "person.left"]


@pytest.mark.parametrize("verdict", ["通过", "驳回"])
def test_a_crash_after_a_decision(office: Office, erqi: Campaign, crash: Crash, verdict: str) -> None:
    office.publish(erqi)
    office.campaign = erqi
    ma, li = office.coordinator("马主任"), office.person("李敏")
    office.go_to("2024-05-21T09:00")
    for person in (ma, li):
        person.say("活动 二七99")
    li.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    crash.strike()
    delivery = ma.send({"MsgType": "text", "Content": f"{verdict} 0001"})
    assert [attempt.status for attempt in delivery.attempts] == crash.statuses
    assert delivery.reply.startswith(f"已登记 二七区实验小学（#0001） {verdict}")


def test_two_messages_of_one_person_at_once(office: Office) -> None:
    li = _captain(office)
    with ThreadPoolExecutor(2) as threads:
        replies = list(threads.map(li.say, ["又筹了500", "又筹了600"]))
    assert all(reply.startswith("已记录") for reply in replies)
    assert office.team("昭通市第一中学").amount_fen == 610_000


def test_the_same_words_twice_at_once_are_one_report_and_one_question(office: Office) -> None:
    li = _captain(office)
    with ThreadPoolExecutor(2) as threads:
        replies = sorted(threads.map(li.say, ["又筹了500", "又筹了500"]))
    assert replies[0].startswith("已记录")
    assert "可能是重复" in replies[1]
    assert office.team("昭通市第一中学").amount_fen == 550_000


def test_two_people_register_one_unit_at_once(office: Office) -> None:
    people = [office.person(name) for name in ("李敏", "王强", "孙丽")]
    line = "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000"
    with ThreadPoolExecutor(3) as threads:
        replies = list(threads.map(lambda person: person.say(line), people))
    assert sum(reply.startswith("已登记") for reply in replies) == 1
    assert len(office.teams()) == 1


def test_captain_and_coordinator_report_at_once(office: Office) -> None:
    li, zhao = _captain(office), office.coordinator("赵主任")
    with ThreadPoolExecutor(2) as threads:
        replies = list(threads.map(lambda said: said[0].say(said[1]), [(li, "又筹了500"), (zhao, "#0001 又筹了600")]))
    assert all(reply.startswith("已记录") for reply in replies), replies
    assert office.team("昭通市第一中学").amount_fen == 610_000


@pytest.fixture
def other_process(office: Office, settings: Settings) -> Iterator[MessageServer]:
    """A second web process over the same store."""
    with served(create_app(settings, per_minute=UNHURRIED)) as url:
        yield MessageServer(url, TOKEN, APPID, AES_KEY, "safe", office.people.platform)


def test_the_same_message_to_two_web_processes(office: Office, other_process: MessageServer) -> None:
    li = _captain(office)
    message = {
        "FromUserName": li.openid,
        "MsgType": "text",
        "Content": "又筹了500",
        "MsgId": 2**60,
        "CreateTime": int(time.time()),
    }
    with ThreadPoolExecutor(4) as threads:
        ways = [li.send, other_process.deliver] * 2
        replies = {delivery.reply for delivery in threads.map(lambda way: way(message), ways)}
    assert len(replies) == 1
    assert "5,000.00元 → 5,500.00元" in replies.pop()
    assert office.ledger().count("report.accepted") == 2


@pytest.mark.parametrize("step", ["claim", "settle"])
def test_a_store_that_fails_asks_for_redelivery_while_the_message_is_young(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    office.troubled = True
    li = _captain(office)
    monkeypatch.setattr(Inbox, step, _unavailable)
    monkeypatch.setattr(dispatch, "HANDLER_SECONDS", 0.5)
    message = {"MsgType": "text", "Content": "又筹了500"}
    (delivery,) = li.send_copies(message, copies=1, at_once=False)
    assert delivery.attempts[0].status == 503
    assert delivery.shown == FAULT_BANNER


@pytest.mark.parametrize("step", ["claim", "settle"])
def test_a_store_that_fails_says_check_and_do_not_resend_when_the_message_is_old(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    li = _captain(office)
    monkeypatch.setattr(Inbox, step, _unavailable)
    monkeypatch.setattr(dispatch, "HANDLER_SECONDS", 0.5)
    said = li.send({"MsgType": "text", "Content": "又筹了500", "CreateTime": int(time.time()) - 10}).reply
    assert "我的队伍" in said
    assert "不要重复发送" in said


def test_the_address_may_end_in_a_slash(office: Office, webhook: str) -> None:
    server = MessageServer(f"{webhook}/", TOKEN, APPID, AES_KEY, "safe", office.people.platform)
    assert server.verify_address()
    fields = {"FromUserName": office.person("李敏").openid, "MsgType": "text", "Content": "帮助"}
    assert "组队" in server.deliver(fields).reply


def _unavailable(*_: object, **__: object) -> None:
    raise StorageUnavailable("gone")
