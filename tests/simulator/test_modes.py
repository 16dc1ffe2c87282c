"""Compatible mode, JSON pushes, repeated and late deliveries, and the check of the address."""

import json
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import pytest

from bot.simulator.api import create_platform_app
from bot.simulator.crypto import sign
from bot.simulator.packets import Manner
from bot.simulator.people import Rehearsal
from bot.simulator.platform import FAULT_BANNER, Platform
from bot.simulator.push import MessageServer
from bot.simulator.server import create_simulator_app, run_simulator
from tests.simulator.api_client import Api
from tests.simulator.conftest import AES_KEY
from tests.simulator.reading import APPID, ENVELOPE, TOKEN, fields_of, reply_to, sealed

Rehearse = Callable[[str], Rehearsal]
HELP = {"MsgType": "text", "Content": "帮助"}


class TestCompatibleMode:
    def test_both_bodies(self, webhook: Any, rehearse: Rehearse) -> None:
        rehearse("compatible")["li-min"].say("帮助")
        (posted,) = webhook.received
        outer = ElementTree.fromstring(posted.body)
        assert outer.findtext("Content") == "帮助"
        assert {child.tag: child.text for child in outer if child.tag != "Encrypt"} == fields_of(posted)
        encrypted = outer.findtext("Encrypt") or ""
        query = posted.query
        assert query["msg_signature"] == sign(TOKEN, query["timestamp"], query["nonce"], encrypted)

    def test_either_answer(self, webhook: Any, rehearse: Rehearse) -> None:
        person = rehearse("compatible")["li-min"]
        webhook.answer = lambda posted: (200, sealed(reply_to(posted)))
        assert person.say("帮助") == "收到：帮助"
        webhook.answer = lambda posted: (200, reply_to(posted).encode())
        assert person.say("帮助") == "收到：帮助"
        webhook.answer = lambda posted: (200, sealed(reply_to(posted), MsgSignature="0" * 40))
        assert person.say("帮助") == FAULT_BANNER


class TestJson:
    @pytest.mark.parametrize("mode", ["safe", "plain"])
    def test_a_json_push_and_a_json_answer(self, webhook: Any, rehearse: Rehearse, mode: str) -> None:
        def answer(posted: Any) -> tuple[int, bytes]:
            body = json.loads(posted.body)
            asked = json.loads(ENVELOPE.open(body["Encrypt"])) if mode == "safe" else body
            reply = {
                "ToUserName": asked["FromUserName"],
                "FromUserName": asked["ToUserName"],
                "CreateTime": 1714112445,
                "MsgType": "text",
                "Content": f"收到：{asked['Content']}",
            }
            text = json.dumps(reply)
            if mode == "plain":
                return 200, text.encode()
            parts = {"Encrypt": ENVELOPE.seal(text), "TimeStamp": 1714112445, "Nonce": "415670741"}
            signature = sign(TOKEN, *map(str, parts.values()))
            return 200, json.dumps(parts | {"MsgSignature": signature}).encode()

        webhook.answer = answer
        delivery = rehearse(mode)["li-min"].send(HELP, Manner(form="json"))
        assert (delivery.reply, delivery.fault) == ("收到：帮助", "")
        assert webhook.received[0].headers["Content-Type"] == "application/json"

    def test_to_an_xml_push_json_is_no_answer(self, webhook: Any, rehearse: Rehearse) -> None:
        webhook.answer = lambda posted: (200, b'{"MsgType": "text"}')
        assert rehearse("plain")["li-min"].say("帮助") == FAULT_BANNER


class TestPictures:
    @pytest.mark.parametrize(("known", "shown"), [(True, "[图片]"), (False, FAULT_BANNER)])
    def test_a_reply_with_a_picture(
        self, webhook: Any, rehearse: Rehearse, platform: Platform, known: bool, shown: str
    ) -> None:
        media_id = platform.media.keep("image", b"x", "a.png") if known else "gone"

        def answer(posted: Any) -> tuple[int, bytes]:
            image = f"<Image><MediaId>{media_id}</MediaId></Image></xml>"
            return 200, reply_to(posted, MsgType="image").replace("</xml>", image).encode()

        webhook.answer = answer
        assert rehearse("plain")["li-min"].say("二维码") == shown

    def test_an_expired_one(self, webhook: Any, rehearse: Rehearse, platform: Platform, clock: Any) -> None:
        media_id = platform.media.keep("image", b"x", "a.png")
        image = f"<Image><MediaId>{media_id}</MediaId></Image></xml>"
        webhook.answer = lambda posted: (200, reply_to(posted, MsgType="image").replace("</xml>", image).encode())
        clock.forward(days=3)
        assert rehearse("plain")["li-min"].say("二维码") == FAULT_BANNER


class TestRepetition:
    def server(self, webhook: Any, platform: Platform, **more: Any) -> Rehearsal:
        return Rehearsal(MessageServer(webhook.url, TOKEN, APPID, AES_KEY, "safe", platform, deadline=0.3, **more))

    @pytest.mark.parametrize(("repeats", "different"), [("signed anew", 3), ("to the letter", 1)])
    def test_how_it_is_signed(self, webhook: Any, platform: Platform, repeats: Any, different: int) -> None:
        webhook.answer = lambda posted: (500, b"")
        self.server(webhook, platform, repeats=repeats)["li-min"].say("帮助")
        assert len({posted.query["nonce"] for posted in webhook.received}) == different
        assert len({posted.body for posted in webhook.received}) == different
        assert len({fields_of(posted)["MsgId"] for posted in webhook.received}) == 1

    def test_a_late_answer_is_logged(self, webhook: Any, platform: Platform) -> None:
        people = self.server(webhook, platform)
        released = threading.Event()

        def answer(posted: Any) -> tuple[int, bytes]:
            if len(webhook.received) == 1:
                released.wait(5)
            return 200, sealed(reply_to(posted))

        webhook.answer = answer
        assert people["li-min"].say("帮助") == "收到：帮助"
        assert people.server.late == []
        released.set()
        give_up = time.monotonic() + 2
        while not people.server.late and time.monotonic() < give_up:
            time.sleep(0.01)
        (late,) = people.server.late
        assert late.fields["Content"] == "帮助"
        assert late.attempt.status == 200
        assert [entry.kind for entry in people["li-min"].transcript] == ["said", "reply"]


class TestTheAddress:
    @pytest.mark.parametrize(("before", "after", "good"), [("", "", True), ("", "\n", False), ('"', '"', False)])
    def test_the_echo_must_be_exact(
        self, webhook: Any, rehearse: Rehearse, before: str, after: str, good: bool
    ) -> None:
        def answer(posted: Any) -> tuple[int, bytes]:
            query = posted.query
            assert query["signature"] == sign(TOKEN, query["timestamp"], query["nonce"])
            return 200, f"{before}{query['echostr']}{after}".encode()

        webhook.answer = answer
        assert rehearse("safe").server.verify_address() == good

    def test_nobody_there(self, webhook: Any, rehearse: Rehearse) -> None:
        webhook.url = "http://127.0.0.1:9/wechat"
        assert not rehearse("safe").server.verify_address()


class TestWhatIsToldLater:
    def sent(self, people: Rehearsal) -> None:
        """A template message that was accepted."""
        platform = people.platform
        template = platform.templates.add("通知", (("thing1", "单位名称"), ("time3", "报名时间")))
        api = Api(create_platform_app(platform).test_client(), platform)
        body = {"touser": people["li-min"].openid, "template_id": template, "data": {}}
        assert api.code("cgi-bin/message/template/send", body) == 0

    def test_on_the_virtual_clock(self, webhook: Any, rehearse: Rehearse, clock: Any) -> None:
        people = rehearse("safe")
        self.sent(people)
        assert people.server.deliver_due() == []
        clock.forward(seconds=1)
        (delivery,) = people.server.deliver_due()
        assert delivery.fields["Event"] == "TEMPLATESENDJOBFINISH"
        fields = fields_of(webhook.received[0])
        assert (fields["Status"], fields["FromUserName"]) == ("success", people["li-min"].openid)
        assert people.server.deliver_due() == []
        assert [entry.kind for entry in people["li-min"].transcript] == ["push"]

    def test_by_itself_while_it_runs(self, webhook: Any, rehearse: Rehearse, clock: Any) -> None:
        people = rehearse("safe")
        with run_simulator(create_simulator_app(people)):
            self.sent(people)
            clock.forward(seconds=1)
            give_up = time.monotonic() + 2
            while not webhook.received and time.monotonic() < give_up:
                time.sleep(0.01)
        assert fields_of(webhook.received[0])["Event"] == "TEMPLATESENDJOBFINISH"
