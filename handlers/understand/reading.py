"""`read`: what a message is, once, for everybody: one value of a closed set, resting on the words that were typed.

The grammar alone finds a write; the trained opinion (`intents`) decides what writes nothing, and may only turn a
booking into a question. Nobody else looks at the text of a message.
"""

import re
from dataclasses import dataclass

from handlers.language.telephones import asks_for_a_captains_number, without_words_of_calling
from handlers.language.text import normalise, squash
from handlers.language.units import ends_like_a_unit, looks_like_unit
from handlers.language.words import WORDS, Intent
from handlers.rulebook.questions import Found, Told, rulebook_of
from handlers.understand import mended
from handlers.understand.book_requests import asks_for_a_book, asks_for_a_chain
from handlers.understand.chain import as_one_report
from handlers.understand.claim import Claim, Claims
from handlers.understand.claims import claims_of
from handlers.understand.codes import code_alone, is_a_matter
from handlers.understand.correcting import read_correction
from handlers.understand.courtesies import asks_beneath
from handlers.understand.decisions import act_on_a_case, asks_for_cases
from handlers.understand.ear import Ear
from handlers.understand.intents import Guess, campaign_names, guess, masked
from handlers.understand.items import told as told_of_tasks
from handlers.understand.mending import Mending, mending_of
from handlers.understand.normal import line_of
from handlers.understand.picture_requests import asked_picture
from handlers.understand.policy import ruled
from handlers.understand.registration import read_registration
from handlers.understand.team_lists import asks_for_a_list
from handlers.understand.tokens import Token, tokens_of
from storage.teams import CODE_LETTERS

ACTS, SURELY, AMONG_TWO = 0.5, 0.8, 0.4
"""The margin at which an intent is acted upon, at which one with consequences is; from which sum two are offered."""
ASKS = 0.15
"""The margin at which what asks is asked of the rulebook, whether or not that has an answer."""
COMPLAINS = 0.3
"""The margin at which a line that may be a complaint is one; below it, it is the first of two that are offered."""
CONSEQUENTIAL: frozenset[str] = frozenset({"leave", "unsubscribe", "approve", "reject", "restore", "retract", "amend"})
LONGEST_LINE_NUMBER = 2
OF_HERSELF = frozenset({"leave", "privacy", "unsubscribe", "amend", "register"})
"""Wants that share their verbs with a retraction (删, 取消, 撤) and are of herself, her team or a subscription."""
MENDS = frozenset({"correct", "retract", "restore", "report", "nothing"})
"""Wants that the words of correcting may belong to where no figure is told; beside any other they are not hers."""
OF_A_REPORT = frozenset({"that", "should", "back", "arrow"})
"""Classes of words of correcting that point at something reported; a report may hold others (变成, 多了)."""
NOT_TAKEN_BACK = frozenset({"cancel", "rule"})
"""Wants that share words with taking back (刚才的不要管, 捐款能撤吗), and are offered beside it where likely."""
TAKEN_BACK = frozenset({"retract", "correct", "report"})
HEARD_AS_A_WRITE = frozenset({"report", "nothing", "correct", "retract", "register", "confirm", "history", "team"})
"""What the trained opinion may take a report for without a question: it tells figures, or her own."""
COURTEOUS = frozenset({"thanks", "greeting"})
"""Wants that a report may bring along: said beside a figure they say nothing against it."""
IDLE: frozenset[str] = frozenset({"thanks", "greeting", "impatience", "off_topic", "confirm", "cancel", "more"})
"""Wants that come to a sentence and nothing more: between two of these she is not made to choose."""
INVITATION = 8
"""Characters of an invitation code."""
_FIGURE = re.compile(r"\d+(?:[WK]|YUAN|RMB|CNY)?")


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of money or gifts. `doubted`: what the trained opinion surely takes the message for instead; '' for a
    report. `whole`: every word of it is understood, and a word or a unit says what the figures are. `complaint`: see
    `Ask`."""

    claims: Claims
    doubted: str = ""
    whole: bool = False
    complaint: bool = False


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
    """Something that writes nothing here, by its intent. `complaint`: it may be one besides, whatever it wants."""

    intent: Intent
    text: str
    complaint: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nothing plain: the two likeliest wants where they are likely, else both ''. `complaint`: see `Ask`."""

    text: str
    first: Intent | str = ""
    second: Intent | str = ""
    complaint: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A team is looked up: its code or a unit's name, and nothing else is said."""

    text: str
    code: str = ""


Reading = Report | Correction | Retraction | Registration | Ask | Look | Unsure


def intent_of(reading: Reading) -> Intent:
    """What a reading wants, as one word; `unknown` where nothing is plain."""
    match reading:
        case Ask(intent, _):
            return intent
        case Report(claims):
            return "nothing" if claims.nothing else "report"
        case Correction():
            return "correct"
        case Retraction():
            return "retract"
        case Registration():
            return "register"
        case Look():
            return "team"
        case _:
            return "unknown"


def read(text: str, ear: Ear) -> Reading:
    """What a message is. Pure; raises nothing but for a fault of ours."""
    if word := WORDS.get(squash(text)):
        return _of_word(word, text)
    if code := code_alone(normalise(text).strip(), leads=bool(ear.teams)):
        return Look(text, code)
    if is_a_matter(normalise(text)):
        return Ask("matter", text)
    if asked_picture(text):
        return Ask("picture", text)
    if ear.coordinates and asks_for_cases(squash(text)):
        return Ask("cases", text)
    if ear.coordinates and (act := act_on_a_case(normalise(text))):
        return Ask(act, text)
    if ear.coordinates and asks_for_a_book(ear.campaign, text):
        return Ask("book", text)
    if ear.coordinates and asks_for_a_chain(ear.campaign, text):
        return Ask("chain_text", text)
    if ear.coordinates and asks_for_a_list(ear.campaign, text):
        return Ask("regions", text)
    if ear.coordinates and calls_a_captain(normalise(text)):
        return Ask("contact", text)
    if is_invitation(text):
        return Ask("bind", text)
    if verb := told_of_tasks(ear.campaign, text):
        return Correction(text) if verb == "recount" else Ask("report", text)
    text = as_one_report(text, ear) or text
    line = line_of(text)
    tokens = tokens_of(line, ear)
    claims = claims_of(line, tokens, ear)
    asks = asks_beneath(normalise(text))
    if put_right := _mended(text, line.text, tokens, claims, ear):
        return put_right
    if not asks and is_whole(claims) and not is_a_line_number(line.text):
        return Report(claims, whole=True)
    heard = heard_in(text, ear)
    if heard.best == "incident" and heard.margin >= COMPLAINS:
        return Ask("incident", text)
    if corrects(tokens, claims, heard) and not (asks and heard.best != "correct"):
        return Correction(text)
    if takes_back(tokens, claims, heard):
        return Retraction(text)
    if "register" in (heard.best, heard.second) and not asks and _registers(text, ear, heard):
        return Registration(text)
    if told := _as_report(claims, heard, asks):
        return told
    if names_a_unit_alone(tokens, text, ear):
        return Look(text)
    return _of_opinion(text, ear, heard, asks)


def calls_a_captain(line: str) -> bool:
    """Whether a coordinator asks for the number of a unit's captain: `查一下永善县人民医院队长的手机号`."""
    return asks_for_a_captains_number(line) and ends_like_a_unit(without_words_of_calling(line))


def names_a_unit_alone(tokens: tuple[Token, ...], text: str, ear: Ear) -> bool:
    """Whether a message is one unit's name and nothing besides."""
    kinds = {token.kind for token in tokens} - {"gap", "break", "stop"}
    named = bool(kinds & {"unit", "own"}) and kinds <= {"unit", "own", "name"}
    return named and ends_like_a_unit(text) and looks_like_unit(ear.campaign, text) is None


def heard_in(text: str, ear: Ear) -> Guess:
    """The trained opinion of a text; where an operator taught what such a line wants, that, and surely."""
    names = campaign_names(ear.campaign)
    heard = guess(text, names)
    taught = ear.taught.get(masked(normalise(text), names)) if ear.taught else None
    return heard.surely(taught) if taught else heard


def is_invitation(text: str) -> bool:
    """Whether a line is nothing but what an invitation code looks like, and no figure with its unit."""
    said = squash(text).upper()
    return len(said) == INVITATION and set(said) <= set(CODE_LETTERS) and not _FIGURE.fullmatch(said)


def _of_word(word: Intent, text: str) -> Reading:
    if word == "correct":
        return Correction(text)
    if word == "retract":
        return Retraction(text)
    return Registration(text) if word == "register" else Ask(word, text)


def _mended(
    text: str, line: str, tokens: tuple[Token, ...], claims: Claims, ear: Ear
) -> Correction | Retraction | Ask | Unsure | None:
    """What the words of correcting make of a message; None where they say nothing, or a complaint is heard in it."""
    words = mending_of(line, tokens)
    if not words.speaks or (words.is_weak and is_whole(claims)):
        return None
    said = read_correction(text, ear)
    if said is None:
        return None
    heard = heard_in(text, ear)
    if heard.best == "incident" and (heard.complaint or heard.margin >= ACTS):
        return None
    if heard.margin >= (SURELY if claims.claims else ACTS) and heard.best not in MENDS:
        return None
    if heard.best == "report" and heard.margin >= ACTS and _tells_what_came_in(words, claims):
        return None
    if isinstance(said, mended.Retraction) and heard.best in OF_HERSELF:
        return None
    if isinstance(said, mended.Retraction) and heard.best == "restore" and heard.margin >= ACTS:
        return Ask("restore", text)
    other = next((want for want in (heard.best, heard.second) if want in NOT_TAKEN_BACK), None)
    if isinstance(said, mended.Retraction) and other and heard.best != "retract" and not claims.claims:
        return Unsure(text, other, "retract")
    if isinstance(said, mended.Retraction):
        return Retraction(text)
    return Ask("restore", text) if isinstance(said, mended.Restoration) else Correction(text)


def _tells_what_came_in(words: Mending, claims: Claims) -> bool:
    """Whether words of correcting stand in a report: they point at nothing reported, and add to nothing but a total."""
    total = any(claim.kind in ("total", "soft", "day") for claim in claims.claims)
    return (
        bool(claims.claims)
        and not words.acts & OF_A_REPORT
        and (total or not words.takes_a_step)
        and not (words.step and words.takes_a_step)
    )


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
    if not word or told or (heard.margin >= ACTS and heard.best not in TAKEN_BACK):
        return False
    return heard.best in TAKEN_BACK or _is_plain(tokens, heard)


def _is_plain(tokens: tuple[Token, ...], heard: Guess) -> bool:
    """Whether every word is known and the opinion is not sure of something else."""
    return heard.margin < ACTS and all(token.kind != "unknown" for token in tokens)


def _registers(text: str, ear: Ear, heard: Guess) -> bool:
    """A unit and two more of project, captain, telephone; or one more where the opinion hears a registration."""
    if heard.margin >= ACTS and heard.best in ("register", "amend"):
        return heard.best == "register"
    said = read_registration(ear.campaign, text)
    named = (said.project is not None, bool(said.captain), bool(said.phone))
    return bool(said.unit) and sum(named) >= (1 if heard.best == "register" else 2)


def _as_report(claims: Claims, heard: Guess, asks: bool) -> Report | None:
    """The report that a message is: by its grammar, with what the trained opinion has against it."""
    whole = is_whole(claims)
    complaint = heard.complaint
    if claims.nothing:
        told = Report(claims, whole=not claims.unknown, complaint=complaint)
        return told if heard.best in ("nothing", "report") or not asks else None
    if not claims.claims or is_a_line_number(claims.line.text):
        return None
    chats = heard.best == "off_topic" and heard.margin >= SURELY
    if any(ruled(claim).reason == "giver" for claim in claims.claims) and not asks and not chats:
        return Report(claims)
    if all(claim.channel == "matched" for claim in claims.claims):
        return Report(claims) if heard.best == "report" and not asks else None
    if heard.best in HEARD_AS_A_WRITE:
        told = Report(claims, whole=whole, complaint=complaint)
        looks = heard.best in ("team", "history") and (asks or (heard.margin >= SURELY and not whole))
        return None if looks else told
    if asks and (heard.margin >= ACTS or not whole):
        return None
    if whole:
        return Report(claims, heard.best if heard.margin >= SURELY else "", whole=True, complaint=complaint)
    if is_clear(claims) and (heard.margin < ACTS or heard.best in COURTEOUS):
        return Report(claims, complaint=complaint)
    questioned = any(claim.mood == "question" for claim in claims.claims)
    if heard.margin >= (ACTS if questioned else SURELY) or heard.best == "incident":
        return None
    return Report(claims, heard.best, complaint=complaint)


def is_a_line_number(text: str) -> bool:
    """Whether a message is one or two digits and nothing else: only ever a line of the list just shown."""
    return text.isdigit() and len(text) <= LONGEST_LINE_NUMBER


def is_whole(claims: Claims) -> bool:
    """Whether the line is one production: it is clear, and its figures say what they are."""
    told = _written(claims)
    named = any(claim.kind != "bare" or claim.gifts is not None or claim.named for claim in told)
    return named and is_clear(claims)


def is_clear(claims: Claims) -> bool:
    """Whether no word of the line is unknown, and nothing turns it or is against its figures."""
    if claims.turns or claims.unknown or not claims.claims:
        return False
    ruled_in = all(ruled(claim).outcome in ("book", "midnight", "aside") and not claim.doubt for claim in claims.claims)
    return ruled_in and not any(claim.strange for claim in _written(claims))


def _written(claims: Claims) -> list[Claim]:
    return [claim for claim in claims.claims if ruled(claim).outcome in ("book", "midnight")]


def _is_answered(ear: Ear, text: str) -> bool:
    """Whether the rulebook has one answer to a question that is only likely asked of it."""
    return isinstance(rulebook_of(ear.campaign).ask(text), Found | Told)


def _of_opinion(text: str, ear: Ear, heard: Guess, asks: bool) -> Reading:
    """What the trained opinion hears: acted upon where it is sure, offered between two where one of them is likely.

    What asks and is likeliest a rule is asked of the rulebook, where that has an answer or nothing else is likely.
    """
    two = {heard.best, heard.second}
    needed = SURELY if heard.best in CONSEQUENTIAL else ACTS
    if heard.margin >= needed and heard.best == "report" and not text.strip().isdigit():
        return Ask("help", text, heard.complaint)
    if heard.margin >= needed and heard.best not in ("report", "nothing"):
        return Ask(heard.best, text, heard.complaint)
    if asks and two == {"rule", "incident"}:
        return Ask(heard.best, text, heard.complaint)
    if "incident" in two and heard.complaint:
        return Unsure(text, heard.best, heard.second)
    of_the_rulebook = heard.best == "rule" and (heard.margin >= ASKS or _is_answered(ear, text))
    if asks and (two - IDLE == {"rule"} or of_the_rulebook):
        return Ask("rule", text, heard.complaint)
    if two == {"rule", "off_topic"}:
        return Ask("off_topic", text, heard.complaint)
    if heard.probability + heard.second_probability < AMONG_TWO:
        return Unsure(text, complaint=heard.complaint)
    if two <= IDLE:
        return Ask(heard.best, text, heard.complaint)
    return Unsure(text, heard.best, heard.second, heard.complaint)
