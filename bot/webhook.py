"""`GET/POST /wechat`: the address WeChat calls. Verify and decrypt, dispatch, render and encrypt.

Whatever is posted there is answered before Flask, whose way in and out costs as much as all the crypto and the reading
together; the address is verified, and another method refused, behind it like any page.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from bot.dispatch import Dispatcher, TryLater
from bot.metrics import became, measured, refused
from bot.wechat.crypto import Forged, Unreadable
from bot.wechat.entrance import Entrance
from bot.wechat.inbound import BODY_LIMIT
from bot.wechat.modes import Mode
from bot.wechat.outbound import SUCCESS, respond

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

PATHS = ("/wechat", "/wechat/")
_STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    403: "403 Forbidden",
    413: "413 Content Too Large",
    500: "500 Internal Server Error",
    503: "503 Service Unavailable",
}


def create_address(modes: Sequence[Mode]) -> Blueprint:
    """The console's check of the address, over each mode of the wire that is valid."""
    webhook = Blueprint("webhook", __name__)
    entrance = Entrance(modes)

    @webhook.get("/wechat", strict_slashes=False)
    def verify_address() -> Response:
        """The echo string goes back, word for word (wechat-platform §1.2)."""
        try:
            echo = entrance.verify_address(request.args)
        except Forged as error:
            log.warning("forged: %s", error)
            refused("forged")
            return Response(status=403, headers={"Connection": "close"})
        response = Response(echo, mimetype="text/plain")
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return webhook


class Arguments(dict[str, list[str]]):
    """The arguments of a query, each with all its values."""

    def getlist(self, key: str, /) -> list[str]:
        return self.get(key, [])


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. After a refusal the body may be unread, so that nothing else can come by this connection."""

    status: int
    body: str = ""
    kind: str = "text/plain; charset=utf-8"
    closes: bool = False


class Webhook:
    """One message or event, over each mode of the wire that is valid. `pages` answers every other request."""

    def __init__(self, modes: Sequence[Mode], dispatcher: Dispatcher, pages: "WSGIApplication") -> None:
        self._entrance, self._dispatcher, self._pages = Entrance(modes), dispatcher, pages

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] not in PATHS:
            return self._pages(environ, start_response)
        try:
            answer = self._receive(environ)
        except Exception:
            log.exception("a message was not answered")
            answer = Answer(500, closes=True)
        body = answer.body.encode()
        headers = [
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(body))),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response(_STATUS[answer.status], [*headers, ("Connection", "close")] if answer.closes else headers)
        return [body]

    def _receive(self, environ: "WSGIEnvironment") -> Answer:
        """Forged: 403 without a word. Authentic but unreadable: `success`."""
        try:
            query = self._entrance.admit(
                Arguments(parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)), time.time()
            )
            message, mode = self._entrance.receive(query, _body(environ))
        except RequestEntityTooLarge:
            refused("too large")
            return Answer(413, closes=True)
        except HTTPException:
            return Answer(400, closes=True)
        except Forged as error:
            log.warning("forged: %s", error)
            refused("forged")
            return Answer(403, closes=True)
        except Unreadable as error:
            log.warning("unreadable: %s", error)
            refused("unreadable")
            self._dispatcher.set_aside(str(error), error.content)
            return Answer(200, SUCCESS)
        with measured(message.event or message.kind):
            try:
                text = self._dispatcher.dispatch(message)
            except TryLater:
                became.set("later")
                return Answer(503)
        body = respond(mode, message, text, query.nonce, int(time.time()))
        return Answer(200, body, "application/xml; charset=utf-8") if text else Answer(200, body)


def _body(environ: "WSGIEnvironment") -> bytes:
    """No more than this is read, also where Content-Length says nothing; the last byte tells of more."""
    return get_input_stream(environ, max_content_length=BODY_LIMIT + 1).read()
