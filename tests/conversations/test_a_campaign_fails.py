"""A campaign whose rules fail at run time stands still alone: nothing of it is recorded, the others go on."""

import json
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import dispatch
from bot.simulator.people import SimulatedPerson
from bot.simulator.push import Delivery
from handlers import running, texts
from handlers.farewell import FAREWELL
from handlers.understand import ear
from storage.campaign_document import Window
from storage.campaign_files import CampaignFileError, load
from storage.campaign_schema import Campaign
from storage.models.people import Grant
from tests.campaigns.test_any_file import alike, spoilt
from tests.conversations.conftest import Office

UNIT = "二七区实验小学"
BROKEN = "erqi-99"


@pytest.fixture
def two(office: Office, erqi: Campaign) -> Office:
    """Zhaotong's campaign, and beside it the one that is going to fail, with 王芳 as the captain of a team there."""
    office.publish(erqi)
    wang = office.person("王芳")
    wang.say("活动 二七99")
    assert wang.say(f"组队 {UNIT} 德化街街道 爱心助学 队长王芳 13900000001").startswith("已登记")
    assert wang.say("进度 1000元 10人次").startswith("已记录")
    office.wait(minutes=20)
    office.troubled = True
    office.app.extensions["yidui"].faults._told.clear()
    return office


@dataclass(frozen=True)
class Text:
    """A file, too long to be shown."""

    content: str = field(repr=False)


def late(person: SimulatedPerson, text: str) -> str:
    """A message that WeChat does not deliver again."""
    return person.send({"MsgType": "text", "Content": text, "CreateTime": int(time.time()) - 10}).shown


def young(person: SimulatedPerson, text: str) -> Delivery:
    (delivery,) = person.send_copies({"MsgType": "text", "Content": text}, copies=1, at_once=False)
    return delivery


def fail_in(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """From now on the program meets something in the one campaign's data that it did not foresee.

    What fails holds the campaign, as every function does that is called for one: from Python 3.12 on a comprehension
    has no frame of its own that could hold it.
    """

    def failing(was: Callable[..., Any], of: Callable[..., str]) -> Callable[..., Any]:
        def call(campaign: Campaign, *args: Any, **named: Any) -> Any:
            if of(campaign, *args, **named) == BROKEN:
                raise ZeroDivisionError(f"{UNIT}, 13900000001")
            return was(campaign, *args, **named)

        return call

    def of_campaign(campaign: Campaign, *_: Any, **__: Any) -> str:
        return campaign.id

    match place:
        case "running":
            failed = failing(running.is_open, of_campaign)
            for module in ("running", "campaigns", "choices"):
                monkeypatch.setattr(f"handlers.{module}.is_open", failed)
        case "reading":
            failed = failing(ear.Ear, of_campaign)
            monkeypatch.setattr("handlers.hearing.Ear", failed)
        case "clock":
            monkeypatch.setattr(Campaign, "local", failing(Campaign.local, of_campaign))
        case "answer":
            of_place = failing(Campaign.region_path, of_campaign)
            monkeypatch.setattr(Campaign, "region_path", of_place)
            monkeypatch.setattr(Campaign, "threshold_for", failing(Campaign.threshold_for, of_campaign))


PLACES = ("running", "reading", "clock", "answer")
LOOKS = ("规则", "几点开始配捐？", "排行", "战报", "帮助", "联系人 一老一小", "我的队伍", "我队怎么样了", "活动 昭通")


@pytest.mark.parametrize("place", PLACES)
def test_the_other_campaigns_captain_notices_nothing(two: Office, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    li = two.captain("李敏", "昭通市第一中学")
    li.say("进度 5000元 50人次")
    two.wait(minutes=20)
    before = [li.say(said) for said in LOOKS]
    two.wait(minutes=20)
    fail_in(monkeypatch, place)
    assert [li.say(said) for said in LOOKS] == [text.replace("10:40", "11:00") for text in before]
    assert li.say("又筹了100元").startswith("已记录 昭通市第一中学")
    assert "5,100.00元" in li.say("我的队伍")


@pytest.mark.parametrize("place", PLACES)
def test_a_stranger_is_answered_by_the_others(two: Office, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    fail_in(monkeypatch, place)
    stranger = two.person("路人")
    for said in ("你好", "几点开始配捐？", "组队 昭通市第三中学 昭阳区 人道暖昭通 队长路人 13900000003"):
        shown = stranger.say(said)
        assert shown, said
        assert "系统出了点问题" not in shown, said
    if "1. " in shown:
        shown = stranger.say("1")
    assert shown.startswith("已登记 昭通市第三中学")


def test_its_own_messages_come_again_and_then_are_told_of(
    two: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wang = two.person("王芳")
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        fail_in(broken, "reading")
        assert young(wang, "又筹了200元").attempts[0].status == 503
        said = late(wang, "又筹了200元")
        assert "什么都没有记录" in said
        assert "二七99" in said
        assert late(wang, "又筹了300元") != ""
    assert [record.exc_info is not None for record in caplog.records if "ZeroDivisionError" in record.message] == [True]
    (alert,) = two.store.alerts.standing()
    assert alert.source == f"campaign {BROKEN}"
    assert "(3 in all)" in alert.text
    assert UNIT not in alert.text, "nobody's words"
    assert "1,000.00元 → 1,200.00元" in wang.say("又筹了200元"), "nothing was unloaded"


def test_what_was_written_before_it_failed_is_not_denied(two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The echo fails: the report stands, once, however often the message comes."""
    wang = two.person("王芳")
    with monkeypatch.context() as broken:
        broken.setattr(texts.reports, "booked", lambda *_: 1 // 0)
        message = {"MsgType": "text", "Content": "又筹了200元", "MsgId": 77, "CreateTime": int(time.time())}
        assert [d.attempts[0].status for d in wang.send_copies(message, copies=2, at_once=False)] == [503, 503]
        broken.setattr(dispatch, "REDELIVERY_SECONDS", -1)
        said = wang.send(message).shown
        assert "可能已经记录" in said
        assert "不要重复发送" in said
    assert "1,200.00元" in wang.say("我的队伍")


def test_who_is_in_both_is_asked_and_never_taken_to_mean_the_other(
    two: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = two.person("王芳")
    wang.say("活动 昭通")
    assert wang.say("组队 昭通市第四中学 昭阳区 人道暖昭通 队长王芳 13900000001").startswith("已登记")
    two.wait(minutes=20)
    fail_in(monkeypatch, "reading")
    fail_in(monkeypatch, "running")
    said = wang.say("活动")
    assert "“二七99”出了点问题" in said
    assert "没有记录" in said
    assert "哪个活动" in wang.say("进度 3000元 30人次")
    assert young(wang, "2").attempts[0].status == 503
    assert two.team("昭通市第四中学").amount_fen == 0
    wang.say("算了")
    assert "当前活动：昭通市2024年" in wang.say("活动 昭通")
    assert wang.say("进度 3000元 30人次").startswith("已记录 昭通市第四中学")


def test_an_answer_to_a_choice_with_it_is_no_answer_to_a_shorter_one(
    two: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = two.person("路人")
    assert "1. " in stranger.say("活动")
    fail_in(monkeypatch, "running")
    assert young(stranger, "1").attempts[0].status == 503
    assert "没有记录" in late(stranger, "2")


def test_what_fails_everywhere_is_no_campaigns_fault(two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["handlers.router"], "read", lambda *_: 1 // 0)
    said = late(two.person("路人"), "几点开始配捐？")
    assert "什么都没有记录" in said
    assert "二七99" not in said
    (alert,) = two.store.alerts.standing()
    assert alert.source == "messages"


def test_an_event_is_answered_too(two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in(monkeypatch, "running")
    new = two.person("新人")
    assert "昭通" in new.send({"MsgType": "event", "Event": "subscribe", "EventKey": ""}).shown


@pytest.mark.parametrize("spoil", ["not JSON", '{"version": 1}', "above itself", "[]"])
def test_a_publication_that_cannot_be_read(two: Office, spoil: str) -> None:
    """Left by an older program, or damaged: whoever belongs to it is told, the others go on, check names it."""
    store = two.store
    li = two.captain("李敏", "昭通市第一中学")
    record = json.loads(store.database.hget(store.keys.campaigns(), BROKEN))
    sound = json.dumps(record)
    if spoil == "above itself":
        record["file"]["regions"][0]["parent"] = record["file"]["regions"][0]["id"]
        spoil = json.dumps(record)
    store.database.hset(store.keys.campaigns(), BROKEN, spoil)
    two._forget_cache()
    assert list(store.campaigns.unreadable()) == [BROKEN]
    assert li.say("进度 5000元 50人次").startswith("已记录")
    wang = two.person("王芳")
    assert young(wang, "又筹了200元").attempts[0].status == 503
    assert "什么都没有记录" in late(wang, "又筹了200元")
    store.database.hset(store.keys.campaigns(), BROKEN, sound)
    two._forget_cache()
    assert "1,200.00元" in wang.say("又筹了200元")


def test_a_readable_file_mends_one_that_is_not(two: Office, erqi: Campaign) -> None:
    store = two.store
    record = json.loads(store.database.hget(store.keys.campaigns(), BROKEN))
    record["file"]["projects"][1]["parent"] = "zhulao"
    store.database.hset(store.keys.campaigns(), BROKEN, json.dumps(record))
    two._forget_cache()
    two.publish(erqi)
    assert not store.campaigns.unreadable()
    assert two.person("王芳").say("又筹了200元").startswith("已记录")


def test_times_that_an_earlier_program_published_are_on_the_campaigns_clock(two: Office) -> None:
    """As `[windows.registration] end = 2024-05-20` was stored once: without an offset."""
    store = two.store
    record = json.loads(store.database.hget(store.keys.campaigns(), BROKEN))
    record["file"]["windows"] = {"registration": {"end": "2024-05-20T00:00:00"}, "matching": {"start": "2024-05-18"}}
    store.database.hset(store.keys.campaigns(), BROKEN, json.dumps(record))
    two._forget_cache()
    window = store.campaigns.get(BROKEN).windows.registration
    assert isinstance(window, Window)
    assert window.end is not None
    assert window.end.isoformat() == "2024-05-20T00:00:00+08:00"
    assert "活动" in two.person("路人").say("活动")


@settings(max_examples=25, deadline=None, print_blob=False, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=spoilt(alike).map(Text), said=st.lists(st.sampled_from(LOOKS), min_size=2, max_size=3))
def test_whatever_a_file_holds_the_others_answer_as_before(
    office: Office, tmp_path: Path, file: Text, said: list[str]
) -> None:
    """A captain of the sound campaign, before and after the other is published."""
    text = file.content
    (tmp_path / "spoilt.toml").write_text(text, encoding="utf-8")
    try:
        its_own = {"id": "spoilt", "name": "另一个活动", "short": "另一个", "aliases": ()}
        campaign = load(tmp_path / "spoilt.toml").model_copy(update=its_own)
    except CampaignFileError:
        return
    li = office.person("李敏")
    if not office.teams():
        office.captain("李敏", "昭通市第一中学")
    office.store.database.hdel(office.store.keys.campaigns(), "spoilt")
    office._forget_cache()
    before = [li.say(each) for each in said]
    office.publish(campaign)
    assert [li.say(each) for each in said] == before


def test_a_role_is_enough_to_belong_to_it(two: Office) -> None:
    store = two.store
    code = store.people.invite(store.campaigns.get(BROKEN), Grant(role="organizer"), store.clock.now())
    ma = two.person("马丽")
    assert ma.say(f"绑定 {code}").startswith("已绑定")
    store.database.hset(store.keys.campaigns(), BROKEN, "{}")
    two._forget_cache()
    assert "没有记录" in late(ma, "我的辖区")


def test_who_leaves_is_erased_once_it_can_be_read_again(two: Office) -> None:
    """What is kept about her there cannot be found meanwhile: she stays on the list."""
    store = two.store
    wang = two.person("王芳")
    sound = store.database.hget(store.keys.campaigns(), BROKEN)
    store.database.hset(store.keys.campaigns(), BROKEN, "{}")
    two._forget_cache()
    wang.send({"MsgType": "event", "Event": "unsubscribe", "EventKey": "", "CreateTime": int(time.time()) - 10})
    store.database.hset(store.keys.campaigns(), BROKEN, sound)
    two._forget_cache()
    store.erasure.sweep(store.clock.now(), FAREWELL)
    assert not store.database.smembers(store.keys.erasures())
    assert not store.database.hgetall(store.keys.contact_cards(BROKEN))
