"""Whether figures are plausible, the first report included: doubtful ones are asked about, those beyond a limit wait.

The measures are the campaign file's `[limits]` (interface: 1,000,000元 in one report, 10,000元 a 人次, ×100).
"""

from collections.abc import Iterator
from datetime import timedelta

from handlers.understand.ear import Ear
from handlers.understand.verdicts import Doubt
from storage.models import Team
from storage.reckoning import REPETITION, Reading, reach

AMOUNT_FEN, PER_GIFT_FEN, JUMP = 100_000_000, 1_000_000, 100
LEAP = 10
"""So many times the present total is asked about."""
DOUBTFUL = 2
"""What reaches half of what a gift may bring is asked about at the first report."""


def beyond(reached: Team, reading: Reading, ear: Ear) -> str:
    """Why figures are beyond what may be written without a coordinator; '' where they are not."""
    total = reached.total(reading.channel)
    if (reading.amount_fen or 0) > AMOUNT_FEN:
        return "beyond amount"
    if total.donations and total.amount_fen > PER_GIFT_FEN * total.donations:
        return "beyond per gift"
    return ""


def doubts(team: Team, reading: Reading, ear: Ear) -> Iterator[Doubt]:
    """Everything about a reading that is asked before it is written (design §2, "A report")."""
    present, reached = team.total(reading.channel), reach(team, reading, ear.now.date())
    if reached.amount_fen < present.amount_fen or reached.donations < present.donations:
        yield Doubt("lower", "")
    if present.amount_fen > 0 and reached.amount_fen >= LEAP * present.amount_fen:
        yield Doubt("jump", "")
    minimum = ear.campaign.policy.minimum_gift_fen
    if minimum and reached.donations and reached.amount_fen < reached.donations * minimum:
        yield Doubt("minimum", "")
    if not present.report and reached.donations and reached.amount_fen * DOUBTFUL >= PER_GIFT_FEN * reached.donations:
        yield Doubt("per gift", "")
    if reading.kind == "increment" and _repeats(team, reading, ear):
        yield Doubt("repeated", "")


def _repeats(team: Team, reading: Reading, ear: Ear) -> bool:
    said = (reading.amount_fen or 0, reading.donations or 0)
    return any(
        (each.amount_fen, each.donations) == said and timedelta(0) <= ear.now - each.at < REPETITION
        for each in team.recent
    )
