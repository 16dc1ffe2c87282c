"""What she answers to a report that waits: a yes, which kind it was, other figures in its place."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import texts
from handlers.choices import choice, ear_of, spoke_of, team_meant
from handlers.doubts import require_reporting, sentence, today
from handlers.messages import Context, Reply, UserError
from handlers.proposals import on_yes, proposal_of
from handlers.reports import ASK_KIND, ask, ask_of_several, write
from handlers.router import Router
from handlers.understand.plausible import beyond, doubts
from handlers.understand.text import squash
from handlers.understand.verdicts import Doubt, Offer, ReadingKind
from handlers.writes import Figure, Figures, Proposal
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


@router.state(ASK_KIND, reminder=texts.reports.WAITS_FOR_KIND)
def take_kind(ctx: Context) -> Reply:
    """A bare figure may be several things: she chose which, by number or by word."""
    proposal, figures = _asked_about(ctx)
    number = choice(ctx.message.text, len(figures.kinds))
    said = squash(ctx.message.text)
    named = next((kind for kind in figures.kinds if said in KIND_WORDS[kind]), None)
    kind = named if number is None else figures.kinds[number]
    if kind is None:
        raise UserError(texts.dialogues.choose_a_number(len(figures.kinds)))
    [bare] = figures.figures
    ctx, team = team_meant(ctx, bare.code)
    reading = replace(bare.reading, kind=kind)
    if team.version != bare.version and not ctx.store.reports.booked(ctx.campaign, ctx.author("report").op_id):
        return ask(ctx, team, Offer((reading,), (Doubt("moved", texts.doubts.doubt_moved(team)),)))
    if kind == "day" and proposal.day != today(ctx):
        return ask(ctx, team, Offer((reading,), (_another_day(ctx),)))
    return weighed_again(ctx, team, reading)


def waiting(ctx: Context) -> tuple[Team, Reading] | None:
    """The report that waits for her answer, and whose; None where none does, or several do."""
    if ctx.conversation is None or not ctx.conversation.proposes:
        return None
    write = proposal_of(ctx.conversation).write
    if not isinstance(write, Figures) or len(write.figures) != 1:
        return None
    [figure] = write.figures
    return team_meant(ctx, figure.code)[1], figure.reading


def amend(ctx: Context, kind: str, amount_fen: int | None, donations: int | None) -> Reply:
    """Other figures in the place of those that wait for her answer; what they leave out stays. Doubted anew."""
    proposal, figures = _asked_about(ctx)
    said = figures.figures[0].reading
    ctx, team = team_meant(ctx, figures.figures[0].code)
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


def _asked_about(ctx: Context) -> tuple[Proposal, Figures]:
    proposal = proposal_of(ctx.conversation)
    if not isinstance(proposal.write, Figures):
        raise TypeError(f"no report waits: {proposal.write}")
    return proposal, proposal.write


@on_yes(router, Figures, reminder=texts.reports.WAITS_FOR_YES)
def make(ctx: Context, proposal: Proposal, figures: Figures) -> Reply:
    """Book each figure under its own identity, unless what she was shown is no longer so: then that is shown."""
    done: list[Booked] = []
    moved: dict[str, Team] = {}
    for n, figure in enumerate(figures.figures):
        code, reading = figure.code, figure.reading
        ctx, team = team_meant(ctx, code)
        author = ctx.confirming(proposal.id, n)
        booked = ctx.store.reports.booked(ctx.campaign, author.op_id)
        if booked is None:
            team = moved.get(code, team)
            require_reporting(ctx, team)
            expected = figure.version if code not in moved else team.version
            if doubt := _no_longer_so(ctx, proposal, team, expected, reading):
                return _asked_again(ctx, figures.figures[n:], doubt, done)
            try:
                booked = write(ctx, author, team, reading)
            except Changed:
                team = ctx.store.teams.get(ctx.campaign.id, code)
                moved_now = Doubt("moved", texts.doubts.doubt_moved(team))
                return _asked_again(ctx, figures.figures[n:], moved_now, done)
        done.append(booked)
        moved[code] = booked.after
    return _echo(ctx, done)


def _asked_again(ctx: Context, rest: Sequence[Figure], doubt: Doubt, done: list[Booked]) -> Reply:
    """What was not booked is asked about anew, each figure for its own team; what was booked is told before."""
    readings = [(team_meant(ctx, figure.code)[1], figure.reading) for figure in rest]
    if len({team.code for team, _ in readings}) > 1:
        why = sentence(ctx, doubt, *readings[0])
        question = ask_of_several(ctx, readings, [why])
    else:
        question = ask(ctx, readings[0][0], Offer(tuple(reading for _, reading in readings), (doubt,)))
    return replace(question, text=f"{_echo(ctx, done).text}\n{question.text}") if done else question


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
