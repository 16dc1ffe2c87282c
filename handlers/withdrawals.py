"""撤回 of figures that wait for a coordinator: hers, where they are the last that she said, or by their number."""

from handlers import raises, texts
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from storage.ledger import Changed, NotAllowed
from storage.matters import Review
from storage.models.teams import Team


def withdraw_named(ctx: Context) -> Reply | None:
    """`撤回 D12`: None where no matter's number is named."""
    said = ctx.slots.matter
    if said is None or not said.lettered or said.rest:
        return None
    if done := _done(ctx) or raises.withdrawn(ctx):
        return done
    review = ctx.store.reviews.matters.get(ctx.campaign.id, said.number)
    team = ctx.store.teams.get(ctx.campaign.id, review.subject) if review else None
    if review is None or team is None or not _is_hers(ctx, team):
        raise UserError(texts.questions.no_such_matter(said.number))
    return _withdraw(ctx, review, team)


def withdraw_last(ctx: Context, teams: list[Team]) -> Reply | None:
    """What waits of hers, where she said nothing since that was booked; None where nothing does."""
    if done := _done(ctx):
        return done
    numbers = [number for team in teams for number in team.held]
    hers = [each for each in ctx.store.reviews.matters.many(ctx.campaign.id, numbers) if each.by == ctx.person.id]
    if not hers:
        return None
    last = max(hers, key=lambda review: review.at)
    booked = ctx.store.reports.newest_by(ctx.campaign.id, teams, ctx.person.id)
    if booked and booked[0].at > last.at:
        return None
    return _withdraw(ctx, last, next(team for team in teams if team.code == last.subject))


def _done(ctx: Context) -> Reply | None:
    """What this message took back when it first came."""
    done = ctx.store.reviews.withdrawn(ctx.campaign.id, ctx.author("retract").op_id)
    return _told(ctx, done, ctx.store.teams.get(ctx.campaign.id, done.subject)) if done else None


def _is_hers(ctx: Context, team: Team) -> bool:
    """Whether she leads a team or has authority over it; that figures of another's wait is not told."""
    return ctx.person.id in team.captains or ctx.membership.covers(ctx.campaign.region_path(team.region))


def _withdraw(ctx: Context, review: Review, team: Team) -> Reply:
    if not _is_hers(ctx, team):
        raise UserError(texts.choices.not_your_team(team.code))
    if review.state != "open":
        raise UserError(texts.reviews.not_withdrawn(review, team))
    try:
        done = ctx.store.reviews.withdraw(ctx.campaign, ctx.author("retract"), ctx.membership, team, review)
    except Changed:
        raise UserError(texts.reviews.moved_meanwhile(review.number)) from None
    except NotAllowed:
        raise UserError(texts.acts.off_the_lists(team, ctx.campaign)) from None
    return _told(ctx, done, team)


def _told(ctx: Context, review: Review, team: Team) -> Reply:
    return Reply(texts.reviews.withdrawn(review, team), remember=spoke_of(ctx, team))
