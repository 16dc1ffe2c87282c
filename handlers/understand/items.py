"""What a campaign without money counts: which task a line names, where, how many, and why a number is not booked.

Reading is exact or refused: a range, a guess, an aim or a negative number gives a `Doubt`. What may stand beside a
count is a short list of familiar words; any other makes the line strange, and the count is asked about.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal
from unicodedata import category

from handlers.understand.dialect import standard
from handlers.understand.doubt import Doubt, DoubtfulError
from handlers.understand.lines import BLANK, prepare
from handlers.understand.mistakes import TOO_LITTLE, TOO_MUCH, WORDS_OF_A_MISTAKE, sides
from handlers.understand.names import find_region
from handlers.understand.numerals import DIGITS, NUMERAL, close_up, read_numeral
from handlers.understand.otherwise import tells_otherwise
from handlers.understand.text import normalise
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign, Region

MOST = 10_000
"""A count above this is no count of items."""
Step = Literal[-1, 0, 1]
MEASURES = "个件份项支条场次篇"
_WORD = re.compile(
    r"^(?:(?:我[们要来]?)?(?:进度|上报|汇报|报数|填报|报|已筹|累计|目前|更正|改成|纠正|修改)(?:一下|一个|数)?[:, 、]*)+"
)
_BODY = re.compile(r"慈善总?会(?!议)|民政局")
_MONEY = re.compile(r"[0-9零一二两三四五六七八九十百千万亿] ?(?:元|块|万)|¥|人次|筹|捐款")
_NUMERAL = re.compile(NUMERAL)
_MEASURE = re.compile(rf" ?[{MEASURES}](?![人])")
_NUMBER = re.compile(rf"(?P<numeral>(?>{NUMERAL})) ?[{MEASURES}]?")
_ORDINAL = re.compile(rf"^ ?(?:第 ?([1-9{DIGITS}]) ?[项号条]|任务 ?([1-9{DIGITS}]))[ 、.,:]*")
"""`第二项`, `任务4`: the task by its place in the file."""
_MARK = re.compile(rf"^ ?([1-9])(?:[、)]|\.(?!\d)|:(?!\d)|(?P<bare> )) *(?=.*[\d{DIGITS}十])")
"""`4、宣传工作方案 1份`: the place in a list, or in the file where no name follows."""
_VAGUE = re.compile(
    rf"大[概约]|差不[多离]|可能|估[计摸]|好像|左右|上下|[多少]说|至少|最[多少]|起码|不[到足止少]|接?近|快[要有]?"
    rf"|超|以[上下]|若干|[几数][个件份项支条场]|[多余来][{MEASURES}]|[{MEASURES}][多半]|半|或|还是"
    rf"|[{DIGITS}]点[{DIGITS}]|没|未(?!成年)|无|争取|准备|应该|将|要"
)
_NEGATIVE = re.compile(rf"(?:负|(?<!\d)(?<!\d )[-−–—] ?)(?=[\d{DIGITS}十])")
_MORE = re.compile(rf"又|再[加推增报搞来]?|新增|增加?(?![到至加])|追加|加上|多了|加 ?(?=[\d{DIGITS}十])|\+ ?(?=\d)")
_LESS = re.compile(r"减[少去掉]?|少了")
_LEFT_OUT, _TOO_MANY = re.compile(f"(?:{TOO_LITTLE})了?"), re.compile(f"(?:{TOO_MUCH})了?")
_IN_ALL = re.compile(rf"[一总合]共|[合总累]计|共|[到至] ?(?=[\d{DIGITS}十])")
_CALLED_WRONG = re.compile(rf"[\d{DIGITS}十][{MEASURES}]?[^\d{DIGITS}十]*(?:错|不对|有误|作废|不算|不作数)")
"""`4个 错了`: the number that is wrong, and no right one."""
_PERIOD = re.compile(rf"今[天日晚早]|当[天日]|昨[天日晚]|[这本]个?[周月]|[上下]个?[周月]|{BLANK}")
_FAMILIAR = re.compile(
    rf"截[至止]到?(?:目前|现在|今[天日]|{BLANK})?|到(?:目前|现在|今[天日])为?止?|目前|现在|已经?|[一总合]共|[合总累]计"
    r"|我们?|咱们?|本|[县市区](?=[已共目现]|[^\u4e00-\u9fff]|$)|单位|这[边里]|全部|完成|做好|做完|制[定订]|印发|发布|出台|落实|落地"
    r"|搞|推|报[告送一]?|上报|汇报|进度|情况|数量|件数|老师们?|领导|你们?|您|请|帮忙?|谢谢|辛苦|收到|登记|记录?|一下|刚[才刚]?|那[个条]"
    r"|有|是|为|共|达到?|增加|都|就|好|到|[了的啊呀哈啦咯嘞嘛吧呢哦哟]|[ \n,.。、;:!?()/“”\"|]"
)


@dataclass(frozen=True, slots=True)
class Items:
    """A count as typed: the tasks that its words fit, the region, how many; None for what is not said.

    `step`: 1 or -1 where `count` is a difference and no total. `old`: the count that a correction takes back by name.
    `doubt`: why nothing may be booked. `strange`: words that nobody knows. `period`: a day or a month is named, and the
    count may be of that time alone.
    """

    tasks: tuple[Task, ...]
    region: Region | None
    count: int | None
    step: Step = 0
    old: int | None = None
    doubt: Doubt | None = None
    strange: str = ""
    period: bool = False

    @property
    def task(self) -> Task | None:
        """The one task that the words fit."""
        return self.tasks[0] if len(self.tasks) == 1 else None


def read_items(campaign: Campaign, text: str) -> Items:
    """The count that a line tells, or what comes on top of it (`再加1个`)."""
    return _read(campaign, normalise(text))


def read_corrected_items(campaign: Campaign, text: str) -> Items:
    """The count that a line puts in the place of another: `更正 推出慈善项目 2`, `不是3个是2个`, `少报一个`."""
    line = standard(normalise(text))
    wrong, right, _ = sides(line)
    whole = _read(campaign, line.replace("不是", " "))
    whole = replace(whole, strange=WORDS_OF_A_MISTAKE.sub("", whole.strange))
    if not wrong and (taken_back := _CALLED_WRONG.search(line)):
        return replace(whole, doubt=Doubt("unclear", taken_back[0]))
    if not wrong:
        return whole
    said, taken = _read(campaign, right), _read(campaign, wrong)
    return replace(whole, count=said.count, step=said.step, old=taken.count, doubt=said.doubt)


def counts_items(campaign: Campaign, line: str) -> bool:
    """Whether a line says how many of a task there are, in a campaign that counts items."""
    return campaign.progress == "items" and is_measured(line) and bool(_fitting(campaign, line))


def is_measured(line: str) -> bool:
    """Whether a number with a measure word stands in a line: `3个`, `一份`."""
    said = close_up(line)
    return any(_MEASURE.match(said, numeral.end()) for numeral in _NUMERAL.finditer(said))


def speaks_of_money(text: str) -> bool:
    """Whether a line tells money or gifts, which such a campaign does not count."""
    return _MONEY.search(_WORD.sub("", normalise(text))) is not None


def _read(campaign: Campaign, line: str) -> Items:
    tasks, guessed, said = _tasks(campaign, _BODY.sub(" ", _WORD.sub("", line)).strip())
    region, rest = find_region(campaign, said)
    step, rest = _step(rest)
    items = Items(tasks, region, None, step)
    try:
        ready = prepare(rest)
        strange, period = _beside(ready)
        items = replace(items, strange=strange or guessed, period=period)
        _require_plain(campaign, standard(rest), step)
        return replace(items, count=_count(ready, rest.strip()))
    except DoubtfulError as error:
        return replace(items, doubt=error.doubt)


def _beside(ready: str) -> tuple[str, bool]:
    """The words beside the number that nobody knows, and whether a day or a month stands among them."""
    beside = _FAMILIAR.sub(" ", _NUMBER.sub(" ", _IN_ALL.sub(" ", ready)))
    unknown = _PERIOD.sub(" ", beside)
    strange = "".join(char for char in unknown if not char.isspace() and category(char) != "So")
    return strange, unknown != beside


def _tasks(campaign: Campaign, said: str) -> tuple[tuple[Task, ...], str, str]:
    """The tasks that a line may be about, a range that was taken for a task's number, and what else the line says."""
    ordinal = _ORDINAL.match(said)
    if ordinal:
        said = said[ordinal.end() :]
    mark = _MARK.match(said)
    unmarked = said[mark.end() :] if mark else said
    if fitting := _fitting(campaign, said):
        told = said if mark is None or mark["bare"] else unmarked
        named = _at(campaign, ordinal[1] or ordinal[2]) if ordinal else ()
        tasks = dict.fromkeys((*named, *_fitting(campaign, told)))
        covered = set().union(*(_covered(task, told) for task in fitting))
        return tuple(task for task in campaign.tasks if task in tasks), "", _without(told, covered)
    if ordinal:
        return _at(campaign, ordinal[1] or ordinal[2]), "", said
    if mark is None:
        return (), "", said
    number = _NUMBER.match(unmarked)
    value = read_numeral(number["numeral"]) if number else ""
    rising = isinstance(value, Decimal) and value > int(mark[1])
    return _at(campaign, mark[1]), said if rising else "", unmarked


def _at(campaign: Campaign, place: str) -> tuple[Task, ...]:
    """The task with this number in the file."""
    number = read_numeral(place)
    return campaign.tasks[int(number) - 1 : int(number)] if isinstance(number, Decimal) and number >= 1 else ()


def _fitting(campaign: Campaign, said: str) -> list[Task]:
    """The tasks whose names share words with the line.

    One that explains less of it than another is left out, unless its whole name stands there; where two explain as
    much, the one whose whole name stands there is meant.
    """
    bare = re.sub(r"[了的\s]", "", _NUMBER.sub("", said))
    covers = [(task, _covered(task, said), task.name in bare) for task in campaign.tasks]
    shared = [one for one in covers if len(one[1]) > 2]
    return [
        task
        for task, cover, whole in shared
        if not any(
            (cover < other and named >= whole) or (cover == other and named > whole) for _, other, named in shared
        )
    ]


def _covered(task: Task, said: str) -> set[int]:
    """The places of a line whose characters stand side by side in the task's name too."""
    pairs = set(pairwise(task.name))
    return {place for at, pair in enumerate(pairwise(said)) if pair in pairs for place in (at, at + 1)}


def _without(said: str, places: set[int]) -> str:
    return "".join(" " if place in places else char for place, char in enumerate(said))


def _step(said: str) -> tuple[Step, str]:
    """Whether the number comes on top of what stands, or off it; and the line without the words that say so."""
    for words, step in ((_TOO_MANY, -1), (_LEFT_OUT, 1), (_MORE, 1), (_LESS, -1)):
        if words.search(said):
            return (1 if step > 0 else -1), words.sub(" ", said)
    return 0, said


def _count(ready: str, shown: str) -> int | None:
    """The one number that is said. Raises `DoubtfulError` for several, and for one that is no count."""
    plain = _PERIOD.sub(" ", _IN_ALL.sub(" ", ready))
    if _NEGATIVE.search(plain):
        raise DoubtfulError("negative", shown)
    numbers = [number["numeral"] for number in _NUMBER.finditer(plain)]
    if not numbers:
        return None
    if len(numbers) > 1:
        raise DoubtfulError("several", shown)
    value = read_numeral(numbers[0])
    if isinstance(value, str):
        raise DoubtfulError("vague" if value == "vague" else "malformed", shown)
    if value != int(value):
        raise DoubtfulError("malformed", shown)
    if value > MOST:
        raise DoubtfulError("absurd", shown)
    return int(value)


def _require_plain(campaign: Campaign, ready: str, step: Step) -> None:
    """Raises `DoubtfulError` for a guess, an aim, another's or last year's count, and a sum beside what is added."""
    if otherwise := tells_otherwise(ready, campaign.year):
        raise DoubtfulError("unclear", otherwise)
    if vague := _VAGUE.search(ready):
        raise DoubtfulError("vague", vague[0])
    if step and (in_all := _IN_ALL.search(ready)):
        raise DoubtfulError("several", in_all[0])
