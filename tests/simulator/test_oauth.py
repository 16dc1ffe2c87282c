"""Web authorisation: one code, one exchange, one person."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.simulator.api_client import APPID, CREDENTIALS, Api

BACK = "https://board.example.org/enter?x=1"
ASKED = {"appid": APPID, "redirect_uri": BACK, "response_type": "code", "scope": "snsapi_base", "state": "K7Q2"}
EXCHANGE = CREDENTIALS | {"grant_type": "authorization_code"}


def code(account: Api, **changes: str) -> str:
    openid = account.platform.openid_of("li-min")
    account.platform.introduce(openid, "李敏")
    answer = account.http.get("/connect/oauth2/authorize", query_string=ASKED | {"as": openid} | changes)
    assert answer.status_code == 302, answer.get_json()
    location = urlsplit(answer.headers["Location"])
    assert location.netloc == "board.example.org"
    query = parse_qs(location.query)
    assert (query["x"], query["state"]) == (["1"], ["K7Q2"])
    return query["code"][0]


def exchange(account: Api, value: str) -> dict[str, Any]:
    return dict(account.http.get("/sns/oauth2/access_token", query_string=EXCHANGE | {"code": value}).get_json())


def test_a_code_works_once(account: Api) -> None:
    value = code(account)
    got = exchange(account, value)
    assert (got["openid"], got["scope"], got["expires_in"]) == (
        account.platform.openid_of("li-min"),
        "snsapi_base",
        7200,
    )
    assert exchange(account, value)["errcode"] == 40163
    assert exchange(account, "guessed")["errcode"] == 40029


def test_for_five_minutes(account: Api, clock: Any) -> None:
    value = code(account)
    clock.forward(minutes=5)
    assert exchange(account, value)["errcode"] == 42003


def test_the_token_of_a_person(account: Api, clock: Any) -> None:
    got = exchange(account, code(account, scope="snsapi_userinfo"))
    mine = {"access_token": got["access_token"], "openid": got["openid"]}

    def ask(path: str, **changes: str) -> dict[str, Any]:
        return dict(account.http.get(f"/sns/{path}", query_string=mine | changes).get_json())

    assert ask("auth")["errcode"] == 0
    assert ask("userinfo")["nickname"] == "李敏"
    assert ask("auth", openid="oOther")["errcode"] == 40003
    assert ask("auth", access_token=account.token())["errcode"] == 40001
    clock.forward(hours=2)
    assert ask("auth")["errcode"] == 42001
    renewal = {"appid": APPID, "grant_type": "refresh_token", "refresh_token": got["refresh_token"]}
    renewed = account.http.get("/sns/oauth2/refresh_token", query_string=renewal).get_json()
    assert ask("auth", access_token=renewed["access_token"])["errcode"] == 0
    clock.forward(days=30)
    assert account.http.get("/sns/oauth2/refresh_token", query_string=renewal).get_json()["errcode"] == 42002


def test_only_the_openid(account: Api) -> None:
    got = exchange(account, code(account))
    told = account.http.get("/sns/userinfo", query_string={name: got[name] for name in ("access_token", "openid")})
    assert told.get_json()["errcode"] == 48001


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"appid": "wxother"}, 40013),
        ({"redirect_uri": "https://evil.example/"}, 10003),
        ({"redirect_uri": "javascript:alert(1)"}, 10003),
        ({"scope": "everything"}, 10005),
        ({"state": "no spaces"}, 40035),
        ({"as": "oStranger"}, 40003),
    ],
)
def test_refusals(account: Api, changes: dict[str, str], refusal: int) -> None:
    account.platform.page_host = "board.example.org"
    answer = account.http.get("/connect/oauth2/authorize", query_string=ASKED | changes)
    assert answer.get_json()["errcode"] == refusal


def test_only_service_accounts_have_it(account: Api) -> None:
    account.platform.kind = "verified_subscription"
    assert account.http.get("/connect/oauth2/authorize", query_string=ASKED).get_json()["errcode"] == 48001
