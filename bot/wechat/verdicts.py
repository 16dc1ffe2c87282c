"""What becomes of a sending that failed: the platforms' codes, as SendErrors (wechat-platform §3, §6)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError

from scheduler.channels import Park, Retry, SendError, Skip, Unknown

STALE_TOKEN = frozenset({40001, 40014, 42001})
"""The access token is the trouble: renew it once and repeat once."""

_CHINA = ZoneInfo("Asia/Shanghai")
_BUSY_SECONDS = 2
_UNREACHABLE_SECONDS = 10
_MINUTE = 60
_WHITELIST_PAUSE = timedelta(minutes=5)
_NEVER_SENT = (NewConnectionError, ConnectTimeoutError, NameResolutionError)

_UNREACHABLE_PERSON = frozenset({40003, 43004, 43019, 43101, 45015, 45047, 46004, 48002, 50001, 50002, 50005})
_UNFIT_TEXT = frozenset({40008, 40033, 40035, 40038, 40058, 44002, 44004, 45002, 45008, 45166, 47001})
_SYSTEM_BUSY = frozenset({-1, -1000})


def account_verdict(code: int, message: str, now: datetime) -> SendError:
    """For the official account's API. `now` is real time, with a zone."""
    if code in _UNREACHABLE_PERSON or code in _UNFIT_TEXT:
        return Skip(message, code)
    if code in _SYSTEM_BUSY:
        return Retry(message, code, after_seconds=_BUSY_SECONDS)
    match code:
        case 45011:
            return Retry(message, code, after_seconds=_MINUTE)
        case 45009:
            return Park(message, code, until=_midnight(now))
        case 40164:
            return Park(message, code, until=now + _WHITELIST_PAUSE)
        case _:
            return Park(message, code)


def robot_verdict(code: int, message: str) -> SendError:
    """For the webhook of group robots, where 45009 means more than 20 messages in a minute."""
    if code in _UNFIT_TEXT:
        return Skip(message, code)
    if code in _SYSTEM_BUSY:
        return Retry(message, code, after_seconds=_BUSY_SECONDS)
    match code:
        case 45009 | 45033:
            return Retry(message, code, after_seconds=_MINUTE)
        case _:
            return Park(message, code)


def status_verdict(status: int) -> SendError:
    """For an HTTP status instead of an answer. After 504 a gateway cannot say whether it was done."""
    message = f"HTTP {status}"
    if status == 504:
        return Unknown(message)
    return Retry(message, after_seconds=_UNREACHABLE_SECONDS) if status >= 500 else Park(message)


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
