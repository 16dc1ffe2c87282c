"""A message as a sentence: by the grammar where it finds a write, else by the trained opinion."""

from dataclasses import replace

from handlers.language.text import normalise
from handlers.understand.alone import looked_up, names_a_unit_alone
from handlers.understand.claim import Claims
from handlers.understand.correcting import corrected, grown
from handlers.understand.courtesies import asks_beneath
from handlers.understand.ear import Ear
from handlers.understand.intents import Guess
from handlers.understand.items import read_items
from handlers.understand.mended import Correction, Restoration, Retraction
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
)
from handlers.understand.readings import Ask, Counts, HowTo, Look, Reading, Report, Unsure
from handlers.understand.registration import read_registration
from handlers.understand.wants import bare_of, claims_in, read_as
from handlers.wishes.standings import asks_for_a_place, of_her_place

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
    if corrects(tokens, claims, heard) and not (asks and heard.best != "correct"):
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
        return read_as("restore", text, ear)
    other = next((want for want in (heard.best, heard.second) if want in NOT_TAKEN_BACK), None)
    if isinstance(said, Retraction) and other and heard.best != "retract" and not claims.claims:
        return Unsure(other, "retract")
    if isinstance(said, Retraction):
        return read_as("retract", text, ear)
    return read_as("restore", text, ear) if isinstance(said, Restoration) else read_as("correct", text, ear)


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
