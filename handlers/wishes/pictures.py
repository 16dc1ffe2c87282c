"""A wish for a picture: `海报`, `给我们学校做张感谢状`, `我队海报`, and of which team, in which colours."""

import re
from dataclasses import dataclass
from typing import Literal

from handlers.language.late import pattern
from handlers.language.text import normalise, squash
from handlers.language.units import ends_like_a_unit
from handlers.language.wordlists import any_of, words

Kind = Literal["bulletin", "team", "thanks"]
Theme = Literal["light", "dark"]
LONGEST = 40
"""Characters of the longest line that is such a wish."""


def _one_of(label: str) -> re.Pattern[str]:
    return re.compile(any_of(words("wishes/pictures", label)))


_KINDS: dict[Kind, re.Pattern[str]] = {
    "thanks": _one_of("thanks"),
    "team": _one_of("card"),
    "bulletin": _one_of("poster"),
}
_CERTIFICATE = _one_of("certificate")
_OWN, _DARK, _LIGHT = _one_of("own"), _one_of("dark"), _one_of("light")
_AROUND = any_of(word for label in ("own", "dark", "light", "beside") for word in words("wishes/pictures", label))
_ENDS = pattern(rf"^(?:{_AROUND}|\W)+|(?:{_AROUND}|\W)+$")
_CODE = pattern(r"(?:编号)?#\s?(\d{1,9})(?!\d)|(?<![\d.])(\d{4,9})(?![\d.])")


@dataclass(frozen=True, slots=True)
class AskedPicture:
    """`theme`: None where no colours are named. `code`: of the team that is named by it, `unit`: what unit is named;
    both '' for the sender's own."""

    kind: Kind
    theme: Theme | None
    code: str = ""
    unit: str = ""


def asked_picture(text: str) -> AskedPicture | None:
    """Which picture a line asks for; None where it says anything else besides.

    A poster of a team is its card: `0012 的海报`, `我队海报`.
    """
    line = normalise(text).strip()
    kind = next((kind for kind, word in _KINDS.items() if word.search(line)), None)
    if kind is None or len(line) > LONGEST:
        return None
    code = _CODE.search(line)
    parts = _KINDS[kind].split(_CODE.sub(" ", line))
    named = [left for part in parts if (left := _ENDS.sub("", squash(part)))]
    if len(named) > 1 or any(not ends_like_a_unit(name) or re.search(r"\d", name) for name in named):
        return None
    unit = named[0] if named else ""
    if kind == "bulletin" and (code or unit or _OWN.search(line)):
        kind = "team"
    return AskedPicture(kind, _theme(line), (code[1] or code[2]).zfill(4) if code else "", unit)


def heard_picture(text: str) -> AskedPicture:
    """What a sentence that is known for such a wish names of kind and colours, whatever else it says."""
    line = normalise(text)
    kind: Kind = "bulletin"
    if _KINDS["thanks"].search(line) or _CERTIFICATE.search(line):
        kind = "thanks"
    elif _KINDS["team"].search(line) or _OWN.search(line):
        kind = "team"
    return AskedPicture(kind, _theme(line))


def _theme(line: str) -> Theme | None:
    return "dark" if _DARK.search(line) else "light" if _LIGHT.search(line) else None
