"""The mailbox: what is still worth reading comes with the next reply, whatever else lies there, however long it is."""

from datetime import timedelta

import pytest

from bot.mailbox import REPLY_BYTES
from bot.simulator.people import SimulatedPerson
from storage.keys import MAILBOX_SECONDS
from storage.models.pushes import Mail
from storage.outbox import Settlement
from tests.conversations.conftest import Office

LONG = "战报" + "字" * 660
"""1,986 bytes: no reply has room for it."""


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    return office.captain("李敏", "永善县第一中学", "永善县", "童享阳光")


def leave(office: Office, person: SimulatedPerson, text: str, days: float | None = None) -> None:
    """A push ends in her mailbox; it is worth reading for so many days."""
    now = office.store.clock.now()
    mail = Mail(text=text, read_until=now + timedelta(days=days) if days else None)
    settled = Settlement(office.campaign.id, f"{office.campaign.id}:test:{text}", "mailbox", now)
    office.store.outbox.leave_in_mailbox(person.openid, mail, settled)


def kept(office: Office, person: SimulatedPerson) -> list[str]:
    mails = office.store.database.lrange(office.store.keys.mailbox(person.openid), 0, -1)
    return [Mail.model_validate_json(mail).text for mail in mails]


def test_whoever_stays_away_for_a_month_reads_the_fresh_bulletin(office: Office, li: SimulatedPerson) -> None:
    leave(office, li, "您的队伍已通过")
    for day in range(30):
        office.wait(days=1)
        leave(office, li, f"第{day}期战报", days=1)
    assert len(kept(office, li)) == 20
    assert 0 < office.store.database.ttl(office.store.keys.mailbox(li.openid)) <= MAILBOX_SECONDS
    said = li.say("你好")
    assert "您的队伍已通过" in said
    assert "第29期战报" in said
    assert "第27期战报" not in said
    assert kept(office, li) == []


def test_the_oldest_goes_where_all_are_worth_reading(office: Office, li: SimulatedPerson) -> None:
    for number in range(21):
        leave(office, li, f"通知{number}")
    assert kept(office, li)[0] == "通知1"
    assert len(kept(office, li)) == 20


def test_a_notice_too_long_for_any_reply_is_shown_alone(office: Office, li: SimulatedPerson) -> None:
    leave(office, li, LONG)
    leave(office, li, "第二条")
    assert "另有 2 条通知，回复“更多”查看" in li.say("我的队伍")
    said = li.say("更多")
    assert said.startswith(LONG)
    assert "另有 1 条" in said
    assert li.say("更多") == "第二条"
    assert "没有更多内容" in li.say("更多")


@pytest.mark.parametrize("length", [1984, 2000, 2048])
def test_the_hint_never_makes_a_reply_too_long(office: Office, li: SimulatedPerson, length: int) -> None:
    leave(office, li, "1" * length)
    leave(office, li, "第二条")
    said = li.say("下一页")
    assert said.startswith("1" * length)
    assert len(said.encode()) <= REPLY_BYTES
    assert kept(office, li) == ["第二条"]


def test_what_is_no_longer_worth_reading_is_not_counted(office: Office, li: SimulatedPerson) -> None:
    leave(office, li, LONG)
    leave(office, li, "过期的", days=1)
    leave(office, li, "第三条")
    office.wait(days=2)
    assert "另有 2 条通知" in li.say("我的队伍")
    assert li.say("更多").startswith(LONG)
    assert li.say("更多") == "第三条"


def test_an_open_question_is_not_pushed_aside(office: Office, li: SimulatedPerson) -> None:
    leave(office, li, LONG)
    li.say("组队 永善县第二中学")
    assert LONG not in li.say("更多")
    li.say("算了")
    assert li.say("更多") == LONG


def test_the_standings_go_on_after_the_notices(office: Office, li: SimulatedPerson) -> None:
    everybody = office.campaign.ranking.model_copy(update={"mode": "full"})
    office.publish(office.campaign.model_copy(update={"ranking": everybody}))
    for number in range(12):
        office.captain(f"李小{number}", f"昭阳区第{number + 1}小学").say(f"进度 {number + 1}00元")
    assert "发“更多”看后面的" in li.say("排行")
    leave(office, li, LONG)
    assert li.say("更多") == LONG
    assert "第11名" in li.say("更多")
