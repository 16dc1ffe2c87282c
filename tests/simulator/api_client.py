"""How the contract tests call the rehearsed API."""

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.simulator.platform import Platform

APPID = "wx0123456789abcdef"
CREDENTIALS = {"grant_type": "client_credential", "appid": APPID, "secret": "s" * 32}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


class Api:
    """Calls with a token of the stable family, as a bot would; answers are JSON objects."""

    def __init__(self, http: FlaskClient, platform: Platform) -> None:
        self.http = http
        self.platform = platform

    def token(self) -> str:
        return str(self._json(self.http.post("/cgi-bin/stable_token", json=CREDENTIALS))["access_token"])

    def get(self, path: str, **args: str) -> dict[str, Any]:
        return self._json(self.http.get(f"/{path}", query_string={"access_token": self.token(), **args}))

    def post(self, path: str, body: object = None, **args: str) -> dict[str, Any]:
        data = json.dumps({} if body is None else body, ensure_ascii=False).encode()
        return self._json(self.http.post(f"/{path}", data=data, query_string={"access_token": self.token(), **args}))

    def code(self, path: str, body: object = None, **args: str) -> int:
        """The errcode of a POST, 0 where none is told."""
        return int(self.post(path, body, **args).get("errcode", 0))

    def upload(self, path: str, filename: str, content: bytes, **args: str) -> dict[str, Any]:
        head = f'--edge\r\nContent-Disposition: form-data; name="media"; filename="{filename}"\r\n\r\n'
        response = self.http.post(
            f"/{path}",
            data=head.encode() + content + b"\r\n--edge--\r\n",
            content_type="multipart/form-data; boundary=edge",
            query_string={"access_token": self.token(), **args},
        )
        return self._json(response)

    def control(self, order: str, **given: object) -> dict[str, Any]:
        """Steers the platform; `order` follows `/__ctl`."""
        answer = self.http.post(f"/__ctl{order}", json=given)
        assert answer.status_code == 200, answer.text
        return dict(answer.get_json())

    def _json(self, response: TestResponse) -> dict[str, Any]:
        assert response.status_code == 200
        assert response.content_type == "application/json; charset=utf-8"
        answer = response.get_json()
        assert isinstance(answer, dict)
        return answer


def pushes(platform: Platform, openid: str) -> list[str]:
    """What the bot sent this person unasked."""
    return [entry.text for entry in platform.transcript(openid) if entry.kind == "push"]


def told(platform: Platform, clock: Any) -> list[dict[str, Any]]:
    """What the platform tells within two minutes."""
    clock.forward(minutes=2)
    return [dict(fields) for fields in platform.agenda.take_due()]
