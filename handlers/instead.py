"""What to type instead of a report that is refused: with her own figures wherever such a line may be true."""

from collections.abc import Sequence

from handlers import texts
from handlers.messages import Context
from handlers.understand.readings import Claims
from handlers.understand.weighing import is_written
from storage.models.teams import Channel, Team

MAY_BE_THE_TOTAL = frozenset(
    (
        "question",
        "quoted",
        "denied",
        "drill",
        "rough",
        "larger",
        "part",
        "other",
        "unclear",
        "several",
        "two totals",
        "parts",
    )
)
"""Reasons for which a figure is refused that may be her team's total all the same: the line says that it is."""
SHOWN = 2
"""So many of several figures are offered, a line for each."""


def instead(team: Team, claims: Claims, reason: str) -> str:
    """The line to type, and when. What is surely no total (a goal, matched money, last year's) stands in none."""
    sound = [claim for claim in claims.claims if claim.amount_fen and not claim.doubt]
    told = [claim for claim in sound if claim.relation != "part"] or sound
    if not told or len(sound) < len(claims.claims):
        return texts.reports.example_instead(team)
    amount_fen, gifts = told[0].amount_fen or 0, told[0].gifts
    if reason == "giver" and len(told) > 1 and all(claim.whose in ("person", "part") for claim in told):
        amount_fen, gifts = sum(claim.amount_fen or 0 for claim in told), None
    if reason == "giver":
        return texts.reports.increment_instead(team, texts.examples.increment_of(amount_fen, gifts))
    if reason == "several teams":
        return texts.reports.one_team_instead(texts.examples.total_of_team(team.code, "online", amount_fen, gifts))
    other: Channel = "offline" if told[0].booked_on == "online" else "online"
    stays = team.total(other).amount_fen
    if reason == "both" and 0 < stays < amount_fen:
        apart = (amount_fen - stays, stays) if other == "offline" else (stays, amount_fen - stays)
        return texts.reports.apart_instead(team, other, texts.examples.both_channels(*apart))
    if reason in MAY_BE_THE_TOTAL:
        lines = [texts.examples.report_of(c.amount_fen or 0, c.gifts, c.booked_on) for c in told]
        return texts.reports.total_instead(team, list(dict.fromkeys(lines))[:SHOWN])
    return texts.reports.example_instead(team)


def of_several(parts: Sequence[tuple[Context, Team, Claims]]) -> list[str]:
    """A line for each of several teams of which an exact figure was told that may be written."""
    lines = []
    for _, team, claims in parts:
        sound = (c for c in claims.claims if c.amount_fen and not c.doubt and is_written(c))
        if told := next(sound, None):
            figures = (told.booked_on, told.amount_fen or 0, told.gifts)
            lines.append(texts.examples.total_of_team(team.code, *figures))
    return lines
