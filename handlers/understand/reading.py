"""`read`: what a message is, once, for everybody: one value of a closed set, resting on the words that were typed.

The grammar alone finds a write; the trained opinion (`opinion`) decides what writes nothing, and may only turn a
booking into a question. Nobody else looks at the text of a message.
"""

import re
from dataclasses import replace
from typing import cast

from handlers.language.telephones import asks_for_a_captains_number, without_words_of_calling
from handlers.language.text import is_question, normalise, squash
from handlers.language.units import ends_like_a_unit, looks_like_unit
from handlers.language.words import WORDS, Intent
from handlers.understand.answers import as_answer, asks_back, numbers_a_line
from handlers.understand.chain import as_one_report, list_of
from handlers.understand.claim import Claims
from handlers.understand.claims import claims_of
from handlers.understand.correcting import read_correction, teams_named
from handlers.understand.courtesies import asks_beneath, beneath
from handlers.understand.decisions import act_on_a_team, asked_for, decided, verdict_behind
from handlers.understand.ear import Ear
from handlers.understand.heads import Found, begins_a_report, head_of
from handlers.understand.intents import Guess
from handlers.understand.items import names_what_is_counted, read_items
from handlers.understand.items import told as told_of_tasks
from handlers.understand.mended import Correction, Restoration, Retraction, Unclear
from handlers.understand.mending import Mending, mending_of
from handlers.understand.near_words import sounding_alike
from handlers.understand.normal import line_of
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
    Mended,
    Misspelt,
    Reading,
    Report,
    TooLong,
    Unsure,
    WordAhead,
)
from handlers.understand.recurring import recurring
from handlers.understand.registration import begun, read_registration
from handlers.understand.rows import calls
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.verdicts import Doubt
from handlers.wishes.books import asks_for_a_book, asks_for_a_chain
from handlers.wishes.codes import code_alone, code_behind, is_a_matter, without_codes
from handlers.wishes.pictures import asked_picture
from handlers.wishes.standings import asks_for_a_place, asks_for_places, names_a_place_alone, of_her_place
from handlers.wishes.teams import asks_for_a_list
from storage.secret_codes import CODE_LETTERS

OF_HERSELF = frozenset({"leave", "privacy", "unsubscribe", "amend", "register"})
"""Wants that share their verbs with a retraction (删, 取消, 撤) and are of herself, her team or a subscription."""
MENDS = frozenset({"correct", "retract", "restore", "report", "nothing"})
"""Wants that the words of correcting may belong to where no figure is told; beside any other they are not hers."""
OF_A_REPORT = frozenset({"that", "should", "back", "arrow"})
"""Classes of words of correcting that point at something reported; a report may hold others (变成, 多了)."""
NOT_TAKEN_BACK = frozenset({"cancel", "rule"})
"""Wants that share words with taking back (刚才的不要管, 捐款能撤吗), and are offered beside it where likely."""
BY_ITS_WORD = frozenset({"register", "correct", "retract"})
"""Wants that are read as such where their word stands ahead, whatever the sentence sounds like."""
INVITATION = 8
"""Characters of an invitation code."""
_FIGURE = re.compile(r"\d+(?:[WK]|YUAN|RMB|CNY)?")


@recurring
def read(text: str, ear: Ear) -> Reading:
    """What a message is. Pure; raises nothing but for a fault of ours."""
    if ear.drives and squash(text) in ear.drives:
        return Ask("campaigns", text)
    said = _by_itself(text, ear)
    if ear.answering:
        said = _named_kind(said, ear)
        if _may_answer(said, text):
            return as_answer(said, text)
    if isinstance(said, WordAhead | TooLong | Chain) or (isinstance(said, Report) and said.headed):
        return said
    if words := sounding_alike(text, ear.heads):
        return Misspelt(words)
    return replace(said, numbers=True) if isinstance(said, Unsure) and numbers_a_line(text) else said


def _named_kind(said: Reading, ear: Ear) -> Reading:
    """A word of reporting alone (累计, 线下) may name what an open question asks for: it is no command there."""
    alone = isinstance(said, WordAhead) and not said.behind and ear.heads[said.word].want == "report"
    return said.otherwise if isinstance(said, WordAhead) and alone else said


def _may_answer(said: Reading, text: str) -> bool:
    """Whether an open dialogue is asked if it takes a message: no word, list or report that is plain by itself, and
    no question but one about the yes that is waited for."""
    if isinstance(said, WordAhead | TooLong | Chain) or (isinstance(said, Report) and said.headed):
        return False
    return not is_question(text) or asks_back(text)


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
    found = head_of(line, ear.heads) or _around_a_code(line, ear)
    if found is None or not _is_said(found, said, line):
        return said
    if found.head.want in BY_ITS_WORD:
        said = read_as(cast(Intent, found.head.want), text, ear, found.behind)
    return WordAhead(found.word, found.behind, said)


def _around_a_code(line: str, ear: Ear) -> Found | None:
    """A word that stands behind the code or the name of the team that it is about: `0012停用`, `把0002并入0001`.

    A name is that of one of her own, or a unit's in full from who coordinates; what is wanted as a table is none.
    """
    act = act_on_a_team(line) if ear.heads else None
    head = ear.heads.get(act.word) if act else None
    if act is None or head is None or (not act.coded and asks_for_a_book(ear.campaign, line)):
        return None
    hers = () if act.coded else teams_named(act.team, ear)
    if not act.coded and len(hers) != 1 and not (ear.coordinates and ends_like_a_unit(act.team)):
        return None
    return Found(act.word, head, f"{hers[0] if len(hers) == 1 else act.team} {act.rest}".strip())


def _is_said(found: Found, said: Reading, line: str) -> bool:
    """Whether a word at the head of a message is what she says, and not what the message is besides.

    What asks is only a word that shows; a report that is one production beats a word of asking, words of correcting
    beat those of reporting, and who wants to be forgotten does not only leave a dialogue (`退出，资料都删掉`).
    """
    match said:
        case Report() if _is_production(said) and found.head.aside:
            return False
        case Correction() | Retraction() | Unclear() if found.head.want == "report":
            return False
        case Ask("leave" | "unsubscribe") | HowTo("leave") if found.head.want == "cancel" and found.behind:
            return False
    return not found.behind or found.head.aside or not is_question(line)


def _is_production(said: Report) -> bool:
    return said.whole and not said.claims.sounds_like


def _read(text: str, ear: Ear) -> Reading:
    """What a message is by its own words."""
    if word := WORDS.get(squash(text)):
        return read_as(word, text, ear)
    if asked_picture(text):
        return Ask("picture")
    return _of_whoever_coordinates(text, ear) or _alone(text, ear) or _sentence(text, ear)


def read_as(want: Intent, text: str, ear: Ear, behind: str | None = None) -> Reading:
    """A message as what she wants by it: its word stands ahead, or she chose this of two. `behind`: what stands behind
    its word, None where it has none."""
    said = text if behind is None else behind
    asks = asks_beneath(normalise(text))
    items = ear.campaign.progress == "items"
    match want:
        case "report" | "nothing" if items:
            return Counts(read_items(ear.campaign, text), "count")
        case "report" | "nothing":
            return Report(_claims(text, ear)[1])
        case "correct" if items:
            return Counts(read_items(ear.campaign, said), "recount")
        case "correct":
            mended = read_correction(text, ear) or _put_right_unsurely(text, ear) or Unclear("unread", "")
            return HowTo("correct") if asks and _says_not_what(mended) else mended
        case "retract" | "restore" | "leave" if asks:
            return HowTo(want)
        case "retract":
            return _taken_back(text, said, ear)
        case "restore":
            restored = read_correction(text, ear)
            return restored if isinstance(restored, Restoration) else Restoration()
        case "register":
            return begun(ear.campaign, said)
        case "approve" | "reject":
            return Ask(want, verdict_behind(want, normalise(text)))
        case "team" | "history":
            return Ask(want, codes=teams_named(text, ear))
        case "rank":
            return Ask(want, codes=teams_named(text, ear), bare=_bare(text))
        case "unknown":
            return unsure(text, ear, heard_in(text, ear))
        case _:
            return Ask(want)


def _bare(text: str) -> str:
    """A message without its courtesies; '' for one that is too long to be a wish."""
    return next((said.bare for said in reversed(list(beneath(normalise(text))))), "")


def _put_right_unsurely(text: str, ear: Ear) -> Correction | None:
    """A figure that only sounds like the right one (`应该是7200元 85人次`): it is shown before it takes a place."""
    said = read_correction(f"更正 {text}", ear)
    if not isinstance(said, Correction) or said.right is None:
        return None
    return replace(said, doubts=(*said.doubts, Doubt("unsure", "")))


def _says_not_what(mended: Mended) -> bool:
    """Whether only that something was wrong is said, and not what."""
    told = isinstance(mended, Correction) and (mended.right or mended.kind or mended.channel or mended.slip)
    return isinstance(mended, Correction) and not (told or mended.right_name)


def _taken_back(text: str, said: str, ear: Ear) -> Counts | Retraction | Unclear:
    """What is taken back; a code behind the word names the team."""
    code = code_behind(said)
    if ear.campaign.progress == "items":
        return Counts(read_items(ear.campaign, without_codes(said)), "retract", code)
    mended = read_correction(text, ear)
    if code and not (isinstance(mended, Retraction) and mended.codes):
        return Retraction(codes=(code,), coded=True)
    return mended if isinstance(mended, Retraction) else Unclear("which", text.strip())


def _claims(text: str, ear: Ear) -> tuple[tuple[Token, ...], Claims]:
    """The tokens of a message and its claims; of a list of one line about her own team those of that line.

    The commonest report is one line and one production, and no list is looked for in it.
    """
    read = _grammar(text, ear)
    if is_whole(read[1]) and "\n" not in text.strip():
        return read
    listed = as_one_report(text, ear)
    return _grammar(listed, ear) if listed else read


def _grammar(text: str, ear: Ear) -> tuple[tuple[Token, ...], Claims]:
    line = line_of(text)
    tokens = tokens_of(line, ear)
    return tokens, claims_of(line, tokens, ear)


def _of_whoever_coordinates(text: str, ear: Ear) -> Ask | None:
    """What only somebody with a role says: an act on a case, a list of teams, a table, a captain's number."""
    line = normalise(text)
    if is_a_matter(line):
        return Ask("matter")
    if not ear.coordinates:
        return None
    if asked := asked_for(squash(text)):
        return Ask(asked)
    if act := decided(line):
        return Ask(act.want, act.behind)
    if asks_for_a_book(ear.campaign, text):
        return Ask("book")
    if asks_for_a_chain(ear.campaign, text):
        return Ask("chain_text")
    if asks_for_a_list(ear.campaign, text):
        return Ask("regions")
    return Ask("contact") if calls_a_captain(line) else None


def _alone(text: str, ear: Ear) -> Reading | None:
    """A code or a place and nothing else, or a count of items."""
    if code := code_alone(normalise(text).strip(), leads=bool(ear.teams)):
        return Look(code)
    if is_invitation(text):
        return Ask("bind")
    if names_what_is_counted(ear.campaign, text):
        return HowTo("report")
    if names_a_place_alone(ear.campaign, text) or asks_for_places(text):
        return read_as("rank", text, ear)
    verb = told_of_tasks(ear.campaign, text)
    return Counts(read_items(ear.campaign, text), verb) if verb else None


def _sentence(text: str, ear: Ear) -> Reading:
    """By the grammar where it finds a write, else by the trained opinion."""
    tokens, claims = _claims(text, ear)
    asks = asks_beneath(normalise(text))
    if put_right := _mended(text, tokens, claims, ear):
        return put_right
    if not asks and is_whole(claims) and not is_a_line_number(claims.line.text):
        return _reported(Report(claims, whole=True), text, ear)
    if asks_for_a_place(_bare(text)) or of_her_place(text):
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
    if look := _looked_up(text, ear):
        return look
    return _asked(of_opinion(text, ear, heard, asks), text, ear)


def _looked_up(text: str, ear: Ear) -> Look | None:
    """A team's code or a unit's name beneath words of looking: `帮我查一下昭通一中`. None where it is anything else."""
    spoken = list(beneath(normalise(text)))
    plain = {said.bare for said in spoken if not said.looking}
    for bare in dict.fromkeys(said.bare for said in spoken if said.looking and said.bare not in plain):
        if (code := code_alone(bare, leads=bool(ear.teams))) or _is_a_unit(bare, ear):
            return Look(code, bare)
    return None


def _is_a_unit(name: str, ear: Ear) -> bool:
    return len(name) > 1 and names_a_unit_alone(tokens_of(line_of(name), ear), name, ear)


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


def calls_a_captain(line: str) -> bool:
    """Whether a coordinator asks for the number of a unit's captain: `查一下永善县人民医院队长的手机号`."""
    return asks_for_a_captains_number(line) and ends_like_a_unit(without_words_of_calling(line))


def names_a_unit_alone(tokens: tuple[Token, ...], text: str, ear: Ear) -> bool:
    """Whether a message is one unit's name and nothing besides."""
    kinds = {token.kind for token in tokens} - {"gap", "break", "stop"}
    named = bool(kinds & {"unit", "own"}) and kinds <= {"unit", "own", "name"}
    return named and ends_like_a_unit(text) and looks_like_unit(ear.campaign, text) is None


def is_invitation(text: str) -> bool:
    """Whether a line is nothing but what an invitation code looks like, and no figure with its unit."""
    said = squash(text).upper()
    return len(said) == INVITATION and set(said) <= set(CODE_LETTERS) and not _FIGURE.fullmatch(said)


def _mended(text: str, tokens: tuple[Token, ...], claims: Claims, ear: Ear) -> Reading | None:
    """What the words of correcting make of a message; None where they say nothing, or a complaint is heard in it."""
    words = mending_of(claims.line.text, tokens)
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
    return (
        bool(claims.claims)
        and not words.acts & OF_A_REPORT
        and (total or not words.takes_a_step)
        and not (words.step and words.takes_a_step)
    )


def _registers(text: str, ear: Ear, heard: Guess) -> bool:
    """A unit and two more of project, captain, telephone; or one more where the opinion hears a registration."""
    if heard.margin >= ACTS and heard.best in ("register", "amend"):
        return heard.best == "register"
    said = read_registration(ear.campaign, text)
    named = (said.project is not None, bool(said.captain), bool(said.phone))
    return bool(said.unit) and sum(named) >= (1 if heard.best == "register" else 2)
