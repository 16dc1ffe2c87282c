"""What she answers to a report that waits: a yes, which kind it was, other figures in its place."""

from dataclasses import replace

from handlers import texts
from handlers.choices import choice, ear_of, said_yes, spoke_of, team_meant
from handlers.doubts import require_reporting, today
from handlers.messages import Context, Reply, UserError
from handlers.proposals import Proposal, ReadingKind, proposal_of
from handlers.reports import ASK_KIND, ASK_YES, ask, write
from handlers.router import Router
from handlers.understand.plausible import beyond, doubts
from handlers.understand.text import squash
from handlers.understand.verdicts import Doubt, Offer
from storage.ledger import Changed
from storage.models import Team
from storage.reckoning import Reading, reach
from storage.reports import Booked

router = Router()
KIND_WORDS: dict[ReadingKind, frozenset[str]] = {
    "total": frozenset(("累计", "累计共", "总共", "一共", "共", "总额")),
    "day": frozenset(("今天", "今日", "当日", "今天一共")),
    "increment": frozenset(("新增", "又", "再加", "增加", "刚刚")),
}


@router.state(ASK_YES, reminder=texts.reports.WAITS_FOR_YES)
def confirm(ctx: Context) -> Reply:
    """Book what was offered on a yes. If the team moved meanwhile nothing is written, and the new state is shown."""
    if not said_yes(ctx.args):
        return Reply(texts.dialogues.left())
    proposal = proposal_of(ctx.conversation)
    try:
        return _made(ctx, proposal)
    except UserError as error:
        return Reply(error.text)


@router.state(ASK_KIND, reminder=texts.reports.WAITS_FOR_KIND)
def take_kind(ctx: Context) -> Reply:
    """A bare figure may be several things: she chose which, by number or by word."""
    proposal = proposal_of(ctx.conversation)
    number = choice(ctx.message.text, len(proposal.kinds))
    said = squash(ctx.message.text)
    named = next((kind for kind in proposal.kinds if said in KIND_WORDS[kind]), None)
    kind = named if number is None else proposal.kinds[number]
    if kind is None:
        raise UserError(texts.dialogues.choose_a_number(len(proposal.kinds)))
    code, version, bare = proposal.writes[0]
    ctx, team = team_meant(ctx, code)
    reading = replace(bare, kind=kind)
    if team.version != version and not ctx.store.reports.booked(ctx.campaign, ctx.author("report").op_id):
        return ask(ctx, team, Offer((reading,), (Doubt("moved", texts.doubts.doubt_moved(team)),)))
    if kind == "day" and proposal.day != today(ctx):
        return ask(ctx, team, Offer((reading,), (_another_day(ctx),)))
    return weighed_again(ctx, team, reading)


def waiting(ctx: Context) -> tuple[Team, Reading] | None:
    """The report that waits for her answer, and whose; None where none does, or several do."""
    if ctx.conversation is None or ctx.conversation.state not in (ASK_YES, ASK_KIND):
        return None
    proposal = proposal_of(ctx.conversation)
    if len(proposal.writes) != 1:
        return None
    code, _, reading = proposal.writes[0]
    return team_meant(ctx, code)[1], reading


def amend(ctx: Context, kind: str, amount_fen: int | None, donations: int | None) -> Reply:
    """Other figures in the place of those that wait for her answer; what they leave out stays. Doubted anew."""
    proposal = proposal_of(ctx.conversation)
    code, _, said = proposal.writes[0]
    ctx, team = team_meant(ctx, code)
    told = next((each for each in KIND_WORDS if each == kind), said.kind)
    reading = replace(
        said,
        kind=told,
        amount_fen=said.amount_fen if amount_fen is None else amount_fen,
        donations=said.donations if donations is None else donations,
    )
    if told == "day" and proposal.day != today(ctx):
        return ask(ctx, team, Offer((reading,), (_another_day(ctx),)))
    return weighed_again(ctx, team, reading)


def weighed_again(ctx: Context, team: Team, reading: Reading) -> Reply:
    """A reading that she chose or put right: booked, or asked about where it is doubtful."""
    ear = ear_of(ctx)
    reached = team.model_copy(update={reading.channel: reach(team, reading, today(ctx))})
    if reason := beyond(reached, reading, ear):
        raise UserError(texts.reports.beyond(reason, team, ctx.campaign))
    doubted = tuple(doubts(team, reading, ear))
    author = ctx.author("report")
    if doubted and not ctx.store.reports.booked(ctx.campaign, author.op_id):
        return ask(ctx, team, Offer((reading,), doubted))
    try:
        return _echo(ctx, [write(ctx, author, team, reading)])
    except Changed:
        team = ctx.store.teams.get(ctx.campaign.id, team.code)
        return ask(ctx, team, Offer((reading,), (Doubt("moved", texts.doubts.doubt_moved(team)),)))


def _made(ctx: Context, proposal: Proposal) -> Reply:
    """The writes of a proposal, each under its own identity, unless what she was shown is no longer so."""
    done: list[Booked] = []
    moved: dict[str, Team] = {}
    for n, (code, version, reading) in enumerate(proposal.writes):
        ctx, team = team_meant(ctx, code)
        author = ctx.confirming(proposal.id, n)
        booked = ctx.store.reports.booked(ctx.campaign, author.op_id)
        if booked is None:
            team = moved.get(code, team)
            require_reporting(ctx, team)
            expected = version if code not in moved else team.version
            doubt = _no_longer_so(ctx, proposal, team, expected, reading)
            if doubt is not None:
                rest = tuple(each for _, _, each in proposal.writes[n:])
                return ask(ctx, team, Offer(rest, (doubt,)))
            try:
                booked = write(ctx, author, team, reading)
            except Changed:
                team = ctx.store.teams.get(ctx.campaign.id, code)
                moved_now = Doubt("moved", texts.doubts.doubt_moved(team))
                return ask(ctx, team, Offer(tuple(each for _, _, each in proposal.writes[n:]), (moved_now,)))
        done.append(booked)
        moved[code] = booked.after
    return _echo(ctx, done)


def _no_longer_so(ctx: Context, proposal: Proposal, team: Team, version: int, reading: Reading) -> Doubt | None:
    if team.version != version:
        return Doubt("moved", texts.doubts.doubt_moved(team))
    if reading.kind == "day" and proposal.day != today(ctx):
        return _another_day(ctx)
    return None


def _another_day(ctx: Context) -> Doubt:
    return Doubt("other day", texts.doubts.doubt_other_day(today(ctx)))


def _echo(ctx: Context, done: list[Booked]) -> Reply:
    told = [texts.reports.booked(booked, ctx.campaign, ctx.several_campaigns) for booked in done]
    return Reply("\n".join(told), remember=spoke_of(ctx, done[-1].after))
