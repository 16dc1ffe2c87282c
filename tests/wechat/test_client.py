"""The API clients against a transport that answers as told, mounted on their own sessions."""

import json
import logging
import socket
import traceback
from datetime import timedelta

import pytest
import requests
from requests.adapters import BaseAdapter
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError, ReadTimeoutError

from bot.wechat.client import TIMEOUT, GroupRobotApi, WeChatApi
from scheduler.channels import Park, Retry, Skip, Unknown
from storage.tokens import TokenStore, token_key

APPID, SECRET, KEY = "wx1", "the-app-secret", "the-robot-key"
OPENID = "oSOMEBODY"
OK = {"errcode": 0, "errmsg": "ok"}


class Transport(BaseAdapter):
    """Answers with the next of `answers`: a dict as JSON, an int as a status, bytes as a body, or raises."""

    def __init__(self):
        super().__init__()
        self.requests, self.answers, self.granted = [], [], 0
        self.token_answer = None

    def send(self, request, timeout=None, **_):
        assert timeout == TIMEOUT
        if request.url.endswith("/stable_token"):
            self.granted += 1
            grant = {"access_token": f"token-{self.granted}", "expires_in": 7200}
            return self._response(request, self.token_answer or grant)
        self.requests.append(request)
        return self._response(request, self.answers.pop(0) if self.answers else OK)

    def _response(self, request, answer):
        if isinstance(answer, type):
            raise answer(f"no answer to {request.url} {request.body}", request=request)
        if isinstance(answer, Exception):
            answer.request = request
            raise answer
        response = requests.Response()
        response.request, response.url = request, request.url
        response.status_code = answer if isinstance(answer, int) else 200
        if response.status_code == 302:
            response.headers["Location"] = "https://elsewhere.example/"
        response._content = json.dumps(answer).encode() if isinstance(answer, dict) else b"<html>"
        return response

    def close(self):
        pass


@pytest.fixture
def transport():
    return Transport()


@pytest.fixture
def api(database, transport):
    client = WeChatApi(APPID, SECRET, TokenStore(database, "yd", APPID), "https://api.example")
    client._client._http.mount("https://", transport)
    return client


@pytest.fixture
def robot(transport):
    client = GroupRobotApi("https://robot.example/")
    client._http.mount("https://", transport)
    return client


def unreachable():
    cause = NewConnectionError(None, f"refused access_token=token-1 {SECRET}")
    return requests.ConnectionError(MaxRetryError(None, f"/?access_token=token-1&key={KEY}", cause))


def reset():
    return requests.ConnectionError(ProtocolError(f"reset access_token=token-1 key={KEY}"))


def test_a_text_goes_out_unescaped_with_the_shared_token(api, transport):
    api.send_text(OPENID, "战报 🎉\x00\ud800")
    (request,) = transport.requests
    assert request.url == "https://api.example/cgi-bin/message/custom/send?access_token=token-1"
    assert "战报 🎉".encode() in request.body
    assert json.loads(request.body) == {"touser": OPENID, "msgtype": "text", "text": {"content": "战报 🎉"}}
    api.send_text(OPENID, "又一条")
    assert transport.granted == 1


def test_the_secret_travels_in_the_body_of_the_stable_token_call(api, transport):
    seen = []
    send = transport.send
    transport.send = lambda request, **how: seen.append(request) or send(request, **how)
    api._client._http.mount("https://", transport)
    api.send_text(OPENID, "战报")
    assert seen[0].url == "https://api.example/cgi-bin/stable_token"
    assert json.loads(seen[0].body) == {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_stale_token_is_renewed_once_and_the_call_repeated_once(api, transport, code):
    transport.answers = [{"errcode": code, "errmsg": "stale"}, OK]
    api.send_text(OPENID, "战报")
    assert [r.url.split("=")[1] for r in transport.requests] == ["token-1", "token-2"]


def test_a_token_that_stays_stale_parks_the_channel(api, transport):
    transport.answers = [{"errcode": 40001, "errmsg": "stale"}] * 10
    with pytest.raises(Park):
        api.send_text(OPENID, "战报")
    assert (len(transport.requests), transport.granted) == (2, 2)


def test_the_same_token_given_again_is_not_tried_again(api, transport):
    transport.token_answer = {"access_token": "always-the-same", "expires_in": 7200}
    transport.answers = [{"errcode": 40001, "errmsg": "stale"}] * 10
    with pytest.raises(Park, match="appid"):
        api.send_text(OPENID, "战报")
    assert (len(transport.requests), transport.granted) == (1, 2)


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
    assert len(transport.requests) == 1


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
    assert transport.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        *(requests.ReadTimeout, requests.ConnectionError, requests.exceptions.ChunkedEncodingError),
        *(reset(), requests.ConnectionError(ReadTimeoutError(None, "/", "late"))),
        *(200, 302, 504),
    ],
)
def test_no_answer_after_the_request_went_out_is_unknown(api, robot, transport, answer):
    for send in (lambda: api.send_text(OPENID, "战报"), lambda: robot.send_text(KEY, "战报")):
        transport.answers = [answer]
        with pytest.raises(Unknown):
            send()
    assert len(transport.requests) == 2


@pytest.mark.parametrize("answer", [requests.ConnectTimeout, unreachable(), 500, 502, 503])
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
    with pytest.raises(Retry):
        api.send_text(OPENID, "战报")
    assert transport.requests == []


def test_a_refused_port_is_known_not_to_have_been_reached():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(Retry):
            GroupRobotApi(f"http://127.0.0.1:{port}").send_text(KEY, "战报")


def test_the_robot_posts_to_its_webhook(robot, transport):
    robot.send_text(KEY, "战报 🎉")
    (request,) = transport.requests
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
    assert not logging.getLogger("urllib3.connectionpool").isEnabledFor(logging.DEBUG)


def test_the_token_is_kept_for_all_processes(api, database, transport):
    api.send_text(OPENID, "战报")
    assert json.loads(database.get(token_key("yd", APPID)))["token"] == "token-1"
