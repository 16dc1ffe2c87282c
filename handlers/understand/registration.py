"""A registration as captains type it: unit, region, project, captain, telephone in any order, labelled or not.

It is read from the tokens of its line, over the words of `data/registering.tsv` and those of units' names. Whether a
report names another unit than the captain's own is read alike.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from handlers.language.names import find_project, project_within, region_inside, similar_units, unit_key
from handlers.language.persons import FAMILIAR, UNIT_END, is_person, named_in, person_of
from handlers.language.places import one_of, places_called, region_at_start, region_of_token, region_said, shorten
from handlers.language.telephones import GAP, take_telephone
from handlers.language.text import squash, without_greeting
from handlers.language.unit_spelling import as_typed, cleaned, simplified
from handlers.language.wordlists import limited
from handlers.understand.captains import captain_among
from handlers.understand.normal import as_meant
from handlers.understand.pieces import Piece, is_any, label_of, pieces_of, text_of
from handlers.understand.unit_pieces import Found, unit_among
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign

_HAN = r"[\u4e00-\u9fff]"
_BELONGS = re.compile(rf"^(.+)的({_HAN}{{2,4}})$")
_CALLED_SO = re.compile(rf"{_HAN}{{2,4}}|{_HAN}{{2,6}}·{_HAN}{{2,6}}")
_IN_A_VALUE = frozenset(" :/!()")
"""Signs that do not end what stands behind a label."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a registration line says. The unit stands as typed; what is not there is empty or None.

    `team`: a name given to the team apart from its unit, which the rule does not allow. `left`: what reads like a
    name and is none of the others, so that it is asked about; `whole`: the unit with it.
    """

    unit: str
    region: Region | None
    project: Project | None
    captain: str
    phone: str
    team: str = ""
    left: str = ""
    whole: str = ""


def read_registration(campaign: Campaign, text: str) -> Registration:
    """Reads one registration. Where two readings are possible the slot stays empty, so that it is asked."""
    typed = cleaned(text)
    phone, line = take_telephone(without_greeting(as_meant(simplified(typed))))
    project, named_at = project_within(campaign, line)
    for start, end in named_at:
        line = line[:start] + GAP * (end - start) + line[end:]
    slots, pieces = _labelled(pieces_of(campaign, line))
    project = find_project(campaign, slots["project"])[0] if slots.get("project") else project
    if labelled := slots.get("captain"):
        captain = person_of(campaign, labelled)
    else:
        captain, pieces = captain_among(campaign, pieces)
    named = _regions_named(campaign, slots.get("region", ""), pieces)
    region = _innermost(campaign, named)
    found = unit_among(campaign, pieces, labelled=slots.get("unit", ""), named_captain=bool(captain))
    found = replace(found, unit=found.unit or slots.get("team", ""))
    captain, found = _captain_beside(campaign, captain, phone, pieces, found)
    unit = found.unit
    if not named and unit:
        located = region_at_start(campaign, unit)
        region = located[0] if located else region_inside(campaign, unit)
    team = slots.get("team", "")
    unit, left, whole = (as_typed(name, typed) for name in (unit, found.left, found.whole))
    return Registration(unit, region, project, captain, phone, team if team != unit else "", left, whole)


def begun(campaign: Campaign, text: str) -> Registration:
    """What the line that begins a registration says: a person's name where the unit should stand is taken for the unit,
    to be turned down."""
    said = read_registration(campaign, text)
    pieces = [] if said.unit or not said.captain else pieces_of(campaign, cleaned(text))
    first = next((piece.text for piece in pieces if not is_any(piece.tokens[0], "command", "opening")), "")
    return replace(said, unit=said.captain, captain="") if first.startswith(said.captain) and first else said


def _labelled(pieces: Sequence[Piece]) -> tuple[dict[str, str], list[Piece]]:
    """Labelled values (`单位：…`), each up to the next label or sign, and the pieces without them.

    A unit's stays among the pieces as well: beside it may stand what is no part of it.
    """
    slots: dict[str, str] = {}
    kept: list[Piece] = []
    slot, values = "", list[str]()
    for piece, following in zip_longest(pieces, pieces[1:]):
        label, size = label_of(piece, following)
        if label or not _goes_on(slot, values, piece):
            slots.setdefault(slot, " ".join(values))
            slot, values = label, []
        behind = piece.tokens[size:]
        if slot and behind:
            values.append(text_of(behind))
        if behind and slot in ("", "unit"):
            kept.append(Piece(behind, GAP) if size else piece)
    slots.setdefault(slot, " ".join(values))
    return slots, kept


def _goes_on(slot: str, values: Sequence[str], piece: Piece) -> bool:
    """Whether a piece belongs to the value behind a label: only one is a captain's or a region's."""
    return bool(slot) and not (values and slot in ("captain", "region")) and _IN_A_VALUE.issuperset(piece.ahead)


def _captain_beside(
    campaign: Campaign, captain: str, phone: str, pieces: list[Piece], found: Found
) -> tuple[str, Found]:
    """The captain whom nothing announced: `…小学的李敏`, the one person named, else what is left beside a telephone."""
    if (hers := _BELONGS.match(found.unit)) and UNIT_END.search(hers[1]):
        if is_person(campaign, hers[2]):
            return captain or hers[2], replace(found, unit=hers[1])
        if len(hers[2]) == 2 and hers[2][0] in FAMILIAR:
            found = replace(found, unit=hers[1])
    names = [name for piece in pieces if (name := named_in(campaign, piece.text)) and piece.text not in found.unit]
    captain = captain or (names[0] if len(names) == 1 else "")
    if captain or names:
        others = [person for person in found.persons if person != captain and person in names]
        return captain, replace(found, left="、".join(filter(None, (found.left, *others))))
    if not names and phone and found.unit and _CALLED_SO.fullmatch(found.left) and not UNIT_END.search(found.left):
        return found.left, Found(found.unit)
    return "", found


def _regions_named(campaign: Campaign, labelled: str, pieces: list[Piece]) -> list[Region]:
    """The regions that stand alone; a label's goes before all others. None of them may be inferred from the unit."""
    if labelled and (region := region_of_token(campaign, labelled, short_sound=True)):
        return [region]
    named = [region for piece in pieces if (region := region_said(campaign, piece.text))]
    several = [called for piece in pieces if len(called := places_called(campaign, piece.text)) > 1]
    return named + [meant for called in several if (meant := one_of(campaign, called, named))]


def _innermost(campaign: Campaign, named: Sequence[Region]) -> Region | None:
    """The one of some regions that lies in all others; None where two lie apart."""
    ids = {region.id for region in named}
    return next((region for region in named if ids <= set(campaign.region_path(region.id))), None)


_any = partial(limited, "understand/registering")
_BODY = re.compile(rf"(?:{_any('body')})$")
_BRANCH = re.compile(_any("branch"))
"""What sets a part of a school or a hospital apart from the whole: they are two units."""
_OWN = re.compile(rf"^(?:{_any('own ahead')})|^(?:{_any('own')})$|(?:{_any('meeting')})$")
"""Words for a captain's own unit, which name none."""
_OF_A_REPORT = re.compile(_any("of a report"))


def names_another_unit(campaign: Campaign, words: str, unit: str, region: str) -> str:
    """A unit that the words name and that cannot be `unit`, as typed; '' where they name none, or only 学校 or 我局.

    `region`: where `unit` is registered. A name that begins with a region elsewhere is another unit.
    """
    named = _unit_in(campaign, words)
    bare = squash(named)
    if not named:
        return ""
    if _lies_elsewhere(campaign, bare, unit, region) or set(_BRANCH.findall(bare)) != set(_BRANCH.findall(unit)):
        return named
    if similar_units(campaign, named, [unit_key(campaign, unit)]) or unit_key(campaign, named) == unit_key(
        campaign, unit
    ):
        return ""
    canonical = unit_key(campaign, unit)
    return "" if _stands_in(bare, squash(unit)) or _stands_in(unit_key(campaign, named), canonical) else named


def names_unit(campaign: Campaign, words: str) -> bool:
    """Whether the words name a unit, and not only 学校 or 我局."""
    return _unit_in(campaign, words) != ""


def _unit_in(campaign: Campaign, words: str) -> str:
    named = read_registration(campaign, _OF_A_REPORT.sub(" ", words)).unit if words else ""
    bare = squash(named)
    return named if _BODY.search(bare) and not _OWN.search(bare) and 2 <= len(bare) <= 15 else ""


def _lies_elsewhere(campaign: Campaign, named: str, unit: str, region: str) -> bool:
    located = region_at_start(campaign, named)
    if located is None or shorten(located[0].name) in unit:
        return False
    there = located[0].id
    return there not in campaign.region_path(region) and region not in campaign.region_path(there)


def _stands_in(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
