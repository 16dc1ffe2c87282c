"""Access tokens."""

from collections.abc import Mapping

from bot.simulator.endpoints.call import Answer, Call
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError


def _check_credentials(call: Call, given: Mapping[str, object]) -> None:
    """Raises 40002, 41002, 41004, 40013 or 40125."""
    if given.get("grant_type") != "client_credential":
        raise ApiError(40002)
    if not given.get("appid"):
        raise ApiError(41002)
    if not given.get("secret"):
        raise ApiError(41004)
    if given["appid"] != call.platform.appid:
        raise ApiError(40013)
    if given["secret"] != call.platform.secret:
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


ENDPOINTS = (
    Endpoint("cgi-bin/token", "GET", classic_token, per_day=2000, sandbox_per_day=200, proof="secret"),
    Endpoint("cgi-bin/stable_token", "POST", stable_token, per_day=500_000, per_minute=10_000, proof="secret"),
)
