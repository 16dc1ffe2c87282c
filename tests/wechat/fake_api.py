"""A transport that answers as told, and the clients that speak through it."""

import io
import json
from dataclasses import dataclass, field
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from bot.wechat.client import AccountClient
from bot.wechat.robots import GroupRobotApi
from bot.wechat.transport import TIMEOUT
from storage.database import Database
from storage.keys import Keys
from storage.tokens import TokenStore

APPID, SECRET, KEY = "wx1", "the-app-secret", "the-robot-key"
OPENID = "oSOMEBODY"
OK = {"errcode": 0, "errmsg": "ok"}


@dataclass(frozen=True)
class Asked:
    """One request as the platform saw it."""

    method: str
    url: str
    headers: Any
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def part(self) -> Any:
        """The only part of a multipart body."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        (part,) = BytesParser().parsebytes(head + self.body).get_payload()
        return part


class Transport(BaseAdapter):
    """Answers with the next of `answers`: a dict as JSON, an int as a status, bytes as a body, or raises."""

    def __init__(self):
        super().__init__()
        self.asked, self.answers, self.granted = [], [], 0
        self.token_answer = None
        self.token_calls = []

    def send(self, request, timeout=None, stream=False, **_):
        assert timeout == TIMEOUT
        assert stream
        asked = Asked(request.method, request.url, request.headers, request.body or b"")
        if request.url.endswith("/stable_token"):
            self.granted += 1
            self.token_calls.append(asked)
            grant = {"access_token": f"token-{self.granted}", "expires_in": 7200}
            return self._response(request, self.token_answer or grant)
        self.asked.append(asked)
        return self._response(request, self.answers.pop(0) if self.answers else OK)

    def _response(self, request, answer):
        if isinstance(answer, type):
            raise answer(f"no answer to {request.url} {request.body}", request=request)
        if isinstance(answer, Exception):
            answer.request = request
            raise answer
        response = requests.Response()
        response.request, response.url = request, request.url
        response.status_code = answer if isinstance(answer, int) else 200
        if response.status_code == 302:
            response.headers["Location"] = "https://elsewhere.example/"
        content = json.dumps(answer).encode() if isinstance(answer, dict) else b"<html>"
        response.raw = HTTPResponse(io.BytesIO(answer if isinstance(answer, bytes) else content), preload_content=False)
        return response

    def close(self):
        pass


@dataclass
class Api:
    """A client of one kind of account whose calls reach `transport`."""

    database: Database
    account: str = "verified_service"
    transport: Transport = field(default_factory=Transport)

    @property
    def client(self) -> AccountClient:
        tokens = TokenStore(self.database, Keys("yd"), APPID)
        client = AccountClient(APPID, SECRET, tokens, "https://api.example", self.account)
        client._http.mount("https://", self.transport)
        return client


def robot_api(transport: Transport) -> GroupRobotApi:
    robot = GroupRobotApi("https://robot.example/")
    robot._http.mount("https://", transport)
    return robot
