"""What a coordinator decides or asks for, said in a sentence: `0012 驳回 名称不规范`, `把D3转给绥江县`, `有几件舆情`.

A production is a line of classes of `data/decisions.tsv`, each once, `?` or `*`, and of the parts that are no words.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from handlers.language.wordlists import limited
from handlers.language.words import CaseAct, DifferenceAct

Verdict = Literal["approve", "reject"]
Act = CaseAct | DifferenceAct
Asked = Literal["cases", "differences"]
_ACTS: Mapping[Act | Verdict, str] = {
    "approve": "ahead* CODE counted? may* approve so*",
    "reject": "ahead* CODE counted? may* reject so* REASON",
    "take_case": "ahead* CASE counted? may* take so*",
    "hand_case_on": "ahead* CASE counted? may* hand_on to* WHOM",
    "close_case": "ahead* CASE counted? may* close so* REASON",
    "adopt_platform": "ahead* CODE counted? may* adopting* platform adopted*",
    "keep_reported": "ahead* CODE counted? may* keep reported kept*",
    "ask_captain": "ahead* CODE counted? may* let* captain herself* check looking*",
}
_ASKED: Mapping[Asked, str] = {
    "cases": "asking_ahead* case asking_behind*",
    "differences": "looking_ahead* how_many* unit* differing listed*",
}
_PARTS = {
    "CODE": r"(?P<code>#[ ]?\d{1,9}|0\d{3,8}|[dD][ ]?\d{1,6})(?!\d)",
    "CASE": r"(?P<code>[dD][ ]?\d{1,6})(?!\d)",
    "REASON": r"[,:。! ]*(?P<rest>.*)",
    "WHOM": r"(?P<rest>\D+)",
}


class Decided(NamedTuple):
    """What is done, and what would stand behind its word: the number, and what else is said."""

    want: Act
    behind: str


def decided(line: str) -> Decided | None:
    """What a normalised line does to a case or to a difference from the platform; None where it is no production."""
    acts: tuple[Act, ...] = (
        "take_case", "hand_case_on", "close_case", "adopt_platform", "keep_reported", "ask_captain",
    )  # fmt: skip
    return next((Decided(want, behind) for want in acts if (behind := _behind(want, line))), None)


def verdict_behind(want: Verdict, line: str) -> str:
    """What would stand behind the word of a verdict; '' where a normalised line is not one production."""
    return _behind(want, line)


def asked_for(line: str) -> Asked | None:
    """Whether a squashed message asks for the cases or which teams the platform differs from, and says nothing else."""
    return next((asked for asked, production in _ASKED.items() if _pattern(production).fullmatch(line)), None)


def _behind(want: Act | Verdict, line: str) -> str:
    found = _pattern(_ACTS[want]).fullmatch(line)
    return " ".join(part for part in found.groupdict().values() if part) if found else ""


@cache
def _pattern(production: str) -> re.Pattern[str]:
    return re.compile("".join(map(_part, production.split())) + r"[\W_]*")


def _part(part: str) -> str:
    if part in _PARTS:
        return _PARTS[part]
    words = limited("understand/decisions", part.rstrip("?*").replace("_", " "))
    if part.endswith("*"):
        return f"(?:{words}|[:, ])*+"
    return f"(?:{words})?" if part.endswith("?") else f"(?:{words})"
