"""关注码: the code by which people follow the account and land in a team, or in the campaign."""

from handlers import texts
from handlers.meant import team_meant
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.wishes.slots import begins_with_team
from storage.models.teams import Team
from storage.scenes import Scene

router = Router()


@router.command(
    "关注码",
    "关注二维码",
    "公众号二维码",
    summary="关注码：请同事扫码关注，直达本队",
    audience="captain",
    aside=True,
    accepts=begins_with_team,
)
@router.intent("follow_code")
def follow_code(ctx: Context) -> Reply:
    """The way to a team: the one whose code she says, else her own; to the campaign for who leads none."""
    _require_part(ctx)
    named = ctx.slots.team
    if named or ctx.membership.codes:
        ctx, team = team_meant(ctx, named.code if named else None)
        return _way_to(ctx, team)
    return _way_to(ctx, None)


@router.command("活动关注码", summary="活动关注码 / 关注码 0012：请人扫码关注", audience="coordinator", aside=True)
def follow_code_of_the_campaign(ctx: Context) -> Reply:
    """The way to the campaign."""
    _require_part(ctx)
    return _way_to(ctx, None)


def _require_part(ctx: Context) -> None:
    """Raises `UserError` for who neither leads a team in the campaign nor has a role."""
    if not (ctx.membership.codes or ctx.membership.roles):
        raise UserError(texts.follow_codes.of_captains_and_coordinators())


def _way_to(ctx: Context, team: Team | None) -> Reply:
    """The page of the code; where the account makes none, or its pages have no address, the words that lead there."""
    if not (ctx.site.scenes and ctx.site.address):
        return Reply(texts.follow_codes.words_instead(ctx.campaign, team))
    token = ctx.store.scenes.ask(Scene(ctx.campaign.id, team.code if team else ""))
    return Reply(texts.follow_codes.where_it_is(ctx.campaign, team, f"{ctx.site.address}/follow/{token}"))
