"""Whether figures are plausible, the first report included: doubtful ones are asked about, those beyond a limit wait.

The measures of the latter are the campaign file's `[limits]`; the file also says whether offline gifts wait.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from handlers.understand.verdicts import Doubt
from storage.campaign_schema import Campaign
from storage.matters import Why
from storage.models.teams import Channel, Team, Total
from storage.reckoning import REPETITION, Reading, base_of, reach

LEAP = 10
"""So many times the present total is asked about, and so many times the 人次 where the total does not grow alike."""
DOUBTFUL = 2
"""What reaches half of what a gift may bring is asked about at the first report."""


def beyond(campaign: Campaign, team: Team, reading: Reading, day: date) -> Why | None:
    """Why a reading waits for a coordinator after her own yes; None where that books it."""
    present, reached = base_of(team, reading, day), reach(team, reading, day)
    return beyond_limits(campaign, reading.channel, present, reached)


def beyond_limits(campaign: Campaign, channel: Channel, present: Total, reached: Total) -> Why | None:
    """The same of a total that takes the place of another."""
    limits, stood, amount = campaign.limits, present.amount_fen, reached.amount_fen
    if amount - stood > limits.amount:
        return "amount"
    if _is_rich(campaign, reached) and not _is_rich(campaign, present):
        return "per gift"
    if stood and amount > limits.jump * stood:
        return "jump"
    if limits.jump * amount < stood:
        return "drop"
    return "offline" if channel == "offline" and campaign.offline.approve else None


def _is_rich(campaign: Campaign, total: Total) -> bool:
    """Whether a total comes to more a 人次 than the file lets pass; one that stands so was looked at before."""
    return bool(total.donations) and total.amount_fen > campaign.limits.per_gift * total.donations


def doubts(campaign: Campaign, team: Team, reading: Reading, now: datetime) -> Iterator[Doubt]:
    """Everything about a reading that is asked before it is written (design §2, "A report"), at a local time."""
    today = now.date()
    present, reached = base_of(team, reading, today), reach(team, reading, today)
    waits = beyond(campaign, team, reading, today)
    if reached.amount_fen < present.amount_fen or reached.donations < present.donations:
        yield Doubt("lower", "")
    leaps = present.amount_fen > 0 and reached.amount_fen >= LEAP * present.amount_fen
    given = present.donations > 0 and reached.donations >= LEAP * present.donations
    if leaps or (given and 2 * reached.amount_fen < LEAP * present.amount_fen):
        yield Doubt("jump", "")
    minimum = campaign.policy.minimum_gift_fen
    if minimum and reached.donations and reached.amount_fen < reached.donations * minimum:
        yield Doubt("minimum", "")
    doubtful = DOUBTFUL * reached.amount_fen >= campaign.limits.per_gift * reached.donations
    if waits != "per gift" and not present.report and reached.donations and doubtful:
        yield Doubt("per gift", "")
    if reading.kind == "increment" and _repeats(team, reading, now):
        yield Doubt("repeated", "")
    if waits:
        yield Doubt(f"beyond {waits}", "")


def _repeats(team: Team, reading: Reading, now: datetime) -> bool:
    said = (reading.amount_fen or 0, reading.donations or 0)
    return any(
        (each.amount_fen, each.donations) == said and timedelta(0) <= now - each.at < REPETITION for each in team.recent
    )
