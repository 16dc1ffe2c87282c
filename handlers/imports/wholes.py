"""The figures of a team into which others were merged: the sum of its donation pages.

A page that a table leaves out counts as it was last confirmed: money does not go because a row is missing. Where nobody
can know which pages the rows are of, none of them counts.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from handlers.imports.rows import Refusal, Refused
from storage.models.teams import Team
from storage.platform import Confirmed, of_pages


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is a team's. `before`: what the platform said of it last. `page`: the donation page that the row names
    by itself; `itself`: the team is not named by one that was merged into it."""

    row: int
    team: Team
    figures: Confirmed
    before: Confirmed | None
    page: str = ""
    itself: bool = True


def only_one(lines: Sequence[Line], refused: list[Refusal]) -> Line:
    """The first row of a team that has one donation page. Adds the others to the refused ones."""
    first, *others = lines
    why = f"row {first.row} is team {first.team.code}'s already"
    refused += [Refusal(each.row, each.team.unit, why) for each in others]
    return first


def whole(lines: Sequence[Line]) -> Line:
    """The row of a team into which others were merged. Raises `Refused` where its pages are not told."""
    first, kept = lines[0], lines[0].before.parts if lines[0].before else ()
    _require_pages(lines, {page.page for page in kept})
    if not first.page:
        return first
    named = [part for each in lines for part in each.figures.parts]
    older = [page for page in kept if page.page and page.page not in {part.page for part in named}]
    changes = of_pages([*named, *older]) | {"as_of": min(part.as_of for part in named)}
    return replace(first, figures=first.figures.model_copy(update=changes))


def _require_pages(lines: Sequence[Line], kept: Set[str]) -> None:
    """It is known of which pages these rows are, beside those that were told before. Raises `Refused`."""
    named, code = {each.page for each in lines}, lines[0].team.code
    rows = ", ".join(str(each.row) for each in lines)
    if "" in named or len(named) < len(lines):
        if len(lines) == 1 and (lines[0].itself or len(kept) < 2):
            return
        raise Refused(f"rows {rows} are all team {code}'s, into which another was merged; add the page of each")
    missing = kept - named
    all_anew = missing == {""} and len(named) >= len(kept)
    if missing and not all_anew and ("" in missing or named - kept):
        raise Refused(f"rows {rows} are not all of team {code}, into which another was merged; add its other pages")
