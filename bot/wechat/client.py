"""The APIs that Yidui calls: the official account's (over wechatpy) and the group robots' webhook.

Both raise SendErrors, and storage's errors. A SendError holds no secret and is raised outside the `except`
that led to it, because what requests and wechatpy raise carries the whole request, token and all.
"""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import requests
from wechatpy import WeChatClient, WeChatClientException

from bot.wechat.characters import carriable
from bot.wechat.verdicts import (
    STALE_TOKEN,
    account_verdict,
    robot_verdict,
    status_verdict,
    transport_verdict,
)
from scheduler.channels import Park, Retry, SendError, Unknown
from storage.tokens import Grant, TokenBusy, TokenRefused, TokenStore

TIMEOUT = (3.05, 5.0)
"""Seconds to connect, and to wait for the answer."""

_TOKEN_PAUSE_SECONDS = 10
_MESSAGE_LIMIT = 300

# At DEBUG urllib3 writes whole addresses, and with them access tokens and robot keys.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class WeChatApi:
    """The official account's API. `base` is its scheme and host; `tokens` are shared by all processes."""

    def __init__(self, appid: str, secret: str, tokens: TokenStore, base: str) -> None:
        self._client = _Client(appid, secret, tokens, base)

    def send_text(self, openid: str, text: str) -> None:
        """A customer-service text message, once. Raises SendError."""
        self._client.message.send_text(openid, carriable(text))


class GroupRobotApi:
    """The webhook of WeCom group robots. `base` is its scheme and host."""

    def __init__(self, base: str) -> None:
        self._address = f"{base.rstrip('/')}/cgi-bin/webhook/send"
        self._http = _without_redirects(requests.Session())

    def send_text(self, key: str, text: str) -> None:
        """A text to the group whose robot has this key, once. Raises SendError."""
        payload = {"msgtype": "text", "text": {"content": carriable(text)}}
        answer = _answer(self._http, self._address, payload, params={"key": key})
        if code := answer["errcode"]:
            raise robot_verdict(code, _message(answer, key))


class _Client(WeChatClient):  # type: ignore[misc]
    """wechatpy's client with its traps closed: shared tokens, one renewal and repetition, timeouts."""

    def __init__(self, appid: str, secret: str, tokens: TokenStore, base: str) -> None:
        self.API_BASE_URL = f"{base.rstrip('/')}/cgi-bin/"
        self._tokens = tokens
        super().__init__(appid, secret, timeout=TIMEOUT, auto_retry=False)
        _without_redirects(self._http)

    @property
    def access_token(self) -> str:
        try:
            return self._tokens.get(self._grant)
        except TokenRefused as refused:
            reason = refused.reason
        except TokenBusy as busy:
            reason = Retry(str(busy), after_seconds=_TOKEN_PAUSE_SECONDS)
        raise reason

    def _grant(self) -> Grant:
        """The token call. Nothing of the message has gone out yet, so not even its timeout is Unknown."""
        call = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        try:
            answer = _answer(self._http, f"{self.API_BASE_URL}stable_token", call)
        except Unknown as failure:
            raise TokenRefused(Retry(str(failure), after_seconds=_TOKEN_PAUSE_SECONDS)) from None
        except SendError as failure:
            raise TokenRefused(failure) from None
        if code := answer["errcode"]:
            raise TokenRefused(account_verdict(code, _message(answer, self.secret), datetime.now(UTC)))
        match answer:
            case {"access_token": str(token), "expires_in": int(expires_in)}:
                return Grant(token, expires_in)
        raise TokenRefused(Retry("no access token in the answer", after_seconds=_TOKEN_PAUSE_SECONDS))

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> dict[str, Any]:
        token = self.access_token
        try:
            return self._once(token, method, url_or_endpoint, kwargs)
        except Park as failure:
            if failure.code not in STALE_TOKEN:
                raise
        self._tokens.invalidate(token)
        renewed = self.access_token
        if renewed == token:
            raise Park("WeChat rejects the access token that it gives: is it the right appid?", 40001)
        return self._once(renewed, method, url_or_endpoint, kwargs)

    def _once(self, token: str, method: str, endpoint: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        send: Callable[..., Any] = super()._request
        failure: SendError
        try:
            answer = send(method, endpoint, **{**kwargs, "params": {"access_token": token}})
        except WeChatClientException as error:
            if error.errcode is None:
                failure = status_verdict(error.response.status_code)
            else:
                message = _message({"errmsg": error.errmsg}, token, self.secret)
                failure = account_verdict(error.errcode, message, datetime.now(UTC))
        except requests.RequestException as error:
            failure = transport_verdict(error)
        except ValueError:
            failure = Unknown("the answer is not understood")
        else:
            if isinstance(answer, dict):
                return answer
            failure = Unknown("the answer is not JSON")
        raise failure


def _answer(
    http: requests.Session, address: str, payload: dict[str, Any], params: dict[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object that answers a POST, `errcode` set to 0 where it is missing. Raises SendError."""
    body = json.dumps(payload, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    try:
        response = http.post(address, params=params, data=body, headers=headers, timeout=TIMEOUT)
        if response.status_code != 200:
            failure = status_verdict(response.status_code)
        else:
            answer = response.json()
            return {**answer, "errcode": int(answer.get("errcode", 0))}
    except requests.exceptions.JSONDecodeError:
        failure = Unknown("the answer is not JSON")
    except requests.RequestException as error:
        failure = transport_verdict(error)
    except (ValueError, TypeError, AttributeError):
        failure = Unknown("the answer is not understood")
    raise failure


def _message(answer: dict[str, Any], *secrets: str) -> str:
    """The platform's errmsg, with its rid, for the operator: short, and without secrets if it echoes any."""
    message = str(answer.get("errmsg", ""))
    for secret in secrets:
        message = message.replace(secret, "***")
    return message[:_MESSAGE_LIMIT]


def _without_redirects(http: requests.Session) -> requests.Session:
    """Neither API redirects; whoever answers for it must not be followed with a secret."""
    http.max_redirects = 0
    return http
