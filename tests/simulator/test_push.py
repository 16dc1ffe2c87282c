"""The message server: what it sends, how often, and how it judges what comes back."""

import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import pytest

from bot.simulator.crypto import Envelope, sign
from bot.simulator.errors import ApiError
from bot.simulator.people import NotFollowing, Rehearsal
from bot.simulator.platform import FAULT_BANNER
from bot.simulator.shown import Shown
from tests.simulator.reading import APPID, TOKEN, element, fields_of, reply_to, sealed

Rehearse = Callable[[str], Rehearsal]


class TestWhatIsSent:
    def test_a_plain_message(self, webhook: Any, rehearse: Rehearse) -> None:
        people = rehearse("plain")
        webhook.answer = lambda posted: (200, reply_to(posted).encode())
        words = "组队 ]]> 🎉 <b>&"
        assert people["li-min"].say(words) == f"收到：{words}"
        (posted,) = webhook.received
        query = posted.query
        assert query["signature"] == sign(TOKEN, query["timestamp"], query["nonce"])
        assert query["openid"] == people["li-min"].openid
        assert "encrypt_type" not in query
        assert posted.headers["Content-Type"] == "text/xml"
        fields = fields_of(posted)
        assert list(fields) == ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId"]
        assert fields["ToUserName"] == people.platform.account
        assert abs(int(fields["CreateTime"]) - time.time()) < 5
        assert 17 <= len(fields["MsgId"]) <= 19

    def test_an_encrypted_message(self, webhook: Any, rehearse: Rehearse) -> None:
        people = rehearse("safe")
        webhook.answer = lambda posted: (200, sealed(reply_to(posted)))
        assert people["li-min"].say("进度 12345.67元") == "收到：进度 12345.67元"
        (posted,) = webhook.received
        query = posted.query
        outer = ElementTree.fromstring(posted.body)
        encrypted = outer.findtext("Encrypt") or ""
        assert [child.tag for child in outer] == ["ToUserName", "Encrypt"]
        assert query["encrypt_type"] == "aes"
        assert query["msg_signature"] == sign(TOKEN, query["timestamp"], query["nonce"], encrypted)
        assert fields_of(posted)["Content"] == "进度 12345.67元"

    def test_characters_xml_cannot_carry_are_dropped(self, webhook: Any, rehearse: Rehearse) -> None:
        rehearse("plain")["li-min"].say("好\x0b的\ud800")
        assert fields_of(webhook.received[0])["Content"] == "好的"

    def test_events_and_media(self, webhook: Any, rehearse: Rehearse) -> None:
        person = rehearse("safe")["li-min"]
        person.follow()
        person.follow(scene="team-0012")
        person.scan("team-0012")
        person.tap("MY_TEAMS")
        person.send_image()
        person.voice("我的队伍")
        person.unfollow()
        sent = [fields_of(posted) for posted in webhook.received]
        told = [(each["MsgType"], each.get("Event"), each.get("EventKey"), each.get("Recognition")) for each in sent]
        assert told == [
            ("event", "subscribe", "", None),
            ("event", "subscribe", "qrscene_team-0012", None),
            ("event", "SCAN", "team-0012", None),
            ("event", "CLICK", "MY_TEAMS", None),
            ("image", None, None, None),
            ("voice", None, None, "我的队伍"),
            ("event", "unsubscribe", "", None),
        ]
        assert ["MsgId" in each for each in sent] == [False] * 4 + [True] * 2 + [False]
        with pytest.raises(NotFollowing):
            person.say("还在吗")


class TestThreeDeliveries:
    @pytest.mark.parametrize("mode", ["safe", "plain"])
    def test_an_error_status_thrice(self, webhook: Any, rehearse: Rehearse, mode: str) -> None:
        webhook.answer = lambda posted: (500, b"success")
        person = rehearse(mode)["li-min"]
        assert person.say("帮助") == FAULT_BANNER
        first, *others = [fields_of(posted) for posted in webhook.received]
        assert others == [first, first]
        assert [(entry.kind, entry.text) for entry in person.transcript] == [
            ("said", "帮助"),
            ("fault", FAULT_BANNER),
        ]

    def test_the_second_may_succeed(self, webhook: Any, rehearse: Rehearse) -> None:
        webhook.answer = lambda posted: (503, b"") if len(webhook.received) == 1 else (200, sealed(reply_to(posted)))
        delivery = rehearse("safe")["li-min"].send({"MsgType": "text", "Content": "帮助"})
        assert delivery.shown == "收到：帮助"
        assert [attempt.status for attempt in delivery.attempts] == [503, 200]

    def test_a_slow_answer_is_dropped_and_the_next_overlaps(self, webhook: Any, rehearse: Rehearse) -> None:
        first_is_done = threading.Event()

        def answer(posted: Any) -> tuple[int, bytes]:
            if len(webhook.received) == 1:
                first_is_done.wait(5)
                return 200, sealed(reply_to(posted, Content="太迟了"))
            assert not first_is_done.is_set()
            return 200, sealed(reply_to(posted))

        webhook.answer = answer
        delivery = rehearse("safe")["li-min"].send({"MsgType": "text", "Content": "帮助"})
        first_is_done.set()
        assert delivery.shown == "收到：帮助"
        assert [attempt.status for attempt in delivery.attempts] == [0, 200]
        assert delivery.attempts[0].seconds >= 0.3

    def test_always_slow(self, webhook: Any, rehearse: Rehearse) -> None:
        released = threading.Event()
        webhook.answer = lambda posted: (200, b"success" if released.wait(5) else b"")
        started = time.monotonic()
        assert rehearse("safe")["li-min"].say("帮助") == FAULT_BANNER
        assert time.monotonic() - started >= 0.9
        released.set()
        assert len(webhook.received) == 3

    def test_nobody_listens(self, webhook: Any, rehearse: Rehearse) -> None:
        webhook.url = "http://127.0.0.1:9/wechat"
        delivery = rehearse("safe")["li-min"].send({"MsgType": "text", "Content": "帮助"})
        assert (delivery.shown, len(delivery.attempts)) == (FAULT_BANNER, 3)

    @pytest.mark.parametrize("at_once", [True, False])
    def test_copies_though_answered(self, webhook: Any, rehearse: Rehearse, at_once: bool) -> None:
        together = threading.Barrier(3 if at_once else 1)

        def answer(posted: Any) -> tuple[int, bytes]:
            together.wait(0.2)
            return 200, sealed(reply_to(posted))

        webhook.answer = answer
        person = rehearse("safe")["li-min"]
        deliveries = person.send_copies({"MsgType": "text", "Content": "帮助"}, at_once=at_once)
        assert [delivery.shown for delivery in deliveries] == ["收到：帮助"] * 3
        assert len({fields_of(posted)["MsgId"] for posted in webhook.received}) == 1
        assert [entry.kind for entry in person.transcript] == ["said", "reply"]


class TestJudgement:
    @pytest.mark.parametrize("mode", ["safe", "plain"])
    @pytest.mark.parametrize("silence", [b"", b"success"])
    def test_silence(self, webhook: Any, rehearse: Rehearse, mode: str, silence: bytes) -> None:
        webhook.answer = lambda posted: (200, silence)
        person = rehearse(mode)["li-min"]
        assert person.say("好的") == ""
        assert [entry.kind for entry in person.transcript] == ["said"]

    @pytest.mark.parametrize(
        "answer",
        [
            b'{"errcode":0}',
            b"<html>busy</html>",
            b'"success"',
            b"success\n",
            b"\xef\xbb\xbf<xml></xml>",
            b" success",
            b"answer: <xml></xml>",
            b"<xml><Content>",
            b"<xml>\xff</xml>",
        ],
    )
    @pytest.mark.parametrize("mode", ["safe", "plain"])
    def test_not_an_answer(self, webhook: Any, rehearse: Rehearse, mode: str, answer: bytes) -> None:
        webhook.answer = lambda posted: (200, answer)
        assert rehearse(mode)["li-min"].say("帮助") == FAULT_BANNER
        assert len(webhook.received) == 1

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"ToUserName": "oOther"}, "swapped"),
            ({"FromUserName": "gh_other"}, "swapped"),
            ({"CreateTime": "soon"}, "CreateTime"),
            ({"MsgType": "hologram"}, "hologram"),
            ({"Content": ""}, "empty"),
            ({"Content": "好" * 683}, "2049 bytes"),
        ],
    )
    def test_a_wrong_reply(self, webhook: Any, rehearse: Rehearse, changes: dict[str, str], why: str) -> None:
        webhook.answer = lambda posted: (200, sealed(reply_to(posted, **changes)))
        delivery = rehearse("safe")["li-min"].send({"MsgType": "text", "Content": "帮助"})
        assert why in delivery.fault
        assert delivery.shown == FAULT_BANNER

    def test_the_longest_reply(self, webhook: Any, rehearse: Rehearse) -> None:
        longest = "好" * 682 + "ab"
        webhook.answer = lambda posted: (200, sealed(reply_to(posted, Content=longest)))
        assert rehearse("safe")["li-min"].say("帮助") == longest

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (lambda posted: reply_to(posted).encode(), "Encrypt"),
            (lambda posted: sealed(reply_to(posted), MsgSignature="0" * 40), "MsgSignature"),
            (lambda posted: sealed(reply_to(posted), Nonce="1"), "MsgSignature"),
            (lambda posted: sealed(reply_to(posted), Nonce=""), "Nonce missing"),
            (lambda posted: sealed("success"), "not an <xml>"),
        ],
    )
    def test_safe_mode_is_strict(
        self, webhook: Any, rehearse: Rehearse, answer: Callable[[Any], bytes], why: str
    ) -> None:
        webhook.answer = lambda posted: (200, answer(posted))
        delivery = rehearse("safe")["li-min"].send({"MsgType": "text", "Content": "帮助"})
        assert why in delivery.fault

    def test_another_accounts_envelope(self, webhook: Any, rehearse: Rehearse) -> None:
        def answer(posted: Any) -> tuple[int, bytes]:
            parts = {
                "Encrypt": Envelope("B" * 43, APPID).seal(reply_to(posted)),
                "TimeStamp": "1",
                "Nonce": "2",
            }
            return 200, element(parts | {"MsgSignature": sign(TOKEN, *parts.values())}).encode()

        webhook.answer = answer
        delivery = rehearse("safe")["li-min"].send({"MsgType": "text", "Content": "帮助"})
        assert delivery.fault.startswith("unreadable")

    def test_one_article(self, webhook: Any, rehearse: Rehearse) -> None:
        def news(posted: Any, count: int) -> bytes:
            item = "<item><Title>开赛</Title><Description>10点</Description><Url>https://example.org</Url></item>"
            articles = f"<ArticleCount>{count}</ArticleCount><Articles>{item * count}</Articles></xml>"
            return reply_to(posted, MsgType="news").replace("</xml>", articles).encode()

        person = rehearse("plain")["li-min"]
        webhook.answer = lambda posted: (200, news(posted, 1))
        assert person.say("活动") == "开赛\n10点\nhttps://example.org"
        webhook.answer = lambda posted: (200, news(posted, 2))
        assert person.say("活动") == FAULT_BANNER


class TestPeople:
    def test_who_left_sees_no_reply(self, webhook: Any, rehearse: Rehearse) -> None:
        webhook.answer = lambda posted: (200, sealed(reply_to(posted, Content="再见")))
        person = rehearse("safe")["li-min"]
        person.unfollow()
        assert [(entry.kind, entry.text) for entry in person.transcript] == [("event", "取消了关注")]

    def test_a_menu_link_is_tapped(self, webhook: Any, rehearse: Rehearse) -> None:
        link = '<a href="weixin://bizmsgmenu?msgmenucontent=我的队伍&msgmenuid=101">看队伍</a>'
        webhook.answer = lambda posted: (200, sealed(reply_to(posted, Content=f"已登记。{link}")))
        person = rehearse("safe")["li-min"]
        person.say("组队")
        person.tap_link("看队伍")
        sent = fields_of(webhook.received[-1])
        assert (sent["Content"], sent["bizmsgmenuid"]) == ("我的队伍", "101")
        with pytest.raises(LookupError):
            person.tap_link("没有的")

    def test_what_opens_which_window(self, webhook: Any, rehearse: Rehearse) -> None:
        people = rehearse("safe")
        actions: dict[str, Callable[[Any], object]] = {
            "say": lambda person: person.say("好"),
            "voice": lambda person: person.voice(),
            "tap": lambda person: person.tap("MENU"),
            "scan": lambda person: person.scan("team-0012"),
            "follow": lambda person: person.follow(),
            "link": lambda person: person.send({"MsgType": "text", "Content": "好", "bizmsgmenuid": "1"}),
        }
        for name, act in actions.items():
            act(people[name])
        assert {name: self.budget(people, name) for name in actions} == {
            "say": 5,
            "voice": 5,
            "tap": 3,
            "scan": 3,
            "follow": 3,
            "link": 3,
        }

    def budget(self, people: Rehearsal, name: str) -> int:
        """How many pushes this person can get now."""
        sent = 0
        while sent < 10:
            try:
                people.platform.push(people[name].openid, Shown(f"第{sent + 1}条"))
            except ApiError:
                break
            sent += 1
        assert len(people[name].pushes) == sent
        return sent

    def test_names_and_openids(self, rehearse: Rehearse) -> None:
        people = rehearse("safe")
        assert people["li-min"] is people["li-min"]
        assert people["li-min"].openid == rehearse("plain")["li-min"].openid
        assert len(people["li-min"].openid) == 28
        assert people.introduce("zhao", "赵老师").name == people["zhao"].name == "赵老师"
        assert [person.name for person in people] == ["li-min", "赵老师"]
