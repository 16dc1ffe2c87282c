"""Figures of one team: put right, written for a captain, taken back; each looked at where it is doubtful."""

from collections.abc import Callable, Mapping

from flask import abort

from bot.web.console import amounts
from bot.web.console.desk import at_desk
from bot.web.console.forms import Asked, agreed, said
from handlers import texts
from handlers.acts import finals
from handlers.acts import reports as figures
from handlers.acts.actor import Actor
from handlers.correction_doubts import doubts, waits_for
from handlers.language.text import clean
from handlers.messages import UserError
from handlers.understand.plausible import beyond
from handlers.wishes.settling import LONGEST as REASON_LETTERS
from storage.freezing import Final
from storage.ledger import Changed
from storage.matters import Review
from storage.models import Channel, Report, Team, Total
from storage.reckoning import Reading
from storage.reports import Booked

CHANNELS: tuple[Channel, ...] = ("online", "offline")


def _channel() -> Channel:
    channel = next((each for each in CHANNELS if each == said("channel")), None)
    return channel or abort(404)


def _newest(actor: Actor, team: Team) -> Report:
    """The report on which the channel's total stands, if it is the one that she was shown. Raises `UserError`."""
    stands = team.total(_channel()).report
    if not stands:
        raise UserError(texts.reports.nothing_reported(team))
    if stands != said("report"):
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team)))
    return actor.store.reports.many(actor.campaign.id, [stands])[0]


def _correct(actor: Actor, team: Team) -> str:
    """The right total in the place of what stands; what is doubted is shown first."""
    if done := actor.store.reviews.done(actor.campaign.id, actor.author.op_id):
        return _written(actor, done)
    actor.require_unfrozen()
    newest, right = _newest(actor, team), amounts.total_said(said("amount"), said("donations"))
    right = Total(amount_fen=right.amount_fen, donations=newest.donations if not said("donations") else right.donations)
    if (right.amount_fen, right.donations) == (newest.amount_fen, newest.donations):
        raise UserError(texts.corrections.nothing_to_change(team, newest))
    seen = f"{newest.id} {right.amount_fen} {right.donations}"
    if agreed() != seen and (why := list(doubts(actor.campaign, newest, right, sure=False))):
        shown = texts.corrections.ask_correction(team, newest.channel, right, why)
        raise Asked(shown, (seen, texts.console.correct_it()))
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


def _report(actor: Actor, team: Team) -> str:
    """A total that she writes for a captain, shown first; what is beyond a limit waits like any other."""
    if done := actor.store.reviews.done(actor.campaign.id, actor.author.op_id):
        return _written(actor, done)
    actor.require_unfrozen()
    window = actor.campaign.windows.reporting
    if team.status in ("pending", "rejected"):
        raise UserError(texts.acts.off_the_lists(team, actor.campaign))
    if window is not None and not window.holds(actor.author.at):
        raise UserError(texts.reports.reporting_closed(actor.campaign))
    right, channel = amounts.total_said(said("amount"), said("donations")), _channel()
    reading = Reading("total", channel, right.amount_fen, right.donations if said("donations") else None)
    present, why = team.total(channel), beyond(actor.campaign, team, reading, at_desk().today)
    seen = f"{team.version} {right.amount_fen} {right.donations}"
    if agreed() != seen:
        shown = texts.console.report_for(team, channel, present, right, actor.campaign, why)
        raise Asked(shown, (seen, texts.console.report_it()))
    return _figures(
        actor, team, lambda: figures.wait(actor, team, reading, why) if why else figures.report(actor, team, reading)
    )


def _take_back(actor: Actor, team: Team) -> str:
    """The newest report of a channel; the total returns to what it was before."""
    if done := actor.store.reports.booked(actor.campaign, actor.author.op_id):
        return texts.retractions.retracted(done, actor.campaign, several=False, before=None)
    actor.require_unfrozen()
    newest = _newest(actor, team)
    if newest.kind == "merge":
        raise UserError(texts.merging.not_a_report(team))
    if agreed() != newest.id:
        raise Asked(_preview_of_taking_back(actor, team, newest), (newest.id, texts.console.take_it_back()))
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


def _change_final(actor: Actor, team: Team) -> str:
    """After the freeze an organizer puts a final total right, with a reason."""
    channel, freezing, reason = _channel(), actor.store.freezing, clean(said("reason"), REASON_LETTERS)
    right = amounts.total_said(said("amount"), said("donations"))
    donations = right.donations if said("donations") else team.standing(channel).donations
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


FIGURES: Mapping[str, Callable[[Actor, Team], str]] = {
    "correct": _correct,
    "report": _report,
    "take-back": _take_back,
    "change-final": _change_final,
}
"""What is done to a team's figures, each by the function that its word calls."""
