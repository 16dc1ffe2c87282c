"""Persons' names as they stand in a registration: a surname and one or two more characters, no unit and no place.

Alone, at the head of what was said, or run together with the unit: behind its ending (昭通市审计局张三) or before its
place (李敏昭通市第一中学). Names that stand before the ending are the unit's own: 张桂梅女子高中, 邵逸夫小学. What
stands behind a 镇, 乡, 村 or 街道 is a hamlet: 柿子镇石门.
"""

import re

from handlers.language.offices import INNER_OFFICES, OFFICES
from handlers.language.places import area_stem, is_area, region_at_start, region_of_token
from handlers.language.wordlists import any_of, words
from storage.campaign_schema import Campaign

_HAN = r"[\u4e00-\u9fff]"
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文申庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳习裴席卫查屈鲍覃霍翁隋甘景包司柏宁柯阮桂闵解强柴华车冉房边阚艾宗"
    "肖闫付代尚晏卯禄陇敖蒲佘"
)
_DOUBLE_SURNAMES = (
    "欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "东方", "尉迟", "公孙",
    "慕容", "令狐", "司空", "端木",
)  # fmt: skip
UNIT_END = re.compile(rf"(?:{any_of(words('language/unit_words', 'ending'))})(?:\([^()]*\))?$")
_OFFICE_STEMS = (*INNER_OFFICES, *{variant[:2] for variant in OFFICES})
_PART_OF_UNIT = re.compile(rf"[区班级组系股党]$|^(?:{'|'.join(_OFFICE_STEMS)})[科会委路生]?$")
_GIVEN_NAME = re.compile(r"(?:[中行团台]|园园|[^委员大事友协商工]会)$")
"""How a given name may end that is an ending of units as well: 李建中, 王知行, 罗朝会."""
_TITLE = rf"(?:{any_of(words('language/unit_words', 'title'))})"
_INSTITUTION = (
    r"(?:[中小大]学|[一二三四五六七八九十\d实附民职完][中小幼]|中心|集团|街道|社区|机关|联盟|企业|政府|政协|人大|法庭|年级"
    rf"|{'|'.join(variant for variant in OFFICES if len(variant) > 2 or variant[-1] not in '小中')}"
    r"|[局院校园会行司厂站所队部处委办社店馆场厅室团乡镇村科股班])(?:\([^()]*\))?"
)
_SURNAME = "".join(sorted(_SURNAMES))
_FULL_NAME = rf"(?:(?:{'|'.join(_DOUBLE_SURNAMES)}|[{_SURNAME}]){_HAN}{{0,2}}?|{_HAN}{{2,6}}·{_HAN}{{2,6}})"
_AFTER_UNIT = rf"[的\W_]{{0,4}}(?P<announced>我叫|我是|本人|由|{_TITLE}){{0,3}}[\W_]{{0,4}}"
_BEHIND = re.compile(
    rf"(?P<unit>.*{_INSTITUTION}){_AFTER_UNIT}"
    rf"(?:(?P<titled>[{_SURNAME}]{_TITLE})|(?P<name>{_FULL_NAME})(?P<title>{_TITLE})?)"
    r"(?P<charge>负责|带队)?[\W_]*"
)
_SETTLEMENT = re.compile(r"(?:[乡镇村]|街道)(?:\([^()]*\))?$")
"""Units behind whose ending a hamlet or a village may stand: 洛泽河镇毛坪."""
_PLACE = re.compile(r"[坝湾滩沟洞寨屯垭巷街]$|[梁坪坡坎]子$")
"""How places end and given names do not: 向家坝, 白鹤滩, 龙洞, 石梁子."""
_ADDRESSED = re.compile(rf"{_TITLE}{{0,3}}(?P<name>{_FULL_NAME}){_TITLE}?")
_COMPANY = re.compile(r"(?:公司|集团|银行|[店厂行社])$")
"""Units before whose place a brand may stand: 龙源昭通市风电公司."""
_HERSELF = ("自己", "本人", "我自己", "我本人")
NO_NAME = re.compile(
    r"^项目|^单位|^电话|我想|我要|我们|[想要]给|[建组]个?队|不知道|换个|重新|怎么|[这那]个|没有|等一[下会]|稍等|^马上|^时[候间]"
)
FILLER = re.compile(rf"^(?:谢[谢了].*|感谢.*|辛苦.*|麻烦.*|请.*|{any_of(words('language/unit_words', 'filler'))})$")


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
        if rest and (region_at_start(campaign, rest) or rest.startswith((campaign.area, "电话", "手机", "老师"))):
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
    match = _ADDRESSED.fullmatch(token)
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
    match = _BEHIND.fullmatch(name)
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
