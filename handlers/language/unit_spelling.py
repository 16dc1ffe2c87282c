"""How names of units are spelled: marks, emoji and traditional characters in one form, and back to what was typed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from handlers.language.late import pattern
from handlers.language.text import normalise
from handlers.language.wordlists import any_of, rows, words

_SIMPLIFIED = str.maketrans({row[0]: row[1] for row in rows("language/traditional")})
_DIGITS = "零一二三四五六七八九"
_HAN = r"[\u4e00-\u9fff]"
_LISTED_ORDINAL = pattern(
    rf"(?<=第)(\d{{1,3}})、(?={_HAN})|(?<={_HAN})(\d{{1,2}})、(?=[中小幼高完职](?:学|儿|校|$|[\s,]))"
)
_BRACKETED_ORDINAL = pattern(
    rf"(?<=第)\(([\d一二三四五六七八九十]{{1,3}})\)|(?<={_HAN})\((\d{{1,2}})\)(?=[中小幼](?:学|儿|$|[\s,]))"
)
_EMOTICON = pattern(rf"\[(?:{any_of(words('language/unit_words', 'emoticon'))})\]|/:[a-zA-Z:@,~<>()'\-]+(?<![,(])")
_SPACED_OUT = pattern(rf"(?<!\S)(?:[\u4e00-\u9fff] ){{2,}}{_HAN}(?!\S)")
_NOT_IN_A_NAME = pattern("[\ufe0e\ufe0f\u200d\u20e3]")


def cleaned(text: str) -> str:
    """A text in which names can be found: normalised, `第④中学` as 第四中学, a blank for each emoji."""
    line = _EMOTICON.sub(" ", normalise(text))
    line = _NOT_IN_A_NAME.sub("", "".join(map(_plain, line)))
    line = _BRACKETED_ORDINAL.sub(_unbracketed, _LISTED_ORDINAL.sub(lambda mark: _in_words(mark[1] or mark[2]), line))
    line = re.sub(r"[^\S\n]+", " ", line).strip(" ")
    return _SPACED_OUT.sub(lambda run: run[0].replace(" ", ""), line)


def _unbracketed(ordinal: re.Match[str]) -> str:
    return ordinal[1] or _in_words(ordinal[2])


def _in_words(figures: str) -> str:
    """A number under a hundred as ordinals of schools are written: 4 is 四, 12 is 十二."""
    tens, ones = divmod(int(figures), 10)
    if tens > 9:
        return figures
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("So", "Sk") and char not in "`^":
        return " "
    if category == "No" and unicodedata.name(char, "").startswith(("DINGBAT", "NEGATIVE", "DOUBLE")):
        return f"{unicodedata.numeric(char):.0f}"
    return char


def simplified(text: str) -> str:
    """The text in simplified characters, as long as it was."""
    return text.translate(_SIMPLIFIED)


def as_typed(name: str, typed: str) -> str:
    """A name that was read in simplified characters, with the characters in which it stands in what was typed."""
    letters = "".join(filter(str.isalnum, typed))
    start = simplified(letters).find("".join(filter(str.isalnum, name)))
    if start < 0 or simplified(typed) == typed:
        return name
    written = iter(letters[start:])
    return "".join(next(written) if char.isalnum() else char for char in name)


def own_name_spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where the names stand in a text, however spelled: spans of the text as given, in order; longer names go first.

    For readers of figures: the digits within a span (24小时便利店, 8.15希望小学, 120急救中心) are the name's. A name
    whose first or last character is a figure is found only where the number ends with it.
    """
    folded, at = _folded(text)
    spans: list[tuple[int, int]] = []
    for name in sorted({"".join(_folded(name)[0]) for name in names}, key=len, reverse=True):
        start = folded.find(name) if len(name) > 1 else -1
        while start >= 0:
            first, end = at[start], at[start + len(name) - 1] + 1
            if not _runs_on(text, first, end) and all(end <= s or e <= first for s, e in spans):
                spans.append((first, end))
            start = folded.find(name, start + 1)
    return sorted(spans)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The letters and digits of a text in one spelling, and the place in the text where each stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in _letters(char):
            letters.append(plain)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=8192)
def _letters(char: str) -> str:
    plain = simplified(unicodedata.normalize("NFKC", _plain(char))).casefold()
    return "".join(filter(str.isalnum, plain))


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a number goes on beyond a span's edge."""
    before, after = text[:start].rstrip(".,"), text[end:].lstrip(".,")
    return (text[start].isdigit() and before[-1:].isdigit()) or (text[end - 1].isdigit() and after[:1].isdigit())
