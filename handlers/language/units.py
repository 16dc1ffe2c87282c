"""Whether a name can be a unit's, what kind of unit it is, and the unit inside a name that says more."""

import re
from dataclasses import dataclass
from typing import Literal

from handlers.language.names import find_project, is_ending
from handlers.language.non_answers import non_answer
from handlers.language.numerals import DIGITS
from handlers.language.persons import ends_like_a_place, named_in, person_before, person_behind
from handlers.language.places import is_area, region_of_token
from handlers.language.telephones import holds_number
from handlers.language.text import is_question, normalise, squash
from handlers.language.unit_spelling import simplified
from handlers.language.wordlists import any_of, limited, rows, words
from handlers.language.words import WORDS
from storage.campaign_document import Project
from storage.campaign_schema import Campaign

NoUnit = Literal[
    "empty", "command", "answer", "too long", "phone", "number", "question", "region", "project", "ending",
    "person", "named", "nickname",
]  # fmt: skip
_LONGEST_UNIT = 48
_NOBODY = frozenset(words("language/unit_words", "nobody"))
_ENDINGS = any_of((*words("language/unit_words", "ending"), *words("language/unit_words", "late ending")))
_BODY = re.compile(rf"(?:{_ENDINGS})(?:\([^()]*\))?$", re.IGNORECASE)
_TEAM = limited("language/team_words", "team")
_DRESSED = re.compile(rf"的?(?:{limited('language/team_words', 'dress')}){{0,4}}(?:{_TEAM})$")
_JUST_A_TEAM = re.compile(rf"的?(?:{limited('language/team_words', 'plain team')})$")
_FANCY = re.compile(
    rf"(?:{limited('language/team_words', 'fancy')})$|^(?:{limited('language/team_words', 'fancy name')})$"
)
_OFFICIAL_TEAM = re.compile(any_of(words("language/unit_words", "official")))
_KINDS = {row[0]: row[1] for row in rows("language/unit_kinds")}
_KIND = re.compile(rf"({any_of(_KINDS)})(?:\([^()]*\))?$")


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
    return Inside(bare) if len(bare) >= 3 and bare != normalise(name) and ends_like_a_unit(bare) else None


def ends_like_a_unit(name: str) -> bool:
    """Whether a name ends as units' names do: 局, 中学, 公司, 服务队. 腾讯 and 乌蒙之光 may be units all the same."""
    return _BODY.search(simplified(name)) is not None or _OFFICIAL_TEAM.search(name) is not None


def is_nickname(name: str) -> bool:
    """Whether a name is a team's fancy name and no unit's: 爱心小分队, 乌蒙雄鹰队.

    A fire brigade and a team of volunteers (昭通市某某志愿服务队) are units.
    """
    bare = squash(name)
    return _FANCY.search(bare) is not None and _OFFICIAL_TEAM.search(bare) is None


def looks_like_unit(campaign: Campaign, name: str, captain: str = "") -> NoUnit | None:
    """None for a plausible unit name, else why it is none.

    Where the rule wants the unit's name for the team's, a nickname is none; a person's name is none by itself, for a
    unit's name is kept for ever. `named`: a person's name stands beside the unit's. `answer`: 请稍等, 跟去年一样.
    `ending`: what many units' names end with (中学).
    """
    bare, rules = squash(name), campaign.registration
    if not bare:
        return "empty"
    if is_ending(name):
        return "ending"
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
    if is_area(campaign, bare) or region_of_token(campaign, bare):
        return "region"
    if bare not in _NOBODY and non_answer(name):
        return "answer"
    if is_question(name):
        return "question"
    project, rest = find_project(campaign, name)
    if project and not squash(rest):
        return "project"
    fancy = rules.names == "units" and rules.team_name_rule and is_nickname(name)
    return _who_bears_it(campaign, name, captain) or ("nickname" if fancy else None)


def is_nobodys_name(name: str) -> bool:
    """Whether what stands where a name should is a word for oneself: 个人, 我."""
    return squash(name) in _NOBODY


def kind_of(unit: str) -> str:
    """What kind of unit a name says it is, in the words of `projects.only_kinds`; '' where it says none."""
    found = _KIND.search(simplified(unit))
    return _KINDS[found[1]] if found else ""


def excluded_by(campaign: Campaign, project: Project, region: str, unit: str) -> Literal["region", "kind"] | None:
    """What about a unit lies outside what the document says of a project: its place, its kind; None for nothing."""
    places = project.only_regions or ((project.region,) if project.region else ())
    near = any(place in campaign.region_path(region) or region in campaign.region_path(place) for place in places)
    if places and not near:
        return "region"
    kind = kind_of(unit)
    return "kind" if kind and project.only_kinds and kind not in project.only_kinds else None


def _who_bears_it(campaign: Campaign, name: str, captain: str) -> Literal["person", "named"] | None:
    """`person` for a name that is nobody's but a person's, with or without a team's dress; `named` for one beside."""
    fancy_may_be = campaign.registration.names != "units"
    whole = {squash(name), squash(_JUST_A_TEAM.sub("", normalise(name)) if fancy_may_be else _bare(name))}
    if is_nobodys_name(name) or (captain and squash(captain) in whole):
        return "person"
    if any(_is_person(campaign, run) for run in whole):
        return "person"
    inside = unit_within(campaign, name, captain)
    return "named" if inside and inside.person else None


def _is_person(campaign: Campaign, name: str) -> bool:
    return named_in(campaign, name) != "" and not ends_like_a_place(name)


def _bare(name: str) -> str:
    """A name without a team's dress."""
    return _DRESSED.sub("", normalise(name)).strip(" -·")
