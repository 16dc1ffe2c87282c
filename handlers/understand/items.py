"""What a campaign without money counts: which task a line names, where, how many, and why a number is not booked."""

import re
from dataclasses import dataclass
from itertools import pairwise

from handlers.understand.correcting import sides
from handlers.understand.dialect import standard
from handlers.understand.doubt import DoubtfulError
from handlers.understand.lines import prepare
from handlers.understand.names import find_region
from handlers.understand.numerals import NUMERAL, close_up, read_numeral
from handlers.understand.otherwise import tells_otherwise
from handlers.understand.text import normalise
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign, Region

MOST = 10_000
"""A count above this is no count of items."""
_WORD = re.compile(
    r"^(?:(?:我[们要来]?)?(?:进度|上报|汇报|报数|填报|报|已筹|累计|目前|截至|更正|改成|纠正|修改)(?:一下|一个"
    r"|数)?[:, 、]*)+"
)
_MONEY = re.compile(r"[0-9零一二两三四五六七八九十百千万亿] ?(?:元|块|万)|¥|人次|筹|捐款")
_MEASURED = re.compile(rf"(?P<numeral>(?>{NUMERAL})) ?[个件份项支条场次篇](?![人])")
_NUMBER = re.compile(rf"(?P<numeral>(?>{NUMERAL}))")
_TASK_NUMBER = re.compile(r"^ ?(?:第|任务)?([1-9])(?:项|号)?[ 、.,:]+(?=\D*\d)")
_VAGUE = re.compile(
    rf"大[概约]|差不[多离]|可能|估[计摸]|好像|左右|上下|至少|不到|将近|快[要有]?|几[个件份项支条场]"
    rf"|多[个件份项支条场]|或者|还是|[零一二三四五六七八九十]点[零一二三四五六七八九]"
    rf"|又|新增|增加|再[推加]|[\d]+ ?[-~—至到] ?(?>{NUMERAL})|还没|没有|未|争取|准备|应该"
)


@dataclass(frozen=True, slots=True)
class Items:
    """A count as typed: the task, the region, how many; None for what is not said or not plain.

    `old`: the count that a correction takes back by name.
    """

    task: Task | None
    region: Region | None
    count: int | None
    old: int | None = None


def read_items(campaign: Campaign, text: str) -> Items:
    """The count that a line tells."""
    task, region, rest = _where(campaign, text)
    return Items(task, region, _count(rest))


def read_corrected_items(campaign: Campaign, text: str) -> Items:
    """The count that a line puts in the place of another: `更正 船山区 推出慈善项目 2`, `不是3个是2个`."""
    task, region, _ = _where(campaign, text)
    wrong, right, _ = sides(standard(normalise(text)))
    return Items(
        task, region, _count(_where(campaign, right)[2]), _count(_where(campaign, wrong)[2]) if wrong else None
    )


def counts_items(campaign: Campaign, line: str) -> bool:
    """Whether a line says how many of a task there are, in a campaign that counts items."""
    if campaign.progress != "items" or _MEASURED.search(close_up(line)) is None:
        return False
    said = {one + other for one, other in pairwise(line)}
    return any(len(said & {a + b for a, b in pairwise(task.name)}) >= 2 for task in campaign.tasks)


def doubtful_count(campaign: Campaign, line: str) -> str:
    """The words for which a count of items is not booked: a guess, an aim, another's or last year's; '' for none."""
    line = close_up(standard(line))
    if otherwise := tells_otherwise(line, campaign.year):
        return otherwise
    if vague := _VAGUE.search(line):
        return vague[0]
    refused = (count[0] for count in _MEASURED.finditer(line) if isinstance(read_numeral(count["numeral"]), str))
    return next(refused, "")


def speaks_of_money(text: str) -> bool:
    """Whether a line tells money or gifts, which such a campaign does not count."""
    return _MONEY.search(_WORD.sub("", normalise(text))) is not None


def _where(campaign: Campaign, text: str) -> tuple[Task | None, Region | None, str]:
    """The task and the region of a line, and what else it says."""
    task, said = _task(campaign, _WORD.sub("", normalise(text)).strip())
    region, rest = find_region(campaign, said)
    return task, region, rest


def _task(campaign: Campaign, said: str) -> tuple[Task | None, str]:
    """The task named by its number in the file, or the one whose name shares most with the words; and the rest."""
    numbered = _TASK_NUMBER.match(said)
    if numbered:
        place = int(numbered[1]) - 1
        return (campaign.tasks[place] if place < len(campaign.tasks) else None), said[numbered.end() :]
    words = {a + b for a, b in pairwise(said)}
    shared = [len(words & {a + b for a, b in pairwise(task.name)}) for task in campaign.tasks]
    best = max(shared)
    if best < 2 or shared.count(best) > 1:
        return None, said
    task = campaign.tasks[shared.index(best)]
    return task, said.replace(task.name, " ")


def _count(said: str) -> int | None:
    """The one number that is said; one with a measure word goes before others."""
    try:
        line = prepare(said)
    except DoubtfulError:
        return None
    written = _MEASURED.findall(line) or _NUMBER.findall(line)
    values = {read_numeral(numeral) for numeral in written}
    if len(values) != 1:
        return None
    value = values.pop()
    return int(value) if not isinstance(value, str) and value == int(value) and value <= MOST else None
