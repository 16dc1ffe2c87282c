"""The sheets of a book: headings and rows. Names, never ids; amounts in fen; of a case neither words nor reporter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from handlers import texts
from handlers.books import awards, offices, overview, settlement, teams
from handlers.books.columns import REGION, Column, Row
from storage.books import Book
from storage.campaign_extras import BookColumns
from storage.campaign_schema import Campaign

Kept = tuple[str, Sequence[Column], Callable[[Book], Iterable[Row]]]
"""A sheet's name, its columns, and what makes its rows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are made while they are written."""

    name: str
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Row]]


def _kept(campaign: Campaign) -> list[Kept]:
    """Every sheet that the campaign has something for, in order."""
    return [
        ("总览", overview.OVERVIEW, overview.overview),
        ("县区", overview.REGIONS, overview.by_region),
        ("队伍", teams.TEAMS, teams.teams),
        ("报数", teams.REPORTS, teams.reports),
        *([("结算", settlement.SETTLEMENT, settlement.settlement)] if campaign.progress == "money" else []),
        *([("差异", settlement.DIFFERENCES, settlement.differences)] if campaign.progress == "money" else []),
        *([("表彰", awards.AWARDS, awards.awards)] if campaign.awards else []),
        ("舆情", offices.CASES, offices.cases),
        *([("任务", offices.TASKS, offices.tasks)] if campaign.progress == "items" else []),
        ("操作记录", offices.ACTS, offices.acts),
    ]


def sheets_of(book: Book, choice: str = "") -> list[Sheet]:
    """The sheets of a book; `choice`: the name of the campaign's choice of sheets and columns, '' for all."""
    whole = [
        Sheet(name, _named_here(book.campaign, columns), partial(rows, book))
        for name, columns, rows in _kept(book.campaign)
    ]
    return _chosen(whole, chosen_columns(book.campaign, choice)) if choice else whole


def chosen_columns(campaign: Campaign, choice: str) -> BookColumns:
    """The choice that bears the name. Raises `KeyError`."""
    return {each.name: each for each in campaign.book_columns}[choice]


def unknown_columns(campaign: Campaign) -> Iterator[str]:
    """What the campaign's choices name that no book has, one line each."""
    headings = {name: [c.heading for c in _named_here(campaign, columns)] for name, columns, _ in _kept(campaign)}
    for choice in campaign.book_columns:
        for wanted in choice.sheets:
            if wanted.sheet not in headings:
                yield f"book_columns.{choice.name}: no sheet {wanted.sheet!r}; there are: {', '.join(headings)}"
                continue
            known = headings[wanted.sheet]
            for heading in wanted.columns:
                if heading not in known:
                    yield (
                        f"book_columns.{choice.name}: sheet {wanted.sheet} has no column {heading!r}; "
                        f"it has: {', '.join(known)}"
                    )


def _chosen(whole: Sequence[Sheet], choice: BookColumns) -> list[Sheet]:
    """Sheets and columns in the order of the choice; a sheet without columns named has all of its own."""
    by_name = {sheet.name: sheet for sheet in whole}
    return [_narrowed(by_name[each.sheet], each.columns) for each in choice.sheets if each.sheet in by_name]


def _narrowed(sheet: Sheet, headings: Sequence[str]) -> Sheet:
    places = {column.heading: place for place, column in enumerate(sheet.columns)}
    wanted = [places[heading] for heading in headings if heading in places] or list(places.values())
    return Sheet(sheet.name, [sheet.columns[place] for place in wanted], partial(_picked, sheet, wanted))


def _picked(sheet: Sheet, places: Sequence[int]) -> Iterator[Row]:
    return (tuple(row[place] for place in places) for row in sheet.rows())


def _named_here(campaign: Campaign, columns: Sequence[Column]) -> list[Column]:
    """What regions are called at the campaign's level."""
    called = replace(REGION, heading=texts.naming.region_word(campaign))
    return [called if column is REGION else column for column in columns]
