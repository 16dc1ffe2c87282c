"""The book of a settled drive in LibreOffice: each cell that it shows is the csv book's (`make office` installs it)."""

import csv
import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from handlers.books import binding
from handlers.books.sheets import sheets_of
from storage.books import read_book
from storage.disclosures import Bound
from tests.conversations.conftest import Office, app, office, settings, webhook, zhaotong
from tests.imports.test_settled import live_through

__all__ = ["app", "office", "settings", "webhook", "zhaotong"]

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Every sheet a file, in UTF-8, cells as a person sees them."""


def rows(text: str) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in csv.reader(text.splitlines())]


def plain(cell: str) -> str:
    """A number without the commas between its thousands, a text without the apostrophe that keeps it one."""
    return cell.replace(",", "") if re.fullmatch(r"-?[\d,]+(\.\d\d)?", cell) else cell.removeprefix("'")


def test_it_shows_what_the_csv_book_says(office: Office, tmp_path: Path) -> None:
    live_through(office, tmp_path)
    book = read_book(office.store, office.campaign, office.store.clock.now())
    forms: dict[Bound, BytesIO] = {"xlsx": BytesIO(), "csv": BytesIO()}
    for form, file in forms.items():
        binding.write(book, sheets_of(book), form, file, lambda count: None)
    workbook = tmp_path / "book.xlsx"
    workbook.write_bytes(forms["xlsx"].getvalue())
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", AS_SHOWN]
    subprocess.run([*command, "--outdir", str(tmp_path), str(workbook)], check=True, capture_output=True, timeout=120)
    with ZipFile(forms["csv"]) as archive:
        for sheet in sheets_of(book):
            told = rows(archive.read(f"{sheet.name}.csv").decode("utf-8-sig"))
            shown = rows((tmp_path / f"book-{sheet.name}.csv").read_text(encoding="utf-8"))
            assert shown == told, sheet.name
        assert len(archive.namelist()) == 8
