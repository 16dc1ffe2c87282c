"""Everything a person can do, field by field as the webhook gets it."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.simulator import actions
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.qrcodes import address
from bot.simulator.packets import Manner
from bot.simulator.people import NoSuchLink, NotFollowing, Rehearsal, SimulatedPerson
from bot.simulator.shown import Shown
from tests.simulator.reading import ENVELOPE, fields_of, reply_to, sealed, tree_of

HEAD = ["ToUserName", "FromUserName", "CreateTime", "MsgType"]
BUTTONS: list[dict[str, Any]] = [
    {"type": "click", "name": "排行", "key": "RANK"},
    {
        "name": "更多",
        "sub_button": [
            {"type": "view", "name": "榜单", "url": "https://example.org/board"},
            {"type": "scancode_push", "name": "扫一扫", "key": "PUSH"},
            {"type": "scancode_waitmsg", "name": "扫码等", "key": "WAIT"},
            {"type": "pic_photo_or_album", "name": "发图", "key": "PIC"},
            {"type": "location_select", "name": "发位置", "key": "WHERE"},
        ],
    },
    {"type": "miniprogram", "name": "捐", "url": "https://a.cn", "appid": "wx1", "pagepath": "pages/give"},
]


@pytest.fixture
def person(rehearse: Callable[[str], Rehearsal], webhook: Any) -> SimulatedPerson:
    webhook.answer = lambda posted: (200, sealed(reply_to(posted, Content="好")))
    return rehearse("safe")["li-min"]


MESSAGES: dict[str, tuple[Callable[[SimulatedPerson], str], list[str]]] = {
    "text": (lambda p: p.say("帮助"), ["Content"]),
    "image": (lambda p: p.send_image(), ["PicUrl", "MediaId"]),
    "voice": (lambda p: p.voice("帮助"), ["MediaId", "Format", "MediaId16K", "Recognition"]),
    "video": (lambda p: p.send_video(), ["MediaId", "ThumbMediaId"]),
    "shortvideo": (lambda p: p.send_video(short=True), ["MediaId", "ThumbMediaId"]),
    "location": (lambda p: p.send_location("昭阳区"), ["Location_X", "Location_Y", "Scale", "Label"]),
    "link": (lambda p: p.send_link("榜", "https://a.cn"), ["Title", "Description", "Url"]),
    "file": (lambda p: p.send_file("战报.xlsx", b"PK"), ["Title", "Description", "FileKey", "FileMd5", "FileTotalLen"]),
    "miniprogrampage": (
        lambda p: p.send_miniprogram("捐", "wx1", "pages/give"),
        ["Title", "AppId", "PagePath", "ThumbUrl", "ThumbMediaId"],
    ),
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_messages(person: SimulatedPerson, webhook: Any, kind: str) -> None:
    act, own = MESSAGES[kind]
    assert act(person) == "好"
    fields = fields_of(webhook.received[-1])
    assert list(fields) == [*HEAD, *own, "MsgId"]
    assert fields["MsgType"] == kind
    assert all(fields[name] for name in own if name not in ("Description",))
    assert [entry.kind for entry in person.transcript] == ["said", "reply"]


EVENTS: dict[str, tuple[Callable[[SimulatedPerson], object], list[str], bool]] = {
    "subscribe": (lambda p: p.follow(), ["EventKey"], True),
    "SCAN": (lambda p: p.scan("team-0012"), ["EventKey", "Ticket"], True),
    "CLICK": (lambda p: p.tap("RANK"), ["EventKey"], True),
    "LOCATION": (lambda p: p.open_chat(), ["Latitude", "Longitude", "Precision"], True),
    "unsubscribe": (lambda p: p.unfollow(), ["EventKey"], False),
    "VIEW": (lambda p: p.tap_button("榜单"), ["EventKey", "MenuId"], False),
    "view_miniprogram": (lambda p: p.tap_button("捐"), ["EventKey", "MenuId"], False),
    "scancode_push": (lambda p: p.tap_button("扫一扫", "K7Q2"), ["EventKey", "ScanCodeInfo"], True),
    "scancode_waitmsg": (lambda p: p.tap_button("扫码等", "K7Q2"), ["EventKey", "ScanCodeInfo"], True),
    "pic_photo_or_album": (lambda p: p.tap_button("发图"), ["EventKey", "SendPicsInfo"], True),
    "location_select": (lambda p: p.tap_button("发位置"), ["EventKey", "SendLocationInfo"], True),
    "subscribe_msg_popup_event": (lambda p: p.subscribe_popup({"t1": "accept"}), ["SubscribeMsgPopupEvent"], False),
    "subscribe_msg_change_event": (lambda p: p.refuse_notices("t1"), ["SubscribeMsgChangeEvent"], False),
    "user_authorization_revoke": (
        lambda p: p.revoke_authorization(),
        ["OpenID", "UnionID", "AppID", "RevokeInfo"],
        False,
    ),
    "user_authorization_cancellation": (
        lambda p: p.cancel_account(),
        ["OpenID", "UnionID", "AppID", "RevokeInfo"],
        False,
    ),
    "user_info_modified": (lambda p: p.change_profile(), ["OpenID", "UnionID", "AppID", "RevokeInfo"], False),
    "kf_switch_session": (
        lambda p: p.send(actions.customer_session("kf_switch_session", "a@gh", "b@gh")),
        ["FromKfAccount", "ToKfAccount"],
        False,
    ),
    "verify_expired": (lambda p: p.send(actions.verification("verify_expired", "oHelper", 1)), ["ExpiredTime"], False),
    "naming_verify_fail": (
        lambda p: p.send(actions.verification("naming_verify_fail", "oHelper", 1)),
        ["FailTime", "FailReason"],
        False,
    ),
}


@pytest.mark.parametrize("event", EVENTS)
def test_events(person: SimulatedPerson, webhook: Any, event: str) -> None:
    person._platform.menus.create(BUTTONS)
    act, own, answered = EVENTS[event]
    act(person)
    fields = fields_of(webhook.received[0])
    assert list(fields) == [*HEAD, "Event", *own]
    assert (fields["MsgType"], fields["Event"]) == ("event", event)
    assert ("reply" in [entry.kind for entry in person.transcript]) == answered
    assert bool(person._platform.warnings) == (not answered)


def test_a_fault_that_nobody_sees(person: SimulatedPerson, webhook: Any) -> None:
    webhook.answer = lambda posted: (500, b"")
    person.refuse_notices("t1")
    person.revoke_authorization()
    assert [entry.kind for entry in person.transcript] == ["event"]
    assert len(webhook.received) == 6


def test_about_whom_a_revocation_is(person: SimulatedPerson, webhook: Any) -> None:
    person.revoke_authorization()
    fields = fields_of(webhook.received[0])
    assert fields["OpenID"] == person.openid != fields["FromUserName"]


class TestMenus:
    @pytest.fixture(autouse=True)
    def _menu(self, person: SimulatedPerson) -> None:
        person._platform.menus.create(BUTTONS)

    def test_what_follows_a_tap(self, person: SimulatedPerson, webhook: Any) -> None:
        person.tap_button("发图", pictures=[actions.PIXEL, actions.PIXEL])
        person.tap_button("发位置")
        sent = [fields_of(posted) for posted in webhook.received]
        told = [each.get("Event") or each["MsgType"] for each in sent]
        assert told == ["pic_photo_or_album", "image", "image", "location_select", "location"]
        pictures = tree_of(webhook.received[0]).findall("SendPicsInfo/PicList/item/PicMd5Sum")
        assert len(pictures) == 2
        assert tree_of(webhook.received[0]).findtext("SendPicsInfo/Count") == "2"

    def test_what_was_scanned(self, person: SimulatedPerson, webhook: Any) -> None:
        person.tap_button("扫码等", "K7Q2")
        assert tree_of(webhook.received[0]).findtext("ScanCodeInfo/ScanResult") == "K7Q2"

    def test_only_what_there_is(self, person: SimulatedPerson) -> None:
        with pytest.raises(NoSuchLink):
            person.tap_button("不存在")

    def test_a_menu_for_some(self, person: SimulatedPerson, webhook: Any) -> None:
        person._platform.menus.add([{"type": "click", "name": "待审", "key": "PENDING"}], 2)
        person._platform.people.find(person.openid).tags.append(2)
        person.tap_button("待审")
        assert fields_of(webhook.received[0])["EventKey"] == "PENDING"


def test_an_account_without_a_menu(person: SimulatedPerson) -> None:
    with pytest.raises(ApiError, match="46003"):
        person.tap_button("排行")


class TestQrCodes:
    def test_scanned_before_and_after_following(self, person: SimulatedPerson, webhook: Any, clock: Any) -> None:
        code = address(person._platform.qrcodes.create("team-0012", timedelta(minutes=1)))
        person.scan_code(code)
        person.unfollow()
        person.scan_code(code)
        keys = [fields_of(posted)["EventKey"] for posted in webhook.received]
        assert keys == ["team-0012", "", "qrscene_team-0012"]
        clock.forward(minutes=1)
        with pytest.raises(NoSuchLink):
            person.scan_code(code)

    def test_following_after_a_payment(self, person: SimulatedPerson, webhook: Any) -> None:
        person.follow_after_payment("4200")
        assert fields_of(webhook.received[0])["EventKey"] == "last_trade_no_4200"


class TestPermissions:
    def test_popup_and_refusal(self, person: SimulatedPerson, webhook: Any) -> None:
        credits = person._platform.credits
        person.subscribe_popup({"t1": "accept", "t2": "reject"})
        person.subscribe_popup({"t1": "accept"})
        assert (credits.left(person.openid, "t1"), credits.left(person.openid, "t2")) == (2, 0)
        person.refuse_notices("t1", "t2")
        assert credits.left(person.openid, "t1") == 0
        lists = [tree_of(posted).findall("*/List") for posted in webhook.received]
        assert [len(items) for items in lists] == [2, 1, 2]
        assert [child.tag for child in lists[0][0]] == ["TemplateId", "SubscribeStatusString", "PopupScene"]

    def test_as_json_the_list_stands_on_top(self, person: SimulatedPerson, webhook: Any) -> None:
        webhook.answer = lambda posted: (200, b"success")
        for templates in ({"t1": "accept"}, {"t1": "accept", "t2": "reject"}):
            person.send(actions.popup(templates), Manner(form="json"))
        bodies = [json.loads(ENVELOPE.open(json.loads(posted.body)["Encrypt"])) for posted in webhook.received]
        assert [type(body["List"]) for body in bodies] == [dict, list]

    def test_who_receives_nothing_and_who_left(self, person: SimulatedPerson) -> None:
        person.say("好")
        person.receive_nothing()
        with pytest.raises(ApiError, match="48002"):
            person._platform.push(person.openid, Shown("战报"))
        person.unfollow()
        with pytest.raises(NotFollowing):
            person.send_location("昭阳区")


def test_media_of_people_can_be_had(person: SimulatedPerson, webhook: Any) -> None:
    person.send_image(b"\xff\xd8\xffpicture")
    media_id = fields_of(webhook.received[0])["MediaId"]
    assert person._platform.media.find(media_id).content == b"\xff\xd8\xffpicture"


def test_a_sandbox_does_not_tell_which_link(person: SimulatedPerson, webhook: Any) -> None:
    link = '<a href="weixin://bizmsgmenu?msgmenucontent=我的队伍&msgmenuid=101">看队伍</a>'
    person._platform.kind = "sandbox"
    person._platform.record(person.openid, "push", link)
    person.tap_link("看队伍")
    assert "bizmsgmenuid" not in fields_of(webhook.received[0])


def test_the_picture_is_one() -> None:
    assert actions.PIXEL.startswith(b"\x89PNG")
    assert actions.PIXEL.endswith(b"IEND\xaeB`\x82")


def test_numbers_stand_bare(person: SimulatedPerson, webhook: Any) -> None:
    person.send_location("昭阳区")
    inner = ENVELOPE.open(ElementTree.fromstring(webhook.received[0].body).findtext("Encrypt") or "")
    assert "<Location_X>27.338257</Location_X>" in inner
    assert "<Label><![CDATA[昭阳区]]></Label>" in inner
