"""The account's menu: shape, conditional menus, and what a person would see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.simulator.endpoints.call import OK, Answer, Body, Call, list_of, part_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import VERIFIED
from bot.simulator.ledgers.menus import Button

NEEDED: Mapping[str, tuple[str, ...]] = {
    "click": ("key",),
    "view": ("url",),
    "scancode_push": ("key",),
    "scancode_waitmsg": ("key",),
    "pic_sysphoto": ("key",),
    "pic_photo_or_album": ("key",),
    "pic_weixin": ("key",),
    "location_select": ("key",),
    "media_id": ("media_id",),
    "view_limited": ("media_id",),
    "article_id": ("article_id",),
    "article_view_limited": ("article_id",),
    "miniprogram": ("url", "appid", "pagepath"),
}
KEY_BYTES = 128
URL_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Level:
    """The limits of one row of buttons, and the codes of its refusals."""

    buttons: int
    name_bytes: int
    too_many: int
    bad_type: int
    bad_name: int
    bad_key: int
    bad_url: int


TOP = Level(3, 16, 40016, 40017, 40018, 40019, 40020)
SUB = Level(5, 60, 40023, 40024, 40025, 40026, 40027)


def buttons_of(body: Body) -> Sequence[Button]:
    """The buttons of a menu. Raises 40016 to 40027 and 40055 for what the platform would not show."""
    buttons = list_of(body, "button", 40016)
    _check_row(buttons, TOP)
    return buttons


def _check_row(buttons: list[Any], level: Level) -> None:
    if len(buttons) > level.buttons:
        raise ApiError(level.too_many)
    for button in buttons:
        if not isinstance(button, dict):
            raise ApiError(level.too_many)
        if not 0 < _bytes(button.get("name")) <= level.name_bytes:
            raise ApiError(level.bad_name)
        if subs := button.get("sub_button"):
            if level is SUB:
                raise ApiError(40022)
            _check_row(list_of({"": subs}, "", 40023), SUB)
        else:
            _check_type(button, level)


def _check_type(button: Button, level: Level) -> None:
    kind = button.get("type")
    if not isinstance(kind, str) or kind not in NEEDED:
        raise ApiError(level.bad_type)
    for name in NEEDED[kind]:
        limit, code = (URL_BYTES, level.bad_url) if name == "url" else (KEY_BYTES, level.bad_key)
        if not 0 < _bytes(button.get(name)) <= limit:
            raise ApiError(code)
        if name == "url" and not button[name].startswith(("http://", "https://")):
            raise ApiError(40055)


def _bytes(value: object) -> int:
    return len(value.encode()) if isinstance(value, str) else 0


def create(call: Call) -> Answer:
    call.platform.menus.create(buttons_of(call.unescaped()))
    return OK


def get(call: Call) -> Answer:
    menus = call.platform.menus
    if menus.default is None:
        raise ApiError(46003)
    answer: dict[str, object] = {"menu": {"button": menus.default, "menuid": menus.default_id}}
    if menus.conditional:
        answer["conditionalmenu"] = [
            {"button": menu.buttons, "matchrule": {"tag_id": str(menu.tag)}, "menuid": menu.id}
            for menu in reversed(menus.conditional)
        ]
    return answer


def add_conditional(call: Call) -> Answer:
    body = call.unescaped()
    rule = part_of(body, "matchrule", 65304)
    tag = rule.get("tag_id")
    if not str(tag or "").isdecimal():
        raise ApiError(65304)
    buttons = buttons_of(body)
    return {"menuid": call.platform.menus.add(buttons, call.platform.tags.find(int(str(tag))))}


def delete_conditional(call: Call) -> Answer:
    call.platform.menus.remove(call.unescaped().get("menuid"))
    return OK


ENDPOINTS = (
    Endpoint("cgi-bin/menu/create", "POST", create, VERIFIED, per_day=1000, sandbox_per_day=100),
    Endpoint("cgi-bin/menu/get", "GET", get, VERIFIED, per_day=10_000, sandbox_per_day=1000),
    Endpoint("cgi-bin/menu/addconditional", "POST", add_conditional, VERIFIED, per_day=2000),
    Endpoint("cgi-bin/menu/delconditional", "POST", delete_conditional, VERIFIED, per_day=2000),
)
