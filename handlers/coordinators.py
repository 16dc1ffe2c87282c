"""The coordinators' first words: their region at a glance, and teams that wait for them."""

import re
from dataclasses import replace

from handlers import tasks, texts
from handlers.jurisdiction import require_role
from handlers.messages import Context, Reply, UserError
from handlers.notices import notification
from handlers.router import Router
from handlers.tables import SEPARATORS
from handlers.understand.decisions import APPROVE, REJECT
from handlers.understand.text import normalise
from storage.ledger import Changed, NotAllowed
from storage.models import Team, TeamStatus
from storage.targets import Target

router = Router()
CODE = re.compile(r"(?:一?下|了|队伍?|编号|[: ])*#? ?(\d{1,9})(?!\d)")


@router.command("我的辖区", "辖区", summary="我的辖区：队伍数、总额、今日", audience="coordinator", aside=True)
def my_regions(ctx: Context) -> Reply:
    """Teams, reports and totals of each region she coordinates, in the file's order; never who has not reported."""
    campaign, day = ctx.campaign, ctx.campaign.local(ctx.now).date()
    require_role(ctx)
    grants = ctx.membership.grants
    covered = [
        region
        for region in campaign.regions
        if any(not g.region or g.region in campaign.region_path(region.id) for g in grants)
    ]
    if campaign.progress == "items":
        standing = tasks.rows(campaign, ctx.store.tasks.counts(campaign.id), covered)
        return Reply(texts.counts.my_tasks(campaign, standing))
    boards = ctx.store.boards
    amounts = boards.sums(campaign.id, "amount", "region", day)
    today = boards.sums(campaign.id, "today", "region", day)
    targets = ctx.store.targets.all(campaign.id)
    rows = [
        texts.coordinators.RegionRow(
            region.name,
            ctx.store.teams.count(campaign.id, f"region:{region.id}"),
            boards.size(campaign.id, "amount", f"region:{region.id}", day),
            amounts.get(region.id, 0),
            today.get(region.id, 0),
            texts.targets.beside_total(targets.get(region.id, Target()), amounts.get(region.id, 0)),
        )
        for region in covered
    ]
    waiting = len(waiting_teams(ctx))
    whole = texts.targets.beside_total(targets.get("", Target()), sum(amounts.values()))
    return Reply(texts.coordinators.my_regions(campaign, rows, waiting, whole))


@router.command(
    "待审", "待审名单", "待审队伍", summary="待审 / 通过 0012 / 驳回 0012 原因", audience="coordinator", aside=True
)
@router.intent("waiting")
def show_waiting(ctx: Context) -> Reply:
    """The teams of her region that wait to be let in."""
    require_role(ctx)
    return Reply(texts.coordinators.waiting_list(_waiting_lines(ctx)))


def _starts_with_code(text: str) -> bool:
    return CODE.match(text) is not None


@router.command("通过", "同意", accepts=_starts_with_code)
def approve(ctx: Context) -> Reply:
    return _decide(ctx, "active")


@router.command("驳回", "拒绝", accepts=_starts_with_code)
def reject(ctx: Context) -> Reply:
    return _decide(ctx, "rejected")


@router.intent("approve")
def approve_named(ctx: Context) -> Reply:
    """The code stands before the word: `0012通过`."""
    return approve(_by_sentence(ctx, APPROVE))


@router.intent("reject")
def reject_named(ctx: Context) -> Reply:
    """`0012 驳回 名称不规范`."""
    return reject(_by_sentence(ctx, REJECT))


def _by_sentence(ctx: Context, verdict: re.Pattern[str]) -> Context:
    """The code and the reason of a verdict in a sentence; nothing where the sentence is not one production."""
    said = verdict.search(normalise(ctx.args))
    return replace(ctx, args=f"{said['code']} {said['reason']}" if said else "")


def _decide(ctx: Context, status: TeamStatus) -> Reply:
    """Let a waiting team in or turn it away; its captain is told, with the reason that was given."""
    require_role(ctx)
    author, campaign = ctx.author("decide"), ctx.campaign
    if not ctx.args:
        raise UserError(texts.coordinators.no_code_said(_waiting_lines(ctx)))
    named = CODE.match(ctx.args)
    code = named[1].zfill(4) if named else ""
    reason = ctx.args[named.end() :].strip(SEPARATORS) if named else ""
    if ctx.store.ledger.outcome(campaign.id, author.op_id):
        return Reply(texts.coordinators.decided(ctx.store.teams.get(campaign.id, code), reason))
    team = next((t for t in waiting_teams(ctx) if t.code == code), None)
    if team is None:
        raise UserError(texts.coordinators.not_waiting(ctx.args))
    told = texts.coordinators.verdict(team.model_copy(update={"status": status}), reason)
    notices = [
        notification(f"{campaign.id}:verdict:{team.code}:{captain}", campaign, "verdict", captain, told, ctx.now)
        for captain in team.captains
    ]
    try:
        decided = ctx.store.teams.decide(campaign, author, team, ctx.membership, status, notices)
    except (NotAllowed, Changed):
        raise UserError(texts.coordinators.not_waiting(ctx.args)) from None
    return Reply(texts.coordinators.decided(decided, reason))


def waiting_teams(ctx: Context) -> list[Team]:
    """The teams of her region that wait to be let in."""
    campaign = ctx.campaign
    return [
        team
        for team in ctx.store.teams.waiting(campaign.id)
        if ctx.membership.covers(campaign.region_path(team.region))
    ]


def _waiting_lines(ctx: Context) -> list[str]:
    return [texts.naming.team_line(team, ctx.campaign.project(team.project).name) for team in waiting_teams(ctx)]
