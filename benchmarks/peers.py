"""What the house is measured against: the smallest bots one would build from the usual libraries, as WSGI apps.

All are encrypted and stand behind the same granian settings (`bot.server.run_web`).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import redis
from flask import Flask, Response, request
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from werobot import WeRoBot
from werobot.contrib.flask import make_view
from werobot.session.redisstorage import RedisStorage

from bot.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

WRITE = "redis.call('SET', KEYS[1], ARGV[1], 'EX', 3600) return ARGV[1]"
"""One durable step: a script that writes one key."""


def bare_echo(settings: Settings) -> Flask:
    """wechatpy and Flask, as wechatpy's documentation shows it: decrypt, parse, reply, encrypt. Remembers nothing."""
    return _echo(settings, lambda message_id: None)


def durable_echo(settings: Settings) -> Flask:
    """The same echo, which also makes three durable steps: the least that claim, book and settle could be."""
    write = redis.Redis.from_url(settings.redis_url.get_secret_value(), decode_responses=True).register_script(WRITE)

    def remember(message_id: str) -> None:
        for step in ("claim", "book", "settle"):
            write(keys=[f"echo:{message_id}:{step}"], args=[message_id])

    return _echo(settings, remember)


def werobot_session(settings: Settings) -> Flask:
    """WeRoBot with its Redis session, which it reads and writes with every message, on a Redis that is not durable."""
    robot = WeRoBot(
        token=settings.wechat_token.get_secret_value(),
        app_id=settings.wechat_appid,
        encoding_aes_key=settings.wechat_aes_key.get_secret_value(),
        SESSION_STORAGE=RedisStorage(redis.Redis.from_url(settings.redis_url.get_secret_value())),
    )

    @robot.text
    def answer(message, session):  # type: ignore[no-untyped-def]  # WeRoBot passes by parameter name
        session["messages"] = session.get("messages", 0) + 1
        return message.content

    app = Flask("werobot")
    app.add_url_rule("/wechat", "werobot", make_view(robot), methods=["POST"])
    return app


def _echo(settings: Settings, remember: Callable[[str], None]) -> Flask:
    crypto = WeChatCrypto(
        settings.wechat_token.get_secret_value(),
        settings.wechat_aes_key.get_secret_value(),
        settings.wechat_appid,
    )
    app = Flask("echo")

    @app.post("/wechat")
    def receive() -> Response:
        args = request.args
        xml = crypto.decrypt_message(request.data, args["msg_signature"], args["timestamp"], args["nonce"])
        message = parse_message(xml)
        remember(str(message.id))
        reply = create_reply(message.content, message)
        sealed = crypto.encrypt_message(reply.render(), args["nonce"], args["timestamp"])
        return Response(sealed, mimetype="application/xml")

    return app


APPS: "dict[str, Callable[[Settings], WSGIApplication]]" = {
    "echo": bare_echo,
    "durable-echo": durable_echo,
    "werobot": werobot_session,
}
