"""The coordinators' first words: their region at a glance, and teams that wait for them."""

from collections.abc import Sequence

from handlers import cases, corrections, raises, reviews, tasks, texts
from handlers.acts.actor import Actor
from handlers.acts.teams import Verdict, decide
from handlers.alike import offer
from handlers.entering import disabled_of
from handlers.jurisdiction import covers, require_role, scopes_of
from handlers.language.names import unit_key
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.wishes.slots import begins_lettered, begins_with_team
from storage.campaign_document import Region
from storage.models.teams import Team
from storage.targets import Target

router = Router()
LOOKED_AT = 10
"""How many waiting teams are listed, with what speaks for looking twice: more have no room in a reply."""


@router.command("我的辖区", "辖区", summary="我的辖区：队伍数、总额、今日", audience="coordinator", aside=True)
def my_regions(ctx: Context) -> Reply:
    """Teams, reports and totals of each region she coordinates, in the file's order; never who has not reported."""
    campaign = ctx.campaign
    require_role(ctx)
    outermost = [region for region in campaign.regions if _is_outermost(ctx, region)]
    if campaign.progress == "items":
        standing = tasks.rows(campaign, ctx.store.tasks.counts(campaign.id), outermost)
        return Reply(texts.counts.my_tasks(campaign, standing))
    within = [region for region in campaign.regions if len(outermost) == 1 and region.parent == outermost[0].id]
    rows = _region_rows(ctx, [*outermost, *within])
    amounts = ctx.store.boards.sums(campaign.id, "amount", "region", campaign.local(ctx.now).date())
    all_of_it = sum(fen for region, fen in amounts.items() if campaign.region(region).parent is None)
    whole = texts.targets.beside_total(ctx.store.targets.all(campaign).get("", Target()), all_of_it)
    waiting = ctx.store.desks.pending(campaign.id, scopes_of(ctx, None))
    return Reply(texts.coordinators.my_regions(campaign, rows, len(outermost), waiting, whole))


def _is_outermost(ctx: Context, region: Region) -> bool:
    """Whether a region is hers, and what it lies in is not."""
    covers = ctx.membership.covers
    if not covers(ctx.campaign.region_path(region.id)):
        return False
    return region.parent is None or not covers(ctx.campaign.region_path(region.parent))


def _region_rows(ctx: Context, regions: Sequence[Region]) -> list[texts.coordinators.RegionRow]:
    campaign, boards, day = ctx.campaign, ctx.store.boards, ctx.campaign.local(ctx.now).date()
    amounts = boards.sums(campaign.id, "amount", "region", day)
    today = boards.sums(campaign.id, "today", "region", day)
    targets = ctx.store.targets.all(campaign)
    return [
        texts.coordinators.RegionRow(
            region.name,
            ctx.store.teams.count(campaign.id, f"region:{region.id}"),
            boards.size(campaign.id, "amount", f"region:{region.id}", day),
            amounts.get(region.id, 0),
            today.get(region.id, 0),
            texts.targets.beside_total(targets.get(region.id, Target()), amounts.get(region.id, 0)),
        )
        for region in regions
    ]


@router.command(
    "待审", "待审名单", "待审队伍", summary="待审 / 通过 0012 / 驳回 0012 原因", audience="coordinator", aside=True
)
@router.intent("waiting")
def show_waiting(ctx: Context) -> Reply:
    """The teams of her region that wait to be let in."""
    require_role(ctx)
    return Reply(texts.coordinators.waiting_list(*_first_waiting(ctx)))


def _starts_with_code(text: str) -> bool:
    return begins_with_team(text) or begins_lettered(text)


@router.command("通过", "同意", accepts=_starts_with_code)
@router.intent("approve")
def approve(ctx: Context) -> Reply:
    cases.not_decided_so(ctx, "通过")
    return raises.passed(ctx) or reviews.passed(ctx) or _decide(ctx, "active")


@router.command("驳回", "拒绝", accepts=_starts_with_code)
@router.intent("reject")
def reject(ctx: Context) -> Reply:
    cases.not_decided_so(ctx, "驳回")
    return raises.given_back(ctx) or reviews.refused(ctx) or _decide(ctx, "rejected")


@router.command("退回", accepts=begins_lettered)
def give_back(ctx: Context) -> Reply:
    """Figures that wait are not booked. From who has no role it is about her own reports, as ever."""
    if not ctx.membership.roles and not begins_lettered(ctx.args):
        return corrections.correct(ctx)
    cases.not_decided_so(ctx, "退回")
    return raises.given_back(ctx) or reviews.given_back(ctx)


def _decide(ctx: Context, verdict: Verdict) -> Reply:
    """Let a waiting team in or turn it away; its captain is told, with the reason that was given."""
    require_role(ctx)
    if not ctx.args:
        raise UserError(texts.coordinators.no_code_said(*_first_waiting(ctx)))
    actor = Actor(ctx.store, ctx.campaign, ctx.author("decide"), ctx.membership)
    acted, reason = actor.done(), _reason(ctx)
    if acted is None:
        acted = decide(actor, _waiting(ctx), verdict, reason)
    besides = offer(ctx, acted.after)
    reply = "\n".join([texts.coordinators.decided(acted.after, reason), *besides])
    return Reply(reply, remember=spoke_of(ctx, acted.after))


def _waiting(ctx: Context) -> Team:
    """The waiting team that is named, by its code or its unit. Raises `UserError` for none, and for several."""
    code = coded.code if (coded := ctx.slots.team) else ""
    teams = [team for team in _waiting_teams(ctx) if _is_called(ctx, team, code)]
    if not teams:
        raise UserError(_not_waiting(ctx, code))
    if len(teams) > 1:
        raise UserError(texts.acts.several_of_unit(teams[0].unit, "、".join(f"#{team.code}" for team in teams)))
    return teams[0]


def _is_called(ctx: Context, team: Team, code: str) -> bool:
    if code:
        return team.code == code
    return team.unit_key in (unit_key(ctx.campaign, ctx.args), unit_key(ctx.campaign, ctx.slots.first))


def _reason(ctx: Context) -> str:
    """What stands behind the code or the name."""
    coded = ctx.slots.team
    return coded.rest if coded else ctx.slots.rest


def _not_waiting(ctx: Context, code: str) -> str:
    """That nothing is to be decided, and who was first where a team of hers was decided upon."""
    actor = Actor(ctx.store, ctx.campaign, ctx.author("decide"), ctx.membership)
    hers = [team for team in ctx.store.teams.many(ctx.campaign.id, [code] if code else []) if covers(ctx, team)]
    return texts.coordinators.not_waiting(ctx.args, actor.last_change(hers[0]) if hers else "")


def _waiting_teams(ctx: Context) -> list[Team]:
    """The teams of her region that wait to be let in."""
    campaign = ctx.campaign
    return [
        team
        for team in ctx.store.teams.waiting(campaign.id)
        if ctx.membership.covers(campaign.region_path(team.region))
    ]


def _first_waiting(ctx: Context) -> tuple[list[str], int]:
    """The first waiting teams, each with what speaks for looking twice beneath it, and how many there are."""
    lists, cid = ctx.store.team_lists, ctx.campaign.id
    pages = [lists.on_roll(cid, "pending", scope, 0, LOOKED_AT) for scope in scopes_of(ctx, None)]
    codes = [code for page in pages for code in page.codes][:LOOKED_AT]
    return [_line(ctx, team) for team in ctx.store.teams.many(cid, codes)], sum(page.of for page in pages)


def _line(ctx: Context, team: Team) -> str:
    led = [each for captain in team.captains for each in ctx.store.teams.led_by(ctx.campaign.id, captain)]
    disabled = disabled_of(led)
    why = [texts.coordinators.led_disabled([each.code for each in disabled])] if disabled else []
    line = texts.naming.team_line(team, ctx.campaign.project(team.project).name)
    return "\n".join([line, *why, *offer(ctx, team)])
