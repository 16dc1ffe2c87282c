"""What a request may ask for: each parameter with its rule, checked here and told by the document."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.web.sights import Asked, Scope
from storage.models.teams import Metric

AT_MOST = 200
"""Lines of one answer."""


class BadRequest(ValueError):
    """The text says which parameter is wrong, and how."""


class Query(BaseModel):
    """The parameters of the leaderboard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scope: Annotated[Scope, Field(description="What is ranked.")] = "team"
    metric: Annotated[Metric, Field(description="By which figure: amount, 人次, or what came in today.")] = "amount"
    region: Annotated[
        str, Field(max_length=80, description="Only the teams of this region (and of those in it); an id.")
    ] = ""
    project: Annotated[str, Field(max_length=80, description="Only the teams of this project; an id.")] = ""
    limit: Annotated[int, Field(ge=1, le=AT_MOST, description="How many lines.")] = 50
    cursor: Annotated[
        str, Field(pattern=r"^(?:\d{1,7})?$", description="`next` of the answer before; nothing for the beginning.")
    ] = ""

    @model_validator(mode="after")
    def _narrows_once(self) -> "Query":
        if self.region and self.project:
            raise ValueError("name a region or a project, not both")
        if self.scope != "team" and (self.region or self.project):
            raise ValueError("only teams can be narrowed to a region or a project")
        return self

    @property
    def asked(self) -> Asked:
        return Asked(self.scope, self.metric, self.region, self.project, int(self.cursor or 0), self.limit)


def query_of(given: Mapping[str, Sequence[str]]) -> Query:
    """Raises `BadRequest`, also for a parameter that is not known or is given twice."""
    twice = [name for name, values in given.items() if len(values) > 1]
    if twice:
        raise BadRequest(f"{twice[0]}: given twice")
    values: dict[str, Any] = {name: values[0] for name, values in given.items()}
    try:
        return Query.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadRequest(f"{where}: {first['msg']}" if where else first["msg"].removeprefix("Value error, ")) from None
