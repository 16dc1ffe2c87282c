"""Web authorisation (网页授权): the page that asks, and the calls that follow."""

import re
from urllib.parse import urlencode, urlsplit

from bot.simulator.endpoints.basics import check_secret
from bot.simulator.endpoints.call import OK, Answer, Call, Redirect
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import SERVICE
from bot.simulator.ledgers.oauth import TOKEN_LIFETIME, Scope

STATE = re.compile(r"[a-zA-Z0-9]{0,128}")
WHO = "as"
"""The argument that says who looks at the page; inside WeChat that is known."""


def authorize(call: Call) -> Answer:
    """Sends the browser back at once: whoever comes here in a rehearsal agrees."""
    if call.args.get("appid") != call.platform.appid:
        raise ApiError(40013)
    back = call.args.get("redirect_uri", "")
    if urlsplit(back).scheme not in ("http", "https") or not call.platform.is_own_page(back):
        raise ApiError(10003)
    scope: Scope
    match call.args.get("response_type"), call.args.get("scope"):
        case "code", "snsapi_base":
            scope = "snsapi_base"
        case "code", "snsapi_userinfo":
            scope = "snsapi_userinfo"
        case _:
            raise ApiError(10005)
    state = call.args.get("state", "")
    if not STATE.fullmatch(state):
        raise ApiError(40035)
    person = call.platform.people.find(call.args.get(WHO))
    code = call.platform.authorisations.give_code(person.openid, scope)
    return Redirect(f"{back}{'&' if urlsplit(back).query else '?'}{urlencode({'code': code, 'state': state})}")


def exchange(call: Call) -> Answer:
    if call.args.get("grant_type") != "authorization_code":
        raise ApiError(40002)
    check_secret(call, call.args.get("appid"), call.args.get("secret"))
    permission = call.platform.authorisations.take_code(call.arg("code", 41008))
    token, refresh = call.platform.authorisations.issue(permission)
    told = {"refresh_token": refresh, "openid": permission.openid, "scope": permission.scope}
    return {"access_token": token, "expires_in": int(TOKEN_LIFETIME.total_seconds()), **told}


def renew(call: Call) -> Answer:
    if call.args.get("grant_type") != "refresh_token":
        raise ApiError(40002)
    if call.args.get("appid") != call.platform.appid:
        raise ApiError(40013)
    refresh = call.args.get("refresh_token", "")
    permission, token = call.platform.authorisations.renew(refresh)
    told = {"refresh_token": refresh, "openid": permission.openid, "scope": permission.scope}
    return {"access_token": token, "expires_in": int(TOKEN_LIFETIME.total_seconds()), **told}


def check(call: Call) -> Answer:
    call.platform.authorisations.check(call.args.get("access_token", ""), call.arg("openid", 41009))
    return OK


def describe(call: Call) -> Answer:
    """Raises 48001 when only the openid was allowed."""
    openid = call.arg("openid", 41009)
    if call.platform.authorisations.check(call.args.get("access_token", ""), openid).scope != "snsapi_userinfo":
        raise ApiError(48001)
    blank = {"sex": 0, "province": "", "city": "", "country": "", "headimgurl": "", "privilege": []}
    return {"openid": openid, "nickname": call.platform.people.find(openid).name, **blank}


ENDPOINTS = (
    Endpoint("connect/oauth2/authorize", "GET", authorize, SERVICE, proof="none"),
    Endpoint("sns/oauth2/access_token", "GET", exchange, SERVICE, per_minute=50_000, proof="none"),
    Endpoint("sns/oauth2/refresh_token", "GET", renew, SERVICE, proof="none"),
    Endpoint("sns/auth", "GET", check, SERVICE, proof="none"),
    Endpoint("sns/userinfo", "GET", describe, SERVICE, proof="none"),
)
