"""The account's menu: one for everybody, and one in its place for each tag of people (wechat-platform §5.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.wechat.client import AccountClient, unfit
from scheduler.channels import Skip

BUTTONS = 3
SUB_BUTTONS = 5
BUTTON_BYTES = 16
"""Bytes of a name in the bar; a sub-button's has 60."""
SUB_BUTTON_BYTES = 60
KEY_BYTES = 128

_NO_MENU = 46003


@dataclass(frozen=True, slots=True)
class Button:
    """Tapping it sends `key` as a CLICK event. With `buttons` it only opens them."""

    name: str
    key: str = ""
    buttons: tuple["Button", ...] = ()

    def as_json(self) -> dict[str, object]:
        if self.buttons:
            return {"name": self.name, "sub_button": [button.as_json() for button in self.buttons]}
        return {"type": "click", "name": self.name, "key": self.key}


Menu = Sequence[Button]


class Menus:
    def __init__(self, client: AccountClient) -> None:
        self._client = client

    def publish(self, menu: Menu, for_tags: Mapping[int, Menu]) -> None:
        """Replace everybody's menu, and the menus of the people with a tag. Seen within five minutes of reopening.

        Repeating it, also after a failure half way, leads to the same.
        """
        self._client.require("menu")
        bodies = [(tag, _body(special)) for tag, special in for_tags.items()]
        before = self._conditional()
        self._client.look_up("menu/create", _body(menu))
        for menu_id in before:
            self._client.look_up("menu/delconditional", {"menuid": menu_id})
        for tag, body in bodies:
            self._client.look_up("menu/addconditional", {**body, "matchrule": {"tag_id": str(tag)}})

    def exists(self) -> bool:
        """Whether a menu was published by the API: what the console made does not count in developer mode."""
        return bool(self._get())

    def _conditional(self) -> list[str]:
        """The ids of the menus that stand in place of everybody's."""
        return [str(menu["menuid"]) for menu in self._get().get("conditionalmenu", [])]

    def _get(self) -> dict[str, Any]:
        self._client.require("menu")
        try:
            return self._client.look_up("menu/get")
        except Skip as refused:
            if refused.code != _NO_MENU:
                raise
            return {}


def check_menu(menu: Menu) -> None:
    """Raises `Skip` with WeChat's code for a menu that it would refuse."""
    if not 0 < len(menu) <= BUTTONS:
        raise unfit(f"a menu has 1 to {BUTTONS} buttons", 40016)
    for button in menu:
        _check_name(button, BUTTON_BYTES)
        if len(button.buttons) > SUB_BUTTONS:
            raise unfit(f"{button.name}: at most {SUB_BUTTONS} buttons beneath it", 40023)
        for leaf in button.buttons or (button,):
            if leaf is not button:
                _check_name(leaf, SUB_BUTTON_BYTES)
            if leaf.buttons and leaf is not button:
                raise unfit(f"{leaf.name}: buttons stand on two levels only", 40022)
            if not 0 < len(leaf.key.encode()) <= KEY_BYTES:
                raise unfit(f"{leaf.name}: a key has 1 to {KEY_BYTES} bytes", 40019)


def _check_name(button: Button, limit: int) -> None:
    if not 0 < len(button.name.encode()) <= limit:
        raise unfit(f"{button.name or 'a button'}: a name has 1 to {limit} bytes", 40018)


def _body(menu: Menu) -> dict[str, object]:
    check_menu(menu)
    return {"button": [button.as_json() for button in menu]}
