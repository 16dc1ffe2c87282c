"""The API clients against a transport that answers as told, mounted on their own sessions."""

import json
import logging
import socket
import traceback
from datetime import timedelta

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError, ReadTimeoutError

from bot.wechat.media import Media
from bot.wechat.messages import Messages
from bot.wechat.robots import GroupRobotApi
from scheduler.channels import Park, Retry, Skip, Unknown
from storage.database import StorageUnavailable
from storage.keys import Keys
from storage.tokens import TokenStore
from tests.wechat.fake_api import APPID, KEY, OK, OPENID, SECRET, Api, robot_api


@pytest.fixture
def wechat(database):
    return Api(database)


@pytest.fixture
def transport(wechat):
    return wechat.transport


@pytest.fixture
def api(wechat):
    return Messages(wechat.client, Media(wechat.client))


@pytest.fixture
def robot(transport):
    return robot_api(transport)


def unreachable():
    cause = NewConnectionError(None, f"refused access_token=token-1 {SECRET}")
    return requests.ConnectionError(MaxRetryError(None, f"/?access_token=token-1&key={KEY}", cause))


def reset():
    return requests.ConnectionError(ProtocolError(f"reset access_token=token-1 key={KEY}"))


def test_a_text_goes_out_unescaped_with_the_shared_token(api, transport):
    api.send_text(OPENID, "战报 🎉\x00\ud800")
    (request,) = transport.asked
    assert request.url == "https://api.example/cgi-bin/message/custom/send?access_token=token-1"
    assert "战报 🎉".encode() in request.body
    assert json.loads(request.body) == {"touser": OPENID, "msgtype": "text", "text": {"content": "战报 🎉"}}
    api.send_text(OPENID, "又一条")
    assert transport.granted == 1


def test_the_secret_travels_in_the_body_of_the_stable_token_call(api, transport):
    api.send_text(OPENID, "战报")
    (call,) = transport.token_calls
    assert (call.method, call.url) == ("POST", "https://api.example/cgi-bin/stable_token")
    assert call.json == {"grant_type": "client_credential", "appid": APPID, "secret": SECRET, "force_refresh": False}


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_stale_token_is_renewed_once_and_the_call_repeated_once(api, transport, code):
    transport.answers = [{"errcode": code, "errmsg": "stale"}, OK]
    api.send_text(OPENID, "战报")
    assert [r.url.split("=")[1] for r in transport.asked] == ["token-1", "token-2"]


def test_a_token_that_stays_stale_parks_the_channel(api, transport):
    transport.answers = [{"errcode": 40001, "errmsg": "stale"}] * 10
    with pytest.raises(Park, match="the next one too") as caught:
        api.send_text(OPENID, "战报")
    assert (len(transport.asked), transport.granted) == (2, 2)
    assert caught.value.until is not None, "whoever waits is tried again"
    assert "another server" in caught.value.mend


def test_the_same_token_given_again_is_not_tried_again(api, transport):
    transport.token_answer = {"access_token": "always-the-same", "expires_in": 7200}
    transport.answers = [{"errcode": 40001, "errmsg": "stale"}] * 10
    with pytest.raises(Park, match="rejects the access token"):
        api.send_text(OPENID, "战报")
    assert (len(transport.asked), transport.granted) == (1, 2)


@pytest.mark.parametrize("code", [45015, 45047, 43004, 43019, 48002, 40003, 50005, 45002, 44004])
def test_codes_that_skip_this_person_or_text(api, transport, code):
    transport.answers = [{"errcode": code, "errmsg": "no rid: 1-2-3"}]
    with pytest.raises(Skip, match="rid: 1-2-3") as caught:
        api.send_text(OPENID, "战报")
    assert caught.value.code == code


@pytest.mark.parametrize(("code", "seconds"), [(-1, 2), (-1000, 2), (45011, 60)])
def test_codes_to_retry(api, transport, code, seconds):
    transport.answers = [{"errcode": code, "errmsg": "busy"}]
    with pytest.raises(Retry) as caught:
        api.send_text(OPENID, "战报")
    assert (caught.value.code, caught.value.after_seconds) == (code, seconds)
    assert len(transport.asked) == 1


@pytest.mark.parametrize("code", [48001, 48004, 40013, 99999])
def test_codes_that_park_until_mended_unknown_ones_included(api, transport, code):
    transport.answers = [{"errcode": code, "errmsg": "the raw text"}]
    with pytest.raises(Park, match="the raw text") as caught:
        api.send_text(OPENID, "战报")
    assert (caught.value.code, caught.value.until) == (code, None)


def test_a_used_up_day_parks_until_midnight_in_china(api, transport):
    transport.answers = [{"errcode": 45009, "errmsg": "reach max api daily quota limit"}]
    with pytest.raises(Park) as caught:
        api.send_text(OPENID, "战报")
    until = caught.value.until
    assert (until.hour, until.minute, until.second, until.utcoffset()) == (0, 0, 0, timedelta(hours=8))


def test_an_address_not_whitelisted_is_named(api, transport):
    transport.token_answer = {"errcode": 40164, "errmsg": "invalid ip 203.0.113.7, not in whitelist rid: 1"}
    with pytest.raises(Park, match=r"203\.0\.113\.7") as caught:
        api.send_text(OPENID, "战报")
    assert caught.value.code == 40164
    assert caught.value.until is not None
    assert transport.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        *(requests.ReadTimeout, requests.ConnectionError, requests.exceptions.ChunkedEncodingError),
        *(reset(), requests.ConnectionError(ReadTimeoutError(None, "/", "late"))),
        *(200, 302, 500, 502, 504),
    ],
)
def test_no_answer_after_the_request_went_out_is_unknown(api, robot, transport, answer):
    for send in (lambda: api.send_text(OPENID, "战报"), lambda: robot.send_text(KEY, "战报")):
        transport.answers = [answer]
        with pytest.raises(Unknown):
            send()
    assert len(transport.asked) == 2


@pytest.mark.parametrize("answer", [requests.ConnectTimeout, unreachable(), 429, 503])
def test_what_was_not_sent_is_retried(api, robot, transport, answer):
    for send in (lambda: api.send_text(OPENID, "战报"), lambda: robot.send_text(KEY, "战报")):
        transport.answers = [answer]
        with pytest.raises(Retry):
            send()


@pytest.mark.parametrize(
    "answer",
    [requests.ReadTimeout, reset(), 500, 200, {}, {"access_token": 5}, {"errcode": -1, "errmsg": "busy"}],
)
def test_without_a_token_nothing_was_sent(api, transport, answer):
    transport.token_answer = answer or {"expires_in": 1}
    with pytest.raises(Park, match="no access token") as caught:
        api.send_text(OPENID, "战报")
    assert transport.asked == []
    assert caught.value.until is not None, "everybody waits for the next try"
    assert caught.value.mend == "", "one that failed is no alarm yet"


def test_a_refused_port_is_known_not_to_have_been_reached():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(Retry):
            GroupRobotApi(f"http://127.0.0.1:{port}").send_text(KEY, "战报")


def test_the_robot_posts_to_its_webhook(robot, transport):
    robot.send_text(KEY, "战报 🎉")
    (request,) = transport.asked
    assert request.url == f"https://robot.example/cgi-bin/webhook/send?key={KEY}"
    assert json.loads(request.body) == {"msgtype": "text", "text": {"content": "战报 🎉"}}
    assert "战报 🎉".encode() in request.body


@pytest.mark.parametrize(
    ("code", "outcome"),
    [(45009, Retry), (45033, Retry), (-1, Retry), (93000, Park), (12345, Park), (45002, Skip), (40058, Skip)],
)
def test_the_robots_own_codes(robot, transport, code, outcome):
    transport.answers = [{"errcode": code, "errmsg": "text"}]
    with pytest.raises(outcome, match="text") as caught:
        robot.send_text(KEY, "战报")
    assert caught.value.code == code
    assert getattr(caught.value, "after_seconds", 60 if code != -1 else 2) in {2, 60}


@pytest.mark.parametrize(
    "answer",
    [
        *(requests.ReadTimeout, reset(), unreachable(), 500, 404, 302, 200),
        {"errcode": 48001, "errmsg": f"echoes {SECRET} and token-1"},
        {"errcode": 48001, "errmsg": f"echoes {KEY}"},
    ],
)
def test_no_failure_and_no_log_shows_a_secret(api, robot, transport, caplog, answer):
    caplog.set_level(logging.DEBUG)
    echoed_key = isinstance(answer, dict) and KEY in answer["errmsg"]
    echoed_token = isinstance(answer, dict) and not echoed_key
    sends = [] if echoed_key else [lambda: api.send_text(OPENID, "战报")]
    sends += [] if echoed_token else [lambda: robot.send_text(KEY, "战报")]
    told = ""
    for send in sends:
        transport.answers = [answer]
        with pytest.raises((Skip, Retry, Park, Unknown)) as caught:
            send()
        error = caught.value
        while error is not None:
            told += repr(error) + str(vars(error)) + "".join(traceback.format_exception(error))
            error = error.__context__
    assert told
    for secret in (SECRET, KEY, OPENID, "access_token=token"):
        assert secret not in told
        assert secret not in caplog.text
    assert not (echoed_token and "token-1" in told)


def test_urllib3_never_logs_addresses(caplog):
    logging.getLogger().setLevel(logging.DEBUG)
    for name in ("connectionpool", "connection", "util.retry", "poolmanager"):
        assert not logging.getLogger(f"urllib3.{name}").isEnabledFor(logging.DEBUG)


def test_the_token_is_kept_for_all_processes(api, database, transport):
    api.send_text(OPENID, "战报")
    assert json.loads(database.get(Keys("yd").token(APPID)))["token"] == "token-1"


def test_without_the_shared_store_nothing_is_sent_and_it_is_tried_again(api, transport, monkeypatch):
    def away(*_):
        raise StorageUnavailable("Redis is away")

    for method in ("get", "invalidate"):
        transport.answers = [{"errcode": 42001, "errmsg": "expired"}]
        with monkeypatch.context() as patched:
            patched.setattr(TokenStore, method, away)
            with pytest.raises(Retry, match="Redis is away"):
                api.send_text(OPENID, "战报")
    assert len(transport.asked) == 1


@pytest.mark.parametrize("expires_in", [0, -5, "7200", None])
def test_a_token_without_a_life_is_none(api, transport, expires_in):
    transport.token_answer = {"access_token": "token", "expires_in": expires_in}
    with pytest.raises(Park, match="no access token"):
        api.send_text(OPENID, "战报")


def test_the_token_goes_to_no_other_host(wechat):
    """wechatpy knows a few whole addresses by heart."""
    wechat.client.get("https://elsewhere.example/cgi-bin/x")
    assert [asked.url.startswith("https://api.example/") for asked in wechat.transport.asked] == [True]
