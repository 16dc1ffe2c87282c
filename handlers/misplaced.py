"""A right figure in the wrong place: another kind, the other channel, another of her teams. Always asked first."""

from handlers import texts
from handlers.doubts import require_going_on, require_reporting, today
from handlers.language.called import is_part_of
from handlers.language.names import unit_key
from handlers.meant import spoke_of, team_meant
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.understand.placing import beyond
from handlers.writes import Figure, Move, Proposal
from storage.ledger import Author, Changed, NotAllowed
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total
from storage.moves import Moved
from storage.reckoning import Reading, reach
from storage.reports import NoReport

router = Router()


def read_as(ctx: Context, team: Team, newest: Report, kind: str) -> Total | None:
    """The total that the newest report leads to when its figure is read as another kind.

    None where that cannot be told: a correction, or a day that is over.
    """
    if newest.kind in ("correction", "merge") or (newest.day != today(ctx) and "day" in (kind, newest.kind)):
        return None
    said = _said(team, newest)
    previous = Total(amount_fen=newest.previous_amount_fen, donations=newest.previous_donations)
    base = {"total": Total(), "day": team.opening(newest.channel, newest.day), "increment": previous}[kind]
    kept = newest.donations == newest.previous_donations
    return Total(
        amount_fen=base.amount_fen + said.amount_fen,
        donations=newest.donations if kept else base.donations + said.donations,
    )


def of_the_other_channel(ctx: Context, team: Team, newest: Report, channel: str) -> Reply:
    """`刚才那笔是线下的`: taken back from one channel and booked on the other."""
    there: Channel = "offline" if channel == "offline" else "online"
    if newest.channel == there:
        return Reply(texts.corrections.nothing_to_change(team, newest))
    return _propose(ctx, team, newest, team, there)


def of_another_team(ctx: Context, wrong: str, right: str) -> Reply:
    """`我报成了医院的，是一中的`: taken back from one of her teams and booked for another."""
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    meant = _called(ctx, teams, right)
    if len(meant) != 1:
        raise UserError(texts.misplaced.not_among_your_teams(right))
    others = [team for team in teams if team != meant[0]]
    mistaken = _called(ctx, others, wrong) if wrong else []
    if len(mistaken) != 1 and ctx.last_team:
        mistaken = [team for team in others if team.code == ctx.last_team.code]
    if len(mistaken) != 1:
        mistaken = others if len(others) == 1 else []
    if not mistaken:
        raise UserError(texts.misplaced.not_among_your_teams(wrong or right))
    try:
        newest = ctx.store.reports.newest(ctx.campaign.id, mistaken[0])
    except NoReport:
        raise UserError(texts.reports.nothing_reported(mistaken[0])) from None
    return _propose(ctx, mistaken[0], newest, meant[0], newest.channel)


@on_yes(router, Move, reminder=texts.dialogues.CORRECTION)
def make(ctx: Context, proposal: Proposal, move: Move) -> Reply:
    """Taken back here and reported there, in one write. A message that comes again finds it done."""
    try:
        ctx, source = team_meant(ctx, move.source)
        author = ctx.confirming(proposal.id)
        done = ctx.store.moves.moved(ctx.campaign, author.op_id) or _move(ctx, author, proposal, move, source)
    except (NoReport, Changed):
        return Reply(texts.corrections.moved_meanwhile(ctx.store.teams.get(ctx.campaign.id, move.source)))
    except NotAllowed:
        return Reply(texts.choices.not_your_team(move.target.code))
    text = texts.misplaced.moved(done.taken, done.booked, ctx.campaign, ctx.several_campaigns)
    return Reply(text, remember=spoke_of(ctx, done.booked.after))


def _move(ctx: Context, author: Author, proposal: Proposal, move: Move, source: Team) -> Moved:
    """Raises `Changed` where what she was shown is no longer so: another report, another version, another day."""
    newest = ctx.store.reports.newest(ctx.campaign.id, source)
    _, target = team_meant(ctx, move.target.code)
    require_reporting(ctx, target)
    if (newest.id, target.version, today(ctx)) != (move.report, move.target.version, proposal.day):
        raise Changed(source.code)
    return ctx.store.moves.move(ctx.campaign, author, newest, source, target, ctx.membership, move.target.reading)


def _propose(ctx: Context, source: Team, newest: Report, target: Team, channel: Channel) -> Reply:
    require_going_on(ctx, source)
    if ctx.store.reports.tells_a_merger(ctx.campaign.id, newest):
        raise UserError(texts.merging.not_a_report(source))
    said, kept = _said(source, newest), newest.donations == newest.previous_donations
    kind = "total" if newest.kind == "correction" or newest.kind == "close" or newest.kind == "merge" else newest.kind
    if kind == "day" and newest.day != today(ctx):
        kind = "increment"
    if source.code == target.code and kind == "total" and said.amount_fen < target.total(channel).amount_fen:
        kind = "increment"  # less than stands there: a sum of its own, which must not take the total's place
    reading = Reading(kind, channel, said.amount_fen, None if kept else said.donations)
    if beyond(ctx.campaign, target, reading, today(ctx)):
        raise UserError(texts.misplaced.waits_for_a_coordinator(source, target, channel))
    reached = reach(target, reading, today(ctx))
    move = Move(source.code, newest.id, Figure(target.code, target.version, reading))
    question = texts.misplaced.ask_move(source, newest, target, channel, reached)
    return for_a_yes(question, propose(ctx, move, lowers=True))


def _said(team: Team, report: Report) -> Total:
    """What the captain said when she made the report, not the total it led to."""
    if report.kind in ("total", "correction", "close"):
        return Total(amount_fen=report.amount_fen, donations=report.donations)
    base = Total(amount_fen=report.previous_amount_fen, donations=report.previous_donations)
    if report.kind == "day" and team.day == report.day:
        base = team.opening(report.channel, report.day)
    return Total(amount_fen=report.amount_fen - base.amount_fen, donations=report.donations - base.donations)


def _called(ctx: Context, teams: list[Team], name: str) -> list[Team]:
    """The teams of a unit or a project that she calls so."""
    key = unit_key(ctx.campaign, name)
    same = [team for team in teams if team.unit_key == key]
    return same or [team for team in teams if is_part_of(name, (team.unit, *_projects(ctx, team)))]


def _projects(ctx: Context, team: Team) -> tuple[str, ...]:
    project = ctx.campaign.project(team.project)
    return (project.name, *project.aliases)
