"""Words that voice input heard as others of the same sound: 近度 for 进度, 人此 for 人次, 祖队 for 组队.

One table of words and of where each may be mistaken. A word is mended only in that place, so that the name of a unit
(测绘局, 禁毒办, 仁慈医院) stays what it is.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from handlers.language.numerals import DIGITS, MULTIPLIERS
from handlers.language.sound import syllable
from handlers.language.wordlists import rows, words

_FIGURE = rf"[\d{DIGITS}{MULTIPLIERS}]"
_HEAD = r"(?:^|[\s,.。!;:、]|[报个要想的一][下个要]?|我们?|帮忙?|先)$"
_BREAK = r"(?:$|[\s,.。!;:~])"
_THEN_FIGURE = rf"[是为到有了共:, ]*{_FIGURE}"
_ALONE_OR_FIGURE = rf"(?:{_BREAK}|{_THEN_FIGURE})"


class _Place(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]


def _place(before: str, after: str) -> _Place:
    return _Place(re.compile(before), re.compile(after))


_PLACES: dict[str, _Place] = {
    "anywhere": _place("", ""),
    "ahead of a figure": _place("", _THEN_FIGURE),
    "at the head": _place(_HEAD, _ALONE_OR_FIGURE),
    "alone": _place(r"^|[,。!; ]$", _BREAK),
    "at the end": _place("", _BREAK),
    "money raised": _place(r"(?:^|[^高初])$", _THEN_FIGURE),
    "taking back": _place(r"^|[,。!; ]$", r"[上刚那这]"),
    "to form a team": _place(_HEAD, rf"{_BREAK}|[吧了啦]"),
    "offline": _place(rf"^|[\s,。;]$|{_FIGURE}[元块]?$", rf"[现收筹捐]|{_THEN_FIGURE}"),
    "behind a figure": _place(rf"{_FIGURE} ?个?$", r"(?![医幼学小中公])"),
    "label": _place(r"^|[\s,。;、元块]$", rf"[是为有:, ]*{_FIGURE}"),
    "raising": _place("", r"[集得到了](?!眉)"),
    "giving": _place("", rf"{_FIGURE}"),
    "until": _place(r"^|[\s,。;]$", rf"[今昨到目现下晚上中]|{_FIGURE}"),
    "day": _place(r"^|[\s,。;]$", rf"[筹收捐募新又共一]|{_FIGURE}"),
    "ahead of 钱": _place(rf"{_FIGURE}$", r"钱"),
    "unit": _place(rf"{_FIGURE}$", rf"{_BREAK}|{_FIGURE}+人次"),
}
"""What may stand ahead of a misheard word, and behind it."""
_REAL_WORDS = frozenset(words("understand/misheard", "real"))
_ONLY_AS = {"元": frozenset(words("understand/misheard", "only 元"))}
_BY_FIRST: dict[str, list[tuple[str, tuple[str, ...], _Place]]] = {}


def _index() -> dict[str, list[tuple[str, tuple[str, ...], _Place]]]:
    """The table by first syllable; made at the first line, for it loads the pronunciation tables."""
    if not _BY_FIRST:
        for word, where in rows("understand/misheard"):
            if (place := _PLACES.get(where)) is None:
                continue
            sounds = tuple(map(syllable, word))
            _BY_FIRST.setdefault(sounds[0], []).append((word, sounds, place))
    return _BY_FIRST


@lru_cache(maxsize=1024)
def as_meant(line: str) -> str:
    """A normalised line with the words put back that were misheard."""
    if len(line) > 400:
        return line
    index = _index()
    sounds = [syllable(char) if "\u4e00" <= char <= "\u9fff" else char for char in line]
    at = 0
    while at < len(line):
        for word, said, place in index.get(sounds[at], ()):
            end = at + len(word)
            if tuple(sounds[at:end]) == said and _misheard(line, at, end, word, place):
                line = line[:at] + word + line[end:]
                break
        at += 1
    return line


def _misheard(line: str, start: int, end: int, word: str, place: _Place) -> bool:
    written = line[start:end]
    if written == word or written in _REAL_WORDS:
        return False
    if word in _ONLY_AS and written not in _ONLY_AS[word]:
        return False
    return place.before.search(line[:start]) is not None and place.after.match(line, end) is not None
