"""The account's menu, and those that only people with a tag see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.followers import Follower

Button: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConditionalMenu:
    id: int
    buttons: Sequence[Button]
    tag: int


class Menus:
    def __init__(self) -> None:
        self.default: Sequence[Button] | None = None
        self.default_id = 0
        self.conditional: list[ConditionalMenu] = []
        self._next = 1

    def create(self, buttons: Sequence[Button]) -> None:
        """Replaces the default menu; conditional ones stay."""
        self.default, self.default_id = buttons, self._number()

    def add(self, buttons: Sequence[Button], tag: int) -> int:
        """A conditional menu's id. Raises 65303 while there is no default menu."""
        if self.default is None:
            raise ApiError(65303)
        self.conditional.append(ConditionalMenu(self._number(), buttons, tag))
        return self.conditional[-1].id

    def remove(self, menu_id: object) -> None:
        """Raises 65301 for an unknown conditional menu."""
        found = next((menu for menu in self.conditional if str(menu.id) == str(menu_id)), None)
        if found is None:
            raise ApiError(65301)
        self.conditional.remove(found)

    def seen_by(self, person: Follower) -> Sequence[Button]:
        """The newest conditional menu that fits, else the default one. Raises 46003 when there is no menu."""
        for menu in reversed(self.conditional):
            if menu.tag in person.tags:
                return menu.buttons
        if self.default is None:
            raise ApiError(46003)
        return self.default

    def _number(self) -> int:
        number, self._next = self._next, self._next + 1
        return number
