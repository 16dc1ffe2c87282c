"""Figures of one team: put right, written for a captain, taken back; each looked at where it is doubtful."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import abort

from bot.web.console import amounts
from bot.web.console.desk import at_desk
from bot.web.console.forms import Asked, Filled
from handlers import texts
from handlers.acts import finals
from handlers.acts import reports as figures
from handlers.acts.actor import Actor
from handlers.correction_doubts import doubts, waits_for
from handlers.language.text import clean
from handlers.messages import UserError
from handlers.understand.placing import beyond
from handlers.wishes.settling import LONGEST as REASON_LETTERS
from storage.freezing import Final
from storage.ledger import Changed
from storage.matters import Review, Why
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total
from storage.reckoning import Reading
from storage.reports import Booked

CHANNELS: tuple[Channel, ...] = ("online", "offline")
TeamAct = Callable[[Actor, Team, Filled], str]
"""What is done to one team, and what is said of it. Raises `UserError`; `Asked` where she has to look at it first."""


def _channel(filled: Filled) -> Channel:
    channel = next((each for each in CHANNELS if each == filled.said("channel")), None)
    return channel or abort(404)


def _newest(actor: Actor, team: Team, filled: Filled) -> Report:
    """The report on which the channel's total stands, if it is the one that she was shown. Raises `UserError`."""
    stands = team.total(_channel(filled)).report
    if not stands:
        raise UserError(texts.reports.nothing_reported(team))
    if stands != filled.said("report"):
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team)))
    return actor.store.reports.many(actor.campaign.id, [stands])[0]


@dataclass(frozen=True, slots=True)
class Correcting:
    """The right total in the place of what the `newest` report says, and what speaks for looking twice."""

    newest: Report
    right: Total
    doubts: tuple[str, ...]

    @classmethod
    def filled_in(cls, actor: Actor, team: Team, filled: Filled) -> "Correcting":
        """Raises `UserError`, `Frozen`."""
        actor.require_unfrozen()
        newest = _newest(actor, team, filled)
        right = amounts.total_said(filled.said("amount"), filled.said("donations"))
        gifts = right.donations if filled.said("donations") else newest.donations
        right = Total(amount_fen=right.amount_fen, donations=gifts)
        if (right.amount_fen, right.donations) == (newest.amount_fen, newest.donations):
            raise UserError(texts.corrections.nothing_to_change(team, newest))
        return cls(newest, right, tuple(doubts(actor.campaign, newest, right, sure=False)))

    @property
    def seen(self) -> str:
        return f"{self.newest.id} {self.right.amount_fen} {self.right.donations}"


def show_correction(actor: Actor, team: Team, filled: Filled) -> Asked:
    correcting = Correcting.filled_in(actor, team, filled)
    newest, right = correcting.newest, correcting.right
    if correcting.doubts:
        shown = texts.corrections.ask_correction(team, newest.channel, right, correcting.doubts)
    else:
        shown = texts.console.correction_of(team, newest, right)
    return Asked(shown, (correcting.seen, texts.console.correct_it()), doubted=bool(correcting.doubts))


def correct(actor: Actor, team: Team, filled: Filled) -> str:
    """The right total in the place of what stands; what is doubted is shown first."""
    if done := actor.store.reviews.done(actor.campaign.id, actor.author.op_id):
        return _written(actor, done)
    correcting = Correcting.filled_in(actor, team, filled)
    if correcting.doubts and filled.agreed != correcting.seen:
        raise show_correction(actor, team, filled)
    newest, right = correcting.newest, correcting.right
    why_waits = waits_for(actor.campaign, newest, right)
    return _figures(
        actor,
        team,
        lambda: (
            figures.wait_to_correct(actor, team, newest, right, why_waits)
            if why_waits
            else figures.correct(actor, team, newest, right)
        ),
    )


@dataclass(frozen=True, slots=True)
class Writing:
    """A total that she writes for a captain: how it is read, and the limit that it is beyond, if any."""

    reading: Reading
    right: Total
    why: Why | None
    seen: str

    @classmethod
    def filled_in(cls, actor: Actor, team: Team, filled: Filled) -> "Writing":
        """Raises `UserError`, `Frozen`."""
        actor.require_unfrozen()
        window = actor.campaign.windows.reporting
        if team.status in ("pending", "rejected"):
            raise UserError(texts.acts.off_the_lists(team, actor.campaign))
        if window is not None and not window.holds(actor.author.at):
            raise UserError(texts.reports.reporting_closed(actor.campaign))
        right, channel = amounts.total_said(filled.said("amount"), filled.said("donations")), _channel(filled)
        reading = Reading("total", channel, right.amount_fen, right.donations if filled.said("donations") else None)
        seen = f"{team.version} {right.amount_fen} {right.donations}"
        return cls(reading, right, beyond(actor.campaign, team, reading, at_desk().today), seen)


def show_report(actor: Actor, team: Team, filled: Filled) -> Asked:
    writing = Writing.filled_in(actor, team, filled)
    channel = writing.reading.channel
    present = team.total(channel)
    shown = texts.console.report_for(team, channel, present, writing.right, actor.campaign, writing.why)
    doubted = bool(writing.why) or writing.right.amount_fen < present.amount_fen
    return Asked(shown, (writing.seen, texts.console.report_it()), doubted=doubted)


def report(actor: Actor, team: Team, filled: Filled) -> str:
    """A total that she writes for a captain, shown first; what is beyond a limit waits like any other."""
    if done := actor.store.reviews.done(actor.campaign.id, actor.author.op_id):
        return _written(actor, done)
    writing = Writing.filled_in(actor, team, filled)
    if filled.agreed != writing.seen:
        raise show_report(actor, team, filled)
    reading, why = writing.reading, writing.why
    return _figures(
        actor, team, lambda: figures.wait(actor, team, reading, why) if why else figures.report(actor, team, reading)
    )


def take_back(actor: Actor, team: Team, filled: Filled) -> str:
    """The newest report of a channel; the total returns to what it was before."""
    if done := actor.store.reports.booked(actor.campaign, actor.author.op_id):
        return texts.retractions.retracted(done, actor.campaign, several=False, before=None)
    actor.require_unfrozen()
    newest = _newest(actor, team, filled)
    if newest.kind == "merge":
        raise UserError(texts.merging.not_a_report(team))
    if filled.agreed != newest.id:
        raise Asked(_preview_of_taking_back(actor, team, newest), (newest.id, texts.console.take_it_back()))
    return take_back_report(actor, team, newest)


def take_back_report(actor: Actor, team: Team, newest: Report) -> str:
    """Raises `UserError` where it is not the newest any more."""
    try:
        done = figures.take_back(actor, team, newest)
    except Changed:
        raise UserError(
            texts.corrections.moved_meanwhile(actor.store.teams.get(actor.campaign.id, team.code))
        ) from None
    return texts.retractions.retracted(done, actor.campaign, several=False, before=None)


def _preview_of_taking_back(actor: Actor, team: Team, newest: Report) -> str:
    try:
        change = actor.store.reports.taking_back(actor.campaign, actor.author, team, newest)
    except Changed:
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team))) from None
    before, after = (each.total(newest.channel) for each in (change.before, change.after))
    return texts.console.take_back(team, newest, before, after)


def _change_final(actor: Actor, team: Team, filled: Filled) -> str:
    """After the freeze an organizer puts a final total right, with a reason."""
    channel, freezing = _channel(filled), actor.store.freezing
    reason = clean(filled.said("reason"), REASON_LETTERS)
    right = amounts.total_said(filled.said("amount"), filled.said("donations"))
    donations = right.donations if filled.said("donations") else team.standing(channel).donations
    final = Final(team=team.code, channel=channel, amount_fen=right.amount_fen, donations=donations)
    done = freezing.done(actor.campaign.id, actor.author.op_id) or finals.change(actor, team, final, reason)
    return texts.finals.changed(done.before, done.after, final, reason)


def _figures(actor: Actor, team: Team, write: Callable[[], Booked | Review]) -> str:
    try:
        return _written(actor, write())
    except Changed:
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team))) from None


def _written(actor: Actor, done: Booked | Review) -> str:
    if isinstance(done, Booked):
        return texts.reports.booked(done, actor.campaign, several=False)
    return texts.reviews.waits(done, actor.store.teams.get(actor.campaign.id, done.subject), actor.campaign)


FIGURES: Mapping[str, TeamAct] = {
    "correct": correct,
    "report": report,
    "take-back": take_back,
    "change-final": _change_final,
}
"""What is done to a team's figures, each by the function that its word calls."""
