"""Whether a name can be a unit's, and the unit inside a name that says more: a team's dress, a person."""

import re
from dataclasses import dataclass

from handlers.understand.names import find_project
from handlers.understand.numerals import DIGITS
from handlers.understand.persons import ends_like_a_place, named_in, person_before, person_behind
from handlers.understand.places import is_area, region_of_token
from handlers.understand.telephones import holds_number
from handlers.understand.text import is_question, normalise, squash
from handlers.understand.words import WORDS
from storage.campaign_schema import Campaign

_LONGEST_UNIT = 40
_NOBODY = {"个人", "本人", "我", "自己", "我自己", "一个人", "家庭", "我家", "朋友", "爱心人士"}
_BODY = re.compile(
    r"(?:[中小幼]|中学|小学|大学|学院|学校|园|院|局|委|会|办|中心|公司|集团|银行|协会|街道|社区|[乡镇村厂站所台])$"
)
"""How the name of a unit ends."""
_DRESSED = re.compile(
    r"(?:的)?(?:(?:爱心|公益|志愿者?|暖心|阳光|先锋|筹款|慈善|5·?8){1,4})?(?:小分队|分队|小队|战队|团队|队伍|队|小组|联盟)$"
)
_FANCY = re.compile(r"(?:队|小组|联盟|群)$|^(?:爱心|暖心|阳光|公益)(?:人士|之家|使者|天使|家园)?$")
_OFFICIAL_TEAM = re.compile(r"(?:[大支中总]队|地质队|勘[查测探]队|工程队|消防|交警|特警|医疗队)")


@dataclass(frozen=True, slots=True)
class Inside:
    """The unit inside a name, and the person whose name stood beside it; '' where none did."""

    unit: str
    person: str = ""


def unit_within(campaign: Campaign, name: str, captain: str = "") -> Inside | None:
    """The unit in a name that says more: 昭通一中爱心团队, 昭通市审计局张三; None where none is left.

    `captain`: a name known to be a person's, which then needs no usual surname.
    """
    bare = _bare(name)
    for unit, person in (person_behind(campaign, bare, captain), person_before(campaign, bare, captain)):
        if person:
            return Inside(unit, person)
    return Inside(bare) if len(bare) >= 3 and bare != normalise(name) and _BODY.search(bare) else None


def is_nickname(name: str) -> bool:
    """Whether a name is a team's fancy name and no unit's: 爱心小分队, 乌蒙雄鹰队. A fire brigade is a unit."""
    bare = squash(name)
    return _FANCY.search(bare) is not None and _OFFICIAL_TEAM.search(bare) is None


def looks_like_unit(campaign: Campaign, name: str, captain: str = "") -> str | None:
    """None for a plausible unit name, else why it is none.

    One of: empty, command, too long, phone, number, question, region, project, person, named, nickname. Where the
    rule wants the unit's name for the team's, a nickname is none; a person's name is none anywhere, for a unit's
    name is kept for ever. `named`: a person's name stands beside the unit's.
    """
    bare, rule = squash(name), campaign.registration.team_name_rule
    if not bare:
        return "empty"
    if bare in WORDS:
        return "command"
    if len(normalise(name)) > _LONGEST_UNIT:
        return "too long"
    if holds_number(name):
        return "phone"
    if re.fullmatch(rf"[\d{DIGITS}十百千万亿元块人次a-z]*", bare) and not re.search(
        r"[\u4e00-\u9fff].*中|[a-z]{3}", bare
    ):
        return "number"
    if is_question(name):
        return "question"
    if is_area(campaign, bare) or region_of_token(campaign, bare):
        return "region"
    project, rest = find_project(campaign, name)
    if project and not squash(rest):
        return "project"
    return _who_bears_it(campaign, name, captain) or ("nickname" if rule and is_nickname(name) else None)


def _who_bears_it(campaign: Campaign, name: str, captain: str) -> str | None:
    """`person` for a name that is nobody's but a person's, with or without a team's dress; `named` for one beside."""
    whole = {squash(name), squash(_bare(name))}
    nobody = campaign.registration.team_name_rule != "" and squash(name) in _NOBODY
    if nobody or (captain and squash(captain) in whole) or any(_is_person(campaign, run) for run in whole):
        return "person"
    inside = unit_within(campaign, name, captain)
    return "named" if inside and inside.person else None


def _is_person(campaign: Campaign, name: str) -> bool:
    return named_in(campaign, name) != "" and not ends_like_a_place(name)


def _bare(name: str) -> str:
    """A name without a team's dress."""
    return _DRESSED.sub("", normalise(name)).strip(" -·")
