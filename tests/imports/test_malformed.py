"""Files that cannot be taken in: each is one readable line, and nothing is written."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sheets import read_sheet
from handlers.imports.headings import columns_of
from handlers.imports.roster import REQUIRED
from handlers.imports.sheet import Unusable, table_of
from tests.imports.workbook import Rows, write_workbook

GOOD: Rows = [["单位名称", "县区"], ["永善县人民医院", "永善县"]]
Make = Callable[[Path], Path]


def csv_of(content: bytes) -> Make:
    def make(folder: Path) -> Path:
        path = folder / "roster.csv"
        path.write_bytes(content)
        return path

    return make


def xlsx_of(**how: object) -> Make:
    sheets = how.pop("sheets", {"名册": GOOD})
    return lambda folder: write_workbook(folder / "roster.xlsx", sheets, **how)  # type: ignore[arg-type]


def half_a_zip(folder: Path) -> Path:
    whole = write_workbook(folder / "roster.xlsx", {"名册": GOOD})
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) // 2])
    return whole


def broken_inside(folder: Path) -> Path:
    """A byte of a sheet is turned over: its checksum no longer holds."""
    path = write_workbook(folder / "roster.xlsx", {"名册": [["单位名称"], *[[f"永善县第{i}中学"] for i in range(500)]]})
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    name, extra = struct.unpack("<HH", content[offset + 26 : offset + 30])
    content[offset + 30 + name + extra + 40] ^= 0xFF
    path.write_bytes(content)
    return path


def another_zip(folder: Path) -> Path:
    path = folder / "roster.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return path


def a_bomb(folder: Path) -> Path:
    return write_workbook(folder / "roster.xlsx", {"名册": GOOD}, more={"xl/media/a.bin": bytes(310_000_000)})


def a_password(folder: Path) -> Path:
    path = folder / "roster.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return path


def an_old_xls(folder: Path) -> Path:
    path = folder / "roster.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    return path


def a_workbook_named_csv(folder: Path) -> Path:
    return write_workbook(folder / "x.xlsx", {"名册": GOOD}).rename(folder / "roster.csv")


MALFORMED: list[tuple[str, Make, str]] = [
    (
        "wrong encoding",
        csv_of("单位名称,县区\n永善县人民医院,永善县".encode("utf-16")),
        "its characters cannot be read",
    ),
    (
        "cut in a character",
        csv_of("单位名称,县区\n永善县人民医院,永善县".encode()[:-1]),
        "its characters cannot be read",
    ),
    ("binary", csv_of(bytes(range(256))), "its characters cannot be read"),
    ("empty", csv_of(b""), "there is nothing in it"),
    ("an open quotation mark", csv_of('单位名称,县区\n"永善县人民医院,永善县'.encode()), "it is no csv"),
    ("no headings", csv_of("永善县人民医院,永善县\n".encode()), "no row of headings with 单位全称"),
    ("a heading twice", csv_of("单位名称,单位全称\n甲,乙\n".encode()), "two columns may be the unit"),
    ("a hundred columns", csv_of((",".join(["单位名称", *"x" * 99]) + "\n").encode()), "100 columns are more than 64"),
    ("a workbook named csv", a_workbook_named_csv, "it is a workbook under the name of a csv"),
    ("half a zip", half_a_zip, "it is no whole workbook"),
    ("broken inside", broken_inside, "it is no whole workbook"),
    ("another zip", another_zip, "it is no workbook of the kind .xlsx"),
    ("a zip bomb", a_bomb, "unpacked it would be 310 MB"),
    ("a password", a_password, "it is an .xls of old or has a password"),
    ("an .xls", an_old_xls, "save it as .xlsx or .csv"),
    ("macros", xlsx_of(more={"xl/vbaProject.bin": b"x"}), "there are macros in it"),
    ("formulas", xlsx_of(formula="SUM(B2:B9)"), "there are formulas in it"),
    ("days from 1904", xlsx_of(since_1904=True), "it counts days from 1904"),
    (
        "a hidden sheet alone",
        xlsx_of(sheets={"说明": [], "名册": GOOD}, hidden=["名册"]),
        "nothing in its visible sheets",
    ),
    (
        "several sheets",
        xlsx_of(sheets={"永善": GOOD, "镇雄": GOOD}),
        "several sheets have something in them (永善, 镇雄)",
    ),
    (
        "merged data",
        xlsx_of(sheets={"名册": [*GOOD, ["永善县第一中学", None]]}, merged=["B2:B3"]),
        "merged among the data (row 2)",
    ),
    ("a cell far away", xlsx_of(sheets={"名册": [*GOOD, [None] * 200 + ["x"]]}), "201 columns are more than 64"),
    (
        "no xml",
        xlsx_of(more={"xl/styles.xml": b"<"}, sheets={"名册": [["单位名称\x00"]]}),
        "it cannot be read as a workbook",
    ),
]


@pytest.mark.parametrize(("make", "says"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED])
def test_a_malformed_file_is_one_readable_line(make: Make, says: str, tmp_path: Path) -> None:
    path = make(tmp_path)
    with pytest.raises(Unusable) as refused:
        table_of(read_sheet(path), columns_of("roster"), REQUIRED)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_in_the_encodings_of_offices(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = "单位名称,县区\r\n永善县人民医院,永善县\r\n"
    path = csv_of(text.replace(",", delimiter).encode(encoding))(tmp_path)
    table = table_of(read_sheet(path), columns_of("roster"), REQUIRED)
    assert [row.cells for row in table.rows] == [{"unit": "永善县人民医院", "region": "永善县"}]


def test_merged_headings_numbers_as_text_and_text_as_numbers(tmp_path: Path) -> None:
    rows: Rows = [
        ["2024年参与单位名册", None, None, None, None],
        ["单位名称（必填）", "县(市、区)", "联络员", None, "备注"],
        [None, None, "姓名", "电话", None],
        ["永善县人民医院", "永善县", "王某", 13900000001, "x"],
        [None, None, None, None, None],
        ["永善县第一中学", "永善县", "李某", "13900000002", 3],
    ]
    path = write_workbook(tmp_path / "a.xlsx", {"名册": rows, "旧": GOOD}, hidden=["旧"], merged=["A1:E1", "C2:D2"])
    table = table_of(read_sheet(path), columns_of("roster"), REQUIRED)
    assert [(row.number, row.cells["unit"], row.cells["liaison_phone"]) for row in table.rows] == [
        (4, "永善县人民医院", "13900000001"),
        (6, "永善县第一中学", "13900000002"),
    ]
    assert table.unread == ["备注"]


def test_columns_can_be_named(tmp_path: Path) -> None:
    own = tmp_path / "columns.toml"
    own.write_text('unit = "参加的集体"\nregion = ["哪个县"]\n', encoding="utf-8")
    path = csv_of("参加的集体,哪个县\n永善县人民医院,永善县\n".encode())(tmp_path)
    table = table_of(read_sheet(path), columns_of("roster", own), REQUIRED)
    assert table.rows[0].cells == {"unit": "永善县人民医院", "region": "永善县"}
    for wrong in ('units = "单位"', "unit = 3", "unit ="):
        own.write_text(wrong, encoding="utf-8")
        with pytest.raises(Unusable):
            columns_of("roster", own)
