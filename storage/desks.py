"""Desks: what waits for a coordinator, of every kind, in two round trips however many teams there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.database import Database, DatabasePipeline, look
from storage.keys import Keys
from storage.matters import (
    Difference,
    Incident,
    Matter,
    MatterKind,
    OfKind,
    Question,
    Raise,
    Review,
    UncertainDelivery,
)
from storage.models.teams import Team
from storage.teams import Teams

_page = look("page")


@dataclass(frozen=True, slots=True)
class Figures:
    """Those that wait, the first that is due first, of so many (`of`), with their `teams` by code."""

    reviews: Sequence[Review]
    of: int
    teams: Mapping[str, Team]


@dataclass(frozen=True, slots=True)
class Differences:
    """The same of what the platform says otherwise, the oldest first."""

    differences: Sequence[Difference]
    of: int
    teams: Mapping[str, Team]


@dataclass(frozen=True, slots=True)
class Desk:
    """`pending`: how many teams wait to be let in; `questions`: how many of the campaign's wait for an answer; `cases`,
    `uncertain` (deliveries), `raises`: all of the campaign's that are open, whoever may see them."""

    pending: int
    questions: int
    cases: Sequence[Incident]
    uncertain: Sequence[UncertainDelivery]
    raises: Sequence[Raise]
    figures: Figures
    differences: Differences


@dataclass(frozen=True, slots=True)
class Desks:
    """Scopes are `boards.ALL` or `region:R`; none of those asked for lies in another."""

    database: Database
    keys: Keys

    def look(self, campaign: str, scopes: Sequence[str], figures: int, differences: int) -> Desk:
        """All that waits there; of the figures and of the differences so many, the first ones."""
        with self.database.pipeline(transaction=False) as pipe:
            for kind in ("question", "incident", "delivery", "raise"):
                pipe.hvals(self.keys.matters(campaign, kind))
            for scope in scopes:
                pipe.zcard(self.keys.roll(campaign, "pending", scope))
                self._ask_for(pipe, campaign, "review", self.keys.docket(campaign, scope), figures)
                self._ask_for(pipe, campaign, "difference", self.keys.differing(campaign, scope), differences)
            questions, cases, uncertain, raises, *answers = pipe.execute()
        reviews, apart = _first(Review, answers[1::3], figures), _first(Difference, answers[2::3], differences)
        teams = self._teams(campaign, [*reviews, *apart])
        return Desk(
            pending=sum(answers[0::3]),
            questions=sum(Question.model_validate_json(doc).state == "open" for doc in questions),
            cases=[case for case in map(Incident.model_validate_json, cases) if case.state != "closed"],
            uncertain=[
                delivery
                for delivery in map(UncertainDelivery.model_validate_json, uncertain)
                if delivery.state == "open"
            ],
            raises=sorted(
                (each for each in map(Raise.model_validate_json, raises) if each.state == "open"), key=_number
            ),
            figures=Figures(reviews, _of(answers[1::3]), teams),
            differences=Differences(apart, _of(answers[2::3]), teams),
        )

    def figures(self, campaign: str, scopes: Sequence[str], start: int, count: int) -> Figures:
        """`count` of the figures from `start`."""
        with self.database.pipeline(transaction=False) as pipe:
            for scope in scopes:
                self._ask_for(pipe, campaign, "review", self.keys.docket(campaign, scope), start + count)
            answers = pipe.execute()
        reviews = _first(Review, answers, start + count)[start:]
        return Figures(reviews, _of(answers), self._teams(campaign, reviews))

    def pending(self, campaign: str, scopes: Sequence[str]) -> int:
        """How many teams of these scopes wait to be let in; one round trip."""
        return sum(self.database.together([("ZCARD", self.keys.roll(campaign, "pending", scope)) for scope in scopes]))

    def _ask_for(self, pipe: DatabasePipeline, campaign: str, kind: MatterKind, key: str, count: int) -> None:
        """The first of a sorted set of numbers, as matters of a kind, and how many it has."""
        first, last = (0, count - 1) if count else (1, 0)
        _page(pipe, [key, self.keys.matters(campaign, kind)], ["ZRANGE", "ZCARD", 2, first, last])

    def _teams(self, campaign: str, matters: Sequence[Matter]) -> dict[str, Team]:
        teams = Teams(self.database, self.keys).many(campaign, dict.fromkeys(matter.subject for matter in matters))
        return {team.code: team for team in teams}


def _first(shape: type[OfKind], answers: Sequence[Any], count: int) -> list[OfKind]:
    """The first of what several scopes answered, by when it is due, or else by when it began to wait."""
    found = [shape.model_validate_json(doc) for _, docs in answers for doc in docs]
    return sorted(found, key=lambda matter: (matter.due or matter.at, _number(matter)))[:count]


def _of(answers: Sequence[Any]) -> int:
    return sum(of for of, _ in answers)


def _number(matter: Matter) -> int:
    return int(matter.number.removeprefix("D"))
