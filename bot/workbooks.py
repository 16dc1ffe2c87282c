"""Workbooks (.xlsx): looked at before anything is unpacked, and refused where a cell may not say what it shows."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.imports.sheet import Cell, Sheet, Span, Unusable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_UNPACKED = 300_000_000
MOST_PARTS = 2_000
MOST_CELLS = 5_000_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What a zip is that was cut, turned over, packed in a way of its own or under a password."""
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_SINCE_1904 = re.compile(rb"date1904=\"(?:1|true)\"")


def read_workbook(path: Path, name: str = "") -> Sheet:
    """The one visible sheet that has something in it, or the one named. Raises `Unusable`."""
    from python_calamine import CalamineError, CalamineWorkbook

    _look_at(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return _sheet_of(book, name)
    except (CalamineError, ValueError, OverflowError) as why:
        raise Unusable(f"it cannot be read as a workbook ({' '.join(str(why).split())[:80]}); save it anew") from None


def _look_at(path: Path) -> None:
    """Whether a file is a whole workbook of sane size without macros and formulas. Raises `Unusable`."""
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise Unusable("it is an .xls of old or has a password; save it as .xlsx without one")
    try:
        with zipfile.ZipFile(path) as archive:
            _look_into(archive)
    except _BROKEN:
        raise Unusable("it is no whole workbook: fetch or save it anew") from None


def _look_into(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Unusable(
            f"unpacked it would be {unpacked // 1_000_000} MB in {len(parts)} parts; that is no list of units"
        )
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Unusable("it is no workbook of the kind .xlsx; save it as such")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unusable("there are macros in it; save it as .xlsx without them")
    if any(_SINCE_1904.search(piece) for piece in _pieces(archive, "xl/workbook.xml")):
        raise Unusable("it counts days from 1904; switch that off in its options and save it anew")
    for name in sorted(name for name in names if name.endswith(".xml")):
        formulas = sum(_FORMULA.search(piece) is not None for piece in _pieces(archive, name))
        if formulas and name.startswith("xl/worksheets/"):
            raise Unusable("there are formulas in it; copy all, paste as values, and save it anew")


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part to its end, in pieces that overlap; one that is longer than it says, or broken, is a `BadZipFile`."""
    with archive.open(name) as part:
        last = b""
        while piece := part.read(_CHUNK):
            yield last + piece
            last = piece[-32:]


def _sheet_of(book: "CalamineWorkbook", name: str) -> Sheet:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if name and name not in visible:
        raise Unusable(f"there is no visible sheet {name!r}; there are: {', '.join(visible) or 'none'}")
    sheets = [book.get_sheet_by_name(each) for each in ([name] if name else visible)]
    filled = [sheet for sheet in sheets if sheet.total_height]
    if not filled:
        raise Unusable("there is nothing in its visible sheets; show the one that is hidden, if one is")
    if len(filled) > 1:
        raise Unusable(f"several sheets have something in them ({', '.join(visible)}); name one by --sheet")
    return _whole(filled[0])


def _whole(sheet: "CalamineSheet") -> Sheet:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise Unusable(f"{sheet.total_height} rows of {sheet.total_width} columns are no list of units; cut it to size")
    rows: list[list[Cell]] = [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
    merged = [Span(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return Sheet(rows, merged, sheet.name)


def _cell(cell: object) -> Cell:
    return cell if isinstance(cell, Cell) else str(cell)
