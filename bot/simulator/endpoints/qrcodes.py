"""QR codes with a scene."""

from datetime import timedelta

from bot.simulator.endpoints.call import Answer, Body, Call, part_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import SERVICE
from bot.simulator.ledgers.qrcodes import PERMANENT, address

SHORTEST, LONGEST, UNTOLD = 60, 2_592_000, 60
"""Seconds a temporary code may live, and does when nothing is said."""

SCENE_CHARACTERS = 64
CODES: dict[str, tuple[str, range | None]] = {
    "QR_SCENE": ("scene_id", range(1, 2**32)),
    "QR_LIMIT_SCENE": ("scene_id", range(1, PERMANENT + 1)),
    "QR_STR_SCENE": ("scene_str", None),
    "QR_LIMIT_STR_SCENE": ("scene_str", None),
}
"""What each action takes, and in which range a number may be."""


def create(call: Call) -> Answer:
    body = call.unescaped()
    action = body.get("action_name")
    if not isinstance(action, str) or action not in CODES:
        raise ApiError(40052)
    scene = _scene(body, *CODES[action])
    if action.startswith("QR_LIMIT"):
        if call.platform.qrcodes.permanent() >= PERMANENT:
            raise ApiError(45009)
        ticket = call.platform.qrcodes.create(scene, None)
        return {"ticket": ticket, "url": address(ticket)}
    seconds = body.get("expire_seconds", UNTOLD)
    if not isinstance(seconds, int) or not SHORTEST <= seconds <= LONGEST:
        raise ApiError(40053)
    ticket = call.platform.qrcodes.create(scene, timedelta(seconds=seconds))
    return {"ticket": ticket, "expire_seconds": seconds, "url": address(ticket)}


def _scene(body: Body, name: str, numbers: range | None) -> str:
    """The scene as an event will carry it. Raises 40053."""
    value = part_of(part_of(body, "action_info", 40053), "scene", 40053).get(name)
    if numbers is not None and isinstance(value, int) and value in numbers:
        return str(value)
    if numbers is None and isinstance(value, str) and 0 < len(value) <= SCENE_CHARACTERS:
        return value
    raise ApiError(40053)


ENDPOINTS = (Endpoint("cgi-bin/qrcode/create", "POST", create, SERVICE, per_day=100_000, sandbox_per_day=10_000),)
