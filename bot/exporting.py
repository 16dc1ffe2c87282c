"""Taking a book: read, entered into the ledger, and written to a file or standard output, with a bar on a terminal."""

import json
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, get_args

from bot.cli.progress import progress
from handlers.books import binding
from handlers.books.sheets import sheets_of
from storage import Store
from storage.books import Book, read_book
from storage.campaign_schema import Campaign
from storage.disclosures import Bound, Form, Taking
from storage.export import document
from storage.ledger import Author

FORMS: tuple[Form, ...] = ("json", *get_args(Bound))


def take(store: Store, campaign: Campaign, form: Form, region: str, output: Path | None, choice: str = "") -> Book:
    """Write the book of a campaign or of a region (by id), in the columns of a choice (by name); '' for all.

    A file has its name once it is whole. That it was taken stands in the ledger before anything is given out.
    """
    now = store.clock.now()
    entries = store.database.xlen(store.keys.ledger(campaign.id))
    with progress("reading", entries) as advance:
        book = read_book(store, campaign, now, region, advance)
    if form == "json":
        _write_json(store, book, output)
        return book
    sheets = sheets_of(book, choice)
    _enter(store, book, form, [sheet.name for sheet in sheets])
    with _file(output) as file, progress("writing", len(book.teams) + len(book.reports)) as advance:
        binding.write(book, sheets, form, file, advance)
    return book


def take_sheets(store: Store, campaign: Campaign, names: Sequence[str], output: Path) -> None:
    """Some sheets of a campaign's book alone, as xlsx; that they were taken stands in the ledger."""
    book = read_book(store, campaign, store.clock.now())
    sheets = [sheet for sheet in sheets_of(book) if sheet.name in names]
    _enter(store, book, "xlsx", [sheet.name for sheet in sheets])
    with _file(output) as file, progress("writing", len(sheets)) as advance:
        binding.write(book, sheets, "xlsx", file, advance)


def _write_json(store: Store, book: Book, output: Path | None) -> None:
    content = document(store, book)
    _enter(store, book, "json", list(content))
    with _file(output) as file:
        file.writelines(part.encode() for part in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(content))
        file.write(b"\n")


def _enter(store: Store, book: Book, form: Form, parts: list[str]) -> None:
    author = Author(f"operator:{secrets.token_hex(8)}", "operator", book.at)
    store.disclosures.book(book.campaign, author, Taking(form, book.region, parts, len(book.teams)))


@contextmanager
def _file(output: Path | None) -> Iterator[BinaryIO]:
    if output is not None:
        with binding.whole_file(output) as file:
            yield file
        return
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
