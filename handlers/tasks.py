"""Progress in items, for campaigns that count tasks and no money: 进度 says what has been brought about, and where."""

import re
from collections.abc import Mapping
from itertools import pairwise

from handlers import texts
from handlers.messages import Context, Reply, UserError
from handlers.understand.names import find_region
from handlers.understand.numerals import NUMERAL, close_up, read_numeral
from handlers.understand.text import normalise
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign, Region
from storage.ledger import Changed, NotAllowed

MOST = 10_000
"""A count above this is no count of items."""
_WORD = re.compile("^(?:进度|上报|汇报|报数|填报|已筹|累计|目前|截至)+")
_MONEY = re.compile(r"[0-9零一二两三四五六七八九十百千万亿] ?(?:元|块|万)|¥|人次|筹|捐款")
_COUNT = re.compile(rf"({NUMERAL}) ?[个件份项支条场]?")
_TASK_NUMBER = re.compile(r"^ ?([1-9])[ 、.,:：，]+(?=\D*\d)")


def report(ctx: Context) -> Reply:
    """Book a count of items per task and region, from X to Y. Raises `UserError` for money and for what is unclear."""
    campaign, said = ctx.campaign, _WORD.sub("", normalise(ctx.message.text)).strip()
    if _MONEY.search(said):
        raise UserError(texts.money_not_reported(campaign))
    window = campaign.windows.reporting
    if window is not None and not window.holds(ctx.now):
        raise UserError(texts.reporting_closed(campaign))
    task, said = _task(campaign, said)
    region, said = _region(ctx, said)
    count = _count(said)
    if task is None or count is None:
        raise UserError(texts.how_to_count(campaign))
    if region is None or (task.regions and region.id not in task.regions):
        asked = [r.name for r in campaign.regions if not task.regions or r.id in task.regions]
        raise UserError(texts.count_where(task.name, asked))
    try:
        teams = ctx.store.teams.many(campaign.id, ctx.membership.codes)
        author, cell = ctx.author("count"), f"{task.id}|{region.id}"
        done = ctx.store.tasks.report(campaign, author, ctx.membership, teams, cell, count)
    except NotAllowed:
        raise UserError(texts.not_your_count(region.name)) from None
    except Changed:
        raise UserError(texts.count_moved()) from None
    return Reply(texts.counted(task, region.name, done.before, done.now))


def rows(campaign: Campaign, counts: Mapping[str, int], regions: list[Region]) -> list[str]:
    """One line per task: where it stands in these regions."""
    lines = []
    for task in campaign.tasks:
        asked = [r for r in regions if not task.regions or r.id in task.regions]
        stands = [(r.name, counts[cell]) for r in asked if (cell := f"{task.id}|{r.id}") in counts]
        reached = sum(task.least is not None and count >= task.least for _, count in stands)
        lines.append(texts.task_row(campaign, task, stands, reached, len(asked)))
    return lines


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
    return campaign.tasks[shared.index(best)], said


def _region(ctx: Context, said: str) -> tuple[Region | None, str]:
    """The region named, else the only one in which she has a team or a role."""
    campaign = ctx.campaign
    region, rest = find_region(campaign, said)
    if region is not None:
        return region, rest
    teams = ctx.store.teams.many(campaign.id, ctx.membership.codes)
    hers = {team.region for team in teams} | {grant.region for grant in ctx.membership.grants}
    only = hers.pop() if len(hers) == 1 else ""
    return (campaign.region(only) if only else None), said


def _count(said: str) -> int | None:
    """The one number that is said."""
    values = {read_numeral(match[1]) for match in _COUNT.finditer(close_up(said))}
    if len(values) != 1:
        return None
    value = values.pop()
    if isinstance(value, str) or value != int(value) or value > MOST:
        return None
    return int(value)
