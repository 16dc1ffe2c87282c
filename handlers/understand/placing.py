"""What the team's totals make of a claim: the one reading of a figure, with what is doubted of it, or the kinds between
which she must choose; and whether figures are plausible, the first report included.

Doubtful ones are asked about, those beyond a limit wait. The measures of the latter are the campaign file's `[limits]`;
the file also says whether offline gifts wait.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.understand.claim import PEOPLE, Claim
from handlers.understand.verdicts import Ask, Choose, Doubt, ReadingKind
from storage.campaign_schema import Campaign
from storage.matters import Why
from storage.models.teams import Channel, Team, Total
from storage.reckoning import REPETITION, Reading, base_of, reach

SURELY, TOGETHER, PERHAPS = 1.5, 2, 10
"""A bare figure up to so many times the present total is surely the total, with a count that grew alike, or perhaps."""
FAR_BELOW = 4
"""Of today (`今天累计300元`) what comes to less than such a part of the total is the day's."""
NIGHT_ENDS = 4
"""The hour until which a day's figure without a date may be yesterday's."""
NEAR = 0.15
"""A day's figure or an increment that differs by so little from what stands may be the total; so may a day's that is
above it as a total surely is."""


def placed_by_ledger(claim: Claim, team: Team, now: datetime) -> Ask | Choose:
    """The one reading of a claim, with what is doubted of it; or the kinds between which she must choose."""
    present, today = team.total(claim.booked_on), now.date()
    opening = team.opening(claim.booked_on, today)
    amount = claim.amount_fen
    if claim.when == "midnight":
        return _at_midnight(claim, team, today)
    kind = claim.kind
    if kind == "bare" and claim.as_of is not None:
        kind = "soft"
    if kind == "bare" and claim.came and amount is not None and amount < present.amount_fen == opening.amount_fen:
        kind = "increment"
    heads = amount is None and claim.counted in PEOPLE
    if heads:
        return Ask(reading_of(claim, kind if kind in ("day", "increment") else "total"), (Doubt("heads", ""),))
    if not present.report and kind not in ("day", "increment"):
        return Ask(reading_of(claim, "total"))
    if kind == "total" and claim.today and amount is not None and FAR_BELOW * amount < present.amount_fen:
        return _of_a_day(claim, "day", team, now)
    if kind == "total" and claim.summed and amount is not None and amount < present.amount_fen:
        kinds: tuple[ReadingKind, ...] = ("total", *_kinds_below(claim, team, today))
        return Choose(reading_of(claim, "total"), kinds, (Doubt("below", ""),))
    if kind in ("total", "soft"):
        return Ask(reading_of(claim, "total"))
    if kind == "increment or total":
        if amount is None or amount < present.amount_fen:
            return Ask(reading_of(claim, "increment"))
        return Ask(reading_of(claim, "total"), (Doubt("increment or total", ""),))
    if kind == "day or increment":
        same = (opening.amount_fen, opening.donations) == (present.amount_fen, present.donations)
        if not same and opening.amount_fen + (amount or 0) < present.amount_fen:
            return Ask(reading_of(claim, "increment"))
        return _of_a_day(claim, "day", team, now) if same else Choose(reading_of(claim, "day"), ("day", "increment"))
    if kind == "day" and opening.amount_fen + (amount or present.amount_fen) < present.amount_fen:
        return Choose(reading_of(claim, "day"), ("day", "increment"), (Doubt("below", ""),))
    if kind in ("day", "increment"):
        return _of_a_day(claim, "day" if kind == "day" else "increment", team, now)
    if amount is None:
        below = (claim.gifts or 0) < present.donations
        choose = Choose(reading_of(claim, "total"), _kinds_below(claim, team, today), (Doubt("below", ""),))
        return choose if below else Ask(reading_of(claim, "total"))
    fewer = claim.gifts is not None and claim.gifts < present.donations
    if amount < present.amount_fen or fewer:
        if kind == "day or total":
            return _of_a_day(claim, "day", team, now)
        return Choose(reading_of(claim, "total"), _kinds_below(claim, team, today), (Doubt("below", ""),))
    if kind == "day or total" and (not opening.amount_fen or _grew_alike(claim, present, SURELY)):
        return Ask(reading_of(claim, "total"))
    if kind == "day or total":
        return Ask(reading_of(claim, "total"), (Doubt("day or total", ""),))
    if amount <= SURELY * present.amount_fen or _grew_alike(claim, present, TOGETHER):
        return Ask(reading_of(claim, "total"))
    if amount <= PERHAPS * present.amount_fen:
        return Ask(reading_of(claim, "total"), (Doubt("bare", ""),))
    return Choose(reading_of(claim, "total"), ("total", "day", "increment"))


def _grew_alike(claim: Claim, present: Total, most: float) -> bool:
    """Whether sum and count are told, and neither is below what stands nor more than so many times it."""
    amount, gifts = claim.amount_fen or 0, claim.gifts or 0
    return (
        present.amount_fen <= amount <= most * present.amount_fen
        and 0 < present.donations <= gifts <= most * present.donations
    )


def _of_a_day(claim: Claim, kind: ReadingKind, team: Team, now: datetime) -> Ask:
    """A day's figure or an increment, asked about where it may be the total, or yesterday's."""
    reading = reading_of(claim, kind)
    present, reached = team.total(reading.channel).amount_fen, reach(team, reading, now.date()).amount_fen
    if kind == "day" and now.hour < NIGHT_ENDS and not claim.dated:
        return Ask(reading, (Doubt("night", ""),))
    furthest = SURELY if kind == "day" else 1 + NEAR
    near = present - NEAR * present <= (claim.amount_fen or 0) <= furthest * present
    if near and reached != claim.amount_fen and reached > present + NEAR * present:
        return Ask(reading, (Doubt("near the total", ""),))
    return Ask(reading)


def _at_midnight(claim: Claim, team: Team, today: date) -> Ask:
    """A total as of the end of yesterday: it becomes total and midnight figure where nothing was booked since."""
    reading = replace(reading_of(claim, "total"), day=today - timedelta(days=1))
    present, opening = team.total(reading.channel), team.opening(reading.channel, today)
    if team.day != today or present.report == opening.report:
        return Ask(reading)
    if (claim.amount_fen or 0) <= present.amount_fen:
        return Ask(reading, (Doubt("midnight", ""),))
    return Ask(replace(reading, day=None), (Doubt("above midnight", ""),))


def _kinds_below(claim: Claim, team: Team, today: date) -> tuple[ReadingKind, ...]:
    """What a bare figure below the present total may be: what came in since it, or since midnight."""
    present, opening = team.total(claim.booked_on), team.opening(claim.booked_on, today)
    return ("increment",) if present.amount_fen == opening.amount_fen else ("day", "increment")


def reading_of(claim: Claim, kind: ReadingKind) -> Reading:
    return Reading(kind, claim.booked_on, claim.amount_fen, claim.gifts, claim.as_of)


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
    elif minimum and reading.amount_fen and reading.amount_fen < (reading.donations or 0) * minimum:
        yield Doubt("minimum added", "")
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
