"""An organizer's line about the plan of pushes: `关 digest`, `打开 2`."""

import re
from dataclasses import dataclass

from handlers.language.wordlists import any_of

_OFF, _ON = ("关", "停", "关闭", "关掉", "停掉"), ("开", "打开", "开启", "恢复")
_SWITCH = re.compile(rf"(?P<word>{any_of((*_OFF, *_ON))})[: ]+(?P<push>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Switch:
    """A push, by its line, id or name, and whether it is to go out from now on."""

    push: str
    on: bool


def switched(text: str) -> Switch | None:
    said = _SWITCH.fullmatch(text)
    return Switch(said["push"].strip(" ,，、:：;；\n\t"), said["word"] in _ON) if said else None


def is_a_switch(text: str) -> bool:
    """Whether 推送 may be followed by this without a separator."""
    return switched(text) is not None
