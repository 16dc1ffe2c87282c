"""What several figures of one message make together: a whole and its parts, a day's beside the total, two channels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from handlers.understand.claim import Claim
from handlers.understand.verdicts import Doubt, Note
from storage.models.teams import Team

CAME_IN = ("day", "increment", "day or increment")
"""Kinds of figures that tell what came in."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two figures that cannot both hold; the `last` of them that could be meant, None where there is none."""

    reason: str
    last: Claim | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """One claim a channel, what is doubted of them, and what was left out because another holds it."""

    claims: tuple[Claim, ...]
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Note, ...] = ()


def without_matched(claims: list[Claim], matched_fen: int) -> list[Claim]:
    """The claims without the sum that is theirs and the matched money's: `自筹10150，配捐412.6，合计10562.6`."""
    others = {claim.amount_fen for claim in claims if claim.amount_fen is not None}
    sums = [
        c for c in claims if matched_fen and c.kind in ("total", "bare") and (c.amount_fen or 0) - matched_fen in others
    ]
    if len(sums) != 1:
        return claims
    of = next(claim for claim in claims if claim.amount_fen == (sums[0].amount_fen or 0) - matched_fen)
    gifts = of.gifts if of.gifts is not None else sums[0].gifts
    return [replace(c, gifts=gifts, kind="total") if c is of else c for c in claims if c is not sums[0]]


def combined(claims: Sequence[Claim], team: Team, today: date) -> Together | Conflict:
    """One claim for each channel, in the order of the message; a `Conflict` where figures contradict each other."""
    own = [claim for claim in claims if claim.channel != "matched"]
    matched = [claim for claim in claims if claim.channel == "matched"]
    if not own:
        return Conflict("only matched")
    inside = [claim for claim in matched if claim.relation == "part" and claim.amount_fen is not None]
    if inside and (rest := _rest_beside_matched(own, inside[0])):
        return Together((rest,), notes=(Note("matched", ""),))
    split = _split_by_channel(own)
    if isinstance(split, Conflict):
        return split
    claims, doubts = split
    if inside:
        less = _less_matched(claims, inside[0].amount_fen or 0)
        if less is None:
            return Conflict("several")
        claims, doubts = less, [*doubts, Doubt("matched inside", "")]
    doubts += [Doubt("inside or apart", "")] if not doubts and _may_hold_the_other(claims, team, today) else []
    kept: list[Claim] = []
    for channel in dict.fromkeys(claim.channel for claim in claims):
        one = _one_of_a_channel([claim for claim in claims if claim.channel == channel], team, today)
        if isinstance(one, Conflict):
            return one
        kept += one
    return Together(tuple(kept), tuple(doubts))


def _may_hold_the_other(claims: Sequence[Claim], team: Team, today: date) -> bool:
    """Whether the money offline may be in the figure beside it: nothing parts them (`今天捐的有1200，现金300`), and
    without it the figure is not below what stands."""
    first, last = claims[0], claims[-1]
    parted = first.channel_named or "apart" in (first.relation, last.relation)
    if (
        len(claims) != 2
        or last.channel != "offline"
        or not last.amount_fen
        or parted
        or last.kind not in (first.kind, "day or total", "bare")
    ):
        return False
    less = (first.amount_fen or 0) - (last.amount_fen or 0)
    if first.kind == "increment":
        return less > 0
    since = team.opening("online", today).amount_fen if first.kind == "day" else 0
    return less > 0 and since + less >= team.online.amount_fen


def _less_matched(claims: list[Claim], matched_fen: int) -> list[Claim] | None:
    """The claims with the matched money taken off the one online; None where there is none that holds it."""
    whole = next((claim for claim in claims if claim.channel == "online"), None)
    if whole is None or whole.amount_fen is None or matched_fen >= whole.amount_fen:
        return None
    less = replace(whole, amount_fen=whole.amount_fen - matched_fen)
    return [less if claim is whole else claim for claim in claims]


def _rest_beside_matched(own: Sequence[Claim], inside: Claim) -> Claim | None:
    """The part that with the matched one makes up the whole: `总额11086元，其中配捐586元，公众捐款10500元`."""
    wholes = [claim for claim in own if claim.relation != "part"]
    parts = [claim for claim in own if claim.relation == "part"]
    if len(wholes) != 1 or len(parts) != 1 or wholes[0].amount_fen is None:
        return None
    if (parts[0].amount_fen or 0) + (inside.amount_fen or 0) != wholes[0].amount_fen:
        return None
    gifts = parts[0].gifts if parts[0].gifts is not None else wholes[0].gifts
    return replace(parts[0], kind=wholes[0].kind, relation="whole", gifts=gifts)


def _split_by_channel(claims: list[Claim]) -> tuple[list[Claim], list[Doubt]] | Conflict:
    """A whole whose channels are told beside it: both where they make it up, the rest online where one is told."""
    parts = [claim for claim in claims if claim.channel_named and (claim.relation == "part" or len(claims) > 2)]
    wholes = [claim for claim in claims if claim.relation != "part" and not claim.channel_named]
    online = [part for part in parts if part.channel == "online"]
    offline = [part for part in parts if part.channel == "offline"]
    if len(wholes) == 1 and len(online) == 1 and len(offline) == 1:
        whole, together = wholes[0], (online[0].amount_fen or 0) + (offline[0].amount_fen or 0)
        if together != whole.amount_fen:
            return Conflict("parts")
        kind = whole.kind
        gifts = whole.gifts if online[0].gifts is None and offline[0].gifts is None else online[0].gifts
        return [
            replace(online[0], kind=kind, relation="whole", gifts=gifts),
            replace(offline[0], kind=kind, relation="whole"),
        ], []
    inner = [part for part in parts if part.relation == "part"]
    if len(wholes) == 1 and len(inner) == 1 and inner[0].channel == "offline":
        whole, part = wholes[0], inner[0]
        if whole.amount_fen is None or part.amount_fen is None or part.amount_fen > whole.amount_fen:
            return Conflict("parts")
        rest = replace(whole, amount_fen=whole.amount_fen - part.amount_fen)
        return [rest, replace(part, kind=whole.kind, relation="whole")], [Doubt("part inside", "")]
    if any(claim.relation == "part" and claim.kind not in ("day", "increment") for claim in claims):
        return Conflict("parts")
    return claims, []


def _one_of_a_channel(claims: list[Claim], team: Team, today: date) -> list[Claim] | Conflict:
    """The claim that holds the others: a total beside what came in today, the figure of now beside that of midnight."""
    now = [claim for claim in claims if claim.when != "midnight"] or claims
    at_midnight = [claim for claim in claims if claim not in now]
    if at_midnight and grew_otherwise(at_midnight[-1], now, team):
        return Conflict("several", now[-1])
    stood = [claim for claim in now[:-1] if _stands_already(claim, team, today)]
    now = [claim for claim in now if claim not in stood]
    if stood and not _grew_so(stood[0], now):
        return Conflict("several", now[-1])
    if _rises_to_the_last(now, team):
        return now[-1:]
    totals = [claim for claim in now if claim.kind in ("total", "soft")]
    if len({(claim.amount_fen, claim.gifts) for claim in now}) == 1:
        return now[:1]
    if not totals and (whole := _total_among(now, team, today)):
        return [whole]
    if not totals:
        counts = [claim for claim in now if claim.amount_fen is None]
        if len(now) == 2 and len(counts) == 1:
            return now
        came_in = all(claim.kind == "increment" for claim in now)
        return Conflict("several", None if came_in else now[-1])
    told = [claim for claim in totals if claim.amount_fen is not None] or totals
    if len({claim.amount_fen for claim in told}) > 1:
        return Conflict("two totals", told[-1])
    total = told[0]
    for claim in now:
        if claim not in totals and not _fits(claim, total, team, today):
            return Conflict("several", total)
    counts = [claim for claim in now if claim.amount_fen is None and claim.kind == "increment"]
    return [total, *counts] if total.gifts is None and len(counts) == 1 else [total]


def _total_among(claims: Sequence[Claim], team: Team, today: date) -> Claim | None:
    """The one figure without a kind that holds what came in beside it: `61,200.5元、450人次、今日新增5,200.5元`."""
    bare = [claim for claim in claims if claim.kind == "bare"]
    if len(bare) != 1 or len(claims) < 2 or bare[0].amount_fen is None:
        return None
    others = [claim for claim in claims if claim is not bare[0]]
    if not team.reported and any(claim.kind == "increment" for claim in others):
        return None
    fits = all(claim.kind in ("day", "increment") and _fits(claim, bare[0], team, today) for claim in others)
    return replace(bare[0], kind="total") if fits else None


def _rises_to_the_last(claims: Sequence[Claim], team: Team) -> bool:
    """Whether totals of the day are told one after another, none below what stands: `早上9200，现在9420`."""
    amounts = [claim.amount_fen for claim in claims if claim.amount_fen is not None]
    if len(amounts) < max(2, len(claims)) or not all(claim.timed for claim in claims[:-1]):
        return False
    last, present = claims[-1], team.total(claims[-1].booked_on)
    stands = last.kind in ("total", "soft") or (last.kind == "bare" and last.as_of is not None)
    plain = stands and all(claim.kind in ("bare", "soft", "total") for claim in claims)
    rising = all(one < other for one, other in pairwise(amounts))
    return plain and rising and bool(present.report) and present.amount_fen <= amounts[0]


def _stands_already(claim: Claim, team: Team, today: date) -> bool:
    """Whether a figure without a kind tells what stands, or stood at midnight: `从9000涨到9870了`."""
    channel = claim.booked_on
    stood = (team.total(channel).amount_fen, team.opening(channel, today).amount_fen)
    return claim.kind in ("bare", "soft") and claim.amount_fen is not None and claim.amount_fen in stood


def _grew_so(stood: Claim, told: Sequence[Claim]) -> bool:
    """Whether what is said to have come in leads from what stood to the total, where all three are told."""
    total = next((claim.amount_fen for claim in told if claim.kind in ("total", "soft")), None)
    came = [claim.amount_fen for claim in told if claim.kind in ("day", "increment") and claim.amount_fen is not None]
    return total is None or not came or total - (stood.amount_fen or 0) in came


def grew_otherwise(stood: Claim, told: Sequence[Claim], team: Team) -> bool:
    """Whether what is said to have come in leads to the total neither from what stood at an evening nor from what
    stands: `到昨晚9000元，今天新增200元，现在累计9900元`."""
    total = next((claim for claim in told if claim.kind in ("total", "soft") and claim.amount_fen is not None), None)
    came = [claim for claim in told if claim.kind in CAME_IN and claim.amount_fen is not None]
    if total is None or not came or stood.amount_fen is None or stood.booked_on != total.booked_on:
        return False
    grown = (total.amount_fen or 0) - stood.amount_fen, (total.amount_fen or 0) - team.total(total.booked_on).amount_fen
    return not any(claim.amount_fen in grown for claim in came)


def _fits(claim: Claim, total: Claim, team: Team, today: date) -> bool:
    """Whether what came in is no more than the total allows: what stood at midnight, or stands now, and it. A day's
    figure is no less than what has come in since midnight, unless it makes up the total."""
    if claim.amount_fen is None or total.amount_fen is None:
        return claim.amount_fen is None and (claim.gifts or 0) <= (total.gifts or claim.gifts or 0)
    channel = total.booked_on
    if claim.kind in ("day", "day or total", "day or increment"):
        opening, stands = team.opening(channel, today), team.total(channel)
        least = min(stands.amount_fen, total.amount_fen) if opening.report else 0
        return least <= opening.amount_fen + claim.amount_fen <= total.amount_fen
    if claim.kind in ("increment", "increment or total"):
        present = team.total(channel).amount_fen
        return present == total.amount_fen or present + claim.amount_fen <= total.amount_fen
    return False
