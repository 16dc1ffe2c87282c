"""A team that is called by its number at the head of a line: `10号队 3000`, `进度 十队 又60`."""

import re
from collections.abc import Collection

from handlers.understand.numerals import DIGITS, read_numeral
from handlers.understand.text import normalise

_AT_THE_HEAD = re.compile(
    rf"^(?P<word>(?:进度|上报|汇报|报数|更正|累计|今天|又)[:, ]*)?"
    rf"(?P<called>第?(?P<number>\d{{1,5}}|[{DIGITS}十]{{1,3}}) ?号?队)(?![伍长员])[,:、 ]*"
)


def with_code(text: str, codes: Collection[str]) -> str:
    """The text with a team's code where one of `codes` is called so."""
    said = _AT_THE_HEAD.match(normalise(text))
    if said is None or (code := _code(said)) not in codes:
        return text
    return f"{said['word'] or ''}#{code} {said.string[said.end() :]}"


def called_by_number(text: str) -> str:
    """How a line calls a team by its number; '' where it calls none so."""
    said = _AT_THE_HEAD.match(normalise(text))
    return said["called"] if said else ""


def _code(said: re.Match[str]) -> str:
    number = read_numeral(said["number"])
    return "" if isinstance(number, str) else f"{int(number):04d}"
