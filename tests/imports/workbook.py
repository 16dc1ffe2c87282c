"""Workbooks as offices send them, whole and broken: the parts of an .xlsx written by hand."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Rows = Sequence[Sequence[str | int | float | None]]
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    *,
    hidden: Sequence[str] = (),
    merged: Sequence[str] = (),
    formula: str = "",
    since_1904: bool = False,
    more: Mapping[str, bytes] | None = None,
) -> Path:
    """`merged`: areas of every sheet (`A1:B2`); `formula`: in a last cell of every first row; `more`: further parts."""
    names = list(sheets)
    states = {name: ' state="hidden"' if name in hidden else "" for name in names}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{i}"{states[name]}/>' for i, name in enumerate(names, 1)
    )
    days = '<workbookPr date1904="1"/>' if since_1904 else ""
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_REL}">{days}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
    }
    for i, name in enumerate(names, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = _sheet(sheets[name], merged, formula)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
        for part, raw in (more or {}).items():
            archive.writestr(part, raw)
    return path


def _sheet(rows: Rows, merged: Sequence[str], formula: str) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{column(at)}{number}", cell) for at, cell in enumerate(row) if cell is not None)
        last = f'<c r="{column(len(row))}{number}"><f>{formula}</f><v>1</v></c>' if formula and number == 2 else ""
        lines.append(f'<row r="{number}">{cells}{last}</row>')
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData>" + (
        f"<mergeCells>{areas}</mergeCells></worksheet>" if areas else "</worksheet>"
    )


def _cell(where: str, cell: str | int | float) -> str:
    if isinstance(cell, str):
        return f'<c r="{where}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{where}"><v>{cell}</v></c>'


def column(at: int) -> str:
    """`A`, `B`, … `Z`, `AA`: the letters of a column, counted from 0."""
    return (column(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)
