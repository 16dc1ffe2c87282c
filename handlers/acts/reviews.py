"""Figures that wait for a coordinator: taken, passed, returned; and a decision undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import texts
from handlers.acts.actor import Actor
from handlers.acts.differences import differing
from handlers.acts.trying import tried
from handlers.messages import UserError
from handlers.notices import notification
from storage.changes import Change
from storage.last_acts import Undoable
from storage.ledger import Changed, NotAllowed
from storage.matters import Review
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.reports import Booked
from storage.reviews import Outdated


@dataclass(frozen=True, slots=True)
class Waiting:
    """A matter and its team, as they were read."""

    review: Review
    team: Team


@dataclass(frozen=True, slots=True)
class Moved:
    """The team has moved since the figures were said: what passing them would make of it now."""

    waiting: Waiting
    change: Change


def waiting(actor: Actor, number: str) -> Waiting:
    """The matter with a number, such as `D12`, of a region of hers; of another's there is none. Raises `UserError`."""
    review = actor.store.reviews.matters.get(actor.campaign.id, number)
    if review is None and actor.store.reconciling.matters.get(actor.campaign.id, number):
        differing(actor, number)
        raise UserError(texts.differences.how_to_decide(number))
    team = actor.store.teams.get(actor.campaign.id, review.subject) if review else None
    if review is None or team is None or not actor.membership.covers(actor.campaign.region_path(team.region)):
        raise UserError(texts.questions.no_such_matter(number))
    return Waiting(review, team)


def take(actor: Actor, number: str) -> Waiting:
    """She looks after it; who was first is told to whoever comes second. Raises `UserError`."""
    return tried(lambda: _take(actor, waiting(actor, number)), texts.reviews.moved_meanwhile(number))


def pass_on(actor: Actor, number: str, agreed: int | None = None) -> Booked | Moved:
    """Book what waits. `agreed`: the version of the team to which she said yes after it had moved.

    Raises `UserError`, `Frozen`.
    """
    return tried(lambda: _pass_on(actor, waiting(actor, number), agreed), texts.reviews.moved_meanwhile(number))


def give_back(actor: Actor, number: str, reason: str) -> Waiting:
    """Not booked; the captain is told why. Raises `UserError`."""
    return tried(lambda: _give_back(actor, waiting(actor, number), reason), texts.reviews.moved_meanwhile(number))


def undo(actor: Actor, team: Team, act: Undoable) -> Review:
    """Her decision is undone: what it booked is taken back, and the matter waits again.

    Raises `UserError` where something has been built on it.
    """
    review = waiting(actor, act.before["matter"]).review
    told = _telling(actor, Waiting(review, team), texts.reviews.told_undone(actor.office(team), team, review))
    try:
        return actor.store.reviews.undo(actor.campaign, actor.author, actor.membership, team, act, told)
    except NotAllowed:
        raise UserError(texts.acts.not_yours_to_change(team, actor.campaign)) from None
    except Changed:
        raise UserError(texts.undoing.built_upon(team, act, actor.campaign)) from None


def decided_by(actor: Actor, review: Review, state: str) -> bool:
    """Whether she herself decided it so. Raises `UserError` where somebody else decided, or she otherwise."""
    if review.state == "open":
        return False
    if (review.state, review.decided_by) == (state, actor.author.person):
        return True
    raise UserError(texts.reviews.decided_before(review, _office_of(actor, review.decided_by, review), actor.campaign))


def _take(actor: Actor, found: Waiting) -> Waiting:
    review, team = found.review, found.team
    decided_by(actor, review, "open")
    if review.owner and review.owner != actor.author.person:
        whose = _office_of(actor, review.owner, review)
        raise UserError(texts.reviews.taken_before(review, whose, actor.campaign))
    if review.owner:
        return found
    taken = actor.store.reviews.take(actor.campaign, actor.author, actor.membership, team, review)
    return Waiting(taken, team)


def _pass_on(actor: Actor, found: Waiting, agreed: int | None) -> Booked | Moved:
    review, team = found.review, found.team
    if decided_by(actor, review, "passed"):
        done = actor.store.reports.booked(actor.campaign, review.op_id)
        if done is None:
            raise UserError(texts.reviews.moved_meanwhile(review.number))
        return done
    if team.status in ("disabled", "merged"):
        raise UserError(texts.reviews.off_the_lists(team, review.number))
    actor.require_unfrozen()
    try:
        change = actor.store.reviews.change(actor.campaign, actor.author, team, review)
    except Outdated:
        raise UserError(texts.reviews.outdated(review, team)) from None
    reached = change.after.total(review.channel)
    if _has_moved(review, change) and agreed != team.version:
        _require_as_read(actor, review)
        return Moved(found, change)
    told = _telling(actor, found, texts.reviews.told_passed(actor.office(team), team, review, reached))
    return actor.store.reviews.pass_on(actor.campaign, actor.author, actor.membership, review, change, told)


def _require_as_read(actor: Actor, review: Review) -> None:
    """Raises `Changed` where somebody decided it between the readings of it and of its team."""
    if actor.store.reviews.matters.get(actor.campaign.id, review.number) != review:
        raise Changed(review.subject)


def _has_moved(review: Review, change: Change) -> bool:
    """Whether it was said upon another total, or would lead to another than it did then."""
    reached = change.after.total(review.channel)
    then = (review.reached.amount_fen, review.reached.donations)
    return change.before.total(review.channel) != review.before or (reached.amount_fen, reached.donations) != then


def _give_back(actor: Actor, found: Waiting, reason: str) -> Waiting:
    review, team = found.review, found.team
    if decided_by(actor, review, "returned"):
        return found
    told = _telling(actor, found, texts.reviews.told_returned(actor.office(team), team, review, reason))
    reviews = actor.store.reviews
    after = reviews.give_back(actor.campaign, actor.author, actor.membership, team, review, told)
    return Waiting(review, after)


def _telling(actor: Actor, found: Waiting, text: str) -> Sequence[Notification]:
    """A notice to every captain of the team, and to whoever said it, but not to herself."""
    op_id, person = f"{actor.author.op_id}/told", actor.author.person
    return [
        notification(f"{op_id}/{each}", actor.campaign, "act", each, text, actor.author.at)
        for each in dict.fromkeys((*found.team.captains, found.review.by))
        if each != person
    ]


def _office_of(actor: Actor, person: str, review: Review) -> str:
    return texts.reviews.whose_office(actor.campaign, actor.office_of(person, review.region))
