"""The webhook before Flask: what it answers itself, what it hands on, and what becomes of a fault of ours."""

import time
from typing import cast

from flask import Flask
from flask.testing import FlaskClient

from bot.dispatch import Dispatcher
from bot.webhook import Webhook, create_address
from bot.wechat.crypto import Cipher
from bot.wechat.modes import SafeMode
from handlers.messages import Message


class Faulty:
    """Has a fault with every message."""

    def dispatch(self, message: Message) -> str:
        raise ZeroDivisionError(message.text)


def client_of(platform) -> FlaskClient:
    app = Flask("webhook")
    modes = [SafeMode(Cipher(platform.token, platform.appid, platform.aes_key))]
    app.register_blueprint(create_address(modes))
    app.wsgi_app = Webhook(modes, cast(Dispatcher, Faulty()), app.wsgi_app)  # type: ignore[method-assign]
    return app.test_client()


def test_a_fault_is_told_without_a_word(platform, caplog):
    query, body = platform.safe(platform.text("进度 500元"), timestamp=int(time.time()))
    answer = client_of(platform).post("/wechat/", query_string=list(query.items()), data=body)
    assert (answer.status_code, answer.data, answer.headers["Connection"]) == (500, b"", "close")
    assert "ZeroDivisionError" in caplog.text
    assert caplog.text.count("a message was not answered") == 1


def test_every_other_request_is_flasks(platform):
    client = client_of(platform)
    assert client.put("/wechat").status_code == 405
    assert client.post("/elsewhere").status_code == 404
    assert client.get("/wechat").status_code == 403
    assert client.post("/wechat", query_string="signature=啊&signature=%ff").status_code == 403
