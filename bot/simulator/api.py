"""The API half: what a bot calls at api.weixin.qq.com and at WeCom's qyapi.weixin.qq.com."""

import json
import re
import socket
import struct
import time
from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Flask, Response, jsonify, request

from bot.simulator.errors import ApiError
from bot.simulator.origin import refuse_foreign_posts
from bot.simulator.platform import Platform, ScriptedFault

TEXT_BYTES = 2048
MARKDOWN_BYTES = 4096
ESCAPED_CHARACTER = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?!00[01])[0-9a-fA-F]{4}")

Body = Mapping[str, Any]


def create_platform_app(platform: Platform) -> Flask:
    """The fake API as a Flask application: every answer is HTTP 200 with JSON, refusals included.

    `POST /__ctl` takes the fields of a `ScriptedFault`, `GET /__ctl/transcripts` shows what everybody saw.
    """
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]

    @app.route("/cgi-bin/<path:path>", methods=["GET", "POST", "PUT", "DELETE"])
    def call(path: str) -> Response:
        fault = platform.next_fault(path) or ScriptedFault(path)
        time.sleep(fault.latency)
        answer = jsonify(answer_call(platform, path, fault))
        if fault.reset:
            break_connection()
        return answer

    @app.post("/__ctl")
    def script() -> Response | tuple[Response, int]:
        refuse_foreign_posts()
        try:
            platform.inject(ScriptedFault(**request.get_json()))
        except TypeError as error:
            return jsonify(error=str(error)), 400
        return jsonify(ok=True)

    def transcript_of(owner: str) -> list[dict[str, object]]:
        return [entry.as_json() for entry in platform.transcript(owner)]

    @app.get("/__ctl/transcripts")
    def transcripts() -> Response:
        return jsonify(
            people=[
                {
                    "openid": openid,
                    "name": name,
                    "following": following,
                    "entries": transcript_of(openid),
                }
                for openid, name, following in platform.followers()
            ],
            robots=[{"name": name, "entries": transcript_of(name)} for name in platform.robots()],
        )

    return app


def answer_call(platform: Platform, path: str, fault: ScriptedFault) -> dict[str, object]:
    try:
        if fault.errcode is not None:
            raise ApiError(fault.errcode)
        if path not in ENDPOINTS:
            raise ApiError(40066)
        if request.method != "POST":
            raise ApiError(43002)
        return ENDPOINTS[path](platform)
    except ApiError as error:
        return error.body()


def break_connection() -> None:
    """Resets the client's connection after its call was processed, so that it cannot know the outcome."""
    connection = cast(socket.socket, request.environ["werkzeug.socket"])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)


def stable_token(platform: Platform) -> dict[str, object]:
    body = json_body()
    if body.get("grant_type") != "client_credential":
        raise ApiError(40002)
    if not body.get("appid"):
        raise ApiError(41002)
    if not body.get("secret"):
        raise ApiError(41004)
    if body["appid"] != platform.appid:
        raise ApiError(40013)
    if body["secret"] != platform.secret:
        raise ApiError(40125)
    token, seconds = platform.issue_token(force=body.get("force_refresh") is True)
    return {"access_token": token, "expires_in": seconds}


def send_custom_message(platform: Platform) -> dict[str, object]:
    platform.check_token(request.args.get("access_token", ""))
    if ESCAPED_CHARACTER.search(request.get_data()):
        raise ApiError(40033)
    body = json_body()
    openid = body.get("touser")
    if not isinstance(openid, str):
        raise ApiError(40003)
    platform.push(openid, render(body, CUSTOM_MESSAGES))
    return {"errcode": 0, "errmsg": "ok"}


def send_robot_message(platform: Platform) -> dict[str, object]:
    robot = platform.find_robot(request.args.get("key", ""))
    platform.post(robot, render(json_body(), ROBOT_MESSAGES))
    return {"errcode": 0, "errmsg": "ok"}


ENDPOINTS: dict[str, Callable[[Platform], dict[str, object]]] = {
    "stable_token": stable_token,
    "message/custom/send": send_custom_message,
    "webhook/send": send_robot_message,
}


def json_body() -> Body:
    raw = request.get_data()
    if not raw:
        raise ApiError(44002)
    try:
        body = json.loads(raw.decode())
    except ValueError as error:
        raise ApiError(47001) from error
    if not isinstance(body, dict):
        raise ApiError(47001)
    return body


def text_of_at_most(limit: int) -> Callable[[Body], str]:
    """A renderer for `{"content": …}` of at most `limit` bytes of UTF-8."""

    def render_content(part: Body) -> str:
        content = part.get("content")
        if not isinstance(content, str) or not content.strip():
            raise ApiError(44004)
        if len(content.encode()) > limit:
            raise ApiError(45002)
        return content

    return render_content


def render_news(part: Body) -> str:
    articles = part.get("articles")
    if not isinstance(articles, list) or not articles:
        raise ApiError(44004)
    if len(articles) > 1:
        raise ApiError(45008)
    return "\n".join(str(articles[0].get(key, "")) for key in ("title", "description", "url"))


Renderers = Mapping[str, Callable[[Body], str]]

CUSTOM_MESSAGES: Renderers = {"text": text_of_at_most(TEXT_BYTES), "news": render_news}
ROBOT_MESSAGES: Renderers = {
    "text": text_of_at_most(TEXT_BYTES),
    "markdown": text_of_at_most(MARKDOWN_BYTES),
    "markdown_v2": text_of_at_most(MARKDOWN_BYTES),
}


def render(body: Body, renderers: Renderers) -> str:
    """What the receiver sees. Raises 40008 for a type not rehearsed, 44004 and 45002 as its renderer says."""
    kind = body.get("msgtype")
    if not isinstance(kind, str) or kind not in renderers:
        raise ApiError(40008)
    part = body.get(kind)
    if not isinstance(part, dict):
        raise ApiError(44004)
    return renderers[kind](part)
