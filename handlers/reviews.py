"""接手 通过 退回: figures that wait for a coordinator, by their number `D12`, or the team's code where only one waits.

待办 lists them by the time they are due; a bare number is never a matter.
"""

from dataclasses import dataclass

from handlers import texts
from handlers.acts import reviews as acts
from handlers.acts.actor import Actor
from handlers.jurisdiction import covers, scopes_of
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.writes import Pass, Proposal, Undo
from storage.desks import Figures
from storage.models.teams import Team
from storage.reports import Booked

router = Router()
PAGE = 8
MORE = "reviews"
"""What `Person.more` begins with where the list of what waits goes on: `reviews|start`."""
UNDONE = ("passed", "returned")
"""The kinds of her last act that are undone here."""


@dataclass(frozen=True, slots=True)
class Named:
    """The matter (number) that she names, and what she says besides."""

    number: str
    rest: str


def listed(ctx: Context, figures: Figures, start: int) -> Reply:
    """Those that wait, from `start`, and the way to the rest; no text where none does."""
    if not figures.reviews:
        return Reply()
    lines = [
        texts.reviews.docket_line(review, figures.teams[review.subject], ctx.campaign, ctx.now)
        for review in figures.reviews
    ]
    shown = texts.wording.within(lines, texts.wording.LINE_BYTES)
    end = start + len(shown)
    told = texts.reviews.docket(shown, end, figures.of)
    return Reply(told, remember={"more": f"{MORE}|{end}" if end < figures.of else None})


def shown(ctx: Context, number: str) -> Reply | None:
    """One matter by its number; None where the number is of none that she may see."""
    review = ctx.store.reviews.matters.get(ctx.campaign.id, number)
    team = ctx.store.teams.get(ctx.campaign.id, review.subject) if review else None
    if review is None or team is None or not covers(ctx, team):
        return None
    return Reply(texts.reviews.one(review, team, ctx.campaign, ctx.now), remember=spoke_of(ctx, team))


def turn(ctx: Context, place: str) -> Reply:
    """The next page."""
    start = int(place)
    page = listed(ctx, ctx.store.desks.figures(ctx.campaign.id, scopes_of(ctx, None), start, PAGE), start)
    return page if page.text else Reply(texts.leaderboard.nothing_more())


def taken(ctx: Context) -> Reply | None:
    """接手 of figures that wait: she looks after them, and who comes second is told who was first. None for what else
    the number is of."""
    named = _named(ctx, "接手") if ctx.membership.roles else None
    if named is None or ctx.store.reviews.matters.get(ctx.campaign.id, named.number) is None:
        return None
    found = acts.take(_actor(ctx), named.number)
    told = texts.reviews.taken(found.review, found.team, ctx.campaign)
    return Reply(told, remember=spoke_of(ctx, found.team))


def given_back(ctx: Context) -> Reply:
    """退回: not booked, with the reason."""
    _require_role(ctx, "退回")
    return _give_back(ctx, _required(ctx, "退回"))


def passed(ctx: Context) -> Reply | None:
    """通过 with a matter's number, or the code of a team of which one waits; None where it means neither."""
    named = _named(ctx, "通过")
    return _pass(ctx, named.number) if named else None


def refused(ctx: Context) -> Reply | None:
    """驳回 with the same is 退回."""
    named = _named(ctx, "驳回")
    return _give_back(ctx, named) if named else None


@on_yes(router, Pass, reminder=texts.dialogues.PASSING)
def pass_moved(ctx: Context, _proposal: Proposal, said: Pass) -> Reply:
    """She has seen what it would make of the team as it stands now."""
    return _pass(ctx, said.number, said.version)


def undo(ctx: Context, proposal: Proposal, said: Undo) -> Reply:
    """Her decision is undone, once."""
    campaign, act = ctx.campaign, said.last
    actor = Actor(ctx.store, campaign, ctx.confirming(proposal.id), ctx.membership)
    team = ctx.store.teams.get(campaign.id, act.code)
    if ctx.store.ledger.outcome(campaign.id, actor.author.op_id) is None:
        review = acts.undo(actor, team, act)
    else:
        review = acts.waiting(actor, act.before["matter"]).review
    return Reply(texts.reviews.undone(review, team), remember=spoke_of(ctx, team))


def _pass(ctx: Context, number: str, agreed: int | None = None) -> Reply:
    _require_role(ctx, "通过")
    done = acts.pass_on(_actor(ctx), number, agreed)
    if isinstance(done, Booked):
        told = texts.reviews.passed(done, number, texts.reports.understood(done, ctx.campaign))
        return Reply(told, remember=spoke_of(ctx, done.after))
    review, team, channel = done.waiting.review, done.waiting.team, done.waiting.review.channel
    present, reached = done.change.before.total(channel), done.change.after.total(channel)
    question = texts.reviews.ask_moved(review, team, present, reached)
    return for_a_yes(question, propose(ctx, Pass(number, team.version), lowers=reached.amount_fen < present.amount_fen))


def _give_back(ctx: Context, named: Named) -> Reply:
    _require_role(ctx, "退回")
    found = acts.give_back(_actor(ctx), named.number, named.rest)
    if found.review.state == "returned":
        return Reply(texts.reviews.returned_before(found.review, found.team, ctx.campaign))
    told = texts.reviews.returned(found.review, found.team, named.rest)
    return Reply(told, remember=spoke_of(ctx, found.team))


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("review"), ctx.membership)


def _require_role(ctx: Context, word: str) -> None:
    if not ctx.membership.roles:
        raise UserError(texts.reviews.by_coordinators(word, ctx.campaign))


def _required(ctx: Context, word: str) -> Named:
    """The matter that is named. Raises `UserError` where none is."""
    named = _named(ctx, word)
    if named is None:
        raise UserError(texts.reviews.which_number(word))
    return named


def _named(ctx: Context, word: str) -> Named | None:
    """By its number, or by the code of a team of which exactly one waits. Raises `UserError` where several do."""
    said = ctx.slots.matter
    if said and said.lettered:
        return Named(said.number, said.rest)
    coded = ctx.slots.team
    team = _team(ctx, coded.code) if coded and coded.printed else None
    if coded is None or team is None or not team.held:
        return None
    if len(team.held) > 1:
        waiting = ctx.store.reviews.matters.many(ctx.campaign.id, team.held)
        lines = [texts.reviews.docket_line(each, team, ctx.campaign, ctx.now) for each in waiting]
        raise UserError(texts.reviews.which_of_team(word, team, lines))
    return Named(team.held[0], coded.rest)


def _team(ctx: Context, code: str) -> Team | None:
    """The team of her region with a code."""
    if not ctx.membership.roles:
        return None
    return next((team for team in ctx.store.teams.many(ctx.campaign.id, [code]) if covers(ctx, team)), None)
