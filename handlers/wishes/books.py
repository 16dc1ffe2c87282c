"""A wish for the figures of a region as tables (`导出 永善县`, `把我们县的表格发我`), or as a 接龙 for a group."""

import re
from dataclasses import dataclass

from handlers.language.late import pattern
from handlers.language.names import find_region
from handlers.language.text import normalise, squash
from handlers.language.wordlists import any_of, words
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.disclosures import Bound

LONGEST = 30
"""Characters of the longest line that is such a wish."""
_TABLE, _TAKE = (pattern(any_of(words("wishes/books", label))) for label in ("table", "take"))
_DATA, _BESIDE = (pattern(any_of(words("wishes/books", label))) for label in ("data", "beside"))
_GIVER = pattern(any_of(words("wishes/books", "giver")))
_CHAIN = pattern(any_of(words("wishes/books", "chain")))
_CSV = pattern("csv", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedBook:
    """`region` is None where no place is named; `choice`: the name of the columns that are wanted, '' for all."""

    region: Region | None
    form: Bound
    choice: str


def asked_book(campaign: Campaign, text: str) -> AskedBook | None:
    """What is asked for; None where something is named that is neither a place nor a word of such wishes."""
    choice, said = _choice(campaign, text)
    region, rest = find_region(campaign, said)
    if left := _left(squash(rest)):
        return None if left not in squash(campaign.area) else AskedBook(None, _form(said), choice)
    return AskedBook(region, _form(said), choice)


def heard_book(campaign: Campaign, text: str) -> AskedBook | None:
    """What a sentence that is known for such a wish names of place, form and columns, whatever else it says.

    None where it is about who gave what, of which there is no table.
    """
    if _GIVER.search(normalise(text)):
        return None
    choice, said = _choice(campaign, text)
    return AskedBook(find_region(campaign, said)[0], _form(said), choice)


def asks_for_a_book(campaign: Campaign, text: str) -> bool:
    """Whether a line is such a wish and nothing else: a word of tables or of taking out, and a place perhaps."""
    line = normalise(text)
    if len(line) > LONGEST or not (_TABLE.search(line) or _TAKE.search(line)):
        return False
    return asked_book(campaign, line) is not None


def asks_for_a_chain(campaign: Campaign, text: str) -> bool:
    """Whether a line asks for the figures of a place as a 接龙: `发一下永善县的接龙`, and nothing else."""
    line = normalise(text)
    if len(line) > LONGEST or not _CHAIN.search(line):
        return False
    _, rest = find_region(campaign, _CHAIN.sub(" ", line))
    return not _left(squash(rest))


def _choice(campaign: Campaign, text: str) -> tuple[str, str]:
    """The campaign's choice of columns that is named, and the text without it."""
    for choice in campaign.book_columns:
        if choice.name in text:
            return choice.name, text.replace(choice.name, " ", 1)
    return "", text


def _form(text: str) -> Bound:
    return "csv" if _CSV.search(text) else "xlsx"


def _left(said: str) -> str:
    """What is none of the words of such wishes."""
    for known in (_TAKE, _TABLE, _DATA, _BESIDE):
        said = known.sub("", said)
    return said
