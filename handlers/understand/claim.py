"""A claim: one figure of a message, or an amount and its count, with everything that tells what it is a figure of.

What becomes of it stands in `data/policy.tsv`. A report that says of its figure that it was made to look so (gifts that
are paid back, split or clicked together) is refused with the campaign's rule, and the coordinators are told; what the
campaign bought and has to account for, or a gift given by mistake, is none of it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal, NamedTuple, cast

from handlers.language.text import normalise
from handlers.language.wordlists import rows, words
from handlers.understand.attributes import Channel, Direction, Kind, Mood, Relation, What, Whose
from handlers.understand.moments import When
from handlers.understand.normal import Line
from handlers.understand.tokens import Token
from storage.campaign_schema import Campaign

_MADE, _PAID_BACK, _HONEST = (
    re.compile("|".join(words("understand/farming", kind))) for kind in ("made", "paid back", "honest")
)


def tells_of_farming(text: str) -> bool:
    """Of a normalised report."""
    return bool(_MADE.search(text) or (_PAID_BACK.search(text) and not _HONEST.search(text)))


BookedOn = Literal["online", "offline"]
PEOPLE = ("人", "名", "位", "户", "个人")
"""Units of a count that may be of people who gave nothing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, or an amount and its count. Money in fen, `gifts` in 人次; what is not said is None.

    `doubt`: why the figure itself is not exact. `strange`: words of its clause that nobody knows. `said`: the words on
    which its attributes rest, each as typed. `codes`: her own teams that are named. `start`, `end`: places in the line.
    `timed`: a part of the day or a moment is named. `told_before`: it is what was reported before (`早上报过3000的`).
    `named`: a word ahead of it says that it is hers or came in, though not of which kind it is. `summed`: a mere sum
    (一共) makes it a total, which may be the sum of what was just told. `came`: it is said to have come in.
    `today`: a word for today stands ahead of it. `handed`: the clause ahead tells of cash, and it how much.
    """

    amount_fen: int | None
    gifts: int | None
    kind: Kind
    channel: Channel
    channel_named: bool
    whose: Whose
    relation: Relation
    when: When
    mood: Mood
    direction: Direction
    what: What
    start: int
    end: int
    doubt: str = ""
    strange: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    as_of: datetime | None = None
    counted: str = ""
    dated: bool = False
    timed: bool = False
    told_before: bool = False
    named: bool = False
    measured: bool = False
    summed: bool = False
    came: bool = False
    today: bool = False
    handed: bool = False

    @property
    def booked_on(self) -> BookedOn:
        """The channel on which it would be booked."""
        return "offline" if self.channel == "offline" else "online"


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything a message claims, read in a campaign. `turns`: the words that turn all of it. `unknown`: clauses
    without a figure that nobody understands and that may turn it. `nothing`: she says that nothing new came in.
    `codes`: teams that she names by their numbers; `hers`: her own that she names, or all of them. `sounds_like`: what
    the trained opinion surely takes the message for instead; '' for a report."""

    line: Line
    campaign: Campaign
    claims: tuple[Claim, ...]
    turns: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    nothing: bool = False
    codes: tuple[str, ...] = ()
    hers: tuple[str, ...] = ()
    sounds_like: str = ""
    tokens: tuple[Token, ...] = ()

    @property
    def farmed(self) -> bool:
        """Whether she says that a figure was made to look so."""
        return tells_of_farming(normalise(self.line.typed))

    @property
    def code(self) -> str | None:
        """The team she names first by its number."""
        return self.codes[0] if self.codes else None


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
