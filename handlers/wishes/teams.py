"""Which teams of her region a coordinator asks for: the place, and the state they are in."""

from dataclasses import dataclass
from typing import Literal, cast

from handlers.language.late import pattern
from handlers.language.names import find_region
from handlers.language.text import squash
from handlers.language.units import ends_like_a_unit
from handlers.language.wordlists import any_of, rows, words
from handlers.wishes.slots import begins_with_printed
from storage.campaign_document import Region
from storage.campaign_schema import Campaign

OfTeams = Literal["listed", "silent", "unclaimed", "short", "disabled"]
"""`listed`: all that stand on the lists, whoever was heard of last first; `silent`: not heard of today."""
Which = OfTeams | Literal["unteamed"]
"""`unteamed`: the units on the roster that have no team."""
_WHICH = {row[0]: cast(Which, row[1]) for row in rows("wishes/teams") if row[1] not in ("beside", "unkept")}
_STATE = pattern(any_of(_WHICH))
_BESIDE = pattern(any_of(words("wishes/teams", "beside")))
_UNKEPT = pattern(any_of(words("wishes/teams", "unkept")))
_PLACE = pattern("[县区市州镇乡旗]$|街道$")
LONGEST, SHORT, LITTLE = 24, 10, 2
"""Characters of the longest line that is a wish for a list, of what may follow the word, and of what may stand ahead of
a state of teams that a line begins with."""
_FIGURE = pattern(r"\d+(?:\.\d+)?[元块]?")


@dataclass(frozen=True, slots=True)
class AskedTeams:
    """What is asked for. `which` is None where no state is named; `rest`: what names neither place nor state."""

    region: Region | None
    which: Which | None
    rest: str


def asked_teams(campaign: Campaign, text: str) -> AskedTeams:
    """`永善县还没报的队`, `未报`, `谁没过2000`: a figure is only ever the threshold's, and stands beside its word."""
    region, rest = find_region(campaign, text)
    said = squash(rest)
    state = _STATE.search(said)
    which = _WHICH[state[0]] if state else None
    left = _BESIDE.sub("", _STATE.sub("", said, count=1))
    return AskedTeams(region, which, _FIGURE.sub("", left) if which == "short" else left)


def asks_for_no_list(rest: str) -> bool:
    """Whether what is left names a state of teams of which no list is kept: `已达标`, `2000以上`."""
    return _UNKEPT.fullmatch(_FIGURE.sub("", rest)) is not None


def asks_for_a_list(campaign: Campaign, text: str) -> bool:
    """Whether a line of a coordinator's names the state of teams, and nothing but that and a place."""
    if len(text) > LONGEST or not _STATE.search(text):
        return False
    asked = asked_teams(campaign, text)
    return asked.which is not None and not asked.rest


def names_a_state(text: str) -> bool:
    """Whether a line begins with a state of teams, or with little before it, whatever else it says."""
    found = _STATE.search(text)
    return found is not None and _WHICH[found[0]] != "listed" and len(_BESIDE.sub("", text[: found.start()])) <= LITTLE


def names_her_region(text: str) -> bool:
    return "辖区" in text


def asks_which_teams(text: str) -> bool:
    """Whether teams are asked for, and not only how many."""
    return "队" in text and "几" not in text and "多少" not in text


def ends_like_a_place(remainder: str) -> bool:
    """Whether what stands behind a word names a place."""
    return _PLACE.search(remainder) is not None


def says_whom_to_remind(remainder: str) -> bool:
    """The same behind 催, where it may be a team by its code as well."""
    return may_follow_the_word(remainder) or begins_with_printed(remainder)


def names_whom_to_remind(remainder: str) -> bool:
    """The same behind 催报, where it may be a team by its name too; behind a mere 催 that complains (催死我们学校)."""
    return says_whom_to_remind(remainder) or (len(remainder) <= SHORT and ends_like_a_unit(remainder))


def may_follow_the_word(remainder: str) -> bool:
    """Whether what stands behind 队伍 without a mark between says which teams: a place or a state, and little more."""
    return len(remainder) <= SHORT and bool(_STATE.search(remainder) or _PLACE.search(remainder))
