"""What may answer an open question: a yes, a number of a list, a total, a channel, a task, a unit or a captain.

A yes in other words (`嗯对没错，记上嘛`) is made of nothing but words of consent, one of them a firm one. Some of these
are said as a mere courtesy too (`好的谢谢`): where something would be lost, such a yes is none.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from handlers.language.non_answers import non_answer
from handlers.language.numerals import DIGITS, read_numeral
from handlers.language.text import fold, is_question, normalise, squash
from handlers.language.wordlists import forms, limited, words
from handlers.language.words import WORDS
from handlers.understand.correcting import channel_named, read_total, teams_named
from handlers.understand.ear import Ear
from handlers.understand.heads import asks_for_more
from handlers.understand.items import read_items
from handlers.understand.lexicon import Sense, lexicon
from handlers.understand.mended import Correction, Figures, Retraction
from handlers.understand.normal import line_of
from handlers.understand.readings import Answer, Chain, Counts, Reading, Report
from handlers.understand.registration import Registration, read_registration
from handlers.understand.tokens import tokens_of
from handlers.understand.verdicts import ReadingKind
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign
from storage.models.teams import Channel

__all__ = ["asks_for_more", "non_answer", "read_registration", "read_total", "teams_named"]

LONGEST = 20
"""Characters of the longest answer that is taken for a mere yes."""
_ASKING = tuple(forms("".join(words("understand/answering", "asks"))))
FIRM = frozenset({"yes", "polite"})
NEEDS_TIME = ("wait", "ask", "undecided")
"""Classes of what is said in place of an answer after which the question waits."""
LONGEST_SLIP = 3
"""Characters of an answer that is taken for a slip, whatever else such a word may mean elsewhere."""
_KINDS: dict[ReadingKind, tuple[str, ...]] = {
    "total": ("total", "sum"),
    "day": ("day",),
    "increment": ("increment", "again", "just"),
}
"""What of the class `kind` a word is that names a kind of figures."""
LONGEST_LIST = 99
"""Lines that a list may have: such a number alone means nothing where none is open."""

_PARTS = re.compile(r"[\s,。!、;]+")
_any = partial(limited, "understand/answering")
_BESIDE_A_NAME = re.compile(rf"^(?:{_any('before a name')})+|(?:{_any('behind a name')})*[,。! ]*$")
_CHOSEN = re.compile(rf"(?:{_any('before a number')})*((?!0)[0-9{DIGITS}十]+)(?:{_any('behind a number')})*")


def number_chosen(text: str, options: int) -> int | None:
    """The index (from 0) of the line a person chose by its number, in any writing; None for anything else."""
    said = _CHOSEN.fullmatch(squash(text))
    number = read_numeral(said[1]) if said else 0
    return int(number) - 1 if isinstance(number, Decimal) and 1 <= number <= options else None


def name_chosen(text: str) -> str:
    """What an answer calls the line that it chooses: `人道那个`, `就选绿美的吧`."""
    return _BESIDE_A_NAME.sub("", normalise(text))


def numbers_a_line(text: str) -> bool:
    """Whether a message is the number of a line of some list, and nothing else."""
    return number_chosen(text, LONGEST_LIST) is not None


def is_a_choice(text: str) -> bool:
    """Whether a message can only choose from a list: its number, in any writing, or bare digits such as a code's."""
    return numbers_a_line(text) or is_digits(text)


def as_answer(otherwise: Reading, text: str) -> Answer:
    """A message as what an open question may be answered by; what it is besides."""
    return Answer(
        otherwise,
        needs_time=non_answer(text) in NEEDS_TIME and WORDS.get(squash(text)) != "confirm",
        asks_back=is_question(text) and asks_back(text),
        asks_what=asks_what(text),
        digits=is_digits(text),
    )


def is_of_its_own(reading: Reading) -> bool:
    """Whether what is said where a question is open is a report, a correction or a retraction by itself, and no answer
    to what was asked about another figure."""
    match reading:
        case Report(claims):
            return claims.nothing or any(claim.mood == "said" for claim in claims.claims)
        case Correction(right=right, old=old):
            return right is not None or old != Figures()
        case Counts(said=said):
            return said.count is not None
        case Retraction(codes=codes):
            return bool(codes)
        case Chain():
            return True
    return False


def leaves_it_out(text: str) -> bool:
    """Whether she would rather not answer: `跳过`, `不方便说`."""
    return Sense("leaves out", "") in lexicon("understand/answering").senses.get(squash(text), ())


def is_a_word(text: str) -> bool:
    """Whether an answer is one of the words that say alone what is wanted, and so no name."""
    return squash(text) in WORDS


def is_digits(text: str) -> bool:
    return squash(text).isdigit()


def is_a_slip(text: str) -> bool:
    """Whether an answer is no sentence that could be another matter: a figure, or a word of few characters."""
    return is_digits(text) or len(squash(text)) <= LONGEST_SLIP


def kind_named(text: str, kinds: Sequence[ReadingKind], ear: Ear) -> ReadingKind | None:
    """Which of the kinds of a figure an answer names by words of kinds alone: `累计`, `今天`; the first decides."""
    tokens = tokens_of(line_of(text), ear)
    if not all(token.has("kind") for token in tokens):
        return None
    return next((kind for token in tokens[:1] for kind in kinds if token.has("kind", *_KINDS[kind])), None)


def yes_or_no(text: str) -> bool | None:
    """Whether a proposal is accepted or turned down; None where she says neither.

    `嗯对没错，记上嘛` is a yes like a word of the table: nothing but words of consent.
    """
    parts = [text] if squash(text) in WORDS else _PARTS.split(normalise(text))
    heard = {WORDS.get(squash(part)) for part in parts if squash(part)} - {"thanks"}
    if None in heard and consents(normalise(text)):
        return True
    if None in heard and _turns_down(normalise(text)):
        return False
    return heard == {"confirm"} if heard in ({"confirm"}, {"cancel"}) else None


def _turns_down(line: str) -> bool:
    """Whether a normalised line is a no and nothing besides but that all stays as it is: `算了，还是继续当`."""
    first, *others = _kinds_said(fold(line)) or [frozenset()]
    return "no" in first and all("with no" in kinds for kinds in others)


def consents(line: str) -> bool:
    """Whether a normalised line is a yes and nothing else."""
    firm = False
    for sense in _senses(fold(line)):
        if not sense or (sense == "end" and not firm):
            return False
        firm = firm or sense in FIRM
    return firm and len(fold(line)) <= LONGEST


def is_explicit(text: str) -> bool:
    """Whether an answer that is a yes holds a word that is said for nothing but that: `好的，确认`, no `好的谢谢`."""
    return "yes" in _senses(fold(normalise(text)))


def asks_back(text: str) -> bool:
    """Whether an answer asks about the yes that it was asked for: `确认吗？`, `对吗`."""
    said = fold(normalise(text))
    return said.endswith(_ASKING) and consents(said.rstrip("".join(_ASKING)))


def asks_what(text: str) -> bool:
    """Whether an answer asks what the question was: `到底要确认什么`."""
    return Sense("asks what", "") in lexicon("understand/answering").senses.get(squash(text), ())


def _senses(said: str) -> Iterator[str]:
    """The classes of the words of consent, from left to right; '' for a character that belongs to none."""
    for kinds in _kinds_said(said):
        yield from kinds - {"no", "with no"} or {""}


def _kinds_said(said: str) -> list[frozenset[str]]:
    """The classes of each word, the longest first, from left to right; none for a character that belongs to none."""
    words, at, found = lexicon("understand/consents"), 0, list[frozenset[str]]()
    while at < len(said):
        end = next(words.words_at(said, at), at)
        found.append(frozenset(sense.kind for sense in words.senses.get(said[at:end], ())))
        at = max(end, at + 1)
    return found


def channel_in(text: str, ear: Ear) -> Channel | None:
    """The one channel that an answer names."""
    return channel_named(tokens_of(line_of(text), ear))


def task_named(campaign: Campaign, text: str) -> Task | None:
    """The one task that an answer names, and no count."""
    said = read_items(campaign, text)
    return said.task if said.count is None else None


def captain_in(campaign: Campaign, text: str) -> Registration:
    """Whose name or telephone an answer tells."""
    return read_registration(campaign, f"队长{text}" if text else "")
