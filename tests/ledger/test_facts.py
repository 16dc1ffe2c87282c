"""Facts as they are kept: compared as pydantic compares them, and the same when they are read again."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from storage.models.people import Card
from storage.models.teams import Team, Total
from storage.team_documents import team_of

TOTALS = st.builds(Total, amount_fen=st.integers(0, 3), donations=st.integers(0, 1), report=st.sampled_from(("", "R1")))
TEAMS = st.builds(
    Team,
    code=st.just("0001"),
    unit=st.text('校}"\\,{', max_size=3),
    unit_key=st.just("一中"),
    project=st.just("p"),
    region=st.just("r"),
    status=st.sampled_from(("active", "unclaimed")),
    registered_at=st.just(datetime(2024, 5, 6, tzinfo=UTC)),
    number=st.integers(0, 10**6),
    online=TOTALS,
    day=st.one_of(st.none(), st.just(date(2024, 5, 6))),
    final_online=st.one_of(st.none(), TOTALS),
)


@given(TOTALS, st.one_of(TOTALS, st.just(Card()), st.just(0)))
def test_facts_are_compared_as_pydantic_does(one: Total, other: object) -> None:
    assert (one == other) == (BaseModel.__eq__(one, other) is True)
    assert one != other or hash(one) == hash(other)


@given(TEAMS)
def test_a_team_is_read_as_it_was_kept_with_its_number_from_beside(team: Team) -> None:
    kept = team.model_dump_json(exclude={"number"}, exclude_defaults=True)
    assert '"number"' not in kept
    assert team_of(kept, f"{team.number:06d}") == team
    assert team_of(kept, None) == team.model_copy(update={"number": 0})
