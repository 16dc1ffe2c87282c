"""What a complaint is about, how grave it sounds, and which offices it accuses: read off its words alone.

`data/complaints.tsv` has the words of each sort with their level, `data/accused.tsv` those of offices. In doubt an
office counts as accused: its people are then not told, and those above it are.
"""

from dataclasses import dataclass
from typing import Literal, cast

from handlers.language.late import pattern
from handlers.language.places import area_stem, regions_within
from handlers.language.text import normalise, squash
from handlers.language.wordlists import any_of, rows, words
from handlers.language.words import WORDS
from storage.campaign_schema import Campaign

DAILY = "舆情"
TO_THE_TOP = ("组织方", "主办方", "上级")

Sort = Literal["fraud", "misuse", "forced", "leak", "tricks", "safety", "rumour", "service", "other"]
Level = Literal["urgent", "serious", "ordinary"]
LEVELS: tuple[Level, ...] = ("urgent", "serious", "ordinary")
"""The gravest first."""
NEAR = 12
"""Characters before an office among which the county that it belongs to is looked for."""
_PERSONS, _WHOLE = words("wishes/accused", "person"), words("wishes/accused", "whole")
_OFFICE = pattern(any_of((*words("wishes/accused", "office"), *_PERSONS, *_WHOLE)))
_POSING = any_of((*words("wishes/accused", "posing"), *words("wishes/accused", "told")))
_NOT_ACCUSED_BEFORE = pattern(rf"(?:(?:{_POSING})[^,。;!?]{{0,9}}|{any_of(words('wishes/accused', 'false'))})$")
_NOT_ACCUSED_BEHIND = pattern(rf"^[^,。;!?]{{0,4}}(?:{any_of(words('wishes/accused', 'posed'))})")
_NAMELESS = pattern(rf"(?:{any_of(words('wishes/accused', 'nameless'))})$")


@dataclass(frozen=True, slots=True)
class Complaint:
    """`accused`: the regions of the offices that it is about, '' for the whole campaign's."""

    sort: Sort
    level: Level
    accused: tuple[str, ...]


def read_complaint(campaign: Campaign, text: str, region: str) -> Complaint:
    """`region`: the id of the place that it concerns, '' where that is not known."""
    line = normalise(text)
    sort, level = _weighed(line)
    return Complaint(sort, level, _accused(campaign, line, region))


def _weighed(line: str) -> tuple[Sort, Level]:
    """The gravest of what the words say; `other`, in the middle, where they say nothing that is known."""
    found = [(cast(Sort, sort), cast(Level, level)) for word, sort, level in rows("wishes/complaints") if word in line]
    return min(found, key=lambda each: LEVELS.index(each[1]), default=("other", "serious"))


def _accused(campaign: Campaign, line: str, region: str) -> tuple[str, ...]:
    """The offices that a line names and does not only say that somebody poses as, or that was told of it."""
    found = dict[str, None]()
    for named in _OFFICE.finditer(line):
        head, rest = line[: named.start()], line[named.end() :]
        if _NOT_ACCUSED_BEFORE.search(head) or _NOT_ACCUSED_BEHIND.search(rest):
            continue
        if (office := _office(campaign, named[0], head, region)) is not None:
            found[office] = None
    return tuple(found)


def _office(campaign: Campaign, name: str, head: str, region: str) -> str | None:
    """Whose office it is: of the county or the area named before it, else of the place that is reported.

    Where that is not known either it is the organisers', if one of them is called so; None where nobody can say.
    """
    if name in _WHOLE:
        return ""
    near = head[-NEAR:]
    nearest = max(regions_within(campaign, near), key=lambda found: found[2], default=None)
    if nearest and nearest[2] == len(near):
        return nearest[0].id
    if near.endswith(
        (campaign.area, area_stem(campaign), campaign.level, f"{campaign.level}里", f"{campaign.level}里的")
    ):
        return ""
    if nearest or region:
        return nearest[0].id if nearest else region
    organises = any(name in organiser.name for organiser in campaign.organisers)
    return "" if organises and not _NAMELESS.search(near) else None


SHORTEST = 4
"""Characters of a report: less says nothing."""
_SAYS_NOTHING = pattern("举报|投诉|舆情|我要|我想|你们|一下|您好|你好|麻烦|请|帮我|谢谢(?:老师)?")
_DENIES = pattern(
    r"(?:不是|不要|不用|不想|没有?要?|别|不)(?:来|在|想|要)?(?:举报|投诉|反映|登记)|^(?:我)?(?:就|只是?)?(?:随便)?问问"
)
_ABOUT_A_CASE = pattern(
    r"(?:举报|投诉|舆情|案件)(?:编号)?[dD]?\d*的?.{0,4}(?:进展|结果|怎么样|撤|查得|处理[得到好完了没])|(?:撤[回销掉]?|取消).{0,3}(?:举报|投诉)"
)


def says_nothing(said: str) -> bool:
    """Whether the words only announce a report: `我要投诉你们`."""
    return WORDS.get(squash(said)) == "incident" or len(_SAYS_NOTHING.sub("", squash(said))) < SHORTEST


def asks_for_the_day(said: str) -> bool:
    """Whether nothing but the word is said: whoever looks after cases wants the day's line, others begin a report."""
    return squash(said) == DAILY


def names_the_day(said: str) -> bool:
    """Whether a sentence that asks for cases names the day's line: `今天舆情情况`."""
    return DAILY in said


def is_the_top(said: str) -> bool:
    """Whether a case is to go up, and not to another region: `给上级`."""
    return said.strip().removeprefix("给").removeprefix("到") in TO_THE_TOP


def denies(said: str) -> bool:
    """Whether the words say that nothing is to be reported: `不是举报，就问问`."""
    return _DENIES.search(squash(said)) is not None


def is_about_a_case(said: str) -> bool:
    """Whether the words ask after a case, or want one taken back: `投诉的事怎么样了`."""
    return _ABOUT_A_CASE.search(squash(said)) is not None
