"""Under which headings the columns of an import stand: data that comes along, and what an operator's file names."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from handlers.imports.sheet import Columns, Unusable

COLUMNS = Path(__file__).with_name("columns")


def columns_of(kind: str, own: Path | None = None) -> Columns:
    """Under which headings the fields of an import stand; `own`: a TOML file whose lines take the place of ours.

    Raises `Unusable` for a file that is no such list, or names a field that there is not.
    """
    columns: dict[str, Sequence[str]] = tomllib.loads((COLUMNS / f"{kind}.toml").read_text(encoding="utf-8"))
    try:
        named = tomllib.loads(own.read_text(encoding="utf-8")) if own else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise Unusable(f'{own}: no list of columns ({why}); a line is such as: unit = "学校全称"') from None
    for name, headings in named.items():
        told = [headings] if isinstance(headings, str) else headings
        if name not in columns or not isinstance(told, list) or not all(isinstance(each, str) for each in told):
            raise Unusable(f"{own}: {name} is no column with its heading; there are: {', '.join(columns)}")
        columns[name] = told
    return columns
