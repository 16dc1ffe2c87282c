"""Desks: what waits for a coordinator, of every kind, in two round trips however many teams there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.database import Database, DatabasePipeline, look
from storage.keys import Keys
from storage.matters import Incident, Question, Raise, Review, UncertainDelivery
from storage.models import Team
from storage.teams import Teams

_page = look("page")


@dataclass(frozen=True, slots=True)
class Figures:
    """Those that wait, the first that is due first, of so many (`of`), with their `teams` by code."""

    reviews: Sequence[Review]
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


@dataclass(frozen=True, slots=True)
class Desks:
    """Scopes are `boards.ALL` or `region:R`; none of those asked for lies in another."""

    database: Database
    keys: Keys

    def look(self, campaign: str, scopes: Sequence[str], count: int) -> Desk:
        """All that waits there, of the figures the first `count`."""
        with self.database.pipeline(transaction=False) as pipe:
            for kind in ("question", "incident", "delivery", "raise"):
                pipe.hvals(self.keys.matters(campaign, kind))
            for scope in scopes:
                pipe.zcard(self.keys.roll(campaign, "pending", scope))
            self._ask_for_figures(pipe, campaign, scopes, count)
            questions, cases, uncertain, raises, *answers = pipe.execute()
        deliveries, asked = (
            map(UncertainDelivery.model_validate_json, uncertain),
            map(Raise.model_validate_json, raises),
        )
        return Desk(
            pending=sum(answers[: len(scopes)]),
            questions=sum(Question.model_validate_json(doc).state == "open" for doc in questions),
            cases=[case for case in map(Incident.model_validate_json, cases) if case.state != "closed"],
            uncertain=[delivery for delivery in deliveries if delivery.state == "open"],
            raises=sorted((each for each in asked if each.state == "open"), key=_number),
            figures=self._figures(campaign, answers[len(scopes) :], 0, count),
        )

    def figures(self, campaign: str, scopes: Sequence[str], start: int, count: int) -> Figures:
        """`count` of the figures from `start`."""
        with self.database.pipeline(transaction=False) as pipe:
            self._ask_for_figures(pipe, campaign, scopes, start + count)
            return self._figures(campaign, pipe.execute(), start, count)

    def pending(self, campaign: str, scopes: Sequence[str]) -> int:
        """How many teams of these scopes wait to be let in; one round trip."""
        return sum(self.database.together([("ZCARD", self.keys.roll(campaign, "pending", scope)) for scope in scopes]))

    def _ask_for_figures(self, pipe: DatabasePipeline, campaign: str, scopes: Sequence[str], count: int) -> None:
        for scope in scopes:
            of_scope = [self.keys.docket(campaign, scope), self.keys.matters(campaign, "review")]
            _page(pipe, of_scope, ["ZRANGE", "ZCARD", 2, 0, count - 1])

    def _figures(self, campaign: str, answers: Sequence[Any], start: int, count: int) -> Figures:
        found = [Review.model_validate_json(doc) for _, docs in answers for doc in docs]
        reviews = sorted(found, key=lambda each: (each.due or each.at, _number(each)))[start : start + count]
        teams = Teams(self.database, self.keys).many(campaign, dict.fromkeys(review.subject for review in reviews))
        return Figures(reviews, sum(of for of, _ in answers), {team.code: team for team in teams})


def _number(matter: Review | Raise) -> int:
    return int(matter.number.removeprefix("D"))
