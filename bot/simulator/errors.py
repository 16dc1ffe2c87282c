"""The error codes the rehearsed API answers with, and how such an answer looks."""

import secrets

MESSAGES = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40008: "invalid message type",
    40013: "invalid appid",
    40014: "invalid access_token",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail",
    40066: "invalid url",
    40125: "invalid appsecret",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    42001: "access_token expired",
    43002: "require POST method",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45008: "article size out of limit",
    45009: "api freq out of limit",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    47001: "data format error",
    93000: "invalid webhook url",
}


class ApiError(Exception):
    """A refusal of the rehearsed API; `code` is the platform's errcode."""

    def __init__(self, code: int) -> None:
        super().__init__(f"{code} {MESSAGES.get(code, 'scripted error')}")
        self.code = code

    def body(self) -> dict[str, object]:
        """The JSON object a client receives (always with HTTP 200)."""
        rid = "-".join(secrets.token_hex(4) for _ in range(3))
        return {"errcode": self.code, "errmsg": f"{MESSAGES.get(self.code, 'scripted error')} rid: {rid}"}
