"""A book written as a file: the xlsx or the zip of csv files that its sheets are handed out in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from handlers.books.sheets import Sheet
from handlers.books.zipped import write_zip
from storage.books import Book
from storage.disclosures import Bound
from storage.progress import Advance


def write(book: Book, sheets: list[Sheet], form: Bound, output: BinaryIO, advance: Advance) -> None:
    """`advance` is told how many rows were written."""
    if form == "csv":
        write_zip(book, sheets, output, advance)
        return
    from handlers.books.workbook import write_workbook

    write_workbook(book.campaign, sheets, output, advance)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner reads, and that is not there before all of it is."""
    draft = path.with_name(f"{path.name}.unfinished")
    draft.unlink(missing_ok=True)
    try:
        draft.touch(mode=0o600)
        with draft.open("wb") as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
