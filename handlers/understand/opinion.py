"""What the trained opinion makes of a message: it finds no write, and may only turn one into a question.

What it hears surely is acted upon; of two likely wants she chooses; what asks and is likeliest a rule is asked of the
rulebook.
"""

from dataclasses import replace

from handlers.language.text import is_question, normalise
from handlers.rulebook.no_rule import matter_of, speaks_of_all
from handlers.rulebook.questions import Found, Told, rulebook_of
from handlers.understand.claim import Claim, Claims, ruled
from handlers.understand.ear import Ear
from handlers.understand.intents import FIGURE, Guess, campaign_names, guess, masked
from handlers.understand.readings import Ask, HowTo, Report, Unsure
from handlers.understand.tokens import Token
from handlers.wishes.complaints import read_complaint
from storage.campaign_schema import Campaign

ACTS, SURELY, AMONG_TWO = 0.5, 0.7, 0.4
"""The margin at which an intent is acted upon, at which one with consequences is; from which sum two are offered."""
ASKS = 0.15
"""The margin at which what asks is asked of the rulebook, whether or not that has an answer."""
FAINT = 0.3
"""The margin below which a word that nobody knows is not taken for impatience or a greeting."""
LIKELY = 0.6
"""The probability at which the rulebook is asked what it answers, without the form of a question (`我扫不了码`)."""
COMPLAINS = 0.3
"""The margin at which a line that may be a complaint is one; below it, it is the first of two that are offered."""
CONSEQUENTIAL: frozenset[str] = frozenset({"leave", "unsubscribe", "approve", "reject", "restore", "retract", "amend"})
LONGEST_LINE_NUMBER = 2
TAKEN_BACK = frozenset({"retract", "correct", "report"})
HEARD_AS_A_WRITE = frozenset({"report", "nothing", "correct", "retract", "register", "confirm", "history", "team"})
"""What the trained opinion may take a report for without a question: it tells figures, or her own."""
COURTEOUS = frozenset({"thanks", "greeting"})
"""Wants that a report may bring along: said beside a figure they say nothing against it."""
OF_COORDINATORS = frozenset({"regions", "waiting", "unanswered", "approve", "reject"})
"""Wants that are offered to nobody who has no role."""
NO_CHOICE = frozenset({"off_topic", "greeting", "thanks", "impatience", "confirm"})
"""Mere chat: it is no choice beside something that may be meant."""
HERS_OR_ALL = frozenset({"team", "bulletin", "regions", "rank", "rule"})
"""Where figures of now are asked for, these are of her own team, or of all."""
WRITES = frozenset({"leave", "unsubscribe", "restore", "retract", "register", "report", "correct", "subscribe", "bind"})
"""Wants that write: where one is only likelier than chat, how it is done is told, and nothing is done."""
HER_PLACE = frozenset({"rank", "team"})
"""Between these two nobody chooses: her team's card holds its place and the gap to the next."""
UNWRITTEN = ("not stated", "answered")
"""How far the document of an entry says it: not at all."""
IDLE: frozenset[str] = frozenset({"thanks", "greeting", "impatience", "off_topic", "confirm", "cancel", "more"})
"""Wants that come to a sentence and nothing more: between two of these she is not made to choose."""


def heard_in(text: str, ear: Ear) -> Guess:
    """The trained opinion of a text; where an operator taught what such a line wants, that, and surely."""
    heard = guess(text, campaign_names(ear.campaign))
    taught = ear.taught.get(shape_of(text, ear.campaign)) if ear.taught else None
    return heard.surely(taught) if taught else heard


def corrects(claims: Claims, heard: Guess) -> bool:
    """Whether a message puts something right by the opinion: surely, or beside a figure. What she says was made to look
    so is a report, and refused."""
    told = heard.margin >= ACTS or claims.claims or claims.turns
    return heard.best == "correct" and bool(told) and not claims.farmed


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


def as_report(claims: Claims, heard: Guess, asks: bool) -> Report | None:
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
        surely = heard.best if heard.margin >= (ASKS if asks else SURELY) else ""
        return Report(replace(claims, sounds_like=surely), whole=True, complaint=complaint)
    if is_clear(claims) and (heard.margin < ACTS or heard.best in COURTEOUS or _is_said_kindly(claims)):
        return Report(claims, complaint=complaint)
    questioned = any(claim.mood == "question" for claim in claims.claims)
    if heard.margin >= (ACTS if questioned else SURELY) or heard.best == "incident":
        return None
    return Report(replace(claims, sounds_like=heard.best), complaint=complaint)


def _is_said_kindly(claims: Claims) -> bool:
    """Whether nothing but words of courtesy stand beside the figures: `16900！！！满满的都是爱`."""
    beside = [token for token in claims.tokens if token.kind == "word"]
    return bool(beside) and all(token.has("say", "courtesy", "particle", "addressee") for token in beside)


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


def only_asks_what_is_written(text: str, ear: Ear) -> bool:
    """Whether a question that accuses nobody has its answer in the document: no complaint, however it sounds."""
    if not is_question(text) or read_complaint(ear.campaign, text, "").sort != "other":
        return False
    found = rulebook_of(ear.campaign).ask(text)
    return isinstance(found, Told) or (isinstance(found, Found) and found.rule.status not in UNWRITTEN)


def of_opinion(text: str, ear: Ear, heard: Guess, asks: bool) -> Ask | HowTo | Unsure:
    """What the trained opinion hears: acted upon where it is sure, offered between two where one of them is likely.

    What asks and is likeliest a rule is asked of the rulebook, where that has an answer or nothing else is likely.
    """
    two = {heard.best, heard.second}
    of_now = heard.best in HERS_OR_ALL and matter_of(text) == "figures"
    if of_now or (two == {"team", "bulletin"} and heard.margin < ACTS):
        return Ask("team" if ear.teams and not speaks_of_all(text) else "bulletin", complaint=heard.complaint)
    needed = SURELY if heard.best in CONSEQUENTIAL else ACTS
    if heard.margin >= needed and heard.best == "report" and not text.strip().isdigit():
        return Ask("help", complaint=heard.complaint)
    if heard.margin >= needed and heard.best not in ("report", "nothing"):
        return Ask(heard.best, complaint=heard.complaint)
    if two == HER_PLACE:
        return Ask("team" if ear.teams else "rank", complaint=heard.complaint)
    if asks and two == {"rule", "incident"}:
        return Ask(heard.best, complaint=heard.complaint)
    if "incident" in two and heard.complaint:
        return Unsure(heard.best, heard.second)
    of_the_rulebook = heard.best == "rule" and (heard.margin >= ASKS or _is_answered(ear, text))
    chats = heard.best == "off_topic" and heard.margin >= ASKS
    if chats and not (asks and _is_answered(ear, text)):
        return Ask("off_topic", complaint=heard.complaint)
    if asks and (two - IDLE == {"rule"} or of_the_rulebook):
        return Ask("rule", complaint=heard.complaint)
    if heard.best == "rule" and heard.probability > LIKELY and _is_answered(ear, text):
        return Ask("rule", complaint=heard.complaint)
    if two == {"rule", "off_topic"}:
        return Ask("off_topic", complaint=heard.complaint)
    if heard.probability + heard.second_probability < AMONG_TWO:
        return unsure(text, ear, heard)
    if two <= IDLE and heard.best in ("impatience", "greeting") and heard.margin < FAINT:
        return unsure(text, ear, heard)
    if two <= IDLE:
        return Ask(heard.best, complaint=heard.complaint, faint=True)
    no_choice = two & (NO_CHOICE if ear.coordinates else NO_CHOICE | OF_COORDINATORS)
    if len(no_choice) == 1 and not is_a_line_number(text.strip()):
        [other] = two - no_choice if heard.best != "regions" else {heard.best}
        other = "report" if other == "nothing" else other
        return HowTo(other) if other in WRITES else Ask(other, complaint=heard.complaint, faint=True)
    return unsure(text, ear, heard) if no_choice else Unsure(heard.best, heard.second, heard.complaint)


def unsure(text: str, ear: Ear, heard: Guess) -> Unsure:
    """Nothing plain, as it is kept for whoever teaches."""
    return Unsure(complaint=heard.complaint, shape="" if heard.complaint else shape_of(text, ear.campaign))


def shape_of(text: str, campaign: Campaign) -> str:
    """A line as the trained opinion sees it in a campaign: figures and names are signs."""
    return masked(normalise(text), campaign_names(campaign))


def names_a_figure(text: str) -> bool:
    """Whether a text has a figure that is no date, code, telephone number or address."""
    return FIGURE in masked(normalise(text))
