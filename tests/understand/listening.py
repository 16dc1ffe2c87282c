"""What the tests of reading share: a team with something reported, and what becomes of a line of its captain."""

from functools import cache

from benchmarks.effects import Line, ear, standing
from handlers.understand.claim import Claims
from handlers.understand.claims import claims_of
from handlers.understand.ear import Ear
from handlers.understand.lexicon import Sense, lexicon
from handlers.understand.normal import line_of
from handlers.understand.tokens import tokens_of
from handlers.understand.verdicts import Book, Verdict
from handlers.understand.weighing import weigh
from storage.models.teams import Team

STOOD = "9000/120@07"
"""9,000元 and 120人次 on the evening before; the lines are said on 8 May 2024 at 20:00."""


@cache
def team_and_ear(before: str = STOOD, at: str = "20:00") -> tuple[Team, Ear]:
    team = standing(before)
    return team, ear(Line(before, at, ""), team)


def claimed(text: str, before: str = STOOD, at: str = "20:00") -> Claims:
    """What the grammar alone reads; the trained opinion is not asked."""
    _, hears = team_and_ear(before, at)
    line = line_of(text)
    return claims_of(line, tokens_of(line, hears), hears)


def weighed(text: str, before: str = STOOD, at: str = "20:00") -> Verdict | None:
    team, hears = team_and_ear(before, at)
    return weigh(claimed(text, before, at), team, hears.now)


def books(text: str, before: str = STOOD, at: str = "20:00") -> bool:
    return isinstance(weighed(text, before, at), Book)


def words_of(kind: str, *values: str) -> list[str]:
    """The forms of the lexicon that have a sense of a class, and of one of these values of it."""
    return sorted(form for form, senses in lexicon().senses.items() if any(_is(s, kind, values) for s in senses))


def _is(sense: Sense, kind: str, values: tuple[str, ...]) -> bool:
    return sense.kind == kind and (not values or sense.value in values)
