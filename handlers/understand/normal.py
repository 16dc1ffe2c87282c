"""What was typed, brought into one form to read, with a map back to what was typed.

Width, invisible characters and blanks are made one (`text.normalise`), words that voice input misheard are put back,
web addresses and emoticons (Unicode, `/:strong`, `[强]`) become separators, and what somebody else said
(`「李某：…」`) is taken out: it is nobody's claim.

Voice input hears words as others of the same sound: 近度 for 进度, 人此 for 人次, 祖队 for 组队. One table tells which,
and where each may be mistaken; a word is mended only there, so that the name of a unit (测绘局, 禁毒办) stays.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from handlers.language.numerals import DIGITS, MULTIPLIERS
from handlers.language.sound import syllable
from handlers.language.text import visible
from handlers.language.wordlists import forms, rows, words
from handlers.understand.lexicon import lexicon

_SIGNS = {
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
    return re.sub("|".join(_SIGNS), lambda named: _SIGNS[named[0]], f"(?:{expression})")


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


SEPARATOR = "\x1f"
"""Stands, as often as it needs to, where something was taken out; typed text never holds it."""
QUOTED = "\x1e"
"""Stands where another person's words were."""
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff，。]+", re.IGNORECASE)
_QUOTE = re.compile(r"^\s*「[^」]{1,2000}」[ \n]*(?:[-—－–_ ]{3,}[ \n]*)?")
_TRAILS = re.compile(r"\.{3,}")
_CODE = re.compile(r"/:(?::[@A-Za-z|)(<>$,\-+*'!~&]{1,3}|[a-z]{2,8}|8-\)|,@[-\w!|]{1,2}|[@|!?&#*$<>()X_~-]{1,3}\)?)")
_NAMED = re.compile(r"\[([\u4e00-\u9fff]{1,4}|OK|ok|Emm)\]")


@dataclass(frozen=True, slots=True)
class Line:
    """A message as it is read. `origin[i]` is the place in `typed` from which the i-th character came."""

    typed: str
    text: str
    origin: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """What was typed between two places of the text that is read."""
        return self.typed[self.origin[start] : self.origin[end]].strip()


def line_of(typed: str) -> Line:
    """The line to read of a message as typed."""
    once = unicodedata.normalize("NFC", _KEYCAP.sub(r"\1、", _LINE_ENDS.sub("\n", typed)))
    forms = [visible(char).lower() for char in once]
    raw = "".join(forms)
    origin = [place for place, form in enumerate(forms) for _ in form]
    text, kept = _single_blanks(as_meant(_taken_out(raw)), origin)
    return Line(once, text, (*kept, len(once)))


def _taken_out(text: str) -> str:
    """The text, as long as before, with what nobody claims and what is no word blanked."""
    text = _QUOTE.sub(lambda found: QUOTED * len(found[0]), text, count=1)
    text = _ADDRESS.sub(_separated, text)
    text = _TRAILS.sub(lambda found: "…" * len(found[0]), text)
    text = _CODE.sub(_separated, text)
    return _NAMED.sub(lambda found: found[0] if found[1] in lexicon().senses else _separated(found), text)


def _separated(found: re.Match[str]) -> str:
    return SEPARATOR * len(found[0])


def _single_blanks(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """The text without the blanks beyond one, and the places that are left."""
    kept = [
        place
        for place, char in enumerate(text)
        if char != " " or (0 < place < len(text) - 1 and text[place - 1] not in " \n" and text[place + 1] != "\n")
    ]
    return "".join(text[place] for place in kept), [origin[place] for place in kept]
