"""Reporting progress: what a message claims is weighed against the team, booked with an echo, offered, or explained."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers import tasks, texts
from handlers.acts import reports as acts
from handlers.acts.actor import Actor
from handlers.doubts import require_going_on, require_reporting, sentence, today
from handlers.farming import refuse_farming
from handlers.hearing import said_as
from handlers.instead import instead, of_several
from handlers.meant import spoke_of, team_meant, team_named
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, proposal_of, propose, waits
from handlers.router import Router
from handlers.understand.readings import Claims, Counts, Report
from handlers.understand.verdicts import Book, Choose, Doubt, Heard, Note, Offer, Refuse, Verdict
from handlers.understand.weighing import weigh
from handlers.writes import Figure, Figures
from storage.ledger import Author, Changed, NotAllowed
from storage.models.teams import Team
from storage.reckoning import Reading, base_of, reach
from storage.reports import Booked

router = Router()
ASK_KIND = "reports.kind"
TRIES = 3
"""How often a write is tried again when the team moved between reading and writing."""


@router.command("已筹", "累计", "目前", "截至")
@router.command(
    "今天",
    "今日",
    "当日",
    "又",
    "刚刚",
    "新增",
    "再加",
    "线下",
    "线上",
    summary="今天新增2000 / 又筹了500 / 线下 5000",
    audience="captain",
)
@router.command("进度", "上报", "汇报", "报数", "填报", summary="进度 12345.67元 321人次", audience="captain")
@router.intent("report", "nothing")
def report(ctx: Context) -> Reply:
    """Understand a report and book it, or ask about what is doubtful. Some campaigns count items, no money."""
    said = said_as(ctx, "nothing" if isinstance(ctx.reading, Report) and ctx.reading.claims.nothing else "report")
    if isinstance(said, Counts):
        return tasks.take(ctx, said)
    if not isinstance(said, Report) or not (said.claims.claims or said.claims.nothing):
        raise UserError(texts.reports.how_to_report())
    return book(ctx, said)


def book(ctx: Context, said: Report) -> Reply:
    """Weigh the figures of a report against the team that they are about, and do what follows."""
    parts = _by_team(ctx, said.claims)
    refuse_farming(*parts[0])
    if len(parts) > 1:
        return _of_several(ctx, parts)
    ctx, team, claims = parts[0]
    if done := _booked_before_the_close(ctx, team):
        return _echo(ctx, [done])
    return settle(ctx, team, claims, _weighed(ctx, team, claims))


def _weighed(ctx: Context, team: Team, claims: Claims) -> Verdict | None:
    return weigh(claims, team, ctx.campaign.local(ctx.now))


def settle(ctx: Context, team: Team, claims: Claims, verdict: Verdict | None) -> Reply:
    """Do what was decided: write, offer, ask, or say why not."""
    match verdict:
        case Book(readings, notes):
            return _telling_what_was_left(ctx, readings, _book_all(ctx, team, claims, readings, notes))
        case Heard() if ctx.said.asks:
            raise UserError(texts.reports.nothing_asked())
        case Heard():
            others = () if claims.code else claims.hers[1:]
            return _nothing_new(ctx, [team, *(team_meant(ctx, code)[1] for code in others)])
        case Refuse(reason, words):
            return _unless_booked(ctx, team) or _refuse(ctx, team, claims, reason, words)
        case Offer() | Choose():
            return _unless_booked(ctx, team) or ask(ctx, team, verdict)
        case None:
            raise UserError(texts.reports.how_to_report())


def ask(ctx: Context, team: Team, verdict: Offer | Choose) -> Reply:
    """The question that a verdict puts: one yes with the outcome shown, or which of several kinds."""
    day = today(ctx)
    if isinstance(verdict, Choose) and len(verdict.kinds) > 1:
        reading = verdict.reading
        said = texts.figures.figures_said(reading.amount_fen, reading.donations)
        outcomes = [(kind, reach(team, replace(reading, kind=kind), day)) for kind in verdict.kinds]
        why = [sentence(ctx, doubt, team, reading) for doubt in verdict.doubts if doubt.reason != "below"]
        line = texts.examples.correction_of(team.code, reading.channel, reading.amount_fen, reading.donations)
        besides = "" if "total" in verdict.kinds else line
        question = texts.reports.ask_kind(said, team, team.total(reading.channel), outcomes, why, besides)
        figures = Figures((Figure(team.code, team.version, reading),), verdict.kinds)
        return Reply(question, conversation=waits(propose(ctx, figures), ASK_KIND, asked=question))
    if isinstance(verdict, Choose):
        verdict = Offer((replace(verdict.reading, kind=verdict.kinds[0]),), verdict.doubts, verdict.notes)
    first = verdict.readings[0]
    doubted = list(dict.fromkeys(sentence(ctx, doubt, team, first) for doubt in verdict.doubts))
    doubted += [texts.doubts.note(note.reason, note.words) for note in verdict.notes]
    outcomes_said = [
        (texts.figures.kind_name(_kind_booked(reading, day), reading.channel), reach(team, reading, day))
        for reading in verdict.readings
    ]
    question = texts.reports.ask_doubts(team, outcomes_said, doubted)
    return offered(ctx, question, [(team, reading) for reading in verdict.readings])


def _kind_booked(reading: Reading, day: date) -> str:
    return "close" if reading.day is not None and reading.day < day else reading.kind


def offered(ctx: Context, question: str, readings: Sequence[tuple[Team, Reading]]) -> Reply:
    """Readings that one yes books, each for a team as it stands now."""
    figures = tuple(Figure(team.code, team.version, reading) for team, reading in readings)
    lowers = any(_lowers(team, reading, today(ctx)) for team, reading in readings)
    return for_a_yes(question, propose(ctx, Figures(figures), lowers=lowers))


def _lowers(team: Team, reading: Reading, day: date) -> bool:
    """Whether a figure that stands would become less."""
    present, reached = base_of(team, reading, day), reach(team, reading, day)
    return reached.amount_fen < present.amount_fen or reached.donations < present.donations


def write(ctx: Context, author: Author, team: Team, reading: Reading) -> Booked:
    """One write of a reading. Raises `Changed` where the team moved, `UserError` where it cannot be made."""
    return acts.report(Actor(ctx.store, ctx.campaign, author, ctx.membership), team, reading)


def _by_team(ctx: Context, claims: Claims) -> list[tuple[Context, Team, Claims]]:
    """The claims by the team they are about: a number, her own units by name, else the team that is meant."""
    if claims.code:
        ctx, team = team_meant(ctx, claims.code)
        return [(ctx, team, _in_its_campaign(ctx, claims))]
    named = list(dict.fromkeys(claim.codes for claim in claims.claims if claim.codes))
    named = [claims.hers[:1]] if claims.nothing and claims.hers else named
    if len(named) < 2:
        ctx, team = team_named(ctx, named[0] if named else ())
        return [(ctx, team, claims)]
    parts = []
    for codes in named:
        here, team = team_named(ctx, codes)
        own = tuple(claim for claim in claims.claims if claim.codes == codes)
        parts.append((here, team, replace(claims, claims=own)))
    if len({team.code for _, team, _ in parts}) < len(parts):
        raise UserError(texts.reports.one_team_a_line(()))
    return parts


def _in_its_campaign(ctx: Context, claims: Claims) -> Claims:
    """The claims as they are read in the campaign of the team that was named by its number."""
    if claims.campaign.id == ctx.campaign.id:
        return claims
    again = said_as(replace(ctx, reading=None), "report")
    return again.claims if isinstance(again, Report) else claims


def _of_several(ctx: Context, parts: list[tuple[Context, Team, Claims]]) -> Reply:
    """Figures of several of her teams: written one by one where all are plain, else offered together."""
    readings: list[tuple[Team, Reading]] = []
    doubted: list[str] = []
    for here, team, claims in parts:
        require_reporting(here, team)
        verdict = _weighed(here, team, claims)
        if not isinstance(verdict, Book | Offer):
            raise UserError(texts.reports.one_team_a_line(of_several(parts)))
        readings += [(team, reading) for reading in verdict.readings]
        if isinstance(verdict, Offer):
            doubted += [sentence(here, doubt, team, verdict.readings[0]) for doubt in verdict.doubts]
    if doubted:
        return ask_of_several(ctx, readings, doubted)
    done = [write(ctx, ctx.author("report", n), team, reading) for n, (team, reading) in enumerate(readings)]
    return _echo(ctx, done)


def ask_of_several(ctx: Context, readings: Sequence[tuple[Team, Reading]], doubted: Sequence[str]) -> Reply:
    """One yes for figures of several teams, with the outcome for each."""
    outcomes = [(texts.naming.team_name(team), reach(team, reading, today(ctx))) for team, reading in readings]
    return offered(ctx, texts.reports.ask_doubts(None, outcomes, doubted), readings)


def _booked_before_the_close(ctx: Context, team: Team) -> Booked | None:
    """What this message booked when it first came. Raises `UserError` where the team cannot report; it booked none."""
    try:
        require_reporting(ctx, team)
    except UserError:
        if done := ctx.store.reports.booked(ctx.campaign, ctx.author("report").op_id):
            return done
        raise
    return None


def _telling_what_was_left(ctx: Context, readings: Sequence[Reading], reply: Reply) -> Reply:
    """The echo, and which figure that waited for her answer was not recorded, unless it is told again in this one."""
    write = proposal_of(ctx.conversation).write if ctx.conversation and ctx.conversation.proposes else None
    if not isinstance(write, Figures) or reply.conversation is not None:
        return reply
    left = [figure.reading for figure in write.figures]
    told = {(reading.amount_fen, reading.channel) for reading in readings}
    said = [
        texts.figures.figures_said(r.amount_fen, r.donations) for r in left if (r.amount_fen, r.channel) not in told
    ]
    total = any(reading.kind == "total" for reading in readings)
    return (
        reply if total or not said else replace(reply, text=f"{reply.text}\n{texts.reports.left_out('、'.join(said))}")
    )


def _book_all(
    ctx: Context, team: Team, claims: Claims, readings: tuple[Reading, ...], notes: tuple[Note, ...]
) -> Reply:
    done: list[Booked] = []
    tries = TRIES
    while len(done) < len(readings):
        try:
            booked = write(ctx, ctx.author("report", len(done)), team, readings[len(done)])
        except Changed:
            team, tries = ctx.store.teams.get(ctx.campaign.id, team.code), tries - 1
            verdict = _weighed(ctx, team, claims)
            if not done and (tries == 0 or not isinstance(verdict, Book)):
                moved = (Doubt("moved", texts.doubts.doubt_moved(team)),)
                return (
                    ask(ctx, team, Offer(readings, moved))
                    if isinstance(verdict, Book)
                    else settle(ctx, team, claims, verdict)
                )
            continue
        done.append(booked)
        team = booked.after
    return _echo(ctx, done, notes)


def _nothing_new(ctx: Context, teams: Sequence[Team]) -> Reply:
    """Zero reports: no figure, and each team is heard of."""
    for team in teams:
        require_going_on(ctx, team)
    heard = [_heard(ctx, ctx.author("nothing", n), team) for n, team in enumerate(teams)]
    told = [texts.reports.nothing_new(team, ctx.campaign, ctx.several_campaigns) for team in heard]
    return Reply("\n".join(told), remember=spoke_of(ctx, heard[-1]))


def _heard(ctx: Context, author: Author, team: Team) -> Team:
    for _ in range(TRIES):
        try:
            return ctx.store.reports.nothing_new(ctx.campaign, author, team, ctx.membership)
        except Changed:
            team = ctx.store.teams.get(ctx.campaign.id, team.code)
        except NotAllowed:
            raise UserError(texts.choices.not_your_team(team.code)) from None
    return team


def _unless_booked(ctx: Context, team: Team) -> Reply | None:
    """What this message booked when it first came is told again, and nothing is asked anew."""
    done = ctx.store.reports.booked(ctx.campaign, ctx.author("report").op_id)
    return _echo(ctx, [done]) if done else None


def _refuse(ctx: Context, team: Team, claims: Claims, reason: str, words: str) -> Reply:
    """Why nothing is recorded, in her own words, and the line to type with her own figures in it."""
    raise UserError(texts.reports.refused(reason, words, instead(team, claims, reason)))


def _echo(ctx: Context, done: list[Booked], notes: tuple[Note, ...] = ()) -> Reply:
    told = [texts.reports.booked(booked, ctx.campaign, ctx.several_campaigns) for booked in done]
    told += [texts.doubts.note(note.reason, note.words) for note in dict.fromkeys(notes)]
    return Reply("\n".join(told), remember=spoke_of(ctx, done[-1].after))
