"""A book as an Excel file: one row at a time, so that memory does not grow with it (docs/adr/0020)."""

from collections.abc import Iterator
from typing import BinaryIO

from rustpy_xlsxwriter import Format, write_worksheets

from handlers.books.columns import Cell, Kind
from handlers.books.sheets import Sheet
from storage.campaign_schema import Campaign
from storage.progress import Advance

LONGEST = 32_767
"""Characters of a cell: Excel takes no more."""


def write_workbook(campaign: Campaign, sheets: list[Sheet], output: BinaryIO, advance: Advance) -> None:
    """Amounts and moments are real cells; text is text whatever it begins with."""
    names = [sheet.name for sheet in sheets]
    formats = _formats()
    write_worksheets(
        [(sheet.name, _records(campaign, sheet, advance)) for sheet in sheets],
        output,
        freeze_panes={"general": {"row": 1, "col": 0}},
        autofilter=dict.fromkeys(names, True),
        header_format=dict.fromkeys(names, _heading()),
        column_widths={sheet.name: {column.heading: column.width for column in sheet.columns} for sheet in sheets},
        column_formats={
            sheet.name: {column.heading: formats[column.kind] for column in sheet.columns} for sheet in sheets
        },
        ignore_errors={
            sheet.name: [column.heading for column in sheet.columns if column.kind == "text"] for sheet in sheets
        },
    )


def _heading() -> Format:
    return Format().set_bold().set_background_color("#DDEBF7").set_border_bottom("medium")


def _formats() -> dict[Kind, Format]:
    return {
        "text": Format(),
        "yuan": Format().set_num_format("#,##0.00"),
        "count": Format().set_num_format("#,##0"),
        "moment": Format().set_num_format("yyyy-mm-dd hh:mm").set_align("left"),
    }


def _records(campaign: Campaign, sheet: Sheet, advance: Advance) -> Iterator[dict[str, object]]:
    """Each row by its headings. A sheet without rows has an empty one: the headings are read off the first."""
    kinds = {column.heading: column.kind for column in sheet.columns}
    row = None
    for row in sheet.rows():
        yield {heading: _shown(campaign, kind, cell) for (heading, kind), cell in zip(kinds.items(), row, strict=True)}
        advance(1)
    if row is None:
        yield dict.fromkeys(kinds)


def _shown(campaign: Campaign, kind: Kind, cell: Cell) -> object:
    match cell:
        case None | "":
            return None
        case str():
            return cell[:LONGEST]
        case int():
            return cell / 100 if kind == "yuan" else cell
        case moment:
            return campaign.local(moment).replace(tzinfo=None)
