"""A registration as captains type it: unit, region, project, captain, telephone in any order, labelled or not."""

import re
from dataclasses import dataclass

from handlers.understand.forms import CONTACT, set_apart, take_labelled
from handlers.understand.heard import as_meant
from handlers.understand.names import find_project, region_inside
from handlers.understand.persons import FILLER, NO_NAME, UNIT_END, is_person, named_in, person_of
from handlers.understand.places import SEPARATORS, is_area, region_at_start, region_of_token
from handlers.understand.telephones import GAP, take_telephone
from handlers.understand.text import normalise, without_greeting
from storage.campaign_schema import Campaign, Project, Region

_HAN = r"[\u4e00-\u9fff]"
_COMMAND = re.compile(
    r"^(?:您?你?好[,!。 ]*)?(?:请|麻烦|帮忙|帮我们?|给我们?)?(?:我们?|我单位|本单位)?(?:想|要|来)?"
    r"(?:报名组队|组建队伍|组队|报名|注册|登记)(?:一下|参加|信息)?[:, 、]*"
)
_CAPTAIN = re.compile(
    rf"(?:我是)?(?:(?:队长|负责人|联络员|联系人)(?:姓名)?[:是为叫由 ]*)+(?:(?:我?本人|我)[: ]*)?"
    rf"({_HAN}{{1,4}}·{_HAN}{{1,6}}|{_HAN}+)"
)
_CALLED = re.compile(rf"(?:^|[\s,、。;])(?:我(?:的名字)?叫|我是|本人叫?)({_HAN}{{2,4}})(?![\u4e00-\u9fff])")
_CAPTAIN_AFTER = re.compile(
    rf"(?:(?<!{_HAN})|(?<=[由请派])|(?<=委托)|(?<=推[选荐举])|(?<=指[定派]))({_HAN}{{2,3}}?)(?:任|当|是|为|担任|做)?(?:队长|老师任队长)(?!{_HAN})"
)
_WRAPPED = re.compile(r"^\(([^()]+)\)$")
_LEAD_IN = re.compile(
    r"^(?:[兹现谨今]有|兹|谨|特?此|现(?=申|代|报|将|为|由)|受|代表?|经研究[,，]?(?:决定)?|关于|喂|您?你好|老师|我们?[要想来]给|[要想来]给|帮|我们单位是|我单位是|我们单位|我们学校是|我们学校|这里是|我们这边是|我们是|我是|我们|[我本](?:单位|校|局|院|行|园|村|镇|公司|社区|支部)[是为]?|今由|定于|登记|申请|代表|"
    r"来自|帮我|帮忙|请|麻烦|给|为|替|由|单位)+(?=.{2})"
)
_LEAD_OUT = re.compile(
    r"(?:的)?(?:也)?(?:经研究|同意|自愿|决定|特此?|现|谨|拟|将|愿意?|想|要|准备|打算|申请|来){0,9}(?:参加|参与|[组建拉搞凑开]{1,2}(?:一?[个支])?(?:队伍?|团队)(?:[一1]支)?|报个?名|加入|选择|选|报|登记){0,6}(?:一下|一个|个|了|吧|呗|谢谢)?$"
)
_TRAIL = re.compile(
    rf"的?(?>(?:担?任)?{CONTACT}[是为]?|全体(?:教职工|师生|干部职工|职工|员工|干部|医护人员|人员)|委托|(?:组队|报名|参加)?的?(?:申请|请示|函|报告)){{1,6}}$"
)
"""What officialese puts behind a unit: `…小学全体教职工`, `关于…小学组队的申请`; and what is left of a contact."""
_BETWEEN = re.compile(rf"[\s,、。;:|/!{GAP}]+")
_LOOSE = re.compile(rf"\(([^()\w]*|[^()]*[\s,、。;:|/!{GAP}][^()]*)\)")
"""A bracket that holds nothing any more, or more than one word."""
_BEFORE_A_PLACE = re.compile(
    r"[由于受经据照按兹谨请将我本该]|^[为今现特]|为$|[(]$|号召|通知|决定|研究|登记|申请|报名|组织|安排|要求|精神"
)
"""Words that stand before the place a unit's name begins with, and are no part of the name."""
_RUN_ON = re.compile(
    r"的?(?:我们?|咱们?|这边)(?:也)?(?:就)?(?:想要?|要|打算|准备)(?:报名?|参加|选择?|加入)"
    r"|(?:这个)?项目(?=队长|负责人|联系人)|这个(?=项目)"
)
"""Where spoken sentences run into one another: `…中心校的我们想报…这个项目队长是…`."""
_GENERIC = re.compile(
    r"(?!我?自己$|我$)(?:一?[支个]|新|我们?|你们|本|全|这|那|爱心|自己|俺们?|咱们?|也|都|想|要|来|去|给|帮|的)*"
    r"(?:已经?|了没|了|医院|学校|单位|公司|社区|村|村委会|寨子?|湾[子里]?|屯|店|商会|合作社|厂|局|班|班级|年级|队|队伍|团队|战队|小队|街道|乡镇|机关|部门|科室|企业|工厂|幼儿园|院|[组建拉搞凑开].?队|报名|个?名)?"
)
"""What stands where a unit could and names none: `给我们医院组个队`, `帮我登记一支新队`."""
_BELONGS = re.compile(rf"^(.+)的({_HAN}{{2,4}})$")


@dataclass(frozen=True, slots=True)
class Registration:
    """What a registration line says. The unit stands as typed; what is not there is empty or None.

    `team`: a name given to the team apart from its unit, which the rule does not allow.
    """

    unit: str
    region: Region | None
    project: Project | None
    captain: str
    phone: str
    team: str = ""


def read_registration(campaign: Campaign, text: str) -> Registration:
    """Reads one registration. Where two readings are possible the slot stays empty, so that it is asked."""
    line = _RUN_ON.sub(", ", _COMMAND.sub("", without_greeting(as_meant(normalise(text))), count=1))
    phone, line = take_telephone(line)
    slots, line = take_labelled(set_apart(campaign, line))
    project, line = _take_project(campaign, slots.get("project", ""), line)
    captain, line = _take_captain(campaign, slots.get("captain", ""), line)
    tokens = _tokens(line)
    region, tokens = _take_region(campaign, slots.get("region", ""), tokens)
    unit, tokens = _take_unit(campaign, slots.get("unit", ""), tokens, named_captain=bool(captain))
    unit = unit or slots.get("team", "")
    if (hers := _BELONGS.match(unit)) and UNIT_END.search(hers[1]) and is_person(campaign, hers[2]):
        unit, captain = hers[1], captain or hers[2]
    if unit and region is None and not _names_regions(campaign, line):
        unit, region = _split_trailing_region(campaign, unit)
    if not captain:
        names = [name for token in tokens if (name := named_in(campaign, token))]
        captain = names[0] if len(names) == 1 else ""
    if region is None and unit and not _names_regions(campaign, line):
        located = region_at_start(campaign, unit)
        region = located[0] if located else region_inside(campaign, unit)
    team = slots.get("team", "")
    return Registration(unit, region, project, captain, phone, team if team != unit else "")


def _take_project(campaign: Campaign, labelled: str, line: str) -> tuple[Project | None, str]:
    if labelled:
        project, _ = find_project(campaign, labelled)
        return project, line
    project, rest = find_project(campaign, line.replace(GAP, "\n"))
    return project, rest if project else line


def _take_captain(campaign: Campaign, labelled: str, line: str) -> tuple[str, str]:
    if labelled:
        return person_of(campaign, labelled.split("(")[0].strip()), line
    after = _CAPTAIN_AFTER.search(line)
    if after and is_person(campaign, after[1]):
        return after[1], f"{line[: after.start()]}{GAP}{line[after.end() :]}"
    if (called := _CALLED.search(line)) and is_person(campaign, called[1]):
        return called[1], f"{line[: called.start()]}{GAP}{line[called.end() :]}"
    if match := _CAPTAIN.search(line):
        name = person_of(campaign, match[1])
        end = match.start(1) + len(name) if name else match.end()
        return name, f"{line[: match.start()]}{GAP}{line[end:]}"
    return "", line


def _tokens(line: str) -> list[str]:
    """Stand-alone tokens; a bracket of one word stays with its unit (第一中学(西校区))."""
    parts = _BETWEEN.split(_LOOSE.sub(r" \1 ", line))
    bare = (part.strip("\"'“”#-+_~").removesuffix("的") for part in parts)
    return [part for part in bare if part]


def _take_region(campaign: Campaign, labelled: str, tokens: list[str]) -> tuple[Region | None, list[str]]:
    if labelled and (region := region_of_token(campaign, labelled, short_sound=True)):
        return region, tokens
    named = {token: region for token in tokens if (region := region_of_token(campaign, token))}
    ids = {region.id for region in named.values()}
    rest = [token for token in tokens if token not in named]
    return (next(iter(named.values())) if len(ids) == 1 else None), rest


def _names_regions(campaign: Campaign, line: str) -> bool:
    """Whether two different regions stand alone in the line, so that none may be inferred from the unit."""
    named = [region_of_token(campaign, token) for token in SEPARATORS.split(line) if token]
    return len({region.id for region in named if region}) > 1


def _take_unit(campaign: Campaign, labelled: str, tokens: list[str], *, named_captain: bool) -> tuple[str, list[str]]:
    if labelled:
        return _TRAIL.sub("", labelled), tokens
    candidates: dict[str, str] = {}
    for token in tokens:
        bare = _without_lead(campaign, token)
        if NO_NAME.search(bare) or _GENERIC.fullmatch(bare) or (bare == "我" and token != bare):
            continue
        if bare and not FILLER.match(token) and not is_area(campaign, bare) and re.search(rf"{_HAN}|[a-z]{{3}}", bare):
            candidates[token] = bare
    like_units = [t for t, bare in candidates.items() if UNIT_END.search(bare) and not named_in(campaign, t)]
    if not like_units:
        like_units = [t for t in candidates if named_captain or not named_in(campaign, t)]
    if len(like_units) != 1:
        return "", tokens
    chosen = like_units[0]
    return candidates[chosen], [token for token in tokens if token != chosen]


def _without_lead(campaign: Campaign, token: str) -> str:
    """A token without the words around a unit's name: `兹有…申请组队`, `为响应号召…`, `我校(…)`."""
    bare = _TRAIL.sub("", _LEAD_OUT.sub("", _TRAIL.sub("", _LEAD_IN.sub("", token))))
    bare = _WRAPPED.sub(r"\1", bare)
    places = [campaign.area, *(name for region in campaign.regions for name in (region.name, *region.aliases))]
    starts = [at for name in places if len(name) > 2 and (at := bare.find(name)) > 0]
    if starts and _BEFORE_A_PLACE.search(bare[: min(starts)]):
        name = bare[min(starts) :]
        return name.removesuffix(")") if "(" not in name else name
    return bare


def _split_trailing_region(campaign: Campaign, unit: str) -> tuple[str, Region | None]:
    """A region run together behind the unit: 昭通市第一中学昭阳区."""
    for region in campaign.regions:
        for form in (region.name, *region.aliases):
            if unit.endswith(form) and len(unit) > len(form) + 2:
                return unit.removesuffix(form), region
    return unit, None
