"""Tokens, quotas, and the calls that only ask how things are."""

import secrets
from collections.abc import Mapping

from bot.simulator.endpoints.call import OK, Answer, Call
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.quotas import MINUTE

PUSH_SERVERS = ["127.0.0.1"]


def _check_credentials(call: Call, given: Mapping[str, object]) -> None:
    if given.get("grant_type") != "client_credential":
        raise ApiError(40002)
    check_secret(call, given.get("appid"), given.get("secret"))


def check_secret(call: Call, appid: object, secret: object) -> None:
    """Raises 41002, 41004, 40013 or 40125."""
    if not appid:
        raise ApiError(41002)
    if not secret:
        raise ApiError(41004)
    if appid != call.platform.appid:
        raise ApiError(40013)
    if secret != call.platform.secret:
        raise ApiError(40125)


def classic_token(call: Call) -> Answer:
    _check_credentials(call, call.args)
    token, seconds = call.platform.tokens.classic.issue()
    return {"access_token": token, "expires_in": seconds}


def stable_token(call: Call) -> Answer:
    body = call.body()
    _check_credentials(call, body)
    token, seconds = call.platform.tokens.stable.issue(force=body.get("force_refresh") is True)
    return {"access_token": token, "expires_in": seconds}


def addresses(call: Call) -> Answer:
    return {"ip_list": PUSH_SERVERS}


def check_callback(call: Call) -> Answer:
    body = call.unescaped()
    if body.get("action") not in ("dns", "ping", "all"):
        raise ApiError(40202)
    if body.get("check_operator", "DEFAULT") not in ("CHINANET", "UNICOM", "CAP", "DEFAULT"):
        raise ApiError(40203)
    dns = [{"ip": PUSH_SERVERS[0], "real_operator": "DEFAULT"}]
    ping = [{"ip": PUSH_SERVERS[0], "from_operator": "DEFAULT", "package_loss": "0%", "time": "0.100ms"}]
    whole = {"dns": dns, "ping": ping}
    return whole if body["action"] == "all" else {body["action"]: whole[body["action"]]}


def clear_quota(call: Call) -> Answer:
    if call.unescaped().get("appid") != call.platform.appid:
        raise ApiError(40013)
    call.platform.quotas.clear()
    return OK


def clear_quota_with_secret(call: Call) -> Answer:
    check_secret(call, call.args.get("appid"), call.args.get("appsecret"))
    call.platform.quotas.clear()
    return OK


def quota_of(table: Mapping[str, Endpoint]) -> Endpoint:
    """`openapi/quota/get`, which answers for the APIs of `table`."""

    def answer(call: Call) -> Answer:
        path = str(call.unescaped().get("cgi_path", "")).lstrip("/")
        endpoint = table.get(path)
        if endpoint is None:
            raise ApiError(76021)
        limit, used = endpoint.limit(call.platform.kind) or 0, call.platform.quotas.used(path)
        quota = {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}
        rate = {"call_count": endpoint.per_minute or 0, "refresh_second": int(MINUTE.total_seconds())}
        return {**OK, "quota": quota, "rate_limit": rate}

    return Endpoint("cgi-bin/openapi/quota/get", "POST", answer)


def ticket(call: Call) -> Answer:
    if call.args.get("type", "jsapi") not in ("jsapi", "wx_card"):
        raise ApiError(40035)
    return {**OK, "ticket": secrets.token_urlsafe(64), "expires_in": 7200}


ENDPOINTS = (
    Endpoint("cgi-bin/token", "GET", classic_token, per_day=2000, sandbox_per_day=200, proof="secret"),
    Endpoint("cgi-bin/stable_token", "POST", stable_token, per_day=500_000, per_minute=10_000, proof="secret"),
    Endpoint("cgi-bin/getcallbackip", "GET", addresses),
    Endpoint("cgi-bin/get_api_domain_ip", "GET", addresses),
    Endpoint("cgi-bin/callback/check", "POST", check_callback),
    Endpoint("cgi-bin/clear_quota", "POST", clear_quota),
    Endpoint("cgi-bin/clear_quota/v2", "POST", clear_quota_with_secret, proof="secret"),
    Endpoint("cgi-bin/ticket/getticket", "GET", ticket, per_day=1_000_000),
)
