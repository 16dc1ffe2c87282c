"""What is asked before a correction is made, what she explains herself, and what waits for a coordinator then."""

from collections.abc import Iterator

from handlers import texts
from handlers.understand.mended import Correction
from handlers.understand.placing import beyond_limits
from storage.campaign_schema import Campaign
from storage.matters import Why
from storage.models.reports import Report
from storage.models.teams import Total
from storage.reckoning import stood_on


def doubts(campaign: Campaign, newest: Report, reached: Total, *, sure: bool) -> Iterator[str]:
    """What is asked before a correction is made; `sure`: she says herself why the figures are far apart."""
    amount, minimum = reached.amount_fen, campaign.policy.minimum_gift_fen
    if not sure and newest.amount_fen and (amount >= 10 * newest.amount_fen or amount * 10 <= newest.amount_fen):
        yield texts.doubts.doubt_far_off(newest, reached)
    if amount < min(newest.previous_amount_fen, newest.amount_fen):
        yield texts.doubts.doubt_below_previous(newest, reached)
    if minimum and amount < reached.donations * minimum:
        yield texts.doubts.doubt_minimum(reached, minimum)
    if why := waits_for(campaign, newest, reached):
        yield texts.reviews.doubt_beyond(why, campaign)


def explains(said: Correction, newest: Report, reached: Total) -> bool:
    """Whether she says herself why the figures are far apart: the wrong one by name, or a nought."""
    if said.old.amount_fen is not None and said.old.amount_fen == newest.amount_fen:
        return True
    return said.slip.startswith("nought") and newest.amount_fen in (10 * reached.amount_fen, reached.amount_fen // 10)


def slipped(newest: Report, said: Correction) -> Total | None:
    """The total without her slip, which was in what she said came in; None where it cannot have been that."""
    amount, count = newest.amount_fen, newest.donations
    if said.slip == "swapped":
        whole = amount % 100 == 0 and count > 0
        return Total(amount_fen=count * 100, donations=amount // 100) if whole else None
    beneath = stood_on(newest) if newest.kind == "increment" else Total()
    figure = count - beneath.donations if said.counts else amount - beneath.amount_fen
    if said.slip == "nought more" and figure % 10:
        return None
    figure = figure // 10 if said.slip == "nought more" else figure * 10
    if said.counts:
        return Total(amount_fen=amount, donations=beneath.donations + figure)
    return Total(amount_fen=beneath.amount_fen + figure, donations=count)


def waits_for(campaign: Campaign, newest: Report, reached: Total) -> Why | None:
    """Why a right total waits for a coordinator after her yes, weighed as the report ought to have been; None where her
    yes books it."""
    return beyond_limits(campaign, newest.channel, stood_on(newest), reached)
