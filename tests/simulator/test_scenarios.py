"""The named scenarios: what reaches the webhook in each, and how they are played from outside."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from bot.simulator.crypto import CryptoError, sign
from bot.simulator.forgeries import FORGERIES
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform
from bot.simulator.scenarios import BEYOND_DOUBLES, SCENARIOS
from bot.simulator.server import create_simulator_app, run_simulator
from tests.simulator.api_client import CREDENTIALS
from tests.simulator.reading import ENVELOPE, TOKEN, fields_of, reply_to, sealed

Rehearse = Callable[[str], Rehearsal]


@pytest.fixture
def people(rehearse: Rehearse, webhook: Any) -> Rehearsal:
    webhook.answer = lambda posted: (200, sealed(reply_to(posted)))
    return rehearse("safe")


def genuine(posted: Any) -> bool:
    """Whether a careful bot in safe mode would believe this request."""
    query = posted.query
    try:
        encrypted = (ElementTree.fromstring(posted.body).findtext("Encrypt") or "").strip()
        ENVELOPE.open(encrypted)
    except (ElementTree.ParseError, CryptoError):
        return False
    return bool(query.get("msg_signature") == sign(TOKEN, query["timestamp"], query["nonce"], encrypted))


AUTHENTIC = {"stale", "ahead", "megabyte", "repeated_argument", "dtd_bomb", "not_xml"}
"""Forgeries that are well signed: what is wrong with them is something else."""


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgeries(people: Rehearsal, webhook: Any, forgery: str) -> None:
    webhook.answer = lambda posted: (403, b"")
    (outcome,) = SCENARIOS[forgery](people["li-min"], "进度 3200元 45人次")
    assert (outcome.statuses, outcome.shown) == ((403,), "")
    (posted,) = webhook.received
    assert genuine(posted) == (forgery in AUTHENTIC)
    assert people["li-min"].transcript == []


class TestWhatIsWrong:
    def posted(self, people: Rehearsal, webhook: Any, scenario: str) -> Any:
        webhook.answer = lambda posted: (403, b"")
        SCENARIOS[scenario](people["li-min"], "帮助")
        return webhook.received[-1]

    def test_times(self, people: Rehearsal, webhook: Any) -> None:
        now = int(self.posted(people, webhook, "unsigned").query["timestamp"])
        apart = [int(self.posted(people, webhook, name).query["timestamp"]) - now for name in ("stale", "ahead")]
        assert -602 <= apart[0] <= -598
        assert 598 <= apart[1] <= 602

    def test_sizes_and_bombs(self, people: Rehearsal, webhook: Any) -> None:
        assert len(self.posted(people, webhook, "megabyte").body) > 1024 * 1024
        assert b"<!DOCTYPE" in self.posted(people, webhook, "outer_dtd_bomb").body
        bomb = self.posted(people, webhook, "dtd_bomb")
        inner = ENVELOPE.open(ElementTree.fromstring(bomb.body).findtext("Encrypt") or "")
        assert inner.startswith("<!DOCTYPE")
        assert "&i;" in inner
        assert self.posted(people, webhook, "empty_body").body == b""

    def test_signatures(self, people: Rehearsal, webhook: Any) -> None:
        assert "signature" not in self.posted(people, webhook, "unsigned").query
        downgraded = self.posted(people, webhook, "downgraded")
        query = downgraded.query
        assert query["signature"] == sign(TOKEN, query["timestamp"], query["nonce"])
        assert b"<Encrypt>" not in downgraded.body
        assert "encrypt_type" not in query


GENUINE = {
    "skewed_clock": "收到：帮助",
    "spaced_ciphertext": "收到：帮助",
    "cdata_end": "收到：帮助]]></Content><Content>",
    "emoji": "收到：帮助🎉👩‍👩‍👧",
    "long_id": "收到：帮助",
    "unknown_type": "收到：帮助",
    "unknown_event": "",
    "empty_content": "收到：",
    "from_article": "收到：帮助",
    "unsupported": "收到：【收到不支持的消息类型，暂无法显示】",
}


@pytest.mark.parametrize("scenario", GENUINE)
def test_genuine_though_unusual(people: Rehearsal, webhook: Any, scenario: str) -> None:
    (outcome,) = SCENARIOS[scenario](people["li-min"], "帮助")
    assert (outcome.statuses, outcome.shown, outcome.fault) == ((200,), GENUINE[scenario], "")
    assert genuine(webhook.received[0])


class TestSeveralMessages:
    def test_duplicates(self, people: Rehearsal, webhook: Any) -> None:
        for scenario in ("duplicate", "overlapping"):
            outcomes = SCENARIOS[scenario](people["li-min"], "帮助")
            assert [outcome.shown for outcome in outcomes] == ["收到：帮助"] * 3
        assert len({fields_of(posted)["MsgId"] for posted in webhook.received}) == 2

    def test_order_and_time(self, people: Rehearsal, webhook: Any) -> None:
        SCENARIOS["out_of_order"](people["li-min"], "我的队伍")
        late, early = [fields_of(posted) for posted in webhook.received]
        assert int(late["CreateTime"]) - int(early["CreateTime"]) == 3
        SCENARIOS["same_second"](people["li-min"], "RANK")
        one, two = [fields_of(posted) for posted in webhook.received[2:]]
        assert (one["CreateTime"], one["FromUserName"]) == (two["CreateTime"], two["FromUserName"])
        assert one["EventKey"] != two["EventKey"]

    def test_a_replay_is_to_the_letter(self, people: Rehearsal, webhook: Any) -> None:
        outcomes = SCENARIOS["replayed"](people["li-min"], "帮助")
        first, second = webhook.received
        assert (first.query, first.body) == (second.query, second.body)
        assert [outcome.shown for outcome in outcomes] == ["收到：帮助", ""]

    def test_a_number_beyond_doubles(self, people: Rehearsal, webhook: Any) -> None:
        SCENARIOS["long_id"](people["li-min"], "帮助")
        assert fields_of(webhook.received[0])["MsgId"] == str(BEYOND_DOUBLES)
        assert float(BEYOND_DOUBLES) != BEYOND_DOUBLES

    def test_nothing_to_replay(self, people: Rehearsal) -> None:
        with pytest.raises(LookupError):
            people["li-min"].replay()


class TestControl:
    @pytest.fixture
    def http(self, people: Rehearsal) -> FlaskClient:
        return create_simulator_app(people).test_client()

    def test_playing(self, http: FlaskClient, people: Rehearsal) -> None:
        assert set(http.get("/__ctl/scenarios").get_json()["scenarios"]) == set(SCENARIOS)
        played = http.post("/__ctl/play", json={"person": "li-min", "scenario": "emoji", "text": "好"}).get_json()
        assert played == {"ok": True, "outcomes": [{"statuses": [200], "shown": "收到：好🎉👩‍👩‍👧", "fault": ""}]}

    def test_any_message(self, http: FlaskClient, webhook: Any) -> None:
        fields = {
            "MsgType": "event",
            "Event": "pic_weixin",
            "EventKey": "P",
            "SendPicsInfo": {"Count": 0, "PicList": []},
        }
        sent = http.post("/__ctl/send", json={"person": "li-min", "fields": fields}).get_json()
        assert sent["outcomes"][0]["statuses"] == [200]
        assert fields_of(webhook.received[0])["Event"] == "pic_weixin"

    def test_what_is_due(self, http: FlaskClient, people: Rehearsal, clock: Any) -> None:
        template = http.post("/__ctl/template", json={"title": "通知", "keywords": [["thing1", "甲"]]}).get_json()
        assert people.platform.templates.find(template["template_id"]).title == "通知"
        assert http.post("/__ctl/due", json={}).get_json() == {"ok": True, "delivered": 0}

    @pytest.mark.parametrize(
        ("order", "given"),
        [
            ("", {"paht": "stable_token"}),
            ("", ["stable_token"]),
            ("/account", {"kind": "royal"}),
            ("/account", {"secret": "mine"}),
            ("/account", {"escapes": "loved"}),
            ("/quota", {"path": "nothing", "used": 1}),
            ("/quota", {"path": "token", "used": "many"}),
            ("/verdict", {"job": "coffee", "status": "cold"}),
            ("/template", {"title": "通知"}),
            ("/play", {"person": "li-min", "scenario": "moonwalk"}),
            ("/send", {"person": "li-min", "fields": {"MsgType": None}}),
            ("/send", {"person": "li-min", "fields": {"MsgType": "text", "Content": [1]}}),
            ("/send", {"person": "li-min", "fields": {}}),
        ],
    )
    def test_mistakes_are_told(self, http: FlaskClient, order: str, given: object) -> None:
        answer = http.post(f"/__ctl{order}", json=given)
        assert answer.status_code == 400
        assert answer.get_json()["error"]

    @pytest.mark.parametrize("order", ["", "/account", "/revoke_tokens", "/play"])
    def test_other_sites_cannot_steer(self, http: FlaskClient, order: str) -> None:
        assert http.post(f"/__ctl{order}", json={}, headers={"Origin": "http://evil.example"}).status_code == 403
        assert http.post(f"/__ctl{order}", data="{}").status_code == 403

    def test_late_and_warnings(self, http: FlaskClient, people: Rehearsal) -> None:
        people.platform.warn("careful")
        assert http.get("/__ctl/warnings").get_json() == {"warnings": ["careful"]}
        assert http.get("/__ctl/late").get_json() == {"late": []}


class TestFaultsOnTheWay:
    def test_a_gateway_page_is_not_processed(self, rehearse: Rehearse, platform: Platform) -> None:
        http = create_simulator_app(rehearse("safe")).test_client()
        http.post("/__ctl", json={"path": "webhook/send", "status": 502})
        note = {"msgtype": "text", "text": {"content": "战报"}}
        url = "/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
        failed = http.post(url, json=note)
        assert (failed.status_code, failed.mimetype) == (502, "text/html")
        assert platform.transcript("zhibanqun") == []
        assert http.post(url, json=note).get_json()["errcode"] == 0

    def test_half_an_answer_was_processed(self, rehearse: Rehearse, platform: Platform) -> None:
        http = create_simulator_app(rehearse("safe")).test_client()
        http.post("/__ctl", json={"path": "stable_token", "truncated": True})
        half = http.post("/cgi-bin/stable_token", json=CREDENTIALS)
        with pytest.raises(json.JSONDecodeError):
            json.loads(half.data)
        assert half.data[:18] == b'{"access_token": "'

    def test_over_a_real_connection(self, people: Rehearsal) -> None:
        with run_simulator(create_simulator_app(people)) as simulator:
            fault = {"path": "stable_token", "errcode": 45011}
            assert requests.post(f"{simulator.url}/__ctl", json=fault, timeout=5).json() == {"ok": True}
            answers = [
                requests.post(f"{simulator.url}/cgi-bin/stable_token", json=CREDENTIALS, timeout=5).json()
                for _ in range(2)
            ]
        assert answers[0]["errcode"] == 45011
        assert answers[1]["expires_in"] == 7200
