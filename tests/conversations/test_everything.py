"""Whatever WeChat can send ends in a fitting answer or in silence, and what it tells is kept where it belongs."""

import json
import logging
import re
from datetime import timedelta

import pytest

from bot.simulator import actions
from bot.simulator.packets import Manner
from bot.simulator.person import SimulatedPerson
from handlers.router import ANSWERED_EVENTS
from storage.campaign_schema import Campaign
from storage.models.pushes import Notification
from storage.outbox import Mark, Settlement
from storage.scenes import Scene, new_token
from tests.conversations.catalogue import EVENTS, MESSAGES, Sent
from tests.conversations.conftest import Office


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    return office.captain("李敏", "昭通市第一中学")


def scene(office: Office, team: str = "") -> str:
    token = new_token()
    office.store.scenes.keep(token, Scene(office.campaign.id, team), timedelta(days=30))
    return token


def filled(office: Office, person: SimulatedPerson, sent: Sent) -> dict[str, object]:
    known = {"{scene}": scene(office), "{openid}": person.openid}
    fields = dict(sent.fields)
    for name, value in fields.items():
        for mark, stands_for in known.items():
            if isinstance(value, str):
                fields[name] = value = value.replace(mark, stands_for)
    return fields


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize("sent", MESSAGES, ids=lambda sent: sent.name)
def test_every_message_is_answered(office: Office, li: SimulatedPerson, sent: Sent, form: str) -> None:
    delivery = li.send(filled(office, li, sent), Manner(form=form))  # type: ignore[arg-type]  # one of its forms
    assert delivery.reply
    assert not delivery.fault
    assert [attempt.status for attempt in delivery.attempts] == [200]


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize("sent", EVENTS, ids=lambda sent: sent.name)
def test_only_events_that_may_be_answered_are(office: Office, li: SimulatedPerson, sent: Sent, form: str) -> None:
    delivery = li.send(filled(office, li, sent), Manner(form=form))  # type: ignore[arg-type]  # one of its forms
    assert not delivery.fault
    assert [attempt.status for attempt in delivery.attempts] == [200]
    answered = str(sent.fields["Event"]).lower() in ANSWERED_EVENTS and sent.name != "`CLICK` without a key"
    assert bool(delivery.reply) == answered
    if not answered:
        assert delivery.attempts[0].answer == b"success"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (actions.image("m"), "请直接发金额和人次"),
        (actions.voice("m", "m", ""), "请打字"),
        (actions.text(""), "请用文字说"),
        (actions.text("   "), "请用文字说"),
        (actions.text("字" * 2001), "太长"),
    ],
)
def test_what_cannot_be_read_is_answered_in_one_sentence_and_the_dialogue_stays(
    office: Office, fields: dict[str, str], says: str
) -> None:
    li = office.person("李敏")
    li.say("组队 昭通市第一中学 昭阳区 人道暖昭通")
    assert says in li.send(fields).reply
    assert li.say("李敏 13900000000").startswith("已登记")


def test_recognised_speech_is_what_she_said(li: SimulatedPerson) -> None:
    assert li.voice("进度 三千元 二十人次").startswith("已记录")


@pytest.mark.parametrize("text", ["😀👨‍👩‍👧🏳️‍🌈", "[微笑]/::)", "𠮷𠮷", "]]></Content>", "\x01\x0b\ufffe", "🎉" * 1000])
def test_any_characters_are_answered(li: SimulatedPerson, text: str) -> None:
    assert li.send(actions.text(text)).fault == ""


def test_a_number_of_64_bits_is_not_rounded(office: Office, li: SimulatedPerson) -> None:
    for last in (5, 6, 7):
        message = actions.text(f"进度 {last}000元") | {"MsgId": 2**63 + last}
        assert li.send(message).reply.startswith("已记录")
    assert office.ledger().count("report.accepted") == 3


# --- scenes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("already", [False, True], ids=["follows by it", "scans it"])
def test_a_code_names_the_campaign(office: Office, erqi: Campaign, already: bool) -> None:
    office.publish(erqi)
    office.store.scenes.keep("a-scene-of-erqi", Scene(erqi.id), timedelta(days=1))
    wang = office.person("王强")
    said = wang.scan("a-scene-of-erqi") if already else wang.follow("a-scene-of-erqi")
    assert erqi.name in said
    assert "二七" in wang.say("组队 二七区实验小学 德化街 助学 队长王强 13900000001")


def test_a_code_tells_its_team(office: Office, li: SimulatedPerson) -> None:
    wang = office.person("王强")
    said = wang.follow(scene(office, "0001"))
    assert "昭通市第一中学（#0001）" in said
    assert "人道暖昭通" in said
    assert "自愿" in said


def test_an_account_without_codes_gives_the_words_instead(office: Office, erqi: Campaign, li: SimulatedPerson) -> None:
    office.publish(erqi)
    said = li.say("关注码")
    assert "不能生成直达的关注码" in said
    newcomer = office.person("新同事")
    for words in re.findall("“([^”]+)”", said):
        assert newcomer.say(words)
    assert office.campaign.name in newcomer.transcript[1].text
    assert newcomer.transcript[-1].text.startswith("人道暖昭通")


@pytest.mark.parametrize("token", ["", "x", "nobody-knows-it", "{braces}:and:colons", "长" * 64, "a" * 5000])
def test_an_unknown_code_is_no_error(office: Office, token: str) -> None:
    wang = office.person("王强")
    assert "益队" in wang.follow(token)
    assert "失效" in wang.scan(token)


def test_a_code_ends_with_its_time_and_with_its_campaign(office: Office) -> None:
    office.store.scenes.keep("too-short-lived", Scene(office.campaign.id), timedelta(0))
    office.store.scenes.keep("of-another-one", Scene("withdrawn"), timedelta(days=1))
    wang = office.person("王强")
    office.store.database.delete(office.store.keys.scene("too-short-lived"))
    assert "失效" in wang.scan("too-short-lived")
    assert "失效" in wang.scan("of-another-one")


@pytest.mark.parametrize("token", ["", "short", "with space", "{x}" * 5])
def test_a_token_that_cannot_come_back_is_refused(office: Office, token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        office.store.scenes.keep(token, Scene("c"), timedelta(days=1))


# --- menu ------------------------------------------------------------------------------------------------------


def test_a_menu_entry_is_answered_like_its_words(li: SimulatedPerson) -> None:
    assert li.tap("我的队伍") == li.say("我的队伍")


def test_the_choice_that_a_menu_entry_leads_to_is_remembered(office: Office, li: SimulatedPerson) -> None:
    office.captain("李敏", "昭通市第二中学")
    office.wait(minutes=11)
    assert "1." in li.tap("进度 100元")
    assert "已记录" in li.say("2")


# --- pushes ----------------------------------------------------------------------------------------------------


def pushed(office: Office, person: SimulatedPerson, settled: str = "") -> Notification:
    now = office.store.clock.now()
    push = Notification(
        id=f"push-{settled}",
        campaign=office.campaign.id,
        job="bulletin",
        person=office.id_of(person),
        text="战报",
        created_at=now,
        due_at=now,
        expires_at=now + timedelta(days=1),
    )
    office.store.outbox.enqueue([push])
    office.store.outbox.begin(office.campaign.id, [Mark(push.id, "template_message")], "sender")
    if settled:
        done = Settlement(office.campaign.id, push.id, settled, now, "template_message")  # type: ignore[arg-type]
        office.store.outbox.settle([done])
    return push


@pytest.mark.parametrize("overtakes", [False, True], ids=["after the answer", "overtakes the answer"])
@pytest.mark.parametrize("settled", ["", "sent", "unknown"])
@pytest.mark.parametrize(("status", "becomes"), [("success", "sent"), ("failed:user block", "failed")])
def test_the_end_of_a_push_is_recorded_on_its_delivery(
    office: Office, li: SimulatedPerson, overtakes: bool, settled: str, status: str, becomes: str
) -> None:
    push = pushed(office, li, settled)
    cid, now = office.campaign.id, office.store.clock.now()
    if not overtakes:
        office.store.receipts.expect("200163836", cid, push.id, now)
    assert li.send(actions.event("TEMPLATESENDJOBFINISH", MsgID="200163836", Status=status)).shown == ""
    if overtakes:
        office.store.receipts.expect("200163836", cid, push.id, now)
    delivery = office.store.outbox.get(cid, push.id)
    assert (delivery.status, delivery.reason) == (becomes, status if becomes == "failed" else "")
    assert office.store.outbox.waiting(cid) == 0


@pytest.mark.parametrize("settled", ["mailbox", "failed", "expired"])
def test_what_ended_otherwise_stays_so(office: Office, li: SimulatedPerson, settled: str) -> None:
    push = pushed(office, li, settled)
    office.store.receipts.expect("7", office.campaign.id, push.id, office.store.clock.now())
    li.send(actions.event("TEMPLATESENDJOBFINISH", MsgID="7", Status="success"))
    assert office.store.outbox.get(office.campaign.id, push.id).status == settled


def sent_event(*outcomes: tuple[str, str, int]) -> dict[str, object]:
    items = [{"TemplateId": t, "MsgID": m, "ErrorCode": code, "ErrorStatus": "x"} for t, m, code in outcomes]
    return {**actions.event("subscribe_msg_sent_event"), "SubscribeMsgSentEvent": {"List": items}}


@pytest.mark.parametrize("form", ["xml", "json"])
def test_consents_are_counted_by_person_and_template(office: Office, li: SimulatedPerson, form: str) -> None:
    left = office.store.credits.left
    manner = Manner(form=form)  # type: ignore[arg-type]
    for where in ("page-1", "page-2"):
        event = {**actions.popup({"t-1": "accept", "t-2": "accept"}), "EventKey": where}
        assert li.send(event, manner).shown == ""
    assert (left(li.openid, "t-1"), left(li.openid, "t-2")) == (2, 2)
    li.send(sent_event(("t-1", "1", 0), ("t-2", "2", 43101)), manner)  # type: ignore[arg-type]
    assert (left(li.openid, "t-1"), left(li.openid, "t-2")) == (1, 2)
    li.send(actions.refusal(["t-2", "t-3"]), manner)
    assert (left(li.openid, "t-1"), left(li.openid, "t-2")) == (1, 0)
    wang = office.person("王强")
    wang.send(actions.popup({"t-1": "accept"}), manner)
    assert (left(li.openid, "t-1"), left(wang.openid, "t-1")) == (1, 1)


def test_a_consent_delivered_three_times_is_one_consent(office: Office, li: SimulatedPerson) -> None:
    li.send_copies(actions.popup({"t-1": "accept"}), at_once=True)
    assert office.store.credits.left(li.openid, "t-1") == 1


# --- the account -----------------------------------------------------------------------------------------------


def test_an_operator_learns_that_the_verification_ends(
    office: Office, li: SimulatedPerson, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        li.send(actions.event("qualification_verify_fail", FailTime="1442401122", FailReason="by time"))
    assert "qualification_verify_fail by time" in caplog.text
    (alert,) = office.store.alerts.standing()
    assert alert.text == "qualification_verify_fail by time"
    assert "renew" in alert.mend
    li.send(actions.event("qualification_verify_success", ExpiredTime="1442401156"))
    assert not office.store.alerts.standing()


# --- unreadable ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("forgery", ["dtd_bomb", "not_xml"])
def test_an_authentic_push_that_cannot_be_read_is_kept_for_the_operator(
    office: Office, li: SimulatedPerson, forgery: str
) -> None:
    attempt = li.attack(actions.text("你好"), forgery)
    assert (attempt.status, attempt.answer) == (200, b"success")
    (letter,) = office.store.dead_letters.newest()
    assert letter.reason
    assert letter.content
    assert "token" not in json.dumps(letter.content)
    assert li.openid not in letter.content


@pytest.mark.parametrize(
    "forgery",
    ["unsigned", "wrong_signature", "other_token", "tampered", "stale", "ahead", "downgraded", "repeated_argument"],
)
def test_a_forged_push_is_refused_without_a_word(office: Office, li: SimulatedPerson, forgery: str) -> None:
    before = office.ledger()
    attempt = li.attack(actions.text("进度 7000元"), forgery)
    assert (attempt.status, attempt.answer) == (403, b"")
    assert office.ledger() == before
    assert not office.store.dead_letters.newest()


@pytest.mark.parametrize(
    ("forgery", "status"),
    [("other_appid", 403), ("empty_body", 403), ("megabyte", 413), ("other_key", 200), ("shortened", 200)],
)
def test_other_attacks_change_nothing(office: Office, li: SimulatedPerson, forgery: str, status: int) -> None:
    before = office.ledger()
    attempt = li.attack(actions.text("进度 7000元"), forgery)
    assert attempt.status == status
    assert attempt.answer in (b"", b"success")
    assert office.ledger() == before


def test_a_replayed_request_gets_the_stored_reply_and_does_nothing(office: Office, li: SimulatedPerson) -> None:
    li.say("又筹了500")
    before = office.ledger()
    assert li.replay().status == 200
    assert office.ledger() == before


def test_the_dead_letters_are_capped(office: Office) -> None:
    for number in range(250):
        office.store.dead_letters.keep(f"reason {number}", "字" * 9000)
    letters = office.store.dead_letters.newest(1000)
    assert len(letters) == 200
    assert letters[0].reason == "reason 249"
    assert len(letters[0].content) == 4096
    assert office.store.database.ttl(office.store.keys.dead_letters()) > 6 * 24 * 3600
