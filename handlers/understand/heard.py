"""Words that voice input heard as others of the same sound: 近度 for 进度, 人此 for 人次, 祖队 for 组队.

One table of words and of where each may be mistaken. A word is mended only in that place, so that the name of a unit
(测绘局, 禁毒办, 仁慈医院) stays what it is.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from handlers.language.numerals import DIGITS, MULTIPLIERS
from handlers.language.sound import syllable
from handlers.language.wordlists import forms, rows, words

_NAMED = {
    "START": r"(?:^|[\s,.。!;:、])",
    "BREAK": r"(?:$|[\s,.。!;:~])",
    "FILL": "[是为到有了共:, ]*",
    "FIGURE": rf"[\d{DIGITS}{MULTIPLIERS}]+ ?",
}


class _Place(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]


def _expression(alternatives: str, look: str) -> str:
    """The expression of what may stand there; `look` tells on which side a character must not."""
    if alternatives == "-":
        return ""
    items = [form for item in alternatives.split(" ") for form in forms(item)]
    never = "".join(item[1:] for item in items if item[0] == "!")
    if never:
        return f"({look}[{never}])"
    expression = "|".join(re.sub(r"\^(.)", r"(?!\1)", item) for item in items)
    return re.sub("|".join(_NAMED), lambda named: _NAMED[named[0]], f"(?:{expression})")


_PLACES = {
    place: _Place(re.compile(rf"{_expression(ahead, '?<!')}$"), re.compile(_expression(behind, "?!")))
    for place, ahead, behind in rows("understand/misheard_places")
}
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
