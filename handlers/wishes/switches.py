"""An organizer's line about the plan of pushes: `关 digest`, `打开2`, `改 3 22:00`, `9点的战报别发了`."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from handlers.language.late import pattern
from handlers.language.wordlists import any_of

_OFF, _ON = ("关", "停", "关闭", "关掉", "停掉"), ("开", "打开", "开启", "恢复")
_SWITCH = pattern(rf"(?P<word>{any_of((*_OFF, *_ON))})[: ]*(?P<push>.+)", re.DOTALL)
_MOVE = pattern(any_of(("改", "调", "换", "挪", "提前", "推迟", "延后")))
_HOUR = pattern(r"(?<!\d)(\d{1,2})(?=[点时:])")


@dataclass(frozen=True, slots=True)
class Switch:
    """A push, by its line, id or name, and whether it is to go out from now on."""

    push: str
    on: bool


def switched(text: str) -> Switch | None:
    said = _SWITCH.fullmatch(text)
    return Switch(said["push"].strip(" ,，、:：;；\n\t"), said["word"] in _ON) if said else None


def is_a_switch(text: str, names: Collection[str]) -> bool:
    """Whether 推送 may be followed by this without a separator; `names`: what pushes are called."""
    said = switched(text)
    apart = said is not None and text[: -len(said.push)].endswith((" ", ":"))
    return moves(text) or (said is not None and (apart or said.push.isdigit() or said.push in names))


def moves(text: str) -> bool:
    """Whether a push is to go out at another time."""
    return _MOVE.match(text) is not None and any(map(str.isdigit, text))


def hours_said(text: str) -> frozenset[int]:
    """The hours of the day that a sentence may mean: `9点` is 9 or 21."""
    return frozenset(hour for said in _HOUR.findall(text) for hour in (int(said), int(said) + 12) if hour <= 24)
