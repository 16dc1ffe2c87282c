"""Persons' names as they stand in a registration: a surname and one or two more characters, no unit and no place.

Alone, at the head of what was said, or run together with the unit: behind its ending (昭通市审计局张三) or before its
place (李敏昭通市第一中学). Names that stand before the ending are the unit's own: 张桂梅女子高中, 邵逸夫小学. What
stands behind a 镇, 乡, 村 or 街道 is a hamlet: 柿子镇石门.
"""

import re
from functools import cache

from handlers.language.late import pattern
from handlers.language.offices import INNER_OFFICES, OFFICES
from handlers.language.places import area_stem, is_area, region_at_start, region_of_token
from handlers.language.wordlists import any_of, limited, words
from storage.campaign_schema import Campaign

_HAN = r"[\u4e00-\u9fff]"


def _any(kind: str) -> str:
    return limited("language/persons", kind)


_SURNAMES = frozenset(_any("surname").split("|"))
FAMILIAR = frozenset(_any("familiar").split("|"))
"""What one is called by who knows her: `小廖` is somebody, and not how she is called in a list of captains."""
_DOUBLE_SURNAMES = tuple(_any("double surname").split("|"))
_ENDING = any_of(words("language/unit_words", "ending"))
_TITLE = rf"(?:{any_of(words('language/unit_words', 'title'))})"
_INSIDE = r"(?:\([^()]*\))?"
UNIT_END = pattern(rf"(?:{_ENDING}){_INSIDE}$")
_OFFICE_STEM = "|".join((*INNER_OFFICES, *{variant[:2] for variant in OFFICES}))
_PART_OF_UNIT = pattern(rf"(?:{_any('part')})$|^(?:{_OFFICE_STEM})(?:{_any('part behind an office')})?$")
_GIVEN_NAME = pattern(rf"(?:{_any('given')})$|(?!{_any('no given')}).会$")
"""How a given name may end that is an ending of units as well: 李建中, 王知行, 罗朝会."""
_OFFICES = "|".join(variant for variant in OFFICES if len(variant) > 2 or variant[-1] not in "小中")
_INSTITUTION = rf"(?:{_any('institution')}|{_OFFICES}){_INSIDE}"
_SURNAME = "".join(sorted(_SURNAMES))
_FULL_NAME = rf"(?:(?:{'|'.join(_DOUBLE_SURNAMES)}|[{_SURNAME}]){_HAN}{{0,2}}?|{_HAN}{{2,6}}·{_HAN}{{2,6}})"
_AFTER_UNIT = rf"[的\W_]{{0,4}}(?P<announced>{_any('announced')}|{_TITLE}){{0,3}}[\W_]{{0,4}}"
_SETTLEMENT = pattern(rf"(?:{_any('settlement')}){_INSIDE}$")
"""Units behind whose ending a hamlet or a village may stand: 洛泽河镇毛坪."""
_PLACE = pattern(rf"(?:{_any('place')})$")
"""How places end and given names do not: 向家坝, 白鹤滩, 龙洞, 石梁子."""
_COMPANY = pattern(rf"(?:{_any('company')})$")
"""Units before whose place a brand may stand: 龙源昭通市风电公司."""
_HERSELF = frozenset(_any("herself").split("|"))
NO_NAME = pattern(rf"^(?:{_any('no name ahead')})|{_any('no name')}")
FILLER = pattern(rf"^(?:(?:{_any('thanks')}).*|{any_of(words('language/unit_words', 'filler'))})$")
_BEHIND_A_NAME = tuple(_any("behind").split("|"))


@cache
def _behind() -> re.Pattern[str]:
    """A unit and the person behind it; like the next one so long that it is made with the first name."""
    return re.compile(
        rf"(?P<unit>.*{_INSTITUTION}){_AFTER_UNIT}"
        rf"(?:(?P<titled>[{_SURNAME}]{_TITLE})|(?P<name>{_FULL_NAME})(?P<title>{_TITLE})?)"
        rf"(?P<charge>{_any('charge')})?[\W_]*"
    )


@cache
def _addressed() -> re.Pattern[str]:
    """A person with what she is called by."""
    return re.compile(rf"{_TITLE}{{0,3}}(?P<name>{_FULL_NAME}){_TITLE}?")


def person_of(campaign: Campaign, run: str) -> str:
    """The name at the head of a run of characters; empty where it cannot be told where the name ends."""
    if region_of_token(campaign, run) or FILLER.match(run) or NO_NAME.search(run) or run in _HERSELF:
        return ""
    if run in _SURNAMES or run[:1].isascii():
        return run
    if is_person(campaign, run):
        return run
    if "·" in run or (2 <= len(run) <= 4 and not UNIT_END.search(run[2:] or "-")):
        longest = 4 if run.startswith(_DOUBLE_SURNAMES) or "·" in run else 3
        if len(run) <= longest or "·" in run:
            return run
    for length in (3, 4) if run.startswith(_DOUBLE_SURNAMES) else (2, 3):
        rest = run[length:]
        if rest and (region_at_start(campaign, rest) or rest.startswith((campaign.area, *_BEHIND_A_NAME))):
            return run[:length]
    return ""


def is_person(campaign: Campaign, token: str) -> bool:
    """Whether a token reads as a person's name: a surname and one or two more characters, no unit and no place."""
    if not re.fullmatch(rf"{_HAN}{{2,4}}", token) or _is_unit_or_part(token) or FILLER.match(token):
        return False
    if region_of_token(campaign, token, short_sound=False) or is_area(campaign, token):
        return False
    return token.startswith(_DOUBLE_SURNAMES) or (len(token) <= 3 and token[0] in _SURNAMES)


def named_in(campaign: Campaign, token: str) -> str:
    """The name in a token that is a person's, with a title or without (李敏老师, 校长李敏); '' for none."""
    match = _addressed().fullmatch(token)
    return match["name"] if match and is_person(campaign, match["name"]) else ""


def ends_like_a_place(name: str) -> bool:
    return _PLACE.search(name) is not None


def may_be_name(said: str) -> bool:
    """Whether what was said where a captain's name stands begins with a surname (`王`, `李敏`), or has a dot inside."""
    return "·" in said or said.startswith(_DOUBLE_SURNAMES) or said[:1] in _SURNAMES


def person_behind(campaign: Campaign, name: str, known: str = "") -> tuple[str, str]:
    """A unit and the person whose name stands behind its ending (昭通市审计局张三, 一中李老师); two '' for none.

    `known`: the captain's name, whatever it looks like. Where it is known, another is one only with a title beside it.
    """
    if known and (match := re.fullmatch(rf"(.+?){_AFTER_UNIT}{re.escape(known)}{_TITLE}?[\W_]*", name)):
        return match[1], known
    match = _behind().fullmatch(name)
    if match is None:
        return "", ""
    unit, person = match["unit"], match["name"] or match["titled"]
    if match["titled"]:
        return unit, person
    guessed = not (match["announced"] or match["title"] or match["charge"])
    if guessed and (known or _SETTLEMENT.search(unit)):
        return "", ""
    return (unit, person) if _may_stand_behind(campaign, person) else ("", "")


def person_before(campaign: Campaign, name: str, known: str = "") -> tuple[str, str]:
    """A unit and the person whose name stands before its place (李敏昭通市第一中学); two '' for none.

    `known`: the captain's name, whatever it looks like; where it is known, no other is looked for.
    """
    person = known or person_of(campaign, name)
    rest = name.removeprefix(person).lstrip("的 -")
    if not person or rest in ("", name) or _COMPANY.search(rest):
        return "", ""
    if known:
        placed = rest.startswith(area_stem(campaign)) or region_at_start(campaign, rest)
        return (rest, person) if placed else ("", "")
    return (rest, person) if is_person(campaign, person) and not _PLACE.search(person) else ("", "")


def _may_stand_behind(campaign: Campaign, run: str) -> bool:
    """Whether a run behind a unit is a name, and no part of the unit: no 高中部, 康复科, 龙泉村, 龙洞."""
    if region_of_token(campaign, run) or any(part.search(run) for part in (NO_NAME, _PART_OF_UNIT, _PLACE)):
        return False
    return _GIVEN_NAME.search(run) is not None or UNIT_END.search(run) is None


def _is_unit_or_part(token: str) -> bool:
    """What a token alone is by its ending; 李建中 and 罗朝会 are neither, and shorter ones may be either (龙中)."""
    given = len(token) > 2 and _GIVEN_NAME.search(token)
    return _PART_OF_UNIT.search(token) is not None or (UNIT_END.search(token) is not None and not given)
