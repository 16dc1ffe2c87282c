"""What she answers to a report that waits: a yes, which kind it was, other figures in its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers import texts
from handlers.acts import reports as acts
from handlers.acts.actor import Actor
from handlers.doubts import require_reporting, sentence, today
from handlers.hearing import ear_of
from handlers.meant import spoke_of, team_meant
from handlers.messages import Context, Reply, UserError
from handlers.proposals import on_yes, proposal_of
from handlers.reports import ASK_KIND, ask, ask_of_several, write
from handlers.router import Router
from handlers.understand.answers import kind_named, number_chosen
from handlers.understand.mended import Figures as Said
from handlers.understand.placing import PERHAPS, beyond, doubts
from handlers.understand.verdicts import Choose, Doubt, Offer, ReadingKind
from handlers.writes import Figure, Figures, Proposal
from storage.ledger import Author, Changed
from storage.matters import Review
from storage.models.people import Conversation
from storage.models.teams import Team
from storage.reckoning import Reading
from storage.reports import Booked

router = Router()
KINDS: tuple[ReadingKind, ...] = ("total", "day", "increment")


@dataclass(frozen=True, slots=True)
class Waits:
    """Figures that wait for a coordinator, and the team after that."""

    review: Review
    after: Team


def _remind(asked: Conversation) -> str:
    figures = proposal_of(asked).write
    if not isinstance(figures, Figures):
        raise TypeError(f"no report waits: {figures}")
    reading = figures.figures[0].reading
    said = texts.figures.figures_said(reading.amount_fen, reading.donations)
    return texts.reports.waits_for_kind(said, figures.kinds)


@router.state(ASK_KIND, reminder=_remind)
def take_kind(ctx: Context) -> Reply:
    """A bare figure may be several things: she chose which, by number or by word."""
    proposal, figures = _asked_about(ctx)
    number = number_chosen(ctx.message.text, len(figures.kinds))
    kind = kind_named(ctx.message.text, figures.kinds, ear_of(ctx)) if number is None else figures.kinds[number]
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


def amend(ctx: Context, right: Said) -> Reply:
    """Other figures in the place of those that wait for her answer; what they leave out stays, unless they are of
    another kind. Doubted anew; what comes on top is shown once more."""
    proposal, figures = _asked_about(ctx)
    said = figures.figures[0].reading
    ctx, team = team_meant(ctx, figures.figures[0].code)
    told = next((each for each in KINDS if each == right.kind), said.kind)
    kept = said if told == said.kind else replace(said, amount_fen=None, donations=None)
    reading = replace(
        said,
        kind=told,
        channel=right.channel or said.channel,
        amount_fen=kept.amount_fen if right.amount_fen is None else right.amount_fen,
        donations=kept.donations if right.donations is None else right.donations,
    )
    if told == "day" and proposal.day != today(ctx):
        return ask(ctx, team, Offer((reading,), (_another_day(ctx),)))
    if right.kind == "bare" and (kinds := figures.kinds or _kinds_of(said, right, team)):
        return ask(ctx, team, Choose(reading, kinds))
    if right.kind == "bare" and told != "total":
        doubted = tuple(doubts(ctx.campaign, team, reading, ctx.campaign.local(ctx.now)))
        return ask(ctx, team, Offer((reading,), doubted or (Doubt("amended", ""),)))
    return weighed_again(ctx, team, reading)


def _kinds_of(said: Reading, right: Said, team: Team) -> tuple[ReadingKind, ...]:
    """What a bare right figure may be in the place of one that comes on top: the total, where it is far from it, or not
    below what stands; none where it is surely what came on top."""
    amount, told = right.amount_fen, said.amount_fen
    if said.kind == "total" or amount is None or told is None:
        return ()
    far = not (told <= PERHAPS * amount and amount <= PERHAPS * told)
    return ("total", said.kind) if far or amount >= team.total(said.channel).amount_fen else ()


def weighed_again(ctx: Context, team: Team, reading: Reading) -> Reply:
    """A reading that she chose or put right: booked, or asked about where it is doubtful."""
    doubted = tuple(doubts(ctx.campaign, team, reading, ctx.campaign.local(ctx.now)))
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
    """Book each figure under its own identity, unless what she was shown is no longer so: then that is shown.

    What is beyond a limit of the campaign file waits for a coordinator instead.
    """
    done: list[Booked | Waits] = []
    moved: dict[str, Team] = {}
    for n, figure in enumerate(figures.figures):
        code, reading = figure.code, figure.reading
        ctx, team = team_meant(ctx, code)
        author = ctx.confirming(proposal.id, n)
        written = ctx.store.reviews.done(ctx.campaign.id, author.op_id)
        if written is None:
            team = moved.get(code, team)
            require_reporting(ctx, team)
            expected = figure.version if code not in moved else team.version
            if doubt := _no_longer_so(ctx, proposal, team, expected, reading):
                return _asked_again(ctx, figures.figures[n:], doubt, done)
            try:
                written = _write_or_wait(ctx, author, team, reading)
            except Changed:
                team = ctx.store.teams.get(ctx.campaign.id, code)
                moved_now = Doubt("moved", texts.doubts.doubt_moved(team))
                return _asked_again(ctx, figures.figures[n:], moved_now, done)
        if isinstance(written, Booked):
            moved[code] = written.after
            done.append(written)
        else:
            moved[code] = ctx.store.teams.get(ctx.campaign.id, code)
            done.append(Waits(written, moved[code]))
    return _echo(ctx, done)


def _write_or_wait(ctx: Context, author: Author, team: Team, reading: Reading) -> Booked | Review:
    why = beyond(ctx.campaign, team, reading, today(ctx))
    if why is None:
        return write(ctx, author, team, reading)
    return acts.wait(Actor(ctx.store, ctx.campaign, author, ctx.membership), team, reading, why)


def _asked_again(ctx: Context, rest: Sequence[Figure], doubt: Doubt, done: Sequence[Booked | Waits]) -> Reply:
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


def _echo(ctx: Context, done: Sequence[Booked | Waits]) -> Reply:
    return Reply("\n".join(_told(ctx, each) for each in done), remember=spoke_of(ctx, done[-1].after))


def _told(ctx: Context, done: Booked | Waits) -> str:
    if isinstance(done, Booked):
        return texts.reports.booked(done, ctx.campaign, ctx.several_campaigns)
    told = texts.reviews.waits(done.review, done.after, ctx.campaign)
    return texts.naming.headed(ctx.campaign, ctx.several_campaigns, told)
