"""A registration as captains type it: unit, region, project, captain, telephone in any order, labelled or not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.language.names import find_project, region_inside
from handlers.language.persons import UNIT_END, is_person, named_in, person_of
from handlers.language.places import (
    full_forms,
    one_of,
    places_called,
    region_at_start,
    region_of_token,
    region_said,
)
from handlers.language.telephones import GAP, take_telephone
from handlers.language.text import without_greeting
from handlers.language.unit_spelling import as_typed, cleaned, simplified
from handlers.language.wordlists import any_of, forms, words
from handlers.understand.forms import any_word, set_apart, take_labelled
from handlers.understand.heard import as_meant
from handlers.understand.unit_pieces import BETWEEN, Found, Piece, unit_among
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign

_HAN = r"[\u4e00-\u9fff]"
_POST = any_of(words("language/unit_words", "title"))
_COMMAND = re.compile(rf"^(?:{any_word('ahead of it')})?(?:{any_word('command')})(?:{any_word('behind it')})?[:, 、]*")
_NAME = rf"({_HAN}{{1,4}}·{_HAN}{{1,6}}|{_HAN}+|[A-Za-z][\w.'-]*(?: [A-Z][\w.'-]*){{0,2}})"
_CAPTAIN = re.compile(
    rf"(?:(?:{any_word('charge')})(?:{any_word('is')}|[: ])*)+(?:(?:{any_word('herself')})[: ]*)?{_NAME}"
)
_CALLED = re.compile(
    rf"(?:^|[\s,、。;])(?:{_POST})?(?:{any_word('called')})(?:{_POST})?({_HAN}{{2,4}}?)(?:{_POST})?(?!{_HAN})"
)
_NAMES = "|".join(rf"(?<={word})" for row in words("understand/registering", "names") for word in forms(row))
_CAPTAIN_AFTER = re.compile(rf"(?:(?<!{_HAN})|{_NAMES})({_HAN}{{2,3}}?)(?:{any_word('leads')})(?!{_HAN})")
_LOOSE = re.compile(rf"\(([^()\w]*|[^()]*[\s,、。;:|/!{GAP}][^()]*)\)")
"""A bracket that holds nothing any more, or more than one word."""
_RUN_ON = re.compile(
    rf"(?<={_HAN})(?={any_word('begins')})|(?:{any_word('who')})(?:{any_word('wants')})(?:{any_word('joins')})|{any_word('surname')}"
    rf"|(?:{any_word('of the project')})(?={any_word('charge')})|(?:{any_word('this')})(?={any_word('label project')})"
)
"""Where spoken sentences run into one another (`…中心校的我们想报…这个项目队长是…`), and a surname alone."""
_BELONGS = re.compile(rf"^(.+)的({_HAN}{{2,4}})$")
_FAMILIAR = re.compile(any_word("familiar"))
"""`小廖` is somebody, and not how she is called in a list of captains."""
_CALLED_SO = re.compile(rf"{_HAN}{{2,4}}|{_HAN}{{2,6}}·{_HAN}{{2,6}}")


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
    line = _RUN_ON.sub(", ", _COMMAND.sub("", without_greeting(as_meant(simplified(typed))), count=1))
    phone, line = take_telephone(line)
    slots, line = take_labelled(set_apart(campaign, line))
    project, line = _take_project(campaign, slots.get("project", ""), line)
    captain, line = _take_captain(campaign, slots.get("captain", ""), line)
    pieces = _pieces(line)
    named = _regions_named(campaign, slots.get("region", ""), pieces)
    region = _innermost(campaign, named)
    found = unit_among(campaign, pieces, labelled=slots.get("unit", ""), named_captain=bool(captain))
    found = replace(found, unit=found.unit or slots.get("team", ""))
    captain, found = _captain_beside(campaign, captain, phone, pieces, found)
    unit = found.unit
    if not named:
        unit, region = _split_trailing_region(campaign, unit)
        located = region_at_start(campaign, unit) if unit and region is None else None
        region = region or (located[0] if located else region_inside(campaign, unit))
    team = slots.get("team", "")
    unit, left, whole = (as_typed(name, typed) for name in (unit, found.left, found.whole))
    return Registration(unit, region, project, captain, phone, team if team != unit else "", left, whole)


def begun(campaign: Campaign, text: str) -> Registration:
    """What the line that begins a registration says: a person's name where the unit should stand is taken for the unit,
    to be turned down."""
    said = read_registration(campaign, text)
    if said.unit or not said.captain or not _COMMAND.sub("", cleaned(text), count=1).startswith(said.captain):
        return said
    return replace(said, unit=said.captain, captain="")


def _take_project(campaign: Campaign, labelled: str, line: str) -> tuple[Project | None, str]:
    if labelled:
        project, _ = find_project(campaign, labelled)
        return project, line
    project, rest = find_project(campaign, line.replace(GAP, "\n"))
    return project, rest if project else line


def _take_captain(campaign: Campaign, labelled: str, line: str) -> tuple[str, str]:
    if labelled:
        return person_of(campaign, labelled.split("(")[0].strip()), line
    for said in (_CAPTAIN_AFTER, _CALLED):
        if (found := said.search(line)) and is_person(campaign, found[1]):
            return found[1], f"{line[: found.start()]}{GAP}{line[found.end() :]}"
    if match := _CAPTAIN.search(line):
        name = person_of(campaign, match[1])
        end = match.start(1) + len(name) if name else match.end()
        return name, f"{line[: match.start()]}{GAP}{line[end:]}"
    return "", line


def _captain_beside(
    campaign: Campaign, captain: str, phone: str, pieces: list[Piece], found: Found
) -> tuple[str, Found]:
    """The captain whom nothing announced: `…小学的李敏`, the one person named, else what is left beside a telephone."""
    if (hers := _BELONGS.match(found.unit)) and UNIT_END.search(hers[1]):
        if is_person(campaign, hers[2]):
            return captain or hers[2], replace(found, unit=hers[1])
        if _FAMILIAR.fullmatch(hers[2]):
            found = replace(found, unit=hers[1])
    names = [name for piece in pieces if (name := named_in(campaign, piece.text)) and piece.text not in found.unit]
    captain = captain or (names[0] if len(names) == 1 else "")
    if captain or names:
        others = [person for person in found.persons if person != captain and person in names]
        return captain, replace(found, left="、".join(filter(None, (found.left, *others))))
    if not names and phone and found.unit and _CALLED_SO.fullmatch(found.left) and not UNIT_END.search(found.left):
        return found.left, Found(found.unit)
    return "", found


def _pieces(line: str) -> list[Piece]:
    """Stand-alone pieces; a bracket of one word stays with its unit (第一中学(西校区))."""
    parts = BETWEEN.split(_LOOSE.sub(r" \1 ", line))
    found = []
    for part, ahead in zip(parts[::2], ["", *parts[1::2]], strict=True):
        bare = part.strip("\"'“”#-+_~").removesuffix("的")
        if bare:
            found.append(Piece(bare, glued=ahead == " "))
    return found


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


def _split_trailing_region(campaign: Campaign, unit: str) -> tuple[str, Region | None]:
    """A region run together behind the unit: 昭通市第一中学昭阳区."""
    for region in campaign.regions:
        for form in full_forms(region):
            if unit.endswith(form) and len(unit) > len(form) + 2 and len(places_called(campaign, form)) == 1:
                return unit.removesuffix(form), region
    return unit, None
