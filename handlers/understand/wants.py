"""A message as what she wants by it: its word stands ahead, or she chose this of two."""

from dataclasses import replace

from handlers.language.text import normalise
from handlers.language.words import Intent
from handlers.understand.chain import as_one_report
from handlers.understand.claim import Claims
from handlers.understand.claims import claims_of
from handlers.understand.correcting import read_correction, teams_named
from handlers.understand.courtesies import asks_beneath, beneath
from handlers.understand.decisions import verdict_behind
from handlers.understand.ear import Ear
from handlers.understand.items import read_items
from handlers.understand.mended import Correction, Restoration, Retraction, Unclear
from handlers.understand.normal import line_of
from handlers.understand.opinion import heard_in, is_whole, unsure
from handlers.understand.readings import Ask, Counts, HowTo, Mended, Reading, Report
from handlers.understand.registration import begun
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.verdicts import Doubt
from handlers.wishes.slots import code_called, without_codes


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
            return Report(claims_in(text, ear)[1])
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
    code = code_called(said)
    if ear.campaign.progress == "items":
        return Counts(read_items(ear.campaign, without_codes(said)), "retract", code)
    mended = read_correction(text, ear)
    if code and not (isinstance(mended, Retraction) and mended.codes):
        return Retraction(codes=(code,), coded=True)
    return mended if isinstance(mended, Retraction) else Unclear("which", text.strip())
