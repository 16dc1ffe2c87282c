"""A count of items on its way into the ledger: of which region, by whom, what stands there, what makes it doubtful."""

from collections.abc import Iterable, Iterator

from handlers import texts
from handlers.messages import Context, UserError
from handlers.understand.readings import Items
from storage.campaign_document import Region
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, NotAllowed
from storage.models.reports import Count
from storage.tasks import Counted, may_count

TIMES = 10
"""A count so many times what stands (what the task asks for, where nothing stands), or less of it, is asked about."""


def require_no_money(ctx: Context, said: Iterable[Items]) -> None:
    """Raises `UserError` for a message that tells money."""
    if any(each.money for each in said):
        raise UserError(texts.counts.money_not_reported(ctx.campaign))


def require_counting(ctx: Context) -> None:
    """Raises `UserError` where the window is closed."""
    if ctx.campaign.closed and not ctx.membership.roles:
        raise UserError(texts.campaigns.closed(ctx.campaign))
    window = ctx.campaign.windows.reporting
    if window is not None and not window.holds(ctx.now):
        raise UserError(texts.reports.reporting_closed(ctx.campaign))


def task_of(campaign: Campaign, task_id: str) -> Task:
    """The task with this id."""
    return next(task for task in campaign.tasks if task.id == task_id)


def region_meant(ctx: Context, said: Items, task: Task) -> Region:
    """The region that is named, else the only one in which she has a team or a role.

    Raises `UserError` where it is not said, where the task is not asked for there, and where it is not hers.
    """
    region = said.region or her_region(ctx)
    if region is None or (task.regions and region.id not in task.regions):
        asked = [r.name for r in ctx.campaign.regions if not task.regions or r.id in task.regions]
        raise UserError(texts.counts.count_where(task.name, asked))
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    if not may_count(ctx.campaign, ctx.membership, teams, region.id):
        raise UserError(texts.counts.not_your_count(region.name))
    return region


def her_region(ctx: Context) -> Region | None:
    """The only region in which she has a team or a role."""
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    hers = {team.region for team in teams} | {grant.region for grant in ctx.membership.grants}
    only = hers.pop() if len(hers) == 1 else ""
    return ctx.campaign.region(only) if only else None


def standing(ctx: Context, task: Task, region: Region) -> int | None:
    """The count that stands; None where none was reported."""
    return ctx.store.tasks.counts(ctx.campaign.id).get(f"{task.id}|{region.id}")


def newest_of_hers(ctx: Context) -> Count | None:
    """The newest of the counts that stand as she reported them."""
    return next((c for c in ctx.store.tasks.newest(ctx.campaign.id) if c.by == ctx.person.id), None)


def doubts(said: Items, typed: str, task: Task, present: int | None, reached: int) -> Iterator[str]:
    """Why a count that was `typed` so is asked about, whether it is a report or a correction."""
    if said.strange:
        yield texts.doubts.doubt_strange(said.strange, typed)
    if said.period:
        yield texts.counts.doubt_period()
    if said.step:
        yield texts.counts.doubt_added(said.step)
    if said.old not in (None, present):
        yield texts.counts.doubt_old_count(said.old, task)
    usual = present or task.most or task.least or 0
    if (usual and reached >= TIMES * usual) or (present and reached * TIMES <= present):
        yield texts.counts.doubt_leap()


def write(ctx: Context, author: Author, task: Task, region: Region, count: int) -> Counted:
    """Book a count. Raises `UserError` where she may not, and where it moved meanwhile."""
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    try:
        return ctx.store.tasks.report(ctx.campaign, author, ctx.membership, teams, task.id, region.id, count)
    except NotAllowed:
        raise UserError(texts.counts.not_your_count(region.name)) from None
    except Changed:
        raise UserError(texts.counts.count_moved()) from None
