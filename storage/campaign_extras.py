"""What only some campaigns have: tasks counted in items, review levels, sites, and facts nothing is computed with."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from storage.campaign_tables import Name, Slug, Sourced, Table
from storage.campaign_times import Day, End


class Task(Sourced):
    """A thing that each `scope` (a 慈善会, a fund, a county) brings to a number: `least` to `most` of `unit`.

    `regions`: where it is asked for; empty means everywhere. `per_region` is False where a region may hold several
    of `scope`, so that its count alone does not show who has done it. `evidence`: what shows an item was done.
    """

    id: Slug
    name: str
    scope: str
    unit: str
    least: Annotated[int, Field(ge=0)] | None = None
    most: Annotated[int, Field(ge=0)] | None = None
    deadline: End | None = None
    regions: tuple[str, ...] = ()
    per_region: bool = True
    evidence: str = ""

    @model_validator(mode="after")
    def _least_is_not_above_most(self) -> "Task":
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(f"least {self.least} is above most {self.most}; exchange them")
        return self


class ReviewLevel(Sourced):
    """One step of admission, in the order of the file: what is done, and by whom."""

    id: Slug
    name: str
    reviewer: str


class SheetColumns(Table):
    """The columns of one sheet of a book, by their headings, in that order; none named is all of them."""

    sheet: Name
    columns: tuple[Name, ...] = ()


class BookColumns(Table):
    """A choice of sheets and columns under which the organisers take a book again and again (对账, 上报市里)."""

    name: Name
    sheets: Annotated[tuple[SheetColumns, ...], Field(min_length=1)]


class Award(Sourced):
    """A commendation of an organiser's, and the rule by which it is proposed. `of`: whom; `by`: which board.

    `least`: so much, in fen or 人次, and `below`: less than so much; `top`: so many first places, equal ones all;
    `each`: of the whole campaign, or of every region apart. `day`: whose growth counts. `regions`, `projects`: where it
    is given; empty means everywhere.
    """

    id: Slug
    name: Name
    of: Literal["teams", "units", "regions"] = "units"
    by: Literal["amount", "donations", "growth"] = "amount"
    least: Annotated[int, Field(gt=0)] | None = None
    below: Annotated[int, Field(gt=0)] | None = None
    top: Annotated[int, Field(gt=0)] | None = None
    each: Literal["campaign", "region"] = "campaign"
    day: Day | None = None
    regions: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _chooses(self) -> "Award":
        if self.least is None and self.top is None:
            raise ValueError("everybody would get it; give 'least' or 'top'")
        if (self.by == "growth") != (self.day is not None):
            raise ValueError("'day' says whose growth counts: give it with by = 'growth', and only with it")
        if self.projects and self.of != "teams":
            raise ValueError("only teams are of a project; take 'projects' out, or give of = 'teams'")
        if self.each == "region" and self.of == "regions":
            raise ValueError("a region alone is always the first; take 'each' out")
        return self


class Site(Sourced):
    """A place where volunteers stand or an event is held, and who runs it."""

    id: Slug
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    operators: tuple[str, ...] = ()
    region: str | None = None


class Fact(Sourced):
    """Something the document says with which nothing is computed: a quota, a result, a role, a step, a track record.

    `figure` stands as the document prints it (近4000, 3-5), with its `unit`; `text` says it in words.
    """

    id: Slug
    topic: str
    name: str
    figure: str = ""
    unit: str = ""
    text: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> "Fact":
        if not self.figure and not self.text:
            raise ValueError("neither figure nor text; give one of them")
        return self
