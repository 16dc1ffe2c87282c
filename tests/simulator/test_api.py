"""The fake API answers every call, right or wrong, as the real one does: HTTP 200 and a code."""

import json
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from bot.simulator.api import create_platform_app
from bot.simulator.ledgers.windows import Trigger
from bot.simulator.platform import Platform, ScriptedFault
from bot.simulator.server import run_simulator

APPID = "wx0123456789abcdef"
CREDENTIALS = {"grant_type": "client_credential", "appid": APPID, "secret": "s" * 32}
OPENID = "oLiMin"
CUSTOM_SEND = "/cgi-bin/message/custom/send"
ROBOT_SEND = "/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture
def api(platform: Platform) -> FlaskClient:
    platform.introduce(OPENID, "李敏")
    return create_platform_app(platform).test_client()


def post(api: FlaskClient, path: str, body: object) -> dict[str, Any]:
    response = api.post(path, data=json.dumps(body, ensure_ascii=False).encode())
    assert response.status_code == 200
    assert response.content_type == "application/json; charset=utf-8"
    answer = response.get_json()
    assert isinstance(answer, dict)
    return answer


def fetch_token(api: FlaskClient, **more: object) -> str:
    return str(post(api, "/cgi-bin/stable_token", CREDENTIALS | more)["access_token"])


def text(content: str, openid: str = OPENID) -> dict[str, object]:
    return {"touser": openid, "msgtype": "text", "text": {"content": content}}


def send(api: FlaskClient, body: object, token: str | None = None) -> int:
    token = fetch_token(api) if token is None else token
    return int(post(api, f"{CUSTOM_SEND}?access_token={token}", body)["errcode"])


def post_robot(api: FlaskClient, body: object) -> int:
    return int(post(api, ROBOT_SEND, body)["errcode"])


class TestTokens:
    def test_the_same_until_five_minutes_before_the_end(self, api: FlaskClient, clock: Any) -> None:
        first = post(api, "/cgi-bin/stable_token", CREDENTIALS)
        assert first["expires_in"] == 7200
        clock.forward(seconds=6899)
        again = post(api, "/cgi-bin/stable_token", CREDENTIALS)
        assert again == {"access_token": first["access_token"], "expires_in": 301}
        clock.forward(seconds=1)
        renewed = post(api, "/cgi-bin/stable_token", CREDENTIALS)
        assert renewed["access_token"] != first["access_token"]
        assert renewed["expires_in"] == 7200

    def test_the_old_one_lives_to_its_own_end(self, api: FlaskClient, platform: Platform, clock: Any) -> None:
        platform.acted(OPENID, Trigger.MESSAGE)
        old = fetch_token(api)
        clock.forward(seconds=7000)
        new = fetch_token(api)
        assert send(api, text("旧"), old) == 0
        clock.forward(seconds=200)
        assert send(api, text("旧"), old) == 42001
        assert send(api, text("新"), new) == 0

    def test_a_forced_refresh_kills_but_not_twice_in_half_a_minute(self, api: FlaskClient, clock: Any) -> None:
        first = fetch_token(api)
        second = fetch_token(api, force_refresh=True)
        assert second != first
        assert send(api, text("好"), first) == 40001
        clock.forward(seconds=29)
        assert fetch_token(api, force_refresh=True) == second
        clock.forward(seconds=1)
        assert fetch_token(api, force_refresh=True) != second

    def test_the_twenty_first_forced_refresh_of_a_day(self, api: FlaskClient, clock: Any) -> None:
        for _ in range(20):
            fetch_token(api, force_refresh=True)
            clock.forward(minutes=1)
        answer = post(api, "/cgi-bin/stable_token", CREDENTIALS | {"force_refresh": True})
        assert answer["errcode"] == 45009

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"grant_type": "password"}, 40002),
            ({"appid": ""}, 41002),
            ({"secret": ""}, 41004),
            ({"appid": "wxffffffffffffffff"}, 40013),
            ({"secret": "wrong"}, 40125),
        ],
    )
    def test_wrong_credentials(self, api: FlaskClient, change: dict[str, str], code: int) -> None:
        assert post(api, "/cgi-bin/stable_token", CREDENTIALS | change)["errcode"] == code

    @pytest.mark.parametrize(("token", "code"), [("", 41001), ("short", 40014), ("x" * 136, 40001)])
    def test_wrong_tokens(self, api: FlaskClient, token: str, code: int) -> None:
        assert send(api, text("好"), token) == code


class TestCalls:
    @pytest.mark.parametrize("path", ["/cgi-bin/stable_token", CUSTOM_SEND, ROBOT_SEND])
    def test_the_verb_is_post(self, api: FlaskClient, path: str) -> None:
        response = api.get(path)
        assert (response.status_code, response.get_json()["errcode"]) == (200, 43002)

    @pytest.mark.parametrize(
        ("raw", "code"), [(b"", 44002), (b"{", 47001), (b"[]", 47001), ("{}".encode("utf-16"), 47001)]
    )
    def test_broken_bodies(self, api: FlaskClient, raw: bytes, code: int) -> None:
        custom = f"{CUSTOM_SEND}?access_token={fetch_token(api)}"
        for path in ("/cgi-bin/stable_token", custom, ROBOT_SEND):
            assert api.post(path, data=raw).get_json()["errcode"] == code

    def test_an_unknown_path(self, api: FlaskClient) -> None:
        assert post(api, "/cgi-bin/menu/fly", {})["errcode"] == 40066

    def test_every_refusal_has_a_request_id(self, api: FlaskClient) -> None:
        message = post(api, f"{CUSTOM_SEND}?access_token=", {})["errmsg"]
        assert message.startswith("access_token missing rid: ")


class TestCustomMessages:
    def test_five_after_a_message_for_48_hours(self, api: FlaskClient, platform: Platform, clock: Any) -> None:
        assert send(api, text("早")) == 45015
        platform.acted(OPENID, Trigger.MESSAGE)
        assert [send(api, text(f"第{n}条")) for n in range(6)] == [0, 0, 0, 0, 0, 45047]
        platform.acted(OPENID, Trigger.MESSAGE)
        clock.forward(hours=47, minutes=59)
        assert send(api, text("还来得及")) == 0
        clock.forward(minutes=1)
        assert send(api, text("晚了")) == 45015

    def test_three_after_a_click_for_a_minute(self, api: FlaskClient, platform: Platform, clock: Any) -> None:
        platform.acted(OPENID, Trigger.ACTION)
        assert [send(api, text("好")) for _ in range(4)] == [0, 0, 0, 45047]
        clock.forward(seconds=60)
        assert send(api, text("好")) == 45015

    def test_both_windows_add_up(self, api: FlaskClient, platform: Platform, clock: Any) -> None:
        platform.acted(OPENID, Trigger.MESSAGE)
        platform.acted(OPENID, Trigger.ACTION)
        assert [send(api, text("好")) for _ in range(9)] == [0] * 8 + [45047]
        platform.acted(OPENID, Trigger.ACTION)
        assert send(api, text("先用短的")) == 0
        clock.forward(seconds=60)
        assert send(api, text("长的已用完")) == 45047

    def test_nobody_who_left(self, api: FlaskClient, platform: Platform) -> None:
        platform.acted(OPENID, Trigger.MESSAGE)
        platform.unfollow(OPENID)
        assert send(api, text("回来吧")) == 45015

    def test_length_counts_bytes_and_a_refusal_costs_nothing(self, api: FlaskClient, platform: Platform) -> None:
        platform.acted(OPENID, Trigger.MESSAGE)
        fits = "好" * 682 + "ab"
        assert send(api, text(fits + "c")) == 45002
        assert [send(api, text(fits)) for _ in range(5)] == [0] * 5
        assert [entry.text for entry in platform.transcript(OPENID)] == [fits] * 5

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (text("好", openid="oStranger"), 40003),
            ({"msgtype": "text", "text": {"content": "好"}}, 40003),
            (text("  "), 44004),
            ({"touser": OPENID, "msgtype": "text"}, 44004),
            ({"touser": OPENID, "msgtype": "hologram", "hologram": {}}, 40008),
            ({"touser": OPENID, "msgtype": "news", "news": {"articles": [{}, {}]}}, 45008),
        ],
    )
    def test_what_is_refused(self, api: FlaskClient, platform: Platform, body: dict[str, object], code: int) -> None:
        platform.acted(OPENID, Trigger.MESSAGE)
        assert send(api, body) == code
        assert platform.entries() == []

    def test_escaped_characters_are_refused(self, api: FlaskClient, platform: Platform) -> None:
        platform.acted(OPENID, Trigger.MESSAGE)
        path = f"{CUSTOM_SEND}?access_token={fetch_token(api)}"
        escaped = api.post(path, data=json.dumps(text("好")).encode())
        assert escaped.get_json()["errcode"] == 40033
        assert send(api, text("路径 C:\\u4f60 与换行\n和控制符\x0b")) == 0


class TestGroupRobots:
    def test_twenty_within_any_minute(self, api: FlaskClient, platform: Platform, clock: Any) -> None:
        note = {"msgtype": "text", "text": {"content": "战报"}}
        assert [post_robot(api, note) for _ in range(10)] == [0] * 10
        clock.forward(seconds=30)
        assert [post_robot(api, note) for _ in range(11)] == [0] * 10 + [45009]
        clock.forward(seconds=30)
        assert [post_robot(api, note) for _ in range(11)] == [0] * 10 + [45009]
        assert len(platform.transcript("zhibanqun")) == 30

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"msgtype": "text", "text": {"content": ""}}, 44004),
            ({"msgtype": "text", "text": {"content": "好" * 683}}, 45002),
            ({"msgtype": "markdown", "markdown": {"content": "好" * 683}}, 0),
            ({"msgtype": "markdown", "markdown": {"content": "好" * 1366}}, 45002),
            ({"msgtype": "fax"}, 40008),
            ({}, 40008),
        ],
    )
    def test_bodies(self, api: FlaskClient, body: dict[str, object], code: int) -> None:
        assert post_robot(api, body) == code

    def test_escaped_characters_are_fine_here(self, api: FlaskClient, platform: Platform) -> None:
        api.post(ROBOT_SEND, json={"msgtype": "text", "text": {"content": "战报"}})
        assert platform.transcript("zhibanqun")[0].text == "战报"

    def test_a_wrong_key(self, api: FlaskClient) -> None:
        assert post(api, "/cgi-bin/webhook/send?key=gone", {"msgtype": "text"})["errcode"] == 93000


class TestScriptedFaults:
    def test_the_next_calls_of_one_path_fail(self, api: FlaskClient, platform: Platform) -> None:
        platform.acted(OPENID, Trigger.MESSAGE)
        fault = {"path": "message/custom/send", "errcode": -1, "times": 2}
        assert api.post("/__ctl", json=fault).status_code == 200
        assert [send(api, text("好")) for _ in range(3)] == [-1, -1, 0]

    def test_a_mistyped_fault_is_told(self, api: FlaskClient) -> None:
        assert api.post("/__ctl", json={"paht": "stable_token"}).status_code == 400

    def test_another_site_cannot_script(self, api: FlaskClient) -> None:
        fault = {"path": "stable_token", "errcode": -1}
        assert api.post("/__ctl", json=fault, headers={"Origin": "http://evil.example"}).status_code == 403
        assert api.post("/__ctl", data=json.dumps(fault)).status_code == 403
        assert fetch_token(api)

    def test_transcripts(self, api: FlaskClient, platform: Platform) -> None:
        platform.record(OPENID, "said", "帮助")
        shown = api.get("/__ctl/transcripts").get_json()
        assert shown["people"][0]["name"] == "李敏"
        assert shown["people"][0]["entries"][0]["text"] == "帮助"
        assert shown["robots"] == [{"name": "zhibanqun", "entries": []}]

    def test_a_reset_after_processing_hides_a_success(self, platform: Platform) -> None:
        platform.inject(ScriptedFault("webhook/send", reset=True))
        note = {"msgtype": "text", "text": {"content": "战报"}}
        with run_simulator(create_platform_app(platform)) as simulator, requests.Session() as session:
            with pytest.raises(requests.ConnectionError):
                session.post(simulator.url + ROBOT_SEND, json=note, timeout=5)
            assert len(platform.transcript("zhibanqun")) == 1
            assert session.post(simulator.url + ROBOT_SEND, json=note, timeout=5).json()["errcode"] == 0

    def test_latency(self, platform: Platform) -> None:
        platform.inject(ScriptedFault("webhook/send", latency=0.5))
        note = {"msgtype": "text", "text": {"content": "战报"}}
        with run_simulator(create_platform_app(platform)) as simulator, requests.Session() as session:
            with pytest.raises(requests.ReadTimeout):
                session.post(simulator.url + ROBOT_SEND, json=note, timeout=0.1)
            assert session.post(simulator.url + ROBOT_SEND, json=note, timeout=5).json()["errcode"] == 0


def test_a_taken_port_is_an_error(platform: Platform) -> None:
    with run_simulator(create_platform_app(platform)) as first, pytest.raises(OSError, match="in use"):
        run_simulator(create_platform_app(platform), port=int(first.url.rsplit(":", 1)[1]))
