"""An Excel file says what was written into it, whatever that is: read again by another program's reader."""

from datetime import UTC, datetime
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.settings import PACKAGED_CAMPAIGNS
from handlers.books.columns import Cell, Column, Row
from handlers.books.sheets import Sheet
from handlers.books.workbook import LONGEST, write_workbook
from storage.campaign_files import load

COLUMNS = (
    Column("队伍", width=28),
    Column("金额（元）", "yuan", 16),
    Column("人次", "count", 10),
    Column("时间", "moment", 17),
)
WRITTEN = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)
ROWS = st.lists(
    st.tuples(
        WRITTEN | st.sampled_from(["=1+1", "@SUM(A1)", "007", "https://example.org", "_x0041_", "{=A1}"]) | st.none(),
        st.integers(-(10**12), 10**12) | st.none(),
        st.integers(0, 10**9) | st.none(),
        st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)) | st.none(),
    ),
    max_size=6,
)


ZHAOTONG = load(PACKAGED_CAMPAIGNS / "zhaotong-2024")


def written(rows: list[Row]) -> list[list[object]]:
    output, told = BytesIO(), list[int]()
    write_workbook(ZHAOTONG, [Sheet("空", COLUMNS, list), Sheet("队伍", COLUMNS, lambda: rows)], output, told.append)
    assert sum(told) == len(rows)
    file = CalamineWorkbook.from_filelike(BytesIO(output.getvalue()))
    assert file.get_sheet_by_name("空").to_python() == [[column.heading for column in COLUMNS]]
    return file.get_sheet_by_name("队伍").to_python(skip_empty_area=False)


@given(ROWS)
def test_every_cell_is_read_as_it_was_written(rows: list[Row]) -> None:
    heading, *found = written(rows)
    assert heading == [column.heading for column in COLUMNS]
    assert len(found) == max((at for at, row in enumerate(rows, start=1) if any(c is not None for c in row)), default=0)
    for row, (name, yuan, count, moment) in zip(rows, found, strict=False):
        assert name == (row[0] or "")
        assert yuan == (row[1] / 100 if isinstance(row[1], int) else "")
        assert count == ("" if row[2] is None else row[2])
        assert moment == "" if row[3] is None else near(row[3], moment)


def near(told: Cell, found: object) -> bool:
    """Excel keeps a moment as a fraction of a day, and this reader gives whole seconds of it."""
    assert isinstance(told, datetime)
    assert isinstance(found, datetime)
    return abs((ZHAOTONG.local(told).replace(tzinfo=None) - found).total_seconds()) < 1


def test_a_text_that_no_cell_takes_is_cut_and_spoils_no_book() -> None:
    _, [name, *_] = written([("长" * (LONGEST + 1), 1, 1, None)])
    assert name == "长" * LONGEST
