"""Which of a campaign's bulletins somebody subscribes to: `订阅 午间`, `订阅全部`."""

from typing import cast

from handlers.language.wordlists import forms, rows
from storage.models.pushes import Edition

LONGEST = 7
"""Characters of what may follow the word without a mark between."""
_WHO = ("谁", "哪些人", "什么人", "哪几个人", "多少人", "几个人")
_WORDS = tuple((form, cast(Edition, edition)) for word, edition in rows("wishes/editions") for form in forms(word))


def edition_named(text: str) -> Edition | None:
    """The edition that a text names."""
    return next((edition for word, edition in _WORDS if word in text), None)


def asks_who_gets(text: str) -> bool:
    """Whether a sentence asks to whom the bulletin goes: `中午战报谁能收到`."""
    return any(word in text for word in _WHO)


def says_which(text: str) -> bool:
    """Whether 订阅 may be followed by this without a separator."""
    return len(text) <= LONGEST and edition_named(text) is not None
