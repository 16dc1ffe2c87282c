"""A merged team's pages, table after table: each counts as it was last told, and nothing is counted twice."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.imports.rows import Refused
from handlers.imports.wholes import Line, whole
from storage.models.teams import Team
from storage.platform import Confirmed

NINE = datetime(2024, 5, 8, 13, tzinfo=UTC)
TEAM = Team(
    code="0002", unit="永善县第一中学", unit_key="k", project="p", region="r", status="active", registered_at=NINE
)
Table = Mapping[str, int]
tables = st.dictionaries(st.sampled_from(["p/1", "p/2", "p/3"]), st.integers(0, 10**9), min_size=1)


def take(table: Table, before: Confirmed | None, evening: int) -> Confirmed:
    as_of = NINE + timedelta(days=evening)
    rows = [
        Line(
            number, TEAM, Confirmed(team="0002", amount_fen=fen, matched_fen=fen, as_of=as_of, page=page), before, page
        )
        for number, (page, fen) in enumerate(table.items(), start=2)
    ]
    return whole(rows).figures


@given(st.lists(tables, min_size=1, max_size=6))
def test_each_page_counts_as_it_was_last_told(evenings: list[Table]) -> None:
    last, before = dict[str, int](), None
    for evening, table in enumerate(evenings):
        is_doubtful = bool(last.keys() - table.keys() and table.keys() - last.keys())
        try:
            before = take(table, before, evening)
        except Refused:
            assert is_doubtful
            continue
        assert not is_doubtful
        last |= table
        assert (before.amount_fen, before.matched_fen) == (sum(last.values()), sum(last.values()))
        assert {part.page: part.amount_fen for part in before.parts} == last
        assert {part.page for part in before.older} == last.keys() - table.keys()
        assert before.as_of == NINE + timedelta(days=evening)


@given(tables)
def test_the_order_of_the_rows_says_nothing(table: Table) -> None:
    backwards = dict(reversed(table.items()))
    assert take(table, None, 0) == take(backwards, None, 0)
