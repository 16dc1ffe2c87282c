"""Files of tables as they come from offices: csv in the encodings that are about, and workbooks."""

import csv
from pathlib import Path

from bot.workbooks import read_workbook
from handlers.imports.sheet import Sheet, Unusable

MOST_BYTES = 20_000_000
MOST_COLUMNS = 64
MOST_ROWS = 200_000
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;，"


def read_sheet(path: Path, name: str = "") -> Sheet:
    """The table of a .csv or .xlsx file; `name`: which sheet of a workbook. Raises `Unusable`, `OSError`."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise Unusable(f"{path.name}: save it as .xlsx or .csv")
    if (size := path.stat().st_size) > MOST_BYTES:
        raise Unusable(f"{path.name}: {size // 1_000_000} MB are more than {MOST_BYTES // 1_000_000}; split it")
    try:
        sheet = read_workbook(path, name) if path.suffix.lower() == ".xlsx" else _read_csv(path)
        _refuse_odd_size(sheet)
    except Unusable as why:
        raise Unusable(f"{path.name}: {why}") from None
    return sheet


def _refuse_odd_size(sheet: Sheet) -> None:
    if not any(any(cell not in (None, "") for cell in row) for row in sheet.rows):
        raise Unusable("there is nothing in it")
    if len(sheet.rows) > MOST_ROWS:
        raise Unusable(f"{len(sheet.rows)} rows are more than {MOST_ROWS}; split it")
    if (width := len(sheet.rows[0])) > MOST_COLUMNS:
        raise Unusable(f"{width} columns are more than {MOST_COLUMNS}; take out those that nobody needs")


def _read_csv(path: Path) -> Sheet:
    text = _decoded(path.read_bytes())
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as why:
        raise Unusable(f"it is no csv ({why}); save it anew") from None
    width = max(map(len, rows), default=0)
    return Sheet([row + [""] * (width - len(row)) for row in rows])


def _decoded(content: bytes) -> str:
    """UTF-8 with a mark or without, else GB18030, as Chinese spreadsheets write csv."""
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise Unusable("it is a workbook under the name of a csv; name it .xlsx")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(char < " " and char not in "\t\r\n" for char in text) and not _is_private(text):
            return text
    raise Unusable("its characters cannot be read; save it as UTF-8 (CSV UTF-8) or as .xlsx")


def _is_private(text: str) -> bool:
    """GB18030 gives a meaning to almost all bytes; what no office writes is another encoding misread."""
    return any("\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" or char == "\ufffd" for char in text)
