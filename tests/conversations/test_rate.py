"""One person's messages: so many a minute, of such a length, and one waiting while another is in work."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

import pytest

from bot.app import create_app
from bot.dispatch import PER_MINUTE
from bot.settings import Settings
from bot.simulator import actions
from bot.simulator.people import Rehearsal
from bot.simulator.person import SimulatedPerson
from bot.simulator.push import Delivery, MessageServer
from storage.inbox import UNLIMITED, Inbox
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, Office, served


@pytest.fixture
def people(office: Office, settings: Settings) -> Iterator[Rehearsal]:
    """People around a bot that keeps to the usual limit."""
    with served(create_app(settings)) as url:
        yield Rehearsal(MessageServer(url, TOKEN, APPID, AES_KEY, "safe", office.people.platform))


@pytest.fixture
def wang(people: Rehearsal) -> SimulatedPerson:
    return people["王强"]


def test_twenty_messages_a_minute_are_answered_one_is_told_so_and_then_there_is_silence(
    office: Office, wang: SimulatedPerson
) -> None:
    replies = [wang.say("帮助") for _ in range(PER_MINUTE + 10)]
    assert all(replies[:PER_MINUTE])
    assert "太快" in replies[PER_MINUTE]
    assert replies[PER_MINUTE + 1 :] == [""] * 9
    assert office.store.database.ttl(office.store.keys.rate(wang.openid)) in range(1, 61)


def test_the_next_minute_is_a_new_one(office: Office, wang: SimulatedPerson) -> None:
    for _ in range(PER_MINUTE + 5):
        wang.say("帮助")
    office.store.database.delete(office.store.keys.rate(wang.openid))
    assert wang.say("帮助")


def test_somebody_elses_messages_do_not_count(people: Rehearsal, wang: SimulatedPerson) -> None:
    for _ in range(PER_MINUTE + 5):
        wang.say("帮助")
    assert people["孙丽"].say("帮助")


def test_duplicates_do_not_count_and_get_the_stored_reply(wang: SimulatedPerson) -> None:
    for _ in range(PER_MINUTE):
        first, *others = wang.send_copies(actions.text("帮助"), at_once=False)
        assert {delivery.reply for delivery in others} == {first.reply} != {""}
    told = wang.send_copies(actions.text("帮助"), at_once=False)
    assert len({delivery.reply for delivery in told}) == 1
    assert "太快" in told[0].reply
    assert [delivery.shown for delivery in wang.send_copies(actions.text("帮助"), at_once=False)] == ["", "", ""]


def test_what_was_turned_down_was_not_done(office: Office, wang: SimulatedPerson) -> None:
    wang.say("组队 昭通市第一中学 昭阳区 人道暖昭通 队长王强 13900000000")
    for _ in range(PER_MINUTE):
        wang.say("又筹了500")
    booked = office.ledger().count("report.accepted")
    assert wang.say("进度 800000元") == ""
    assert office.ledger().count("report.accepted") == booked


def test_what_wechat_tells_is_never_too_much(office: Office, wang: SimulatedPerson) -> None:
    for _ in range(PER_MINUTE + 5):
        wang.say("帮助")
    wang.send(actions.popup({"t": "accept"}))
    assert office.store.credits.left(wang.openid, "t") == 1
    person_id = office.id_of(wang)
    wang.unfollow()
    assert office.store.people.openids([person_id]) == {}


def test_every_key_of_a_flood_ends_by_itself(office: Office, wang: SimulatedPerson) -> None:
    for _ in range(PER_MINUTE * 2):
        wang.say("x")
    database, keys = office.store.database, office.store.keys
    lasting = {key for key in database.scan_iter(f"*{wang.openid}*") if database.ttl(key) == -1}
    assert lasting <= {keys.person(wang.openid), keys.said(wang.openid)}


def test_no_more_is_kept_of_a_message_than_is_read(office: Office, wang: SimulatedPerson) -> None:
    wang.send(actions.text("捐" * 15000))
    ((_, said),) = office.store.database.xrange(office.store.keys.said(wang.openid))
    assert said["text"] == "捐" * 2000


# --- one in work, one waiting ----------------------------------------------------------------------------------


@pytest.fixture
def busy(office: Office, wang: SimulatedPerson) -> None:
    """A message of hers is in work, and stays so until its lock lapses."""
    wang.say("帮助")
    office.store.inbox.claim(wang.openid, "in-work", "its-token", "", office.store.clock.now(), UNLIMITED)


def test_one_message_waits_and_the_others_are_sent_back_at_once(
    office: Office, wang: SimulatedPerson, people: Rehearsal, busy: None
) -> None:
    office.troubled = True
    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(wang.send_copies, actions.text(f"第{n}条"), copies=1, at_once=False) for n in range(7)]
        at_once = list(islice(as_completed(sent), 6))
        assert people["孙丽"].say("帮助")
        assert {future.result()[0].attempts[0].status for future in at_once} == {503}
        assert sum(not future.done() for future in sent) == 1
        office.store.inbox.release(wang.openid, "in-work", "its-token")
        ((last,),) = [future.result() for future in sent if future not in at_once]
    assert last.attempts[0].status == 200
    assert not office.store.database.exists(office.store.keys.waiter(wang.openid))


@pytest.fixture
def crowded(office: Office, wang: SimulatedPerson, busy: None) -> None:
    """Another message of hers waits for the one in work."""
    office.store.inbox.claim(wang.openid, "waits", "another-token", "", office.store.clock.now(), UNLIMITED)


def last_delivery(person: SimulatedPerson, text: str) -> Delivery:
    """A message that WeChat will not deliver again."""
    return person.send(actions.text(text) | {"CreateTime": int(time.time()) - 10})


def test_one_that_will_not_come_again_waits_however_many_do(
    office: Office, wang: SimulatedPerson, crowded: None
) -> None:
    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(last_delivery, wang, "帮助")
        office.store.inbox.release(wang.openid, "in-work", "its-token")
        office.store.inbox.release(wang.openid, "waits", "another-token")
        assert "进度" in sent.result().shown


def test_one_that_waits_in_vain_and_will_not_come_again_is_told_so(wang: SimulatedPerson, crowded: None) -> None:
    assert "我的队伍" in last_delivery(wang, "又筹了500").shown


def test_whoever_gives_up_waiting_makes_room(office: Office) -> None:
    inbox: Inbox = office.store.inbox
    now = office.store.clock.now()

    def status(message: str, token: str) -> str:
        return inbox.claim("o-1", message, token, "", now).status

    assert status("a", "1") == "new"
    assert [status("b", "2"), status("b", "2"), status("c", "3")] == ["locked", "locked", "crowded"]
    inbox.release("o-1", "b", "2")
    assert [status("c", "3"), status("b", "2")] == ["locked", "crowded"]
    inbox.release("o-1", "a", "1")
    assert [status("c", "3"), status("b", "2")] == ["new", "locked"]
