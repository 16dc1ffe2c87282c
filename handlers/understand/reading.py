"""`read`: what a message is, once, for everybody: one value of a closed set, resting on the words that were typed.

The grammar alone finds a write; the trained opinion (`opinion`) decides what writes nothing, and may only turn a
booking into a question. Nobody else looks at the text of a message.
"""

from dataclasses import replace
from typing import cast

from handlers.language.text import is_question, normalise, squash
from handlers.language.words import WORDS, Intent
from handlers.understand.alone import named_alone
from handlers.understand.answers import as_answer, asks_back, asks_what, numbers_a_line
from handlers.understand.chain import list_of
from handlers.understand.coordinating import around_a_code, of_whoever_coordinates
from handlers.understand.ear import Ear
from handlers.understand.heads import Found, begins_a_report, head_of
from handlers.understand.mended import Correction, Retraction, Unclear
from handlers.understand.near_words import sounding_alike
from handlers.understand.readings import (
    LIST_LIMIT,
    TEXT_LIMIT,
    Ask,
    Chain,
    HowTo,
    Misspelt,
    Reading,
    Report,
    TooLong,
    Unsure,
    WordAhead,
)
from handlers.understand.recurring import recurring
from handlers.understand.rows import calls
from handlers.understand.sentences import sentence
from handlers.understand.wants import read_as
from handlers.wishes.pictures import asked_picture
from handlers.wishes.slots import says_of_a_matter

__all__ = ["read", "read_as"]

BY_ITS_WORD = frozenset({"register", "correct", "retract"})
"""Wants that are read as such where their word stands ahead, whatever the sentence sounds like."""


@recurring
def read(text: str, ear: Ear) -> Reading:
    """What a message is. Pure; raises nothing but for a fault of ours.

    An open dialogue is asked whether it takes it: no word, list or report that is plain by itself, and no question but
    one about the yes that is waited for.
    """
    if ear.drives and squash(text) in ear.drives:
        return Ask("campaigns", text)
    said = _by_itself(text, ear)
    if ear.answering:
        said = _named_kind(said, ear)
    if isinstance(said, WordAhead | TooLong | Chain) or (isinstance(said, Report) and said.headed):
        return said
    if ear.answering and (not is_question(text) or asks_back(text) or asks_what(text)):
        return as_answer(said, text)
    if words := sounding_alike(text, ear.heads):
        return Misspelt(words)
    return replace(said, numbers=True) if isinstance(said, Unsure) and numbers_a_line(text) else said


def _named_kind(said: Reading, ear: Ear) -> Reading:
    """A word of reporting alone (累计, 线下) may name what an open question asks for: it is no command there."""
    alone = isinstance(said, WordAhead) and not said.behind and ear.heads[said.word].want == "report"
    return said.otherwise if isinstance(said, WordAhead) and alone else said


def _by_itself(text: str, ear: Ear) -> Reading:
    """What a message is where nothing is open."""
    listed = list_of(text[:TEXT_LIMIT], ear)
    if listed and TEXT_LIMIT < len(text) <= LIST_LIMIT:
        listed = list_of(text, ear)
    if len(text) > (limit := LIST_LIMIT if listed else TEXT_LIMIT):
        return TooLong(limit)
    if listed:
        return listed
    line, said = normalise(text), _read(text, ear)
    if isinstance(said, Report) and (calls(text) or (_is_production(said) and begins_a_report(line, ear.heads))):
        return replace(said, headed=True)
    found = head_of(line, ear.heads) or around_a_code(line, ear)
    if found is None or not _is_said(found, said, line):
        return said
    if found.head.want in BY_ITS_WORD:
        said = read_as(cast(Intent, found.head.want), text, ear, found.behind)
    return WordAhead(found.word, found.behind, said)


def _is_said(found: Found, said: Reading, line: str) -> bool:
    """Whether a word at the head of a message is what she says, and not what the message is besides.

    What asks is only a word that shows, or one about a matter by its number (`退回 D1 是不是写错了`); a report that is
    one production beats a word of asking, words of correcting beat those of reporting, and who wants to be forgotten
    does not only leave a dialogue (`退出，资料都删掉`).
    """
    match said:
        case Report() if _is_production(said) and found.head.aside:
            return False
        case Correction() | Retraction() | Unclear() if found.head.want == "report":
            return False
        case Ask("leave" | "unsubscribe") | HowTo("leave") if found.head.want == "cancel" and found.behind:
            return False
    return not found.behind or found.head.aside or not is_question(line) or says_of_a_matter(found.behind)


def _is_production(said: Report) -> bool:
    return said.whole and not said.claims.sounds_like


def _read(text: str, ear: Ear) -> Reading:
    """What a message is by its own words."""
    if word := WORDS.get(squash(text)):
        return read_as(word, text, ear)
    if asked_picture(text):
        return Ask("picture")
    return of_whoever_coordinates(text, ear) or named_alone(text, ear) or sentence(text, ear)
