"""Amounts and their counts: which 人次 belongs to which amount, ahead of it or behind it, and what was told twice."""

import re
from dataclasses import replace
from datetime import datetime

from handlers.language.numerals import DIGITS, MULTIPLIERS
from handlers.understand.attributes import kind_of
from handlers.understand.claim import PEOPLE, Claim
from handlers.understand.clauses import Clause, Segment
from handlers.understand.moments import when_said

_GOES_ON = re.compile(rf"[{MULTIPLIERS}wk][\d{DIGITS}]?$", re.IGNORECASE)
_ENDS_IT = re.compile(rf"\d[{MULTIPLIERS}]?|[{DIGITS}{MULTIPLIERS}]+")
"""`3万 5`, `两千 三百`, `1万2、3`: what stands behind may be the rest of the number, or another end of it."""
_IN_SHORT = re.compile(rf"[{MULTIPLIERS}][{DIGITS}]$")
"""`六千一百二`: a number said in short is whole, and what stands behind it (`八十二`) is another."""
LEAST_BEFORE_A_SLASH_FEN = 10_000
"""`10700/141` is an amount and its count; `5/8` may be a day."""


def given_to_the_last(
    claims: list[Claim], count: Claim, segment: Segment, last: Segment | None, text: str, now: datetime
) -> bool:
    """Whether a count belongs to an amount ahead of it, which then has it: the one it stands right behind, else the
    nearest that is told and has none."""
    if count.what != "yuan":
        return False
    kind = None if any(token.has("kind", "sum") for token in segment.left) else kind_of(segment.left)
    between = text[last.figure.end : segment.figure.start] if last and not segment.left else "\n"
    right_behind = "\n" not in between
    timed = when_said(segment.left, now)
    order = sorted(range(len(claims)), key=lambda n: _likelihood(claims, n, right_behind))
    for place in reversed(order):
        claim = claims[place]
        beside = place == len(claims) - 1 and right_behind
        if claim.gifts is not None or (count.channel_named and claim.channel_named and claim.channel != count.channel):
            continue
        came_in_since = kind == "increment" and claim.when != "now"
        if came_in_since or (timed and timed.when != ("yesterday" if claim.when == "midnight" else claim.when)):
            continue
        told = claim.mood in ("said", "rough") and (claim.relation != "part" or beside) and claim.channel != "matched"
        if not (told or (beside and between in ("", "/"))):
            continue
        fits = kind in (None, "soft", claim.kind) or "or" in claim.kind or claim.kind in ("bare", "soft")
        if not fits and {kind, claim.kind} != {"day", "increment"}:
            continue
        claims[place] = _with_count(claim, count)
        return True
    return False


def _likelihood(claims: list[Claim], place: int, right_behind: bool) -> tuple[bool, bool, bool, int]:
    """How likely a count is that of a claim: the one it stands behind, one online, a total, the nearest."""
    claim = claims[place]
    return (
        right_behind and place == len(claims) - 1,
        claim.channel == "online",
        claim.kind in ("total", "soft"),
        place,
    )


def _with_count(claim: Claim, count: Claim) -> Claim:
    return replace(
        claim,
        gifts=count.gifts,
        counted=count.counted,
        end=max(claim.end, count.end),
        start=min(claim.start, count.start),
        doubt=claim.doubt or count.doubt,
        strange=(*claim.strange, *count.strange),
        mood=count.mood if claim.mood == "said" else claim.mood,
    )


def told_once(claims: list[Claim]) -> list[Claim]:
    """The claims, of which one amount told twice (in figures and in words) is one."""
    merged: list[Claim] = []
    for claim in claims:
        same = next((n for n, other in enumerate(merged) if _is_told_again(other, claim)), None)
        if same is None:
            merged.append(claim)
        elif merged[same].gifts is None:
            merged[same] = _with_count(merged[same], claim) if claim.gifts is not None else merged[same]
    return merged


def _is_told_again(one: Claim, other: Claim) -> bool:
    same = one.amount_fen == other.amount_fen is not None and one.mood == other.mood and one.whose == other.whose
    return same and one.channel == other.channel and other.kind in ("bare", one.kind) and not other.strange


def joined(claims: list[Claim], waiting: list[tuple[int, Claim]]) -> list[Claim]:
    """Amounts with the counts that stood ahead of them (`560人次，18200元`); of people who took part nothing is kept.

    A sum behind a count that came on top is of what came (`又来5笔，共185元`), one behind a day's count may be
    the day's (`今天收了18笔共计2600`).
    """
    alone: list[Claim] = []
    for place, count in reversed(waiting):
        amount = claims[place] if place < len(claims) else None
        if amount is not None and _takes(amount, count):
            kind = "increment or total" if count.kind == "increment" and amount.kind == "total" else amount.kind
            kind = "day or total" if count.kind == "day" and kind == "total" else kind
            kind = count.kind if kind == "bare" else kind
            claims[place] = replace(_with_count(amount, count), kind=kind)
        elif claims and not any(claim.mood == "said" for claim in claims):
            claims[-1] = _with_count(claims[-1], count)
        elif not any(claim.gifts is not None for claim in claims) or count.counted not in PEOPLE:
            alone.append(count)
    return [*claims, *alone]


def _takes(amount: Claim, count: Claim) -> bool:
    if amount.booked_on == "offline" and not count.channel_named and count.start != amount.start:
        return False
    summed = amount.summed and count.kind == "day"
    fits = count.kind in ("bare", "soft", amount.kind) or amount.kind == "bare" or count.kind == "increment" or summed
    return (
        fits
        and amount.gifts is None
        and amount.mood == count.mood
        and amount.channel != "matched"
        and count.what == "yuan"
    )


def is_of_the_unit(segment: Segment, clause: Clause, text: str) -> bool:
    """Whether a count of people is how many the unit has: `全校1200人，…`, without a word that they gave."""
    figure = segment.figure.figure
    if segment.role != "gifts" or figure is None or figure.unit not in PEOPLE or segment.right:
        return False
    own = [token for token in segment.left if not token.has("say", "courtesy", "particle")]
    if not own or not all(token.has("whose", "own") or token.kind == "own" for token in own):
        return False
    after = clause.segments[clause.segments.index(segment) + 1 :]
    return not after or text[segment.figure.end : after[0].figure.start][:1] == " "


def is_count_of_the_last(segment: Segment, claims: list[Claim], last: Segment | None, text: str) -> bool:
    """Whether a bare number right behind an amount is its count: `9860，131`. `3万 5` may be one number, and
    `100、200、50` are three amounts."""
    figure = segment.figure.figure
    if (
        last is None
        or not claims
        or claims[-1].gifts is not None
        or segment.role != "bare"
        or segment.left
        or last.right
    ):
        return False
    amount = claims[-1].amount_fen
    if figure is None or figure.value is None or figure.value % 1 or amount is None or figure.value * 100 > amount:
        return False
    between = text[last.figure.end : segment.figure.start]
    if between == text[last.figure.start - 1 : last.figure.start] == "、":
        return False
    goes_on = _GOES_ON.search(last.figure.text) is not None and _ENDS_IT.fullmatch(segment.figure.text) is not None
    goes_on = goes_on and not (_IN_SHORT.search(last.figure.text) and len(segment.figure.text) > 1)
    slash = "/" in between and last.role == "bare" and amount < LEAST_BEFORE_A_SLASH_FEN
    return not between.strip(" ,、/|\x1f\n") and not goes_on and not slash
