"""The API half: what a bot calls at api.weixin.qq.com, mp.weixin.qq.com and WeCom's qyapi.weixin.qq.com."""

import json
import socket
import struct
import time
from typing import cast

from flask import Flask, Response, request

from bot.simulator.control import create_control
from bot.simulator.endpoints.call import Call, Upload
from bot.simulator.endpoints.table import ENDPOINTS
from bot.simulator.errors import ApiError
from bot.simulator.people import Rehearsal
from bot.simulator.platform import Platform, ScriptedFault

BODY_BYTES = 32 * 1024 * 1024
BAD_GATEWAY = "<html>\r\n<head><title>{0} Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


def create_platform_app(platform: Platform, people: Rehearsal | None = None) -> Flask:
    """The fake API as a Flask application: every answer is HTTP 200 with JSON, refusals included.

    `/__ctl` is its control interface; with `people` it can also make them do things.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
    app.register_blueprint(create_control(platform, people))

    @app.route("/cgi-bin/<path:path>", methods=["GET", "POST", "PUT", "DELETE"])
    @app.route("/wxaapi/<path:path>", methods=["GET", "POST", "PUT", "DELETE"])
    def call(path: str) -> Response:
        with platform.lock:
            fault = platform.faults.next(path) or ScriptedFault(path)
        time.sleep(fault.latency)
        if fault.status is not None:
            return Response(BAD_GATEWAY.format(fault.status), fault.status, mimetype="text/html")
        answer = answer_call(platform, request.path.lstrip("/"), fault)
        if fault.truncated:
            whole = answer.get_data()
            answer.set_data(whole[: len(whole) // 2])
        if fault.reset:
            break_connection()
        return answer

    return app


def answer_call(platform: Platform, path: str, fault: ScriptedFault) -> Response:
    """The answer of one API, under the platform's lock."""
    try:
        if fault.errcode is not None:
            raise ApiError(fault.errcode)
        endpoint = ENDPOINTS.get(path)
        if endpoint is None:
            raise ApiError(40066)
        received = read_call(platform, path)
        with platform.lock:
            endpoint.admit(platform, request.method, request.remote_addr or "", request.args.get("access_token", ""))
            return json_response(endpoint.answer(received))
    except ApiError as error:
        return json_response(error.body())


def read_call(platform: Platform, path: str) -> Call:
    """The request in hand; of a multipart one the file in the field `media`."""
    if request.mimetype != "multipart/form-data":
        return Call(platform, path, request.args, request.get_data())
    file = request.files.get("media")
    if file is None:
        return Call(platform, path, request.args, b"")
    with file.stream as stream:
        return Call(platform, path, request.args, b"", Upload(file.filename or "", stream.read()))


def json_response(answer: object) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), content_type="application/json; charset=utf-8")


def break_connection() -> None:
    """Resets the client's connection after its call was processed, so that it cannot know the outcome."""
    connection = cast(socket.socket, request.environ["werkzeug.socket"])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)
