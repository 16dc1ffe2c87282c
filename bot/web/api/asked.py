"""What a request may ask for: each parameter with its rule, checked here and told by the document."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.web.sights import Asked, Scope
from handlers import texts
from storage.models.teams import Metric

AT_MOST = 200
"""Lines of one answer."""


class BadRequest(ValueError):
    """The text says which parameter is wrong, and how."""


class Query(BaseModel):
    """The parameters of the leaderboard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scope: Scope = "team"
    metric: Metric = "amount"
    region: Annotated[str, Field(max_length=80)] = ""
    project: Annotated[str, Field(max_length=80)] = ""
    limit: Annotated[int, Field(ge=1, le=AT_MOST)] = 50
    cursor: Annotated[str, Field(pattern=r"^(?:\d{1,7})?$")] = ""

    @model_validator(mode="after")
    def _narrows_once(self) -> "Query":
        if self.region and self.project:
            raise ValueError(texts.api.NARROWED_TWICE)
        if self.region and self.scope not in ("team", "unit"):
            raise ValueError(texts.api.REGION_OF_WHAT)
        if self.project and self.scope != "team":
            raise ValueError(texts.api.PROJECT_OF_WHAT)
        return self

    @property
    def asked(self) -> Asked:
        return Asked(self.scope, self.metric, self.region, self.project, int(self.cursor or 0), self.limit)


def query_of(given: Mapping[str, Sequence[str]]) -> Query:
    """Raises `BadRequest`, also for a parameter that is not known or is given twice."""
    twice = [name for name, values in given.items() if len(values) > 1]
    if twice:
        raise BadRequest(texts.api.given_twice(twice[0]))
    values: dict[str, Any] = {name: values[0] for name, values in given.items()}
    try:
        return Query.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "value_error":
            raise BadRequest(str(first["ctx"]["error"])) from None
        where = ".".join(map(str, first["loc"]))
        raise BadRequest(texts.api.wrong(where, first["type"], first.get("ctx", {}))) from None
