"""目标 and 我队目标: what organizers count upon and hope for by place, and what a captain wishes for her own team.

The first is seen by coordinators in 我的辖区, the second by its captain alone.
"""

from handlers import texts
from handlers.jurisdiction import require_role
from handlers.language.names import find_project, find_region
from handlers.meant import team_meant
from handlers.messages import Context, Reply, UserError
from handlers.reports import book
from handlers.router import Router
from handlers.understand.readings import Report
from handlers.wishes.amounts import said_amount, said_target
from handlers.wishes.teams import ends_like_a_place
from storage.ledger import Changed, NotAllowed
from storage.targets import OF_A_PROJECT, Retargeted, Target, sets_targets

router = Router()
NO_WISH = ("取消", "删除", "撤下", "0")


def _sets_one(rest: str) -> bool:
    """Whether what follows the word without a mark is a place and its target, and nothing besides."""
    said = said_target(rest)
    return (said.floor_fen or said.hope_fen) is not None and (not said.rest or ends_like_a_place(said.rest))


@router.command(
    "目标",
    "筹款目标",
    summary="目标 [县区] 保 50000 争 80000：组织方定",
    audience="coordinator",
    accepts=_sets_one,
)
def set_target(ctx: Context) -> Reply:
    """The target of a place, a project or the campaign; without figures those that stand."""
    region, rest = find_region(ctx.campaign, ctx.args)
    project, rest = find_project(ctx.campaign, rest)
    said = said_target(rest)
    says_none = said.floor_fen is None and said.hope_fen is None
    if says_none and (reported := _reported(ctx)):
        return book(ctx, reported)
    if not ctx.membership.roles:
        raise UserError(texts.targets.not_yours(ctx.campaign))
    if not ctx.args:
        return Reply(texts.targets.all_targets(ctx.campaign, ctx.store.targets.all(ctx.campaign)))
    if says_none or said.rest:
        raise UserError(texts.targets.how_to_set())
    author = ctx.author("target")
    done = ctx.store.targets.done(ctx.campaign.id, author.op_id)
    place = f"{OF_A_PROJECT}{project.id}" if project else region.id if region else ""
    return Reply(texts.targets.was_set(ctx.campaign, place, done or _set(ctx, place, said.floor_fen, said.hope_fen)))


def _reported(ctx: Context) -> Report | None:
    """What a line that begins with a goal reports besides: `目标 50000 已筹 30000`; None for nothing."""
    reading = ctx.reading if ctx.args else None
    return reading if isinstance(reading, Report) and reading.whole else None


def _set(ctx: Context, place: str, floor_fen: int | None, hope_fen: int | None) -> Retargeted:
    """What is not said stays as it was."""
    require_role(ctx)
    campaign, targets = ctx.campaign, ctx.store.targets
    if campaign.progress == "items":
        raise UserError(texts.targets.no_money_here(campaign))
    before = targets.all(campaign).get(place, Target())
    after = Target(
        floor_fen=before.floor_fen if floor_fen is None else floor_fen,
        hope_fen=before.hope_fen if hope_fen is None else hope_fen,
    )
    if after.floor_fen is not None and after.hope_fen is not None and after.floor_fen > after.hope_fen:
        raise UserError(texts.targets.floor_above_hope(after))
    if not sets_targets(campaign, ctx.membership, place):
        raise UserError(texts.targets.organizers_set_it(campaign))
    try:
        return targets.set(campaign, ctx.author("target"), ctx.membership, place, before, after)
    except (NotAllowed, Changed):
        raise UserError(texts.targets.changed_meanwhile()) from None


def _is_an_amount(rest: str) -> bool:
    return said_amount(rest) is not None


@router.command(
    "我队目标", "我的目标", summary="我队目标 5000：只有自己看得到", audience="captain", accepts=_is_an_amount
)
def wish(ctx: Context) -> Reply:
    """What a captain wishes for her team; said again it takes the place of the first."""
    coded = coded if (coded := ctx.slots.team) and coded.printed and coded.rest else None
    if coded is None and ctx.membership.roles and not ctx.membership.codes:
        raise UserError(texts.targets.wishes_are_of_who_leads())
    ctx, team = team_meant(ctx, coded.code if coded else None)
    if ctx.person.id not in team.captains:
        raise UserError(texts.targets.wishes_are_captains(team))
    said = coded.rest if coded else ctx.args
    wishes, cid, openid = ctx.store.wishes, ctx.campaign.id, ctx.person.openid
    if said in NO_WISH:
        wishes.drop(openid, cid, team.code)
        return Reply(texts.targets.wish_dropped(team))
    fen = said_amount(said) if said else wishes.of(openid, cid).get(team.code)
    if fen is None:
        raise UserError(texts.targets.how_to_wish())
    if said:
        wishes.keep(openid, cid, team.code, fen)
    return Reply(texts.targets.wish_kept(team, fen))
