"""改定稿: after the freeze an organizer puts a final figure right: the team, the right total, the reason."""

from handlers import texts
from handlers.acts import finals as acts
from handlers.acts.actor import Actor
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.team_acts import named_team, undoers
from handlers.wishes.settling import SaidFinal, said_final
from handlers.wishes.slots import begins_with_team
from handlers.writes import Proposal, Undo
from storage.freezing import CHANGED, Final
from storage.models.teams import Team
from storage.team_acts import Acted

router = Router()


@router.command(
    "改定稿", "更正定稿", summary="改定稿 0012 正确的累计 原因", audience="organizer", accepts=begins_with_team
)
def change(ctx: Context) -> Reply:
    """The captain is told in the same step; undone by 撤销."""
    actor = Actor(ctx.store, ctx.campaign, ctx.author("final"), ctx.membership)
    if not ctx.membership.roles:
        raise UserError(texts.finals.by_organizers(ctx.campaign))
    team, rest = named_team(ctx, "改定稿", texts.finals.EXAMPLE.partition(" ")[2])
    said = said_final(rest)
    if said is None:
        raise UserError(texts.finals.how_to())
    final = _final(team, said)
    done = ctx.store.freezing.done(ctx.campaign.id, actor.author.op_id)
    acted = done or acts.change(actor, team, final, said.reason)
    return _told(ctx, acted, texts.finals.changed(acted.before, acted.after, final, said.reason))


def undo(ctx: Context, proposal: Proposal, said: Undo) -> Reply:
    """Her change is undone, once."""
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    team = ctx.store.teams.get(ctx.campaign.id, said.last.code)
    acted = ctx.store.freezing.done(ctx.campaign.id, actor.author.op_id) or acts.undo(actor, team, said.last)
    return _told(ctx, acted, texts.undoing.undone(acted.after, said.last))


def _final(team: Team, said: SaidFinal) -> Final:
    donations = team.standing(said.channel).donations if said.donations is None else said.donations
    return Final(team=team.code, channel=said.channel, amount_fen=said.amount_fen, donations=donations)


def _told(ctx: Context, acted: Acted, text: str) -> Reply:
    return Reply(text, remember=spoke_of(ctx, acted.after))


undoers[CHANGED] = undo
