"""Taking a book: read, entered into the ledger, and written to a file or standard output, with a bar on a terminal."""

import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, get_args

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from handlers.books.sheets import sheets_of
from handlers.books.zipped import write_zip
from storage import Store
from storage.books import Advance, Book, read_book
from storage.campaign_schema import Campaign
from storage.disclosures import Form
from storage.export import document
from storage.ledger import Author

FORMS: tuple[Form, ...] = get_args(Form)


def take(store: Store, campaign: Campaign, form: Form, region: str, output: Path | None) -> Book:
    """Write the book of a campaign or of a region (by id, '' for all); a file has its name once it is whole.

    That it was taken stands in the ledger before anything is given out.
    """
    now = store.clock.now()
    entries = store.database.xlen(store.keys.ledger(campaign.id))
    with _bar("reading", entries) as advance:
        book = read_book(store, campaign, now, region, advance)
    sheets = sheets_of(book)
    if form == "json":
        content = document(store, book)
        _enter(store, book, form, list(content))
        with _file(output) as file:
            file.writelines(
                part.encode() for part in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(content)
            )
            file.write(b"\n")
        return book
    _enter(store, book, form, [sheet.name for sheet in sheets])
    with _file(output) as file, _bar("writing", len(book.teams) + len(book.reports)) as advance:
        if form == "csv":
            write_zip(book, sheets, file, advance)
        else:
            from handlers.books.workbook import write_workbook

            write_workbook(book, sheets, file, advance)
    return book


def _enter(store: Store, book: Book, form: Form, parts: list[str]) -> None:
    author = Author(f"operator:{secrets.token_hex(8)}", "operator", book.at)
    store.disclosures.book(book.campaign, author, form, book.region, parts, len(book.teams))


@contextmanager
def _file(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that only its owner reads, and that is not there before all of it is."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = output.with_name(f"{output.name}.unfinished")
    draft.unlink(missing_ok=True)
    try:
        draft.touch(mode=0o600)
        with draft.open("wb") as file:
            yield file
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _bar(what: str, total: int) -> Iterator[Advance]:
    """On a terminal; in a pipe nothing is shown."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)
