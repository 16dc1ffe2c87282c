"""`read`: what a message is, once, for everybody: one value of a closed set, resting on the words that were typed.

The grammar alone finds a write; the trained opinion (`opinion`) decides what writes nothing, and may only turn a
booking into a question. Nobody else looks at the text of a message.
"""

from dataclasses import replace
from typing import cast

from handlers.language.text import is_question, normalise, squash
from handlers.language.words import WORDS, Intent
from handlers.understand.answers import as_answer, asks_back, asks_what, numbers_a_line
from handlers.understand.chain import list_of
from handlers.understand.claim import Claims
from handlers.understand.coordinating import around_a_code, of_whoever_coordinates
from handlers.understand.correcting import corrected, grown
from handlers.understand.ear import Ear
from handlers.understand.heads import Found, asks_beneath, begins_a_report, head_of, sounding_alike
from handlers.understand.intents import Guess
from handlers.understand.items import read_items
from handlers.understand.mended import Correction, Restoration, Retraction, Unclear
from handlers.understand.mending import Mending, comes_to, may_mend, mending_of
from handlers.understand.opinion import (
    ACTS,
    COMPLAINS,
    SURELY,
    as_report,
    corrects,
    heard_in,
    is_a_line_number,
    is_whole,
    of_opinion,
    only_asks_what_is_written,
    takes_back,
    unsure,
)
from handlers.understand.readings import (
    LIST_LIMIT,
    TEXT_LIMIT,
    Ask,
    Chain,
    Counts,
    HowTo,
    Look,
    Misspelt,
    Reading,
    Report,
    TooLong,
    Unsure,
    WordAhead,
)
from handlers.understand.recurring import recurring
from handlers.understand.registration import read_registration
from handlers.understand.rows import calls
from handlers.understand.wants import bare_of, claims_in, looked_up, named_alone, names_a_unit_alone, read_as
from handlers.wishes.pictures import asked_picture
from handlers.wishes.slots import says_of_a_matter
from handlers.wishes.standings import asks_for_a_place, of_her_place

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


OF_HERSELF = frozenset({"leave", "privacy", "unsubscribe", "amend", "register"})
"""Wants that share their verbs with a retraction (删, 取消, 撤) and are of herself, her team or a subscription."""
MENDS = frozenset({"correct", "retract", "restore", "report", "nothing"})
"""Wants that the words of correcting may belong to where no figure is told; beside any other they are not hers."""
OF_A_REPORT = frozenset({"that", "should", "back", "arrow"})
"""Classes of words of correcting that point at something reported; a report may hold others (变成, 多了)."""
NOT_TAKEN_BACK = frozenset({"cancel", "rule"})
"""Wants that share words with taking back (刚才的不要管, 捐款能撤吗), and are offered beside it where likely."""


def sentence(text: str, ear: Ear) -> Reading:
    """By the grammar where it finds a write, else by the trained opinion."""
    tokens, claims = claims_in(text, ear)
    asks = asks_beneath(normalise(text))
    if put_right := _mended(text, claims, ear):
        return put_right
    if not asks and is_whole(claims) and not is_a_line_number(claims.line.text):
        return _reported(Report(claims, whole=True), text, ear)
    if asks_for_a_place(bare_of(text)) or of_her_place(text):
        return read_as("rank", text, ear)
    heard = heard_in(text, ear)
    if heard.best == "incident" and heard.margin >= COMPLAINS:
        return Ask("incident")
    if corrects(claims, heard):
        return read_as("correct", text, ear)
    if takes_back(tokens, claims, heard):
        return read_as("retract", text, ear)
    if "register" in (heard.best, heard.second) and not asks and _registers(text, ear, heard):
        return read_as("register", text, ear)
    if told := as_report(claims, heard, asks):
        return _reported(told, text, ear)
    if names_a_unit_alone(tokens, text, ear):
        return Look()
    if look := looked_up(text, ear):
        return look
    names_a_unit = any(token.kind == "unit" for token in tokens)
    if heard.best == "unsubscribe" and names_a_unit:
        return unsure(text, ear, heard)
    return _asked(of_opinion(text, ear, heard, asks), text, ear)


def _mended(text: str, claims: Claims, ear: Ear) -> Reading | None:
    """What the words of correcting make of a message; None where they say nothing, or a complaint is heard in it."""
    if is_whole(claims) and not may_mend(claims.line.text):
        return None
    words = mending_of(text, ear)
    if (said := corrected(words, ear)) is None:
        return None
    heard = heard_in(text, ear)
    if heard.best == "incident" and (heard.complaint or heard.margin >= ACTS):
        return None
    if heard.margin >= (SURELY if claims.claims else ACTS) and heard.best not in MENDS:
        return None
    if comes_to("grown", words.facts) and isinstance(said, Correction) and said.raises:
        return _reported(Report(grown(words, ear)), text, ear)
    if heard.best == "report" and heard.margin >= ACTS and _tells_what_came_in(words, claims):
        return None
    if heard.best == "report" and heard.margin >= SURELY and is_whole(claims) and not comes_to("fault", words.facts):
        return None
    if isinstance(said, Retraction) and heard.best in OF_HERSELF:
        return None
    if isinstance(said, Retraction) and heard.best == "restore" and heard.margin >= ACTS:
        return read_as("restore", text, ear, mended=said)
    other = next((want for want in (heard.best, heard.second) if want in NOT_TAKEN_BACK), None)
    if isinstance(said, Retraction) and other and heard.best != "retract" and not claims.claims:
        return Unsure(other, "retract")
    want: Intent = "restore" if isinstance(said, Restoration) else "correct"
    return read_as("retract" if isinstance(said, Retraction) else want, text, ear, mended=said)


def _tells_what_came_in(words: Mending, claims: Claims) -> bool:
    """Whether words of correcting stand in a report: they point at nothing reported, and add to nothing but a total."""
    total = any(claim.kind in ("total", "soft", "day") for claim in claims.claims)
    adds = "differs" in words.facts and ("figure:step" in words.facts or not total)
    return bool(claims.claims) and words.facts.isdisjoint(OF_A_REPORT) and not adds


def _registers(text: str, ear: Ear, heard: Guess) -> bool:
    """A unit and two more of project, captain, telephone; or one more where the opinion hears a registration."""
    if heard.margin >= ACTS and heard.best in ("register", "amend"):
        return heard.best == "register"
    said = read_registration(ear.campaign, text)
    named = (said.project is not None, bool(said.captain), bool(said.phone))
    return bool(said.unit) and sum(named) >= (1 if heard.best == "register" else 2)


def _reported(told: Report, text: str, ear: Ear) -> Report | Counts:
    return Counts(read_items(ear.campaign, text), "count") if ear.campaign.progress == "items" else told


def _asked(opinion: Ask | HowTo | Unsure, text: str, ear: Ear) -> Reading:
    """What was heard, with what its words name."""
    if not isinstance(opinion, Ask):
        return opinion
    said = read_as(opinion.intent, text, ear)
    if not isinstance(said, Ask):
        return said
    harmless = opinion.complaint and said.intent == "rule" and only_asks_what_is_written(text, ear)
    return replace(said, complaint=opinion.complaint and not harmless, faint=opinion.faint)
