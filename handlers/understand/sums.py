"""What arithmetic proves: figures beside a total that make it up, and a share that tells which figure is the aim."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from handlers.understand.attributes import Kind
from handlers.understand.claim import Claim
from handlers.understand.tokens import Token
from storage.models.teams import Team

_PER_CENT = re.compile(r"(\d+)(?:\.(\d+))? ?%")
MADE_UP = 3
"""Figures of which the last is the sum of the others."""
A_THOUSAND = 100_000
"""Fen."""
GIVEN = ("own", "part", "person")
CAME_IN = ("day", "increment", "day or total", "increment or total")
TOTALS = ("total", "soft", "bare", "day or total", "increment or total")


def proved_total(claims: Sequence[Claim], team: Team, today: date) -> Claim | None:
    """The last figure where the others, all hers, make it up with what stands, stood at midnight, or by themselves:
    `儿科又捐了1280元，现在一共16480`. Nothing said of the others is then in doubt."""
    told = [claim for claim in claims if claim.amount_fen is not None]
    if len(told) < 2 or told[-1].kind not in TOTALS or any(claim.doubt for claim in claims):
        return None
    total, parts = told[-1], told[:-1]
    channel = total.booked_on
    present, opening = team.total(channel).amount_fen, team.opening(channel, today).amount_fen
    amount = total.amount_fen or 0
    if total.strange or amount < present or not all(_is_ours(each, channel) for each in told):
        return None
    if any(part.when == "day" and part.amount_fen != opening for part in parts):
        return None
    before = sum(part.amount_fen or 0 for part in parts[:-1])
    came = before if parts[-1].summed and parts[-1].amount_fen == before else before + (parts[-1].amount_fen or 0)
    alone = len(parts) > 1 and opening in {part.amount_fen for part in parts}
    base = opening if any("day" in part.kind for part in parts) else present
    if not (base and amount == base + came) and not (alone and amount == came):
        return None
    return replace(total, kind="total", whose="own", when="now", relation="whole")


def summed_up(claims: Sequence[Claim], team: Team) -> Claim | None:
    """The last figure where it is what came in, and the others, whoever gave them, make it up: `早上进了300，刚才200，
    今天共新增500`. A mere sum below what stands is what came in: `又来了两个 一个99 一个66 合计165元`."""
    told = [claim for claim in claims if claim.amount_fen is not None]
    if len(told) < MADE_UP:
        return None
    came, parts = told[-1], told[:-1]
    hers = all(
        _is_ours(each, came.channel, GIVEN) and each.when == "now" and not (each.doubt or each.strange)
        for each in claims
    )
    plain = all(part.kind in ("bare", *CAME_IN) for part in parts)
    kind = _kind_of_a_sum(came, parts, team)
    if not (hers and plain and kind in CAME_IN) or came.amount_fen != sum(part.amount_fen or 0 for part in parts):
        return None
    counts = [claim.gifts for claim in claims if claim is not came and claim.gifts is not None]
    if came.gifts is None and counts not in ([], [len(parts)]):
        return None
    return replace(came, kind=kind, gifts=next((each for each in (came.gifts, *counts) if each is not None), None))


def _kind_of_a_sum(came: Claim, parts: Sequence[Claim], team: Team) -> Kind:
    """What a sum of parts is: as they are said to be; else, below what stands, what came in, or what did today."""
    if not (came.summed and came.kind == "total"):
        return came.kind
    if parts[0].kind in CAME_IN:
        return parts[0].kind
    if (came.amount_fen or 0) >= team.total(came.booked_on).amount_fen:
        return "total"
    return "day" if any(each.today or each.kind == "day" for each in (*parts, came)) else "increment"


def listed(claims: Sequence[Claim], team: Team, today: date) -> Claim | None:
    """What came in, told gift by gift behind how many there were (`又来了两笔，一笔50一笔100`), or by the hours
    (`今天上午350，下午280`)."""
    if len(claims) < 2 or any(claim.amount_fen is None or claim.strange or claim.doubt for claim in claims):
        return None
    first, rest = claims[0], claims[1:]
    plain = all(each.kind == "bare" and each.gifts in (None, 1) and each.relation == "whole" for each in rest)
    if not plain or not all(_is_ours(each, first.channel) and each.whose == "own" for each in claims):
        return None
    came = sum(claim.amount_fen or 0 for claim in claims)
    by_gift = first.gifts == len(claims) and first.kind in ("day", "increment")
    by_hour = first.gifts is None and first.kind in ("day", "bare") and all(claim.timed for claim in claims)
    present, opening = team.total(first.booked_on), team.opening(first.booked_on, today)
    if not (by_gift or by_hour) or came >= present.amount_fen or present.amount_fen != opening.amount_fen:
        return None
    kind = first.kind if by_gift else "day"
    return replace(first, kind=kind, amount_fen=came, end=claims[-1].end)


def without_counted_parts(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without counts that another's count is the sum of: `老师32人次、家长19人次，共51人次`."""
    parts = [claim for claim in claims if claim.amount_fen is None and claim.gifts]
    whole = sum(claim.gifts or 0 for claim in parts)
    summed = len(parts) > 1 and any(claim.amount_fen is not None and claim.gifts == whole for claim in claims)
    return [claim for claim in claims if claim not in parts] if summed else list(claims)


def _is_ours(claim: Claim, channel: str, whose: Sequence[str] = ("own", "part")) -> bool:
    """Whether a figure is money that came in for us on this side, in whole or in part."""
    said = (claim.mood, claim.direction, claim.what) == ("said", "in", "yuan")
    return said and claim.whose in whose and claim.when != "past" and claim.channel == channel


def aims_by_share(claims: Sequence[Claim], tokens: Sequence[Token]) -> list[Claim]:
    """The figures of which another is the share that is told (the 20,000 of `14,960/20,000元（74.8%）`), or
    that are round and stand behind it and a stroke: `进度 15350/20000 元`."""
    shares = [found for token in tokens if token.figure and (found := _PER_CENT.fullmatch(token.text))]
    aims = [whole for whole in claims if any(_is_share(part, whole, share) for part in claims for share in shares)]
    strokes = [behind.figure for token, behind in pairwise(tokens) if token.text == "/"]
    stroke = not shares and len(strokes) == 1 and strokes[0]
    return aims or [whole for part, whole in pairwise(claims) if stroke and len(claims) == 2 and _is_round(part, whole)]


def _is_round(part: Claim, whole: Claim) -> bool:
    """Whether the second of two amounts is larger and in full thousands, and the first a progress."""
    told = whole.kind == "bare" and part.kind == "soft" and not (part.doubt or whole.doubt)
    return told and 0 < (part.amount_fen or 0) <= (whole.amount_fen or 0) and (whole.amount_fen or 1) % A_THOUSAND == 0


def _is_share(part: Claim, whole: Claim, share: re.Match[str]) -> bool:
    """Whether one amount is the told share of another, as exactly as it is told."""
    if not part.amount_fen or not whole.amount_fen or part.amount_fen >= whole.amount_fen:
        return False
    digits = len(share[2] or "")
    told = float(f"{share[1]}.{share[2] or 0}")
    return abs(100 * part.amount_fen / whole.amount_fen - told) <= 0.1**digits
