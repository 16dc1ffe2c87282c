"""The administrative divisions of China, as a tree of a campaign's regions: codes, short names, ids.

`SOURCE.md` says where the data is from, of which day, and under which licence.
"""

import json
import lzma
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Level = Literal["province", "city", "county", "town"]
LEVELS: tuple[Level, ...] = get_args(Level)
_DIGITS: Mapping[int, Level] = {2: "province", 4: "city", 6: "county", 9: "town"}
_STAND_INS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Names in the place of a city where a county or district belongs to none."""
_PEOPLES = (
    "乌孜别克 柯尔克孜 鄂伦春 鄂温克 达斡尔 哈萨克 塔吉克 维吾尔 俄罗斯 塔塔尔 蒙古 锡伯 "
    "布依族 朝鲜族 土家族 哈尼族 傈僳族 拉祜族 东乡族 纳西族 景颇族 仫佬族 布朗族 撒拉族 "
    "毛南族 仡佬族 阿昌族 普米族 德昂族 保安族 裕固族 独龙族 赫哲族 门巴族 珞巴族 基诺族 "
    "各族 回族 藏族 苗族 彝族 壮族 满族 侗族 瑶族 白族 傣族 黎族 "
    "佤族 畲族 水族 土族 羌族 怒族 京族 高山族"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{'|'.join(_PEOPLES.split())})族?)*自治(?P<kind>[县州旗区])$")
_KIND = re.compile("(?:特别行政区|省|市|区|县|州|盟|旗|地区|新区|林区)$")
_TOWN = re.compile("(?:街道|地区|民族乡|镇|乡|苏木)$")
OFFICIAL = "国家统计局 统计用区划代码（2023年6月30日）"
"""What a campaign file gives as the source of a region that no document lists."""
SHORT_TOWN = 3
"""Characters from which a town's name may stand without its kind: a shorter one (团结, 和平) is a word of its own."""


class NoSuchArea(Exception):
    """Nothing is called so, or several are; the text says which."""


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str

    @property
    def level(self) -> Level:
        return _DIGITS[len(self.code)]

    @property
    def is_stand_in(self) -> bool:
        """Whether it only fills the place between what is above and below it."""
        same_as_above = len(self.code) == 6 and self.code.endswith("00")
        return same_as_above or (len(self.code) == 4 and self.name in _STAND_INS)


@dataclass(frozen=True, slots=True)
class Place:
    """A division as a region of a campaign. `aliases`: its short names; `parent`: the id of the region above, or ''."""

    id: str
    name: str
    aliases: tuple[str, ...]
    code: str
    parent: str

    @property
    def level(self) -> Level:
        return _DIGITS[len(self.code)]


@cache
def national() -> Mapping[str, Division]:
    """Every division by its code, in order of codes."""
    packed = files("bot.divisions").joinpath("national.tsv.xz").read_bytes()
    rows = (line.split("\t") for line in lzma.decompress(packed).decode().splitlines())
    return {code: Division(code, name) for code, name in rows}


def area_called(said: str) -> Division:
    """The division of a code, noughts at its end or not, or of a name, perhaps behind those above: 河南省郑州市二七区.

    Raises `NoSuchArea` where none is called so, and where several are, which are told by what they lie in.
    """
    code = said
    while code not in national() and code.isdigit() and code.endswith("00"):
        code = code[:-2]
    if division := national().get(code):
        return division
    last = [each for each in national().values() if not each.is_stand_in and said.endswith(each.name)]
    found = [each for each in last if said in _names_in_full(each)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchArea(f"no province, city, county, town or street is called {said!r}; write it in full, or its code")
    several = ", ".join(f"{full_name(each)} ({each.code})" for each in found[:12])
    raise NoSuchArea(f"{said} stands in {len(found)} places: {several}{' …' if len(found) > 12 else ''}")


def full_name(division: Division) -> str:
    """With everything that it lies in: 河南省郑州市二七区."""
    return "".join(each.name for each in (*_above(division), division))


def tree(area: Division, levels: Sequence[Level]) -> list[Place]:
    """What lies in an area of some levels, each below the nearest above it that is among them. Raises `NoSuchArea`."""
    if wrong := [level for level in levels if LEVELS.index(level) <= LEVELS.index(area.level)]:
        raise NoSuchArea(f"{area.name} is a {area.level}: nothing in it is a {wrong[0]}")
    within = [
        d for d in national().values() if d.code.startswith(area.code) and d.level in levels and not d.is_stand_in
    ]
    places, taken, widest = dict[str, Place](), set[str](), _widest(within)
    for division in within:
        above = next((places[a.code] for a in reversed(_above(division)) if a.code in places), None)
        place = Place(
            id=_id(division, above, taken),
            name=division.name,
            aliases=tuple(short for short in short_names(division) if widest[short] == [division.code]),
            code=division.code,
            parent=above.id if above else "",
        )
        taken.add(place.id)
        places[division.code] = place
    return list(places.values())


def short_names(division: Division) -> tuple[str, ...]:
    """What people call it: 永善 for 永善县; 峨边, 峨边县 for 峨边彝族自治县; 溪洛渡 for 溪洛渡街道."""
    if division.level == "town":
        stem = _TOWN.sub("", division.name)
        return (stem,) if len(stem) >= SHORT_TOWN else ()
    if found := _AUTONOMOUS.search(division.name):
        stem = division.name[: found.start()]
        return (stem, f"{stem}{found['kind']}") if len(stem) > 1 else ()
    stem = _KIND.sub("", division.name)
    return (stem,) if 1 < len(stem) < len(division.name) else ()


def as_toml(places: Iterable[Place]) -> Iterator[str]:
    """The `[[regions]]` of a campaign file, a line each."""
    for place in places:
        yield "[[regions]]"
        yield f'id = "{place.id}"'
        yield f'name = "{place.name}"'
        if place.aliases:
            yield f"aliases = {json.dumps(place.aliases, ensure_ascii=False)}"
        if place.parent:
            yield f'parent = "{place.parent}"'
        yield f'code = "{place.code}"'
        yield f'source = "{OFFICIAL}"'
        yield 'status = "inferred"'
        yield 'note = "文中没有列出，按行政区划补"'
        yield ""


def _above(division: Division) -> list[Division]:
    """What it lies in, the widest first."""
    known = national()
    above = (known.get(division.code[:size]) for size in (2, 4, 6) if size < len(division.code))
    return [each for each in above if each is not None and not each.is_stand_in]


def _widest(divisions: Sequence[Division]) -> Mapping[str, list[str]]:
    """Of each name and short name the codes that bear it at its widest level: 阿坝 is the prefecture, no county."""
    bearers: dict[str, list[str]] = {}
    for division in sorted(divisions, key=lambda each: len(each.code)):
        for name in (division.name, *short_names(division)):
            bearers.setdefault(name, []).append(division.code)
    return {name: [code for code in codes if len(code) == len(codes[0])] for name, codes in bearers.items()}


def _names_in_full(division: Division) -> set[str]:
    """Its name, alone and behind any of those above, in their order."""
    said = {division.name}
    for above in reversed(_above(division)):
        said |= {above.name + name for name in said}
    return said


def _id(division: Division, above: Place | None, taken: set[str]) -> str:
    """By sound: `yongshan`; where that is taken, behind that of the place above, else the code."""
    from pypinyin import lazy_pinyin

    stem = next(iter(short_names(division)), _TOWN.sub("", division.name))
    sound = re.sub("[^a-z0-9]", "", "".join(lazy_pinyin(stem)).replace("ü", "v").lower()) or division.code
    if sound in taken and above is not None:
        sound = f"{above.id}-{sound}"
    return sound if sound not in taken else division.code
