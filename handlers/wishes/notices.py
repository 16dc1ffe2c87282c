"""A coordinator's notice: to whom it goes, and its words. `通知 永善县 明早10点开始配捐`, `通知 未报 今晚报一次数`.

Whoever it is for stands ahead of the words, in any order: a place, everywhere she may speak to, the state of teams as
in the lists. What says for whom it is, is no part of the words.
"""

from dataclasses import dataclass
from functools import cache

from handlers.language.late import pattern
from handlers.language.places import is_area
from handlers.language.text import squash
from handlers.language.wordlists import any_of, forms, words
from handlers.wishes.slots import code_called
from handlers.wishes.teams import Which, asked_teams, names_a_state
from storage.campaign_document import Region
from storage.campaign_schema import Campaign

_MARKS = " ,:;"
_BETWEEN = pattern(f"[{_MARKS}]")
LONGEST = 16
"""Characters of the longest phrase that says for whom it is."""


@dataclass(frozen=True, slots=True)
class SaidNotice:
    """`region` is None for everywhere she may speak to, `which` for teams in any state. `code`: of the one team that
    stands ahead of the words, ''. `unclear`: a state of teams stands ahead of them that could not be told from them."""

    region: Region | None
    which: Which | None
    words: str
    code: str = ""
    unclear: bool = False


def said_notice(campaign: Campaign, text: str) -> SaidNotice:
    """What stands alone before the words says to whom; a place among them is hers to speak of."""
    region, which, left = None, None, text.strip(_MARKS)
    code = code_called(_BETWEEN.split(left)[0])
    while left:
        head = _BETWEEN.split(left)[0]
        behind = left[len(head) :].strip(_MARKS)
        if behind and (head in _said("everybody") or is_area(campaign, head)):
            return SaidNotice(region, which, behind)
        said = _audience(campaign, head, behind) or _run_together(campaign, head, left)
        if said is None:
            break
        region, which, left, code = region or said.region, which or said.which, said.words, ""
    return SaidNotice(region, which, left, code, unclear=names_a_state(_BETWEEN.split(left)[0][:LONGEST]))


def says_to_whom(text: str) -> bool:
    """Whether 通知 may be followed by this without a separator."""
    place = _PLACE.match(text)
    behind = text[place.end() :] if place else ""
    return names_a_state(text[:LONGEST]) or (behind != "" and behind[0] in _MARKS) or _BEGINS.match(behind) is not None


def is_to_be_sent(text: str) -> bool:
    """Whether an answer to 要发出吗 is a yes in its own verb: `发吧`."""
    return squash(text) in _said("send")


def is_kept_back(text: str) -> bool:
    """Whether such an answer keeps the message back (`先不发`) or wants another text (`等一下改成9点半`)."""
    said = squash(text)
    changes = _CHANGES.search(said) is not None and _OF_FIGURES.search(said) is None
    return changes or said in _said("keep back")


def _audience(campaign: Campaign, phrase: str, behind: str) -> SaidNotice | None:
    """A place, a state of teams or both, and nothing besides."""
    asked = asked_teams(campaign, phrase)
    state = None if asked.which == "listed" else asked.which
    return SaidNotice(asked.region, state, behind) if not asked.rest and (asked.region or state) else None


def _run_together(campaign: Campaign, head: str, text: str) -> SaidNotice | None:
    """The same where no mark stands between it and the words: `未达标的队明天最后一天`, `永善县明早开会`."""
    for end in range(min(len(head) - 1, LONGEST), 2, -1):
        phrase, behind = head[:end], text[end:]
        begins = _BEGINS.match(behind) is not None
        if begins or (phrase.endswith(_ENDS) and not behind.startswith(_ENDS)):
            found = _audience(campaign, phrase, behind)
            if found and (found.which or begins):
                return found
    return None


@cache
def _said(kind: str) -> frozenset[str]:
    return frozenset(form for word in words("wishes/notices", kind) for form in forms(word))


_BEGINS = pattern(any_of(_said("begins")))
_CHANGES, _OF_FIGURES = pattern(any_of(_said("change"))), pattern(rf"#|d?\d{{4}}|{any_of(_said('figures'))}")
_ENDS = words("wishes/notices", "ends")
_PLACE = pattern(r"[^\W\d]{1,4}?(?:街道|[县市区州旗])")
