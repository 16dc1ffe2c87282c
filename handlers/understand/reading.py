"""`read`: what a message is, once, for everybody: one value of a closed set, resting on the words that were typed.

The grammar alone finds a write; the trained opinion (`intents`) decides what writes nothing, and may only turn a
booking into a question. Nobody else looks at the text of a message.
"""

from dataclasses import dataclass

from handlers.understand import mended
from handlers.understand.chain import as_one_report
from handlers.understand.claim import Claims
from handlers.understand.claims import claims_of
from handlers.understand.correcting import read_correction
from handlers.understand.ear import Ear
from handlers.understand.intents import Guess, campaign_names, guess
from handlers.understand.items import told as told_of_tasks
from handlers.understand.mending import mending_of
from handlers.understand.normal import line_of
from handlers.understand.policy import ruled
from handlers.understand.registration import read_registration
from handlers.understand.text import is_question, squash
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.words import WORDS, Intent

ACTS, SURELY, AMONG_TWO = 0.5, 0.8, 0.6
"""The margin at which an intent is acted upon, at which one with consequences is; from which sum two are offered."""
CONSEQUENTIAL: frozenset[str] = frozenset({"leave", "unsubscribe", "approve", "reject", "restore", "retract", "amend"})
LONGEST_LINE_NUMBER = 2
OF_HERSELF = frozenset({"leave", "privacy", "unsubscribe", "amend", "register"})
"""Wants that share their verbs with a retraction (删, 取消, 撤): of herself, her team or what she subscribed to."""
TAKEN_BACK = frozenset({"retract", "correct", "report", "cancel"})
HEARD_AS_A_WRITE = frozenset({"report", "nothing", "correct", "retract", "register", "confirm", "history", "team"})
"""What the trained opinion may take a report for without a question: it tells figures, or her own."""


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of money or gifts. `doubted`: what the trained opinion surely takes the message for instead; '' for a
    report. `whole`: every word of it is understood, and a word or a unit says what the figures are."""

    claims: Claims
    doubted: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """Something reported is put right."""

    text: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """Something reported is taken back."""

    text: str


@dataclass(frozen=True, slots=True)
class Registration:
    """A unit is entered for a project."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that writes nothing here, by its intent."""

    intent: Intent
    text: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing plain: the two likeliest wants where they are likely, else '' for both."""

    text: str
    first: Intent | str = ""
    second: Intent | str = ""


Reading = Report | Correction | Retraction | Registration | Ask | Unsure


def intent_of(reading: Reading) -> Intent:
    """What a reading wants, as one word; `unknown` where nothing is plain."""
    match reading:
        case Ask(intent, _):
            return intent
        case Report():
            return "report"
        case Correction():
            return "correct"
        case Retraction():
            return "retract"
        case Registration():
            return "register"
        case _:
            return "unknown"


def read(text: str, ear: Ear) -> Reading:
    """What a message is. Pure; raises nothing but for a fault of ours."""
    if word := WORDS.get(squash(text)):
        return _of_word(word, text)
    if verb := told_of_tasks(ear.campaign, text):
        return Correction(text) if verb == "recount" else Ask("report", text)
    text = as_one_report(text, ear) or text
    line = line_of(text)
    tokens = tokens_of(line, ear)
    claims = claims_of(line, tokens, ear)
    asks = is_question(text)
    if put_right := _mended(text, line.text, tokens, ear):
        return put_right
    if not asks and is_whole(claims) and not is_a_line_number(line.text):
        return Report(claims, whole=True)
    heard = guess(text, campaign_names(ear.campaign))
    if heard.best == "incident" and (heard.complaint or heard.margin >= ACTS):
        return Ask("incident", text)
    if corrects(tokens, claims, heard) and not (asks and heard.best != "correct"):
        return Correction(text)
    if takes_back(tokens, claims, heard):
        return Retraction(text)
    if "register" in (heard.best, heard.second) and not asks and _registers(text, ear, heard):
        return Registration(text)
    if told := _as_report(claims, heard, asks):
        return told
    return _of_opinion(text, heard)


def _of_word(word: Intent, text: str) -> Reading:
    if word == "correct":
        return Correction(text)
    if word == "retract":
        return Retraction(text)
    return Registration(text) if word == "register" else Ask(word, text)


def _mended(text: str, line: str, tokens: tuple[Token, ...], ear: Ear) -> Correction | Retraction | Ask | None:
    """What the words of correcting make of a message; None where they say nothing, or a complaint is heard in it."""
    if not mending_of(line, tokens).speaks:
        return None
    said = read_correction(text, ear)
    if said is None:
        return None
    heard = guess(text, campaign_names(ear.campaign))
    if heard.best == "incident" and (heard.complaint or heard.margin >= ACTS):
        return None
    if isinstance(said, mended.Retraction) and heard.best in OF_HERSELF:
        return None
    if isinstance(said, mended.Retraction):
        return Retraction(text)
    return Ask("restore", text) if isinstance(said, mended.Restoration) else Correction(text)


def corrects(tokens: tuple[Token, ...], claims: Claims, heard: Guess) -> bool:
    """Whether a message puts something right: the opinion says so, or a word of correcting stands beside a figure."""
    if heard.best == "correct":
        return heard.margin >= ACTS or bool(claims.claims) or bool(claims.turns)
    named = any(token.has("correct") for token in tokens)
    return named and bool(claims.claims) and heard.second == "correct"


def takes_back(tokens: tuple[Token, ...], claims: Claims, heard: Guess) -> bool:
    """Whether a message takes something back: surely by the opinion, or by a word of it where no total is told."""
    if heard.best == "retract" and heard.margin >= SURELY:
        return True
    word = any(token.has("turn", "withdrawn") for token in tokens)
    told = any(claim.kind in ("total", "day", "soft") for claim in claims.claims)
    return word and not told and (heard.best in TAKEN_BACK or _is_plain(tokens, heard))


def _is_plain(tokens: tuple[Token, ...], heard: Guess) -> bool:
    """Whether every word is known and the opinion is not sure of something else."""
    return heard.margin < ACTS and all(token.kind != "unknown" for token in tokens)


def _registers(text: str, ear: Ear, heard: Guess) -> bool:
    """A unit and two more of project, captain, telephone; or one more where the opinion hears a registration."""
    if heard.best == "register" and heard.margin >= ACTS:
        return True
    said = read_registration(ear.campaign, text)
    named = (said.project is not None, bool(said.captain), bool(said.phone))
    return bool(said.unit) and sum(named) >= (1 if heard.best == "register" else 2)


def _as_report(claims: Claims, heard: Guess, asks: bool) -> Report | None:
    """The report that a message is: by its grammar, with what the trained opinion has against it."""
    whole = is_whole(claims)
    if claims.nothing:
        return Report(claims, whole=not claims.unknown) if heard.best in ("nothing", "report") or not asks else None
    if not claims.claims or is_a_line_number(claims.line.text):
        return None
    if any(ruled(claim).reason == "giver" for claim in claims.claims) and not asks:
        return Report(claims)
    if all(claim.channel == "matched" for claim in claims.claims):
        return Report(claims) if heard.best == "report" and not asks else None
    if heard.best in HEARD_AS_A_WRITE:
        return None if asks and heard.best in ("team", "history") else Report(claims, whole=whole)
    if asks and heard.margin >= ACTS:
        return None
    if whole:
        return Report(claims, heard.best if heard.margin >= SURELY else "", whole=True)
    return None if heard.margin >= ACTS else Report(claims, heard.best)


def is_a_line_number(text: str) -> bool:
    """Whether a message is one or two digits and nothing else: only ever a line of the list just shown."""
    return text.isdigit() and len(text) <= LONGEST_LINE_NUMBER


def is_whole(claims: Claims) -> bool:
    """Whether the line is one production: no word is unknown, nothing turns it, its figures say what they are."""
    if claims.turns or claims.unknown or not claims.claims:
        return False
    clear = all(ruled(claim).outcome in ("book", "midnight", "aside") and not claim.doubt for claim in claims.claims)
    told = [claim for claim in claims.claims if ruled(claim).outcome in ("book", "midnight")]
    named = any(claim.kind != "bare" or claim.gifts is not None for claim in told)
    return clear and named and not any(claim.strange for claim in told)


def _of_opinion(text: str, heard: Guess) -> Reading:
    """What the trained opinion hears: acted upon where it is sure, offered between two where one of them is likely."""
    needed = SURELY if heard.best in CONSEQUENTIAL else ACTS
    if heard.margin >= needed and heard.best not in ("report", "nothing"):
        return Ask(heard.best, text)
    if heard.best == "rule" or heard.probability + heard.second_probability < AMONG_TWO:
        return Ask("rule", text) if heard.best == "rule" else Unsure(text)
    return Unsure(text, heard.best, heard.second)
