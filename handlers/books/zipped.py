"""A book as a zip of one csv file a sheet, in UTF-8 with the mark by which Excel knows it."""

import csv
from io import TextIOWrapper
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from handlers import texts
from handlers.books.columns import Cell, Column
from handlers.books.sheets import Sheet
from storage.books import Book
from storage.progress import Advance

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would reckon; such a text gets an apostrophe in front."""


def write_zip(book: Book, sheets: list[Sheet], output: BinaryIO, advance: Advance) -> None:
    """Amounts are yuan with two decimals, moments stand on the campaign's wall clock."""
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for sheet in sheets:
            with (
                archive.open(f"{sheet.name}.csv", "w", force_zip64=True) as content,
                TextIOWrapper(content, encoding="utf-8-sig", newline="") as text,
            ):
                rows = csv.writer(text)
                rows.writerow(column.heading for column in sheet.columns)
                for row in sheet.rows():
                    rows.writerow(_cell(*pair, book) for pair in zip(sheet.columns, row, strict=True))
                    advance(1)


def _cell(column: Column, cell: Cell, book: Book) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(FORMULA) else cell
        case int():
            return texts.figures.format_amount(cell).replace(",", "") if column.kind == "yuan" else str(cell)
        case moment:
            return texts.books.moment(book.campaign.local(moment))
