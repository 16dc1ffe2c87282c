"""Who is named to a role or a post in a command line: `邀请 永善县 协调员 刘主任`, `联络员 0012 王某 13900000000`."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.language.late import pattern
from handlers.language.names import find_region
from handlers.language.telephones import GAP, take_telephone
from handlers.language.text import clean, is_question, normalise
from handlers.language.wordlists import any_of
from handlers.wishes.slots import SEPARATORS
from storage.campaign_schema import Campaign
from storage.models.people import Grant, Role

LONGEST = 20
"""Characters of a name that are kept."""
_ROLES: Mapping[str, Role] = {"协调员": "coordinator", "组织方": "organizer", "组织者": "organizer"}
_ROLE = pattern(any_of(_ROLES))
_WHOLE = pattern(r"(?:^| )(?:全部|所有|全省|全市|全州|全县|全区)(?:[县市区州]*|街道)(?: |$)")
_AS = pattern("(?:担任|来?当|做|为)$")
"""What stands between a name and a role: `邀请刘主任担任永善县协调员`."""
_REMOVE = pattern("(?:删除|删掉|去掉|清除)$")


@dataclass(frozen=True, slots=True)
class Invited:
    """To which role somebody is invited, and what her office calls her."""

    grant: Grant
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and a telephone ('' for none)."""

    name: str
    phone: str


def names_a_role(text: str) -> bool:
    """Whether 邀请 may be followed by this without a separator."""
    return _ROLE.search(text) is not None


def invited(campaign: Campaign, text: str) -> Invited | None:
    """None where the place or the role is not said."""
    role, said = _ROLE.search(text), _ROLE.sub(" ", text, count=1)
    region, rest = find_region(campaign, said)
    whole = _WHOLE.search(rest) if region is None else None
    if role is None or (region is None and whole is None):
        return None
    rest = _WHOLE.sub(" ", rest, count=1) if whole else rest
    name = _AS.sub("", _named(rest).name)
    return Invited(Grant(role=_ROLES[role[0]], region=region.id if region else ""), name)


def named_to_a_post(text: str) -> Named | None:
    """None for what is no name."""
    named = _named(text)
    no_name = not named.name or any(map(str.isdigit, named.name)) or is_question(text)
    return None if no_name else named


def takes_out(text: str) -> bool:
    """Whether a line says that whoever stands in the post is to be taken out."""
    last = text.split()[-1:]
    return bool(last) and _REMOVE.match(last[0]) is not None


def _named(text: str) -> Named:
    phone, rest = take_telephone(normalise(text))
    return Named(clean(rest.replace(GAP, " "), LONGEST).strip(SEPARATORS), phone)
