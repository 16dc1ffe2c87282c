"""Names of regions, projects and units: found in text, brought to one key, compared with care for ordinals."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from handlers.language.numerals import DIGITS, read_numeral
from handlers.language.offices import OFFICES, office_of
from handlers.language.places import (
    SEPARATORS,
    SeveralPlaces,
    one_of,
    places_at_start,
    places_called,
    places_within,
    region_at_start,
    region_of_token,
    regions_within,
    strip_area,
)
from handlers.language.sound import sounds_alike
from handlers.language.text import normalise, squash
from handlers.language.unit_spelling import cleaned, simplified
from handlers.language.wordlists import any_of, rows, words
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign

_QUOTES = "“”\"'‘’「」《》【】"
_ORDINAL = re.compile(rf"第([{DIGITS}十百\d]+)|((?<![{DIGITS}十])[{DIGITS}十]+|(?<!\d)\d+)(?=[中小幼院]|职)")
SHORT_SCHOOLS = {row[0]: row[1] for row in rows("language/short_schools")}
"""中 for 中学, and so on: what a school with a number is called, and its ending in full."""
_SHORT_SCHOOL = re.compile(rf"(第\d+)({any_of(SHORT_SCHOOLS)})$")
_ENDINGS = re.compile(r"[(（](?!.*(?:校区|分[校院园部店])).*[)）]$|(?:的)?(?:爱心)?(?:团队|战队|队伍|小队)$")
_KIND = re.compile(
    r"幼儿园|小学|中学|大学|学院|学校|卫生院|医院|委员会|办公室|街道|社区|公司|银行|协会|法院|检察院|分局|局|厅|会|中心|村|镇|乡$"
)
_PARENT_BODY = re.compile(r"^国家税务总局|^[\u4e00-\u9fff]{2}电网(?:有限责任公司)?|^中共")
_YOUTH_LEAGUE = re.compile(r"^(?:共青团|中国共产主义青年团)(.+?)([市县区])委(?:员会)?$")
_ENDINGS_ALONE = frozenset((*words("language/unit_words", "generic"), *words("language/unit_words", "generic team")))
_OFFICE = re.compile(
    "|".join(
        re.escape(variant) + ("$" if len(variant) == 2 else "") for variant in sorted(OFFICES, key=len, reverse=True)
    )
)

Profile = tuple[str, str, bool]
"""What two names of units are compared by."""
ALIKE = 0.8


def find_region(campaign: Campaign, text: str) -> tuple[Region | None, str]:
    """The region a text names, and the rest of the text. Raises `SeveralPlaces` where the name alone says no more.

    A stand-alone token goes before a name inside a longer word, a full name before a short form, a place within another
    before that. Slips by sound count for stand-alone tokens only. The campaign's own area is no region.
    """
    line = normalise(text)
    tokens = [token for token in SEPARATORS.split(line) if token]
    if found := _among_tokens(campaign, tokens):
        region, words = found
        for word in words:
            line = line.replace(word, " ", 1)
        return region, _tidy(line)
    named = places_within(campaign, line)
    within = regions_within(campaign, line)
    if not within:
        if named:
            places, start, end = named[0]
            raise SeveralPlaces(line[start:end], places)
        return None, line
    region = _innermost(campaign, [region for region, _, _ in within])
    path = campaign.region_path(region.id)
    spans = sorted(((start, end) for each, start, end in within if each.id in path), reverse=True)
    for start, end in spans:
        head = line[:start]
        trimmed = head[: len(head) - len(campaign.area)] if head.endswith(campaign.area) else head
        line = f"{trimmed} {line[end:]}"
    return region, _tidy(line)


def find_one_region(campaign: Campaign, text: str) -> Region | None:
    """The same region; None where the name stands in several places."""
    try:
        return find_region(campaign, text)[0]
    except SeveralPlaces:
        return None


def _among_tokens(campaign: Campaign, tokens: Sequence[str]) -> tuple[Region, list[str]] | None:
    """The region that stand-alone tokens name, with those that name it and what it lies in."""
    named = {token: region_of_token(campaign, token, short_sound=len(tokens) == 1) for token in tokens}
    plain = [region for region in named.values() if region is not None]
    for token, region in named.items():
        if region is None and len(places := places_called(campaign, token)) > 1:
            named[token] = one_of(
                campaign, places, [*plain, *(r for r, _, _ in regions_within(campaign, " ".join(tokens)))]
            )
            if named[token] is None:
                raise SeveralPlaces(token, places)
    found = [region for region in named.values() if region is not None]
    if not found:
        return None
    region = _innermost(campaign, found)
    path = campaign.region_path(region.id)
    return region, [token for token, each in named.items() if each is not None and each.id in path]


def _innermost(campaign: Campaign, found: Sequence[Region]) -> Region:
    """The first of some regions, or one of them that lies within it."""
    meant = found[0]
    for region in found[1:]:
        if meant.id in campaign.region_path(region.id):
            meant = region
    return meant


def find_project(campaign: Campaign, text: str) -> tuple[Project | None, str]:
    """The project a text names, and the rest; spaces and quotation marks do not matter."""
    line = normalise(text)
    project, spans = project_within(campaign, line)
    return project, _cut(line, spans) if project else line


def project_within(campaign: Campaign, line: str) -> tuple[Project | None, list[tuple[int, int]]]:
    """The project that a normalised line names, and where.

    A direction goes before its parent project. Two unrelated projects are no answer: the caller asks.
    """
    letters = [(char.casefold(), index) for index, char in enumerate(line) if char.isalnum()]
    squashed = "".join(char[0] for char, _ in letters)
    found: list[tuple[Project, int, int]] = []
    for form, project in sorted(_project_forms(campaign), key=lambda pair: -len(pair[0])):
        at = squashed.find(form)
        if at < 0 or any(s < at + len(form) and at < e for _, s, e in found):
            continue
        found.append((project, at, at + len(form)))
    meant = _most_specific([project for project, _, _ in found])
    if meant:
        spans = [(letters[start][1], letters[end - 1][1] + 1) for _, start, end in found]
        return meant, [_with_slip(campaign, meant, line, span) for span in spans]
    return (None, []) if found else _project_by_slip(campaign, line)


def _project_forms(campaign: Campaign) -> list[tuple[str, Project]]:
    return [
        (form, project)
        for project in campaign.projects
        for form in dict.fromkeys(map(squash, (project.name, *project.aliases)))
        if form
    ]


def _most_specific(projects: list[Project]) -> Project | None:
    ids = {project.id for project in projects}
    parents = {project.parent for project in projects}
    leaves = [project for project in projects if project.id in ids - parents]
    return leaves[0] if len({project.id for project in leaves}) == 1 else None


def _project_by_slip(campaign: Campaign, line: str) -> tuple[Project | None, list[tuple[int, int]]]:
    """A stand-alone token that sounds like one project, is part of its name, or is one character off."""
    for token in (token for token in SEPARATORS.split(line) if len(token) >= 3):
        heard = {p.id: p for form, p in _project_forms(campaign) if _slip_of(squash(token), form)}
        if len(heard) == 1:
            at = line.index(token)
            return next(iter(heard.values())), [(at, at + len(token))]
    return None, []


def _with_slip(campaign: Campaign, project: Project, line: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span of a short form, or of the whole token where that is a slip of the full name: 人道暖召通."""
    start, end = span
    before, after = SEPARATORS.split(line[:start])[-1], SEPARATORS.split(line[end:])[0]
    token = squash(line[start - len(before) : end + len(after)])
    slip = any(_slip_of(token, form) for form, of in _project_forms(campaign) if of == project and token != form)
    return (start - len(before), end + len(after)) if slip and len(token) > end - start else span


def _slip_of(token: str, form: str) -> bool:
    if len(token) != len(form):
        return len(token) >= 4 and token in form
    one_off = sum(a != b for a, b in zip(token, form, strict=True)) == 1
    return (one_off and len(form) >= 5) or sounds_alike(token, form)


def _cut(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        while start > 0 and line[start - 1] in _QUOTES:
            start -= 1
        while end < len(line) and line[end] in _QUOTES:
            end += 1
        end += len("项目") if line.startswith("项目", end) else 0
        line = f"{line[:start]} {line[end:]}"
    return _tidy(line)


def _tidy(line: str) -> str:
    return re.sub(r"[^\S\n]+", " ", line).strip(" ,、;:")


def unit_key(campaign: Campaign, name: str) -> str:
    """The key under which a unit is known: spellings that surely mean the same unit share it.

    第一中学, 第1中学, 一中 and 昭通市一中 are one; 第1小学 and 第12小学, 昭阳区一中 and 一中 are not. A county
    in front is kept in its full form, so 永善一中 is 永善县第1中学. Blanks, traditional characters, circled figures
    and emoji make no other unit.
    """
    spelled = simplified(cleaned(name))
    bare = squash(_ENDINGS.sub("", spelled)) or squash(spelled)
    bare = _YOUTH_LEAGUE.sub(r"\1\2团\2委", _PARENT_BODY.sub("", bare))
    places, rest = places_at_start(campaign, bare)
    if places:
        return places[0].name + _canonical(rest)
    rest = strip_area(campaign, bare)
    if len(rest) > 2 and rest.startswith(("市委", "市直")):
        return _canonical(rest)
    return _canonical(rest.removeprefix("市") if len(rest) > 2 else (rest if len(rest) > 1 else bare))


@lru_cache(maxsize=16384)
def _canonical(name: str) -> str:
    name = _ORDINAL.sub(_arabic_ordinal, name)
    name = _SHORT_SCHOOL.sub(lambda match: match[1] + SHORT_SCHOOLS[match[2]], name)
    return _OFFICE.sub(lambda match: OFFICES[match[0]], name)


def _arabic_ordinal(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 1) : match.start()]
    value = read_numeral(match[1] or match[2])
    if isinstance(value, str) or (match[2] and before in ("高", "初", "九", "十")):
        return match[0]
    return f"第{int(value)}"


def similar_units(campaign: Campaign, name: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that may be the same unit, best first; only a person can say whether one is.

    Different ordinals, different regions, different kinds (小学, 中学) or different offices, be they of one sound
    (税务局, 水务局), are never the same; an ending alone (中学) is like nothing.
    """
    if is_ending(name):
        return []
    wanted = profile_of(campaign, name)
    known = (candidate for candidate in candidates if not is_ending(candidate))
    scored = [(likeness(wanted, profile_of(campaign, candidate)), candidate) for candidate in known]
    return [candidate for score, candidate in sorted(scored, key=lambda pair: -pair[0]) if score >= ALIKE]


def is_ending(name: str) -> bool:
    """Whether a name is what many units' names end with, and names none of them: 中学, 中心小学, 医院."""
    return squash(simplified(cleaned(name))) in _ENDINGS_ALONE


def spoken_names(campaign: Campaign, unit: str) -> tuple[str, ...]:
    """What a unit may be called where it is plain which is meant: in full, without its place, by its key."""
    bare = simplified(cleaned(unit))
    located = region_at_start(campaign, bare)
    forms = (bare, strip_area(campaign, bare), located[1] if located else "", unit_key(campaign, unit))
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1 and not is_ending(form)))


def is_short_for(campaign: Campaign, short: str, full: str) -> bool:
    """Whether a name is what people leave of another in full: A校 of 鲁甸县某镇A小学, 一中 of 昭阳区第一中学."""
    one, other = unit_key(campaign, short), unit_key(campaign, full)
    stem = _KIND.sub("", one).rstrip("校院局园会") or one
    if len(one) >= len(other) or (_kind(one) and _kind(one) != _kind(other)):
        return False
    return _ordinals(one) == _ordinals(other) and _stands_in_order(stem, other)


def profile_of(campaign: Campaign, name: str) -> Profile:
    """A unit's key without its region, the region's name, and whether it says it is the city's own."""
    bare = squash(simplified(cleaned(name)))
    located = region_at_start(campaign, bare)
    if located:
        return _canonical(located[1]), located[0].name, False
    key = unit_key(campaign, name)
    inner = region_inside(campaign, key)
    return key, inner.name if inner else "", strip_area(campaign, bare) != bare and inner is None


def region_inside(campaign: Campaign, name: str) -> Region | None:
    """The one region whose full name stands inside a unit's name (国家税务总局鲁甸县税务局), else None."""
    full = [region for region, start, end in regions_within(campaign, name) if name[start:end].endswith(region.name)]
    return full[0] if len({region.id for region in full}) == 1 else None


def likeness(one: Profile, other: Profile) -> float:
    """How surely two names are one unit's, from 0 to 1; from `ALIKE` on a person is asked."""
    (key, region, of_city), (other_key, other_region, other_of_city) = one, other
    if region and other_region and region != other_region:
        return 0.0
    if (of_city and other_region) or (other_of_city and region):
        return 0.0
    if _ordinals(key) != _ordinals(other_key) or _kind(key) != _kind(other_key):
        return 0.0
    if (office := office_of(key)) and (other_office := office_of(other_key)) and office != other_office:
        return 0.0
    penalty = 0.0 if region == other_region else 0.1
    if key == other_key:
        return 1.0 - penalty
    if len(key) >= 3 and sounds_alike(key, other_key):
        return 0.95 - penalty
    short, long = sorted((key, other_key), key=len)
    if len(short) >= 3 and short[-1] == long[-1] and _abbreviates(short, long):
        return 0.9 - penalty
    return 0.0


def _ordinals(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def _kind(key: str) -> str:
    kinds = _KIND.findall(key)
    return kinds[-1] if kinds else ""


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in order and cover at least half of it."""
    return len(short) * 2 >= len(long) and _stands_in_order(short, long)


def _stands_in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
