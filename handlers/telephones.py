"""改电话: a captain's telephone, given or changed after she registered, by the word or in a sentence."""

from handlers import texts
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.running import registers
from handlers.understand.answers import captain_in
from handlers.wishes.telephones import gives_telephone, tells_her_own
from storage.ledger import Changed
from storage.models.people import Card

router = Router()


@router.command(
    "改电话",
    "换电话",
    "改手机",
    "换手机",
    "改手机号",
    "换手机号",
    "换号码",
    "改号码",
    "我的电话",
    "我的手机",
    "我的手机号",
    "我的手机号码",
    "我的号码",
    "我电话",
    "我手机",
    "我手机号",
    "补电话",
    "新电话",
    "我的新电话",
    "我的联系电话",
    "我的联系方式",
    summary="改电话 13900000000",
    audience="captain",
    accepts=gives_telephone,
)
def change_telephone(ctx: Context) -> Reply:
    """Keep the number for the captain, in every team she leads in the campaign."""
    said = captain_in(ctx.campaign, ctx.args)
    if not said.phone:
        raise UserError(texts.telephones.how_to_change_telephone(sum(map(str.isdigit, ctx.args))))
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    if not teams:
        raise UserError(texts.telephones.no_team_for_a_telephone(ctx.campaign, registers(ctx.campaign, ctx.now)))
    try:
        card = ctx.store.teams.leave_card(ctx.campaign, ctx.author("telephone"), ctx.membership, Card(phone=said.phone))
    except Changed:
        raise UserError(texts.teams.register_again()) from None
    return Reply(texts.telephones.telephone_kept(card, teams))


def telephone_told(ctx: Context) -> Reply | None:
    """`我换号了，现在是139…`, said by a captain: kept as her telephone. None for any other sentence."""
    return change_telephone(ctx) if tells_her_own(ctx.args) and ctx.membership.codes else None
