"""Progress in items, for campaigns that count tasks and no money: 进度 says what has been brought about, and where."""

import secrets
from collections.abc import Mapping

from handlers import texts
from handlers.choices import said_yes
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.understand.items import Items, doubtful_count, read_corrected_items, read_items, speaks_of_money
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign, Region
from storage.ledger import Author, Changed, NotAllowed
from storage.models import Conversation
from storage.tasks import Counted

router = Router()
ASK_YES = "tasks.confirm"


def report(ctx: Context) -> Reply:
    """Book a count of items per task and region, from X to Y; one below the present count is asked about first.

    Raises `UserError` for money and for what is unclear.
    """
    require_counting(ctx)
    if doubtful_count(ctx.campaign, ctx.message.text):
        raise UserError(texts.how_to_count(ctx.campaign))
    task, region, count, _ = _plain(ctx, read_items(ctx.campaign, ctx.message.text))
    present = _present(ctx, task, region)
    if count < present:
        return _ask(task, region, present, count)
    done = _write(ctx, ctx.author("count"), task, region, count)
    return Reply(texts.counted(task, region.name, done.before, done.now))


def correct(ctx: Context) -> Reply:
    """Put the right count in the place of the one that stands, unless she takes back another than that."""
    require_counting(ctx)
    task, region, count, old = _plain(ctx, read_corrected_items(ctx.campaign, ctx.args))
    present = _present(ctx, task, region)
    if old not in (None, present):
        return _ask(task, region, present, count)
    done = _write(ctx, ctx.author("count"), task, region, count)
    return Reply(texts.recounted(task, region.name, done.before, done.now))


@router.state(ASK_YES)
def confirm(ctx: Context) -> Reply:
    """Write a lower count on a yes, if the count it was held against still stands."""
    if not said_yes(ctx.args):
        return Reply(texts.left())
    if ctx.conversation is None:
        raise ValueError("nothing was proposed")
    data = ctx.conversation.data
    task = next(task for task in ctx.campaign.tasks if task.id == data["task"])
    region = ctx.campaign.region(data["region"])
    if _present(ctx, task, region) not in (data["before"], data["count"]):
        return Reply(texts.count_moved())
    try:
        done = _write(ctx, ctx.confirming(data["id"]), task, region, data["count"])
    except UserError as error:
        return Reply(error.text)
    return Reply(texts.recounted(task, region.name, done.before, done.now))


def rows(campaign: Campaign, counts: Mapping[str, int], regions: list[Region]) -> list[str]:
    """One line per task: where it stands in these regions."""
    lines = []
    for task in campaign.tasks:
        asked = [r for r in regions if not task.regions or r.id in task.regions]
        stands = [(r.name, counts[cell]) for r in asked if (cell := f"{task.id}|{r.id}") in counts]
        reached = sum(task.least is not None and count >= task.least for _, count in stands)
        lines.append(texts.task_row(campaign, task, stands, reached, len(asked)))
    return lines


def require_counting(ctx: Context) -> None:
    """Raises `UserError` for money, and where the window is closed."""
    if speaks_of_money(ctx.message.text):
        raise UserError(texts.money_not_reported(ctx.campaign))
    window = ctx.campaign.windows.reporting
    if window is not None and not window.holds(ctx.now):
        raise UserError(texts.reporting_closed(ctx.campaign))


def _plain(ctx: Context, said: Items) -> tuple[Task, Region, int, int | None]:
    """The task, the region, the count and the one taken back. Raises `UserError` for what is not said."""
    if said.task is None or said.count is None:
        raise UserError(texts.how_to_count(ctx.campaign))
    region = said.region or _her_region(ctx)
    if region is None or (said.task.regions and region.id not in said.task.regions):
        asked = [r.name for r in ctx.campaign.regions if not said.task.regions or r.id in said.task.regions]
        raise UserError(texts.count_where(said.task.name, asked))
    return said.task, region, said.count, said.old


def _her_region(ctx: Context) -> Region | None:
    """The only region in which she has a team or a role."""
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    hers = {team.region for team in teams} | {grant.region for grant in ctx.membership.grants}
    only = hers.pop() if len(hers) == 1 else ""
    return ctx.campaign.region(only) if only else None


def _present(ctx: Context, task: Task, region: Region) -> int:
    return ctx.store.tasks.counts(ctx.campaign.id).get(f"{task.id}|{region.id}", 0)


def _ask(task: Task, region: Region, present: int, count: int) -> Reply:
    data = {
        "id": secrets.token_hex(8),
        "task": task.id,
        "region": region.id,
        "before": present,
        "count": count,
    }
    question = texts.ask_recount(task, region.name, present, count)
    return Reply(question, conversation=Conversation(state=ASK_YES, data=data))


def _write(ctx: Context, author: Author, task: Task, region: Region, count: int) -> Counted:
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    try:
        return ctx.store.tasks.report(ctx.campaign, author, ctx.membership, teams, f"{task.id}|{region.id}", count)
    except NotAllowed:
        raise UserError(texts.not_your_count(region.name)) from None
    except Changed:
        raise UserError(texts.count_moved()) from None
