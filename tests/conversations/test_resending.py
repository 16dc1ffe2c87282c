"""待办 and 重发: a push of which nobody knows whether it arrived is a coordinator's to repeat, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.simulator.people import SimulatedPerson
from storage.models.pushes import Delivery, Notification
from storage.outbox import Mark, Outbox, Settlement
from tests.conversations.conftest import Office


@pytest.fixture
def zhao(office: Office) -> SimulatedPerson:
    return office.coordinator("赵主任")


def lost(office: Office, name: str, robot: str = "zhibanqun", job: str = "bulletin") -> Notification:
    """A push to a robot that went out, and no answer came."""
    now = office.store.clock.now()
    push = Notification(
        id=f"{office.campaign.id}:{job}:{name}",
        campaign=office.campaign.id,
        job=job,
        robot=robot,
        text="战报全文",
        created_at=now,
        due_at=now,
        expires_at=now + timedelta(hours=3),
    )
    office.store.outbox.enqueue([push])
    send_without_answer(office, push)
    return push


def send_without_answer(office: Office, push: Notification) -> None:
    outbox = office.store.outbox
    assert outbox.begin(push.campaign, [Mark(push.id, "group_robot")], "sender") == [True]
    now = office.store.clock.now()
    outbox.settle([Settlement(push.campaign, push.id, "unknown", now, "group_robot", "no answer")])


def kept(office: Office, push: Notification) -> Delivery:
    return office.store.outbox.get(push.campaign, push.id)


def test_what_waits_is_shown_and_sent_again_once(office: Office, zhao: SimulatedPerson) -> None:
    push = lost(office, "evening")
    office.wait(hours=5)
    assert "D1 战报（4月20日10:00）发给工作群，走群机器人" in zhao.say("待办")
    assert zhao.say("重发 D1").startswith("已登记 D1")
    again = kept(office, push)
    assert (again.status, again.notification.text) == ("queued", "战报全文")
    assert again.notification.expires_at >= office.store.clock.now() + timedelta(hours=2), "as if it were new"
    assert "没有再发" in zhao.say("重发 D1")
    assert zhao.say("待办") == "没有等您处理的事项。"
    assert office.ledger()[-1] == "delivery.resent"


@pytest.mark.parametrize("typed", ["重发D2", "重发 d2", "重发　Ｄ２", "重发：D2"])
def test_however_the_number_is_typed(office: Office, zhao: SimulatedPerson, typed: str) -> None:
    other, push = lost(office, "noon"), lost(office, "evening")
    assert zhao.say(typed).startswith("已登记 D2")
    assert (kept(office, push).status, kept(office, other).status) == ("queued", "unknown")


def test_two_coordinators_at_once_and_a_message_that_comes_twice_send_it_once(
    office: Office, zhao: SimulatedPerson
) -> None:
    push, qian = lost(office, "evening"), office.coordinator("钱主任", "yongshan")
    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(lambda person: person.say("重发 D1"), (zhao, qian)))
    assert sorted(reply.startswith("已登记") for reply in said) == [False, True]
    lost(office, "noon")
    copies = zhao.send_copies({"MsgType": "text", "Content": "重发 D2"}, at_once=False)
    assert {copy.reply for copy in copies} == {copies[0].reply}
    assert copies[0].reply.startswith("已登记 D2")
    assert office.ledger().count("delivery.resent") == 2
    assert kept(office, push).status == "queued"


def test_an_outcome_that_is_lost_again_has_a_number_of_its_own(office: Office, zhao: SimulatedPerson) -> None:
    push = lost(office, "evening")
    zhao.say("重发 D1")
    send_without_answer(office, push)
    assert "D2 战报" in zhao.say("待办")
    assert "没有再发" in zhao.say("重发 D1")
    assert kept(office, push).status == "unknown"
    assert zhao.say("重发 D2").startswith("已登记 D2")


def test_what_becomes_known_waits_no_more(office: Office, zhao: SimulatedPerson) -> None:
    arrived, repeated = lost(office, "noon"), lost(office, "evening")
    now = office.store.clock.now()
    office.store.outbox.settle([Settlement(arrived.campaign, arrived.id, "sent", now, "group_robot")])
    office.store.outbox.retry(repeated.campaign, repeated.id, "an operator", now)
    assert zhao.say("待办") == "没有等您处理的事项。"
    for number in ("D1", "D2"):
        assert "没有再发" in zhao.say(f"重发 {number}")
    assert kept(office, arrived).status == "sent"


def test_who_has_no_role_sees_and_sends_nothing(office: Office) -> None:
    push, li = lost(office, "evening"), office.captain("李敏", "昭通市第一中学")
    assert "不能" in li.say("待办")
    assert "不能" in li.say("重发 D1")
    assert kept(office, push).status == "unknown"


def test_a_role_taken_away_meanwhile_sends_nothing(
    office: Office, zhao: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    push, many = lost(office, "evening"), Outbox.many

    def revoked_then(*args: object) -> object:
        office.revoke(zhao)
        return many(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Outbox, "many", revoked_then)
    assert not zhao.say("重发 D1").startswith("已")
    assert kept(office, push).status == "unknown"


def test_without_a_number_those_that_wait_are_listed(office: Office, zhao: SimulatedPerson) -> None:
    assert "没有" in zhao.say("重发")
    lost(office, "evening", job="answer")
    assert "D1 问题的答复" in zhao.say("重发")
    assert "D9" in zhao.say("重发 D9")


def test_teams_and_questions_stand_beside_them(office: Office, zhao: SimulatedPerson) -> None:
    office.store.questions.ask(office.campaign, "somebody", "食堂能捐吗", office.store.clock.now())
    lost(office, "evening")
    said = zhao.say("我的待办")
    assert "待答问题 1个" in said
    assert "D2 战报" in said
