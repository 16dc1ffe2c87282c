"""What a message is that names one thing and says nothing besides: a code, a place, a unit, a figure of a ranking."""

import re

from handlers.language.text import normalise, squash
from handlers.language.units import ends_like_a_unit, looks_like_unit
from handlers.understand.courtesies import beneath
from handlers.understand.ear import Ear
from handlers.understand.items import names_what_is_counted, read_items
from handlers.understand.items import told as told_of_tasks
from handlers.understand.normal import line_of
from handlers.understand.readings import Ask, Counts, HowTo, Look, Reading
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.wants import read_as
from handlers.wishes.slots import code_called, code_marked
from handlers.wishes.standings import asks_for_places, names_a_place_alone
from storage.secret_codes import CODE_LETTERS

INVITATION = 8
"""Characters of an invitation code."""
_FIGURE = re.compile(r"\d+(?:[WK]|YUAN|RMB|CNY)?")


def named_alone(text: str, ear: Ear) -> Reading | None:
    """A code or a place and nothing else, or a count of items."""
    if code := _code_alone(normalise(text).strip(), ear):
        return Look(code)
    if is_invitation(text):
        return Ask("bind")
    if names_what_is_counted(ear.campaign, text):
        return HowTo("report")
    if names_a_place_alone(ear.campaign, text) or asks_for_places(text):
        return read_as("rank", text, ear)
    verb = told_of_tasks(ear.campaign, text)
    return Counts(read_items(ear.campaign, text), verb) if verb else None


def _code_alone(text: str, ear: Ear) -> str:
    """The code that a text is, '' for none. From whoever leads a team a bare figure is what came in."""
    return code_marked(text) if ear.teams else code_called(text)


def is_invitation(text: str) -> bool:
    """Whether a line is nothing but what an invitation code looks like, and no figure with its unit."""
    said = squash(text).upper()
    return len(said) == INVITATION and set(said) <= set(CODE_LETTERS) and not _FIGURE.fullmatch(said)


def looked_up(text: str, ear: Ear) -> Look | None:
    """A team's code or a unit's name beneath words of looking: `帮我查一下昭通一中`. None where it is anything else."""
    spoken = list(beneath(normalise(text)))
    plain = {said.bare for said in spoken if not said.looking}
    for bare in dict.fromkeys(said.bare for said in spoken if said.looking and said.bare not in plain):
        if (code := _code_alone(bare, ear)) or _is_a_unit(bare, ear):
            return Look(code, bare)
    return None


def _is_a_unit(name: str, ear: Ear) -> bool:
    return len(name) > 1 and names_a_unit_alone(tokens_of(line_of(name), ear), name, ear)


def names_a_unit_alone(tokens: tuple[Token, ...], text: str, ear: Ear) -> bool:
    """Whether a message is one unit's name and nothing besides."""
    kinds = {token.kind for token in tokens} - {"gap", "break", "stop"}
    named = bool(kinds & {"unit", "own"}) and kinds <= {"unit", "own", "name"}
    return named and ends_like_a_unit(text) and looks_like_unit(ear.campaign, text) is None
