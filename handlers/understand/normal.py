"""What was typed, brought into one form to read, with a map back to what was typed.

Width, invisible characters and blanks are made one (`text.normalise`), words that voice input misheard are put back,
web addresses and emoticons (Unicode, `/:strong`, `[强]`) become separators, and what somebody else said
(`「李某：…」`) is taken out: it is nobody's claim.
"""

import re
import unicodedata
from dataclasses import dataclass

from handlers.language.text import visible
from handlers.understand.heard import as_meant
from handlers.understand.lexicon import lexicon

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
