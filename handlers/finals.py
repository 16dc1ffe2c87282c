"""改定稿: after the freeze an organizer puts a final figure right: the team, the right total, the reason."""

from dataclasses import dataclass

from handlers import texts
from handlers.acts import finals as acts
from handlers.acts.actor import Actor
from handlers.choices import spoke_of
from handlers.language.figures import figures_at
from handlers.language.text import clean, normalise
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.tables import SEPARATORS
from handlers.team_acts import named_team, starts_with_code, undoers
from handlers.writes import Proposal, Undo
from storage.freezing import CHANGED, Final
from storage.models import Channel, Team
from storage.team_acts import Acted

router = Router()
LONGEST = 60
"""Characters of a reason that are told."""


@dataclass(frozen=True, slots=True)
class Said:
    """The right total, in fen and 人次 (None where she leaves them), and why."""

    channel: Channel
    amount_fen: int
    donations: int | None
    reason: str


@router.command(
    "改定稿", "更正定稿", summary="改定稿 0012 正确的累计 原因", audience="organizer", accepts=starts_with_code
)
def change(ctx: Context) -> Reply:
    """The captain is told in the same step; undone by 撤销."""
    actor = Actor(ctx.store, ctx.campaign, ctx.author("final"), ctx.membership)
    if not ctx.membership.roles:
        raise UserError(texts.finals.by_organizers(ctx.campaign))
    team, rest = named_team(ctx, "改定稿", texts.finals.EXAMPLE.partition(" ")[2])
    said = read(rest)
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
    return _told(ctx, acted, texts.acts.undone(acted.after, said.last))


def read(rest: str) -> Said | None:
    """`线下 3200元 32人次 平台复核有误`; None where no amount stands at the head."""
    line = normalise(rest)
    channel: Channel = "offline" if line.startswith("线下") else "online"
    line = line.removeprefix("线上").removeprefix("线下").strip(SEPARATORS)
    amount = next((f for f in figures_at(line, 0) if f.kind in ("money", "bare", "code")), None)
    if amount is None or amount.value is None or amount.doubt:
        return None
    line, donations = line[amount.end :].strip(SEPARATORS), None
    gifts = next((f for f in figures_at(line, 0) if f.kind == "gifts" and f.value is not None), None)
    if gifts and gifts.value is not None:
        line, donations = line[gifts.end :].strip(SEPARATORS), int(gifts.value)
    fen = amount.value * 100
    if fen != int(fen) or fen < 0:
        return None
    return Said(channel, int(fen), donations, clean(line.removeprefix("原因").strip(SEPARATORS), LONGEST))


def _final(team: Team, said: Said) -> Final:
    donations = team.standing(said.channel).donations if said.donations is None else said.donations
    return Final(team=team.code, channel=said.channel, amount_fen=said.amount_fen, donations=donations)


def _told(ctx: Context, acted: Acted, text: str) -> Reply:
    return Reply(text, remember=spoke_of(ctx, acted.after))


undoers[CHANGED] = undo
