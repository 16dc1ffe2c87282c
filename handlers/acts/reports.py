"""Acts on a team's figures: one reported, put right, taken back, and one that waits for a coordinator instead.

Each raises `Changed` where the team is not as it was read, `UserError` where it cannot be.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from handlers import overseers, texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.changes import ImpossibleClose
from storage.ledger import NotAllowed
from storage.matters import Review, Why
from storage.models.pushes import Notification
from storage.models.reports import Report
from storage.models.teams import Team, Total
from storage.reckoning import Reading, day_of
from storage.reports import Booked

T = TypeVar("T")


def report(actor: Actor, team: Team, reading: Reading) -> Booked:
    """One write of a reading; what stood at a midnight before other figures goes beneath them."""
    reports, campaign, author, membership = actor.store.reports, actor.campaign, actor.author, actor.membership
    if reading.day is None or not team.booked_since(reading.channel, day_of(campaign, author)):
        return _write(actor, team, lambda: reports.add(campaign, author, team, membership, reading))
    channel, day = reading.channel, reading.day
    return _write(
        actor,
        team,
        lambda: reports.close_day(
            campaign, author, team, membership, channel, day, reading.amount_fen, reading.donations
        ),
    )


def wait(actor: Actor, team: Team, reading: Reading, why: Why) -> Review:
    """It is beyond a limit of the campaign file: counted nowhere until a coordinator passes it."""
    reviews, tell = actor.store.reviews, _telling(actor, team)
    return _write(
        actor, team, lambda: reviews.wait(actor.campaign, actor.author, team, actor.membership, reading, why, tell)
    )


def correct(actor: Actor, team: Team, newest: Report, right: Total) -> Booked:
    """The right total in the place of the report on which a total stands."""
    reports, amount, donations = actor.store.reports, right.amount_fen, right.donations
    return _write(
        actor,
        team,
        lambda: reports.correct(actor.campaign, actor.author, team, actor.membership, newest, amount, donations),
    )


def wait_to_correct(actor: Actor, team: Team, newest: Report, right: Total, why: Why) -> Review:
    """The right total waits for a coordinator."""
    reviews, tell = actor.store.reviews, _telling(actor, team)
    return _write(
        actor,
        team,
        lambda: reviews.wait_to_correct(actor.campaign, actor.author, team, actor.membership, newest, right, why, tell),
    )


def take_back(actor: Actor, team: Team, newest: Report) -> Booked:
    """The total returns to what it was before."""
    reports = actor.store.reports
    return _write(actor, team, lambda: reports.retract(actor.campaign, actor.author, team, actor.membership, newest))


def put_back(actor: Actor, team: Team, gone: Report) -> Booked:
    """What was taken back last of a (team, channel) counts again."""
    reports = actor.store.reports
    return _write(actor, team, lambda: reports.restore(actor.campaign, actor.author, team, actor.membership, gone.id))


def _telling(actor: Actor, team: Team) -> Callable[[Review], Sequence[Notification]]:
    """What those who decide on a team's figures are told of a matter that begins to wait."""

    def tell(review: Review) -> Sequence[Notification]:
        text = texts.reviews.waits_for_you(review, team, actor.campaign)
        return overseers.told(actor.store, actor.campaign, actor.author, team.region, text)

    return tell


def _write(actor: Actor, team: Team, make: Callable[[], T]) -> T:
    try:
        return make()
    except NotAllowed:
        raise UserError(actor.refusal(team, texts.choices.not_your_team(team.code))) from None
    except ImpossibleClose:
        raise UserError(texts.reports.impossible_close(team)) from None
