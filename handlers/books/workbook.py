"""A book as an Excel file: one row at a time, so that memory does not grow with it."""

import tempfile
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from handlers.books.columns import Cell, Column, Kind
from handlers.books.sheets import Sheet
from storage.books import Book
from storage.progress import Advance

_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {},
    "yuan": {"num_format": "#,##0.00"},
    "count": {"num_format": "#,##0"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}


def write_workbook(book: Book, sheets: list[Sheet], output: BinaryIO, advance: Advance) -> None:
    """Amounts and moments are real cells; text is text whatever it begins with."""
    with tempfile.TemporaryDirectory(prefix="yidui-book-") as scratch:
        options = {"constant_memory": True, "tmpdir": scratch}
        with Workbook(output, options) as workbook:
            heading = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1})
            formats = {kind: workbook.add_format(how) for kind, how in _FORMATS.items()}
            for sheet in sheets:
                _write(workbook.add_worksheet(sheet.name), sheet, heading, formats, book, advance)


def _write(page: Any, sheet: Sheet, heading: Any, formats: dict[Kind, Any], book: Book, advance: Advance) -> None:
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.heading, heading)
    last = 0
    for last, row in enumerate(sheet.rows(), start=1):
        for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, last, at, column, cell, formats[column.kind], book)
        advance(1)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})


def _cell(page: Any, row: int, at: int, column: Column, cell: Cell, shown: Any, book: Book) -> None:
    match cell:
        case None | "":
            return
        case str():
            page.write_string(row, at, cell)
        case int():
            page.write_number(row, at, cell / 100 if column.kind == "yuan" else cell, shown)
        case moment:
            page.write_datetime(row, at, book.campaign.local(moment).replace(tzinfo=None), shown)
