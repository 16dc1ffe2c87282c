"""A message as what she wants by it: its word stands ahead, she chose this of two, or it names one thing and says
nothing besides (a code, a place, a unit, a figure of a ranking)."""

import re
from dataclasses import replace

from handlers.language.text import normalise, squash
from handlers.language.units import ends_like_a_unit, looks_like_unit
from handlers.language.words import Intent
from handlers.understand.chain import as_one_report
from handlers.understand.claim import Claims
from handlers.understand.claims import claims_of
from handlers.understand.coordinating import verdict_behind
from handlers.understand.correcting import read_correction, teams_named
from handlers.understand.ear import Ear
from handlers.understand.heads import asks_beneath, beneath
from handlers.understand.items import names_what_is_counted, read_items
from handlers.understand.items import told as told_of_tasks
from handlers.understand.mended import Correction, Restoration, Retraction, Unclear
from handlers.understand.normal import line_of
from handlers.understand.opinion import heard_in, is_whole, unsure
from handlers.understand.readings import Ask, Counts, HowTo, Look, Mended, Reading, Report
from handlers.understand.registration import begun
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.verdicts import Doubt
from handlers.wishes.slots import code_called, code_marked, without_codes
from handlers.wishes.standings import asks_for_places, names_a_place_alone
from storage.secret_codes import CODE_LETTERS


def read_as(want: Intent, text: str, ear: Ear, behind: str | None = None, mended: Mended | None = None) -> Reading:
    """A message as what she wants by it: its word stands ahead, or she chose this of two. `behind`: what stands behind
    its word, None where it has none; `mended`: what it puts right, where that was read already."""
    said = text if behind is None else behind
    asks = asks_beneath(normalise(text))
    items = ear.campaign.progress == "items"
    match want:
        case "report" | "nothing" if items:
            return Counts(read_items(ear.campaign, text), "count")
        case "report" | "nothing":
            return Report(claims_in(text, ear)[1])
        case "correct" if items:
            return Counts(read_items(ear.campaign, said), "recount")
        case "correct":
            mended = mended or read_correction(text, ear) or _put_right_unsurely(text, ear) or Unclear("unread", "")
            return HowTo("correct") if asks and _says_not_what(mended) else mended
        case "retract" | "restore" | "leave" if asks:
            return HowTo(want)
        case "retract":
            return _taken_back(text, said, ear, mended)
        case "restore":
            mended = mended or read_correction(text, ear)
            return mended if isinstance(mended, Restoration) else Restoration()
        case "register":
            return begun(ear.campaign, said)
        case "approve" | "reject":
            return Ask(want, verdict_behind(want, normalise(text)))
        case "team" | "history":
            return Ask(want, codes=teams_named(text, ear))
        case "rank":
            return Ask(want, codes=teams_named(text, ear), bare=bare_of(text))
        case "unknown":
            return unsure(text, ear, heard_in(text, ear))
        case _:
            return Ask(want)


def claims_in(text: str, ear: Ear) -> tuple[tuple[Token, ...], Claims]:
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


def bare_of(text: str) -> str:
    """A message without its courtesies; '' for one that is too long to be a wish."""
    return next((said.bare for said in reversed(list(beneath(normalise(text))))), "")


def _put_right_unsurely(text: str, ear: Ear) -> Correction | None:
    """A figure that only sounds like the right one (`应该是7200元 85人次`): it is shown before it takes a place."""
    said = read_correction(f"改成 {text}", ear)
    if not isinstance(said, Correction) or said.right is None:
        return None
    return replace(said, doubts=(*said.doubts, Doubt("unsure", "")))


def _says_not_what(mended: Mended) -> bool:
    """Whether only that something was wrong is said, and not what."""
    told = isinstance(mended, Correction) and (mended.right or mended.kind or mended.channel or mended.slip)
    return isinstance(mended, Correction) and not (told or mended.right_name)


def _taken_back(text: str, said: str, ear: Ear, mended: Mended | None) -> Counts | Retraction | Unclear:
    """What is taken back; a code behind the word names the team."""
    code = code_called(said)
    if ear.campaign.progress == "items":
        return Counts(read_items(ear.campaign, without_codes(said)), "retract", code)
    mended = mended or read_correction(text, ear)
    if code and not (isinstance(mended, Retraction) and mended.codes):
        return Retraction(codes=(code,), coded=True)
    return mended if isinstance(mended, Retraction) else Unclear("which", text.strip())


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
