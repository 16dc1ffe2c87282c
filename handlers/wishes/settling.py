"""What an organizer settles in one line: an award without some, a final figure with its reason."""

from dataclasses import dataclass

from handlers.language.called import is_name
from handlers.language.figures import figures_at
from handlers.language.late import pattern
from handlers.language.text import clean, normalise
from handlers.wishes.slots import SEPARATORS
from storage.models.teams import Channel

LONGEST = 60
"""Characters of a reason that are told."""
_WITHOUT = pattern(r"(?:去掉|除去|不含|剔除)")
_APART = pattern(r"[、,，;； ]+")


@dataclass(frozen=True, slots=True)
class SettledAward:
    """The award that is named, and who is left out."""

    name: str
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidFinal:
    """The right total, in fen and 人次 (None where she leaves them), and why."""

    channel: Channel
    amount_fen: int
    donations: int | None
    reason: str


def settled_award(text: str) -> SettledAward:
    """`优秀组织奖 去掉 0012、某校`."""
    name, *without = _WITHOUT.split(text, maxsplit=1)
    names = _APART.split(without[0].strip()) if without else []
    return SettledAward(name, tuple(filter(None, names)))


def is_called(said: str, code: str, name: str) -> bool:
    """Whether a team or a place is meant, by its code or its whole name."""
    return said.lstrip("#") == code or is_name(said, (name,))


def said_final(text: str) -> SaidFinal | None:
    """`线下 3200元 32人次 平台复核有误`; None where no amount stands at the head."""
    line = normalise(text)
    channel: Channel = "offline" if line.startswith("线下") else "online"
    line = line.removeprefix("线上").removeprefix("线下").strip(SEPARATORS)
    amount = next((f for f in figures_at(line, 0) if f.kind in ("money", "bare", "code")), None)
    if amount is None or amount.value is None or amount.doubt:
        return None
    line, donations = line[amount.end :].strip(SEPARATORS), None
    gifts = next((f for f in figures_at(line, 0) if f.kind == "gifts" and f.value is not None), None)
    if gifts and gifts.value is not None:
        line, donations = line[gifts.end :].strip(SEPARATORS), int(gifts.value)
    fen = amount.value * 100
    if fen != int(fen) or fen < 0:
        return None
    return SaidFinal(channel, int(fen), donations, clean(line.removeprefix("原因").strip(SEPARATORS), LONGEST))
