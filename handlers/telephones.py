"""改电话: a captain's telephone, given or changed after she registered, by the word or in a sentence."""

import re

from handlers import texts
from handlers.language.telephones import take_telephone
from handlers.language.text import normalise
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.understand.answers import captain_in
from storage.ledger import Changed
from storage.models import Card

router = Router()
_OF_HERS = re.compile(r"电话|手机|号码|[换改]号|新号|联系方式")
_OF_ANOTHER = re.compile(r"[他她您你]们?的|谁|红会|客服|(?:主任|老师|科长|[校局院]长|联系人|领导)的?(?:电话|手机|号码)")


def gives_telephone(text: str) -> bool:
    """Whether a text holds a telephone number."""
    return take_telephone(normalise(text))[0] != ""


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
        raise UserError(texts.telephones.how_to_change_telephone())
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    if not teams:
        raise UserError(texts.telephones.no_team_for_a_telephone(ctx.campaign))
    try:
        card = ctx.store.teams.leave_card(ctx.campaign, ctx.author("telephone"), ctx.membership, Card(phone=said.phone))
    except Changed:
        raise UserError(texts.teams.register_again()) from None
    return Reply(texts.telephones.telephone_kept(card, teams))


def telephone_told(ctx: Context) -> Reply | None:
    """`我换号了，现在是139…`, said by a captain: kept as her telephone. None for any other sentence."""
    said = ctx.args
    hers = gives_telephone(said) and _OF_HERS.search(said) and not _OF_ANOTHER.search(said)
    return change_telephone(ctx) if hers and ctx.membership.codes else None
