"""Who may call what, from where, with which token, and how often."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.endpoints.table import ENDPOINTS
from bot.simulator.ledgers.accounts import KINDS
from bot.simulator.platform import Platform
from tests.simulator.api_client import CREDENTIALS, Api

CLIENT = Path(__file__).parents[2] / "bot" / "wechat"
NEW = ("unverified_subscription", "verified_subscription", "unverified_service", "verified_service", "sandbox")
VERIFIED = {"verified_subscription", "verified_service", "sandbox"}
SERVICE = {"verified_service", "sandbox"}

PERMISSIONS = {
    "cgi-bin/menu/create": VERIFIED,
    "cgi-bin/menu/addconditional": VERIFIED,
    "cgi-bin/message/custom/send": VERIFIED,
    "cgi-bin/message/mass/sendall": {"verified_subscription", "verified_service"},
    "cgi-bin/message/template/send": SERVICE,
    "cgi-bin/template/get_all_private_template": SERVICE,
    "cgi-bin/message/subscribe/bizsend": SERVICE,
    "cgi-bin/media/upload": VERIFIED,
    "cgi-bin/tags/create": VERIFIED,
    "cgi-bin/qrcode/create": SERVICE,
}


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("path", PERMISSIONS)
def test_what_each_kind_of_account_may_call(account: Api, path: str, kind: Any) -> None:
    account.platform.kind = kind
    call = account.get if ENDPOINTS[path].verb == "GET" else account.post
    refused = call(path).get("errcode") == 48001
    assert refused == (kind not in PERMISSIONS[path])


def test_the_kinds() -> None:
    assert KINDS == NEW


def test_every_api_has_its_use() -> None:
    """What our own client calls, what is next (asking how a mass sending went), and other bots' way to a token."""
    client = "".join(path.read_text(encoding="utf-8") for path in CLIENT.glob("*.py"))
    unused = {path for path in ENDPOINTS if not re.search(rf'["}}/]({path}|{path.partition("/")[2]})"', client)}
    robots = {path for path in unused if path.startswith("cgi-bin/webhook/")}
    assert unused - robots == {"cgi-bin/token", "cgi-bin/message/mass/get"}
    assert robots == {"cgi-bin/webhook/send", "cgi-bin/webhook/upload_media"}


@pytest.mark.parametrize("path", sorted(ENDPOINTS))
def test_every_api_wants_its_verb_and_its_proof(account: Api, path: str) -> None:
    endpoint = ENDPOINTS[path]
    wrong, right = (
        (account.http.post, account.http.get) if endpoint.verb == "GET" else (account.http.get, account.http.post)
    )
    assert wrong(f"/{path}").get_json()["errcode"] == (43001 if endpoint.verb == "GET" else 43002)
    code = {"token": 41001, "key": 93000}.get(endpoint.proof)
    if code is not None:
        assert right(f"/{path}").get_json()["errcode"] == code


@pytest.mark.parametrize(
    "path", [path for path, each in ENDPOINTS.items() if each.verb == "POST" and each.proof == "token"]
)
def test_every_api_refuses_what_is_no_object(account: Api, path: str) -> None:
    url = f"/{path}?access_token={account.token()}"
    if path.startswith("cgi-bin/media/upload"):
        assert account.http.post(f"{url}&type=image").get_json()["errcode"] == 41005
        return
    assert account.http.post(url).get_json()["errcode"] == 44002
    for raw in (b"{", b"[]", b'"text"', "{}".encode("utf-16"), b"[" * 100_000):
        assert account.http.post(url, data=raw).get_json()["errcode"] == 47001
    assert account.http.post(url, data=b'{"x": "\\u4f60"}').get_json()["errcode"] == 40033


class TestClassicTokens:
    URL = "/cgi-bin/token"

    def fetch(self, account: Api) -> str:
        answer = account.http.get(self.URL, query_string=CREDENTIALS).get_json()
        assert answer["expires_in"] == 7200
        return str(answer["access_token"])

    def works(self, account: Api, token: str) -> int:
        answer = account.http.get("/cgi-bin/tags/get", query_string={"access_token": token}).get_json()
        return int(answer.get("errcode", 0))

    def test_each_call_replaces_the_one_before(self, account: Api, clock: Any) -> None:
        first, second = self.fetch(account), self.fetch(account)
        assert first != second
        assert [self.works(account, token) for token in (first, second)] == [0, 0]
        clock.forward(seconds=299)
        assert self.works(account, first) == 0
        clock.forward(seconds=1)
        assert [self.works(account, token) for token in (first, second)] == [42001, 0]

    def test_only_one_is_tolerated(self, account: Api) -> None:
        first, second, third = (self.fetch(account) for _ in range(3))
        assert [self.works(account, token) for token in (first, second, third)] == [40001, 0, 0]

    def test_it_does_not_touch_the_stable_family(self, account: Api) -> None:
        stable, classic = account.token(), self.fetch(account)
        self.fetch(account)
        self.fetch(account)
        assert (self.works(account, stable), account.token()) == (0, stable)
        account.http.post("/cgi-bin/stable_token", json=CREDENTIALS | {"force_refresh": True})
        assert self.works(account, stable) == 40001
        assert self.works(account, classic) == 40001

    def test_two_hours(self, account: Api, clock: Any) -> None:
        token = self.fetch(account)
        clock.forward(seconds=7199)
        assert self.works(account, token) == 0
        clock.forward(seconds=1)
        assert self.works(account, token) == 42001

    @pytest.mark.parametrize(("kind", "limit"), [("verified_service", 2000), ("sandbox", 200)])
    def test_the_days_limit(self, account: Api, clock: Any, kind: Any, limit: int) -> None:
        account.platform.kind = kind
        account.platform.quotas.use("cgi-bin/token", limit - 1)
        self.fetch(account)
        refused = account.http.get(self.URL, query_string=CREDENTIALS).get_json()
        assert refused["errcode"] == 45009
        clock.forward(hours=14, minutes=5)
        self.fetch(account)

    def test_a_wrong_secret(self, account: Api) -> None:
        refused = account.http.get(self.URL, query_string=CREDENTIALS | {"secret": "x"}).get_json()
        assert refused["errcode"] == 40125


class TestRevocation:
    def test_now(self, account: Api) -> None:
        token = account.token()
        account.control("/revoke_tokens")
        answer = account.http.get("/cgi-bin/tags/get", query_string={"access_token": token}).get_json()
        assert answer["errcode"] == 40001
        assert account.get("cgi-bin/tags/get")["tags"]


class TestWhitelist:
    def test_another_address(self, account: Api) -> None:
        token = account.token()
        account.control("/account", whitelist=["203.0.113.7"])
        refused = account.http.post("/cgi-bin/stable_token", json=CREDENTIALS).get_json()
        assert refused["errcode"] == 40164
        assert refused["errmsg"].startswith("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: ")
        answer = account.http.get("/cgi-bin/tags/get", query_string={"access_token": token}).get_json()
        assert answer["errcode"] == 40164
        assert account.http.post("/cgi-bin/webhook/send?key=none", json={}).get_json()["errcode"] == 93000

    def test_ours(self, account: Api) -> None:
        account.control("/account", whitelist=["127.0.0.1"])
        assert account.token()


class TestQuotas:
    def ask(self, account: Api) -> int:
        return int(account.get("cgi-bin/tags/get").get("errcode", 0))

    def test_the_days_limit_ends_at_midnight_in_china(self, account: Api, clock: Any) -> None:
        account.control("/quota", path="tags/get", used=999)
        assert [self.ask(account) for _ in range(2)] == [0, 45009]
        clock.forward(hours=14, minutes=4)
        assert self.ask(account) == 45009
        clock.forward(minutes=1)
        assert self.ask(account) == 0

    def test_a_minute(self, account: Api, clock: Any) -> None:
        codes = [account.code("cgi-bin/message/mass/sendall") for _ in range(61)]
        assert codes == [40035] * 60 + [45011]
        clock.forward(minutes=1)
        assert account.code("cgi-bin/message/mass/sendall") == 40035


def test_escapes_may_only_be_warned_of(account: Api, platform: Platform) -> None:
    account.control("/account", escapes="warned")
    url = f"/cgi-bin/tags/create?access_token={account.token()}"
    assert account.http.post(url, data=b'{"tag": {"name": "\\u961f\\u957f"}}').get_json()["tag"]["name"] == "队长"
    assert platform.warnings == ["cgi-bin/tags/create: the body has \\uXXXX escapes"]
