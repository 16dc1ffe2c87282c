"""What becomes of a call that failed: the platforms' codes and the transport's failures, as SendErrors."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError

from bot.wechat.errors import ACCOUNT_ERRORS, ROBOT_ERRORS, Meaning
from scheduler.channels import Paced, Park, Retry, SendError, Skip, Unknown

STALE_TOKEN = frozenset(code for code, meaning in ACCOUNT_ERRORS.items() if meaning.action == "renew")
"""The access token is the trouble: renew it once and repeat once."""

_CHINA = ZoneInfo("Asia/Shanghai")
_BUSY_SECONDS = 2
_UNREACHABLE_SECONDS = 10
_MINUTE = 60
_PAUSE = timedelta(minutes=5)
"""After what may pass by itself: another address, a proxy, another server's tokens."""
_TOKEN_PAUSE = timedelta(minutes=1)
_REJECTED_TWICE = (
    "is another server or tool using this account, and asking for tokens of its own (force_refresh)? "
    "else see that the appid and the AppSecret are of one account"
)
_BETWEEN = "see what stands between this machine and WeChat: a proxy that answers in its place, or a wrong API base"
_ADDRESS = re.compile(r"invalid ip ([0-9A-Fa-f:.]+)")
_NEVER_SENT = (NewConnectionError, ConnectTimeoutError, NameResolutionError)
_NEW = Meaning("break", "a code that Yidui does not know", "look the code up in WeChat's list of return codes")


def account_verdict(code: int, message: str, now: datetime) -> SendError:
    """For the official account's API. `now` is real time, with a zone."""
    return _verdict(ACCOUNT_ERRORS, code, message, now)


def robot_verdict(code: int, message: str, now: datetime) -> SendError:
    """For the webhook of group robots, where 45009 means more than 20 messages in a minute."""
    return _verdict(ROBOT_ERRORS, code, message, now)


def _verdict(errors: Mapping[int, Meaning], code: int, message: str, now: datetime) -> SendError:
    """An unknown code stops the channel and tells the operator: nobody knows what a repetition would do."""
    meaning = errors.get(code, _NEW)
    found = _ADDRESS.search(message)
    mend = meaning.mend.replace("{address}", found[1] if found else "under which WeChat sees this machine")
    message = message or meaning.meaning
    match meaning.action:
        case "reroute" | "refuse":
            return Skip(message, code, mend=mend)
        case "busy":
            return Retry(message, code, after_seconds=_BUSY_SECONDS)
        case "minute":
            return Paced(message, code, after_seconds=_MINUTE)
        case "tomorrow":
            return Park(message, code, until=_midnight(now), mend=mend)
        case "address":
            return Park(message, code, until=now + _PAUSE, mend=mend)
        case "renew" | "break":
            return Park(message, code, mend=mend)


def token_verdict(reason: str, now: datetime) -> SendError:
    """Nobody knows why there is no token, but nothing goes out without one: everybody waits until it is asked again."""
    return Park(f"no access token: {reason}", until=now + _TOKEN_PAUSE)


def rejected_twice(now: datetime) -> SendError:
    """A token and the one fetched in its place. What is wrong with the account is told when a token is asked for."""
    seen = "WeChat rejects the access token that it gives, and the next one too"
    return Park(seen, 40001, until=now + _PAUSE, mend=_REJECTED_TWICE)


def status_verdict(status: int, now: datetime) -> SendError:
    """For an HTTP status instead of an answer; both platforms answer 200 even to refusals.

    Only 429, 503 and the refusals of whatever stands between say that nothing was done; after any other 5xx the call
    may have been.
    """
    message = f"HTTP {status}"
    if status in (429, 503):
        return Retry(message, after_seconds=_UNREACHABLE_SECONDS)
    if 400 <= status < 500:
        return Park(message, until=now + _PAUSE, mend=_BETWEEN)
    return Unknown(message)


def transport_verdict(error: requests.RequestException) -> SendError:
    """For a request without an answer: only where no connection came about was surely nothing sent."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError) or isinstance(
        reason, _NEVER_SENT
    ):
        return Retry(f"no connection ({type(error).__name__})", after_seconds=_UNREACHABLE_SECONDS)
    return Unknown(f"no answer ({type(error).__name__})")


def _midnight(now: datetime) -> datetime:
    """When WeChat's daily quotas start again."""
    tomorrow = now.astimezone(_CHINA) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
