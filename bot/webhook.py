"""`GET/POST /wechat`: the address WeChat calls. Verify and decrypt, dispatch, render and encrypt."""

import logging
import re
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot.dispatch import Dispatcher, TryLater
from bot.metrics import became, measured, refused
from bot.wechat.arguments import Arguments, arguments_of
from bot.wechat.crypto import Forged, Unreadable
from bot.wechat.entrance import Entrance
from bot.wechat.inbound import BODY_LIMIT
from bot.wechat.modes import Mode
from bot.wechat.outbound import SUCCESS, respond

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

XML, TEXT = "application/xml; charset=utf-8", "text/plain; charset=utf-8"
_LENGTH = re.compile(r"[0-9]{1,9}")


class Answer(Response):
    """The answer to a push. It is whole, and holds however it was asked for: it goes out as it stands."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        start_response(self.status, self.headers.to_wsgi_list())
        return self.response  # type: ignore[return-value]  # made of a text, it is a list of bytes


def create_webhook(modes: Sequence[Mode], dispatcher: Dispatcher) -> Blueprint:
    """The webhook over one mode of the wire (safe or plain), or over one for each Token and key that is valid."""
    webhook = Blueprint("webhook", __name__)
    entrance = Entrance(modes)

    @webhook.get("/wechat", strict_slashes=False)
    def verify_address() -> Response:
        """The console checks the address: the echo string goes back, word for word (wechat-platform §1.2)."""
        try:
            echo = entrance.verify_address(request.args)
        except Forged as error:
            return _forged(error)
        response = Response(echo, mimetype="text/plain")
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @webhook.before_request
    def cap_the_body() -> None:
        """No more than this is read, also where Content-Length says nothing; the last byte tells of more."""
        request.max_content_length = BODY_LIMIT + 1

    @webhook.post("/wechat", strict_slashes=False)
    def receive() -> Response:
        """One message or event. Forged: 403 without a word. Authentic but unreadable: `success`."""
        try:
            query = entrance.admit(_arguments(), time.time())
            message, mode = entrance.receive(query, _body())
        except RequestEntityTooLarge:
            refused("too large")
            return _refused(413)
        except Forged as error:
            return _forged(error)
        except Unreadable as error:
            log.warning("unreadable: %s", error)
            refused("unreadable")
            dispatcher.set_aside(str(error), error.content)
            return Response(SUCCESS, mimetype="text/plain")
        with measured(message.event or message.kind):
            try:
                text = dispatcher.dispatch(message)
            except TryLater:
                became.set("later")
                return Response(status=503)
        body = respond(mode, message, text, query.nonce, int(time.time()))
        return Answer(body, content_type=XML if text else TEXT)

    return webhook


def _arguments() -> Arguments:
    """The query's arguments: in the form that nearly all have at once, in any other as werkzeug reads them."""
    return arguments_of(request.query_string) or request.args


def _body() -> bytes:
    """The body at once, as long as it was announced; in any other way as werkzeug reads it, with its refusals."""
    announced = request.environ.get("CONTENT_LENGTH", "")
    if not _LENGTH.fullmatch(announced) or int(announced) > BODY_LIMIT or "HTTP_TRANSFER_ENCODING" in request.environ:
        return request.get_data(cache=False)
    body: bytes = request.environ["wsgi.input"].read(int(announced))
    return body if len(body) == int(announced) else body + request.get_data(cache=False)


def _forged(error: Forged) -> Response:
    log.warning("forged: %s", error)
    refused("forged")
    return _refused(403)


def _refused(status: int) -> Response:
    """Without a word. The body may be unread, so that nothing else can come by this connection."""
    return Response(status=status, headers={"Connection": "close"})
