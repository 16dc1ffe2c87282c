"""What everybody looks at is given again within its second, before anything else of the application is touched.

A thousand viewers who ask every five seconds ask two hundred times a second, for a handful of views: a look that goes
through the whole application costs five times what this does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from flask import request

from bot.web import lately

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FRESH_UNTIL = "yidui.fresh_until"
"""Where a view says until when (monotonic seconds) its answer may be given to whoever asks for the same."""
PLACES = ("/board/", "/api/")
KEPT = 64
"""So many answers at most; a stranger's made-up addresses push nobody out for longer than a second."""
OF_A_BODY = ("content-type", "content-length")

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """`body` is None where only whoever has it already was answered: 304."""

    headers: Headers
    etag: str
    body: bytes | None
    until: float


def is_fresh_for(age: float) -> None:
    """The view that answers just now says that its figures, so many seconds old, may be given again."""
    request.environ[FRESH_UNTIL] = monotonic() + lately.FRESH_SECONDS - age


class Shortly:
    """Around the application; any number of threads may ask."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._kept: dict[tuple[str, str, str], _Answer] = {}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or not environ["PATH_INFO"].startswith(PLACES):
            return self._application(environ, start_response)
        key = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_HOST", ""))
        kept = self._kept.get(key)
        if kept and monotonic() < kept.until:
            if kept.etag.removeprefix("W/") in environ.get("HTTP_IF_NONE_MATCH", ""):
                start_response("304 NOT MODIFIED", [each for each in kept.headers if each[0].lower() not in OF_A_BODY])
                return []
            if kept.body is not None:
                start_response("200 OK", kept.headers)
                return [kept.body]
        return self._looked_at(key, environ, start_response)

    def _looked_at(
        self, key: tuple[str, str, str], environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        told: list[tuple[str, Headers]] = []

        def hear(status: str, headers: Headers, exc_info: object = None) -> "object":
            told.append((status, headers))
            return start_response(status, headers, exc_info)  # type: ignore[arg-type]  # handed on as it came

        answered = self._application(environ, hear)  # type: ignore[arg-type]  # hear takes what start_response takes
        if FRESH_UNTIL not in environ:
            return answered
        body = b"".join(answered)
        if close := getattr(answered, "close", None):
            close()
        status, headers = told[-1]
        self._keep(key, status, headers, body, environ[FRESH_UNTIL])
        return [body]

    def _keep(self, key: tuple[str, str, str], status: str, headers: Headers, body: bytes, until: float) -> None:
        etag = next((value for name, value in headers if name.lower() == "etag"), "")
        if not etag or status[:3] not in ("200", "304"):
            return
        if len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[key] = _Answer(list(headers), etag, body if status[:3] == "200" else None, until)
