"""One exchange with a platform: bounded in time and size, following no redirect, silent about what it carried.

Every failure is a SendError, raised outside the `except` that led to it, because what requests raises holds the whole
request, token and key and all.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from bot.logs import redact
from bot.wechat.verdicts import status_verdict, transport_verdict
from scheduler.channels import SendError, Unknown

TIMEOUT = (3.05, 5.0)
"""Seconds to connect, and to wait for the next byte of the answer."""
WHOLE_SECONDS = 8.0
"""Seconds for a whole answer: a server that trickles is given up."""
ANSWER_BYTES = 1024 * 1024

Files = Mapping[str, tuple[str, bytes, str]]
"""Parts of a multipart body: field → file name, content, media type."""

_MESSAGE_LIMIT = 300
_CHUNK = 64 * 1024

# At DEBUG urllib3 writes whole addresses, and with them access tokens and robot keys.
logging.getLogger("urllib3").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an HTTP 200, and what the platform says it is."""

    media_type: str
    content: bytes

    def is_json(self) -> bool:
        """Whether it is an object, whatever it calls itself: some calls answer in JSON as text/plain."""
        return self.content.lstrip()[:1] == b"{"

    def fields(self) -> dict[str, Any]:
        """The JSON object it is, `errcode` as an int, 0 where it is missing. Raises Unknown."""
        found: Any = None
        try:
            found = json.loads(self.content.decode("utf-8", "replace"), strict=False)
            return {**found, "errcode": int(found.get("errcode", 0))}
        except (ValueError, TypeError, AttributeError, RecursionError):
            failure = Unknown("the answer is not understood" if found is not None else "the answer is not JSON")
        raise failure


def read_environment_once(http: requests.Session, base: str) -> None:
    """Keep the proxy and the certificates that the environment names for a host: asked anew, they cost half a call.

    `.netrc` is left unread: no credentials but our own go out.
    """
    found = http.merge_environment_settings(base, {}, None, None, None)
    http.proxies, http.verify, http.trust_env = found["proxies"], found["verify"], False


def exchange(
    http: requests.Session,
    method: str,
    address: str,
    *,
    params: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    files: Files | None = None,
) -> Answer:
    """Ask once. The body is UTF-8 JSON, never escaped (WeChat's 40033), or multipart. Raises SendError."""
    data = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
    headers = {"Content-Type": "application/json"} if data else {}
    failure: SendError
    try:
        with http.request(
            method,
            address,
            params=params,
            data=data,
            files=files,
            headers=headers,
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code == 200:
                return Answer(response.headers.get("Content-Type", ""), _read(response))
            failure = status_verdict(response.status_code, datetime.now(UTC))
    except requests.RequestException as error:
        failure = transport_verdict(error)
    except (HTTPError, OSError, ValueError) as error:
        failure = Unknown(f"the answer broke off ({type(error).__name__})")
    raise failure


def errmsg(fields: Mapping[str, Any], *secrets: str) -> str:
    """The platform's errmsg, with its rid, for the operator: short, without secrets and openids if it echoes any."""
    message = str(fields.get("errmsg", ""))
    for secret in filter(None, secrets):
        message = message.replace(secret, "***")
    return redact(message)[:_MESSAGE_LIMIT]


class _TooLong(ValueError):
    """The answer is longer than anything that belongs here, or never ends."""


def _read(response: requests.Response) -> bytes:
    started, content = monotonic(), bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        content += chunk
        if len(content) > ANSWER_BYTES or monotonic() - started > WHOLE_SECONDS:
            raise _TooLong
    return bytes(content)
