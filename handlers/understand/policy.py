"""What becomes of a claim, by its attributes: one total table in `data/policy.tsv`, read from top to bottom."""

from functools import cache
from typing import Literal, NamedTuple, cast

from handlers.language.wordlists import rows
from handlers.understand.claim import Claim

Outcome = Literal["book", "midnight", "aside", "ask", "explain"]


class Row(NamedTuple):
    """A line of the table: what a claim must be (`*` any), and what becomes of it, for which reason."""

    fits: tuple[str, str, str, str, str]
    outcome: Outcome
    reason: str
    example: str


@cache
def policy() -> tuple[Row, ...]:
    """The table, as the data file orders it."""
    return tuple(
        Row((whose, when, mood, direction, what), cast(Outcome, outcome), reason, example)
        for whose, when, mood, direction, what, outcome, reason, example in rows("understand/policy")
    )


def ruled(claim: Claim) -> Row:
    """The row that holds for a claim."""
    return row_of((claim.whose, claim.when, claim.mood, claim.direction, claim.what))


@cache
def row_of(told: tuple[str, str, str, str, str]) -> Row:
    """The first row that fits what is told of a figure: whose, when, mood, direction, what."""
    return next(row for row in policy() if all(fits in ("*", said) for fits, said in zip(row.fits, told, strict=True)))
