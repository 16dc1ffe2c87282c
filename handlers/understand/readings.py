"""What a message may be: a closed set of values. They hold all that a handler knows of its words."""

from dataclasses import dataclass
from typing import Literal

from handlers.language.words import Intent
from handlers.understand.chain import Chain, CountLine, Entry, Row
from handlers.understand.claim import Claims
from handlers.understand.items import Items
from handlers.understand.mended import Correction, Mended, Restoration, Retraction, Unclear
from handlers.understand.registration import Registration

__all__ = ["Chain", "Claims", "CountLine", "Entry", "Items", "Mended", "Registration", "Row"]
TEXT_LIMIT, LIST_LIMIT = 2000, 12_000
"""Characters of a message that are read, and of a list; a longer one is turned down before anything is matched."""


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of money or gifts. `whole`: every word of it is understood, and a word or a unit says what the figures
    are. `headed`: it begins as reports do, so that it is no answer to anything. `complaint`: see `Ask`."""

    claims: Claims
    whole: bool = False
    headed: bool = False
    complaint: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a campaign that counts items: how many of a task there are, what is right instead, or what is taken back.
    `code`: the team that is named by its code."""

    said: Items
    act: Literal["count", "recount", "retract"]
    code: str = ""


@dataclass(frozen=True, slots=True)
class HowTo:
    """She asks how something is done that would write."""

    want: Intent


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that writes nothing here, by its intent.

    `behind`: what would stand behind its word, None where the whole message does. `codes`: her own teams that are
    named. `bare`: the message without its courtesies. `complaint`: it may be one besides, whatever it wants. `faint`:
    nothing else is likelier, and that is all.
    """

    intent: Intent
    behind: str | None = None
    codes: tuple[str, ...] = ()
    bare: str = ""
    complaint: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A team is looked up, and nothing else is said: by its code, or '' by a unit's name. `said`: what calls it so, ''
    for the whole message."""

    code: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing plain: the two likeliest wants where they are likely, else both ''. `complaint`: see `Ask`.

    `shape`: the message as the trained opinion sees it, figures and names masked; '' where it may be a complaint.
    `numbers`: it is the number of a line of some list, and of nothing else.
    """

    first: Intent | Literal[""] = ""
    second: Intent | Literal[""] = ""
    complaint: bool = False
    shape: str = ""
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class TooLong:
    """More than is read: so many characters may stand in such a message."""

    limit: int


@dataclass(frozen=True, slots=True)
class WordAhead:
    """A word of the bot (folded) and what stands behind it. `otherwise`: what the message is besides."""

    word: str
    behind: str
    otherwise: "Reading"


@dataclass(frozen=True, slots=True)
class Misspelt:
    """No word of the bot, but one in its sound: these are offered before anything is done."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Said where a question is open, and no word, question or report that is plain by itself: the open dialogue takes
    it where its validator does. `otherwise`: what it is where that does not.

    `needs_time`: she has no answer yet (`请稍等`, `我问一下领导`). `asks_back`: she asks whether a yes is wanted
    (`确认吗？`). `asks_what`: she asks to what (`要确认什么`). `digits`: a bare figure, which is no other matter.
    """

    otherwise: "Reading"
    needs_time: bool = False
    asks_back: bool = False
    asks_what: bool = False
    digits: bool = False


Told = Report | Counts | Chain | Mended | Registration
"""What would write."""
Reading = Told | HowTo | Ask | Look | WordAhead | Misspelt | Answer | TooLong | Unsure


def intent_of(reading: Reading) -> Intent:
    """What a reading wants, as one word; `unknown` where nothing is plain."""
    match reading:
        case Ask(intent) | HowTo(intent):
            return intent
        case Report(claims):
            return "nothing" if claims.nothing else "report"
        case Counts(act="count"):
            return "report"
        case Counts(act=act):
            return "retract" if act == "retract" else "correct"
        case Chain(kind):
            return "register" if kind == "registration" else "report"
        case Correction():
            return "correct"
        case Retraction():
            return "retract"
        case Restoration():
            return "restore"
        case Unclear(reason):
            return "retract" if reason == "which" else "correct"
        case Registration():
            return "register"
        case Look():
            return "team"
        case WordAhead(otherwise=otherwise) | Answer(otherwise=otherwise):
            return intent_of(otherwise)
        case TooLong() | Misspelt() | Unsure():
            return "unknown"
