"""Two teams go on as one: no figure is lost or doubled, no day grows twice, and an undone merger leaves what was."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.heard import LISTED
from storage.ledger import Changed, NotAllowed
from storage.mergers import Pages
from storage.models.people import Grant, Membership
from storage.models.teams import Channel, Team
from storage.platform import Confirmed
from storage.reckoning import Reading
from storage.relocation import stands
from storage.reports import ImpossibleClose
from tests.ledger.conftest import Desk, open_desk
from tests.ledger.test_team_acts import CITY, OFFICE, act, give_role, views

SCHOOL, TWIN = "0001", "0002"


def merge(desk: Desk, pages: Pages = "two", source: str = SCHOOL, target: str = TWIN, hers: Membership = CITY) -> Team:
    author = desk.author(OFFICE)
    return desk.store.merging.merge(desk.campaign, author, hers, desk.team(source), desk.team(target), pages, ()).after


def say(desk: Desk, yuan: int, code: str, channel: Channel = "online") -> None:
    team = desk.team(code)
    reading = Reading("total", channel, yuan * 100, None)
    author, hers = desk.author(team.captains[0]), Membership(codes=(code,))
    desk.store.reports.add(desk.campaign, author, team, hers, reading)


def told_by_platform(desk: Desk, code: str, fen: int) -> None:
    """The platform's figures of a team, half as much matched, beside what it has reported."""
    total, before = desk.team(code).online, desk.store.platform.all(desk.campaign.id)
    author = desk.author(OFFICE)
    figures = Confirmed(
        team=code,
        amount_fen=fen,
        matched_fen=fen // 2,
        as_of=desk.now,
        reported_fen=total.amount_fen if total.report else None,
    )
    desk.store.reconciling.take_in(desk.campaign, author, [figures], before)


def adopt(desk: Desk, team: Team) -> None:
    reconciling, author = desk.store.reconciling, desk.author(OFFICE)
    kept = reconciling.matters.get(desk.campaign.id, team.difference)
    assert kept is not None
    if kept.state == "open":
        change = reconciling.adopting(desk.campaign, author, team, kept)
        reconciling.adopt(desk.campaign, author, CITY, kept, change, ())


def undo(desk: Desk) -> None:
    last = desk.store.team_acts.last(desk.campaign.id, OFFICE)
    assert last is not None
    target = desk.team(last.code)
    desk.store.merging.undo(desk.campaign, desk.author(OFFICE), CITY, target, last, ())


def grown(desk: Desk, code: str) -> dict[str, int]:
    """What a team grew by on each day, in fen, by its dated boards."""
    database, beginning = desk.store.database, desk.store.keys.board(desk.campaign.id, "today:", "")[:-1]
    member = f"{desk.team(code).number:06d}"
    boards = [key for key in database.scan_iter(beginning + "*") if key.endswith(":all")]
    found = {key.removeprefix(beginning).removesuffix(":all"): database.zscore(key, member) for key in boards}
    return {day: -int(fen) for day, fen in found.items() if fen}


@pytest.fixture
def two(desk: Desk) -> Desk:
    """The office, and a second team that is the same unit under a short name."""
    give_role(desk, Grant(role="organizer"))
    desk.register("昭通一中", captain="p-wang")
    return desk


def test_two_pages_add_up_day_by_day(two: Desk) -> None:
    first = str(two.today)
    say(two, 300, SCHOOL)
    say(two, 1000, TWIN)
    two.night()
    say(two, 350, SCHOOL)
    say(two, 20, SCHOOL, "offline")
    say(two, 1500, TWIN)
    second = str(two.today)
    after = merge(two)
    assert (after.online.amount_fen, after.offline.amount_fen) == (1850_00, 20_00)
    assert grown(two, TWIN) == {first: 1300_00, second: 570_00}
    assert after.today_fen(two.today) == 570_00
    assert grown(two, SCHOOL) == {}
    assert two.sound()
    say(two, 1900, TWIN)
    assert grown(two, TWIN)[second] == 620_00


def test_on_one_page_the_newer_total_stands_and_no_day_counts_twice(two: Desk) -> None:
    first = str(two.today)
    say(two, 1000, TWIN)
    say(two, 30, TWIN, "offline")
    say(two, 900, SCHOOL)
    two.night()
    say(two, 1200, SCHOOL)
    after = merge(two, "one")
    assert (after.online.amount_fen, after.offline.amount_fen) == (1200_00, 30_00)
    assert grown(two, TWIN) == {first: 930_00, str(two.today): 300_00}
    assert two.sound()


def test_the_newer_total_is_the_one_that_was_said_for_a_later_moment(two: Desk) -> None:
    say(two, 1200, TWIN)
    said = two.author()
    earlier = Reading("total", "online", 900_00, None, as_of=two.now.replace(hour=8))
    two.store.reports.add(two.campaign, said, two.team(SCHOOL), Membership(codes=(SCHOOL,)), earlier)
    assert merge(two, "one").amount_fen == 1200_00


def test_days_before_the_younger_team_was_registered_go_with_the_older_one(desk: Desk) -> None:
    give_role(desk, Grant(role="organizer"))
    desk.report(100)
    first = str(desk.today)
    for _ in range(6):
        desk.night()
    desk.report(160)
    desk.register("昭通一中", captain="p-wang")
    merge(desk)
    act(desk, "move", TWIN, "yongshan")
    assert desk.sound()
    assert grown(desk, TWIN) == {first: 100_00, str(desk.today): 60_00}


def test_a_total_of_a_merger_is_corrected_but_never_taken_back(two: Desk) -> None:
    say(two, 300, SCHOOL)
    say(two, 1000, TWIN)
    merge(two)
    [total] = two.store.reports.many(two.campaign.id, [two.team(TWIN).online.report])
    hers = Membership(codes=(TWIN,))
    with pytest.raises(Changed):
        two.store.reports.retract(two.campaign, two.author("p-wang"), two.team(TWIN), hers, total)
    right = two.store.reports.correct(two.campaign, two.author("p-wang"), two.team(TWIN), hers, total, 1200_00, None)
    assert right.after.amount_fen == 1200_00
    assert two.sound()
    reading = Reading("total", "offline", 1200_00, None)
    team = two.team(TWIN)
    with pytest.raises(Changed):
        two.store.moves.move(two.campaign, two.author("p-wang"), right.report, team, team, hers, reading)
    two.store.reports.retract(two.campaign, two.author("p-wang"), two.team(TWIN), hers, right.report)
    assert two.team(TWIN).amount_fen == 1300_00
    assert two.sound()


@pytest.mark.parametrize("pages", ["one", "two"])
@pytest.mark.parametrize("whose", ["both", "source", "target", "neither"])
def test_an_undone_merger_leaves_exactly_what_was_there(two: Desk, pages: Pages, whose: str) -> None:
    for code in {"both": (SCHOOL, TWIN), "source": (SCHOOL,), "target": (TWIN,), "neither": ()}[whose]:
        say(two, 500, code)
        two.night()
        say(two, 700, code)
        say(two, 40, code, "offline")
    before, teams = views(two), [two.team(SCHOOL), two.team(TWIN)]
    merge(two, pages)
    assert views(two) != before
    assert two.sound()
    two.night()
    undo(two)
    assert views(two) == before
    assert [t.model_copy(update={"version": 0}) for t in (two.team(SCHOOL), two.team(TWIN))] == [
        t.model_copy(update={"version": 0}) for t in teams
    ]
    assert two.sound()
    merge(two, pages)
    assert two.sound()


def test_nothing_is_undone_once_something_was_built_on_it(two: Desk) -> None:
    merge(two)
    say(two, 10, TWIN)
    with pytest.raises(Changed):
        undo(two)


def test_captains_of_both_lead_the_one_that_goes_on(desk: Desk) -> None:
    give_role(desk, Grant(role="organizer"))
    desk.register("昭通一中")
    desk.register("昭通二中", captain="p-wang")
    merge(desk)
    merge(desk, source="0003")
    assert desk.team(TWIN).captains == ("p-li", "p-wang")
    held = desk.store.database.hgetall(desk.store.keys.captains(desk.campaign.id))
    assert held == {"p-li": TWIN, "p-wang": TWIN}
    assert desk.sound()
    undo(desk)
    assert desk.store.database.hgetall(desk.store.keys.captains(desk.campaign.id))["p-wang"] == "0003"


def test_authority_reaches_both_and_a_merged_team_merges_no_more(two: Desk) -> None:
    with pytest.raises(NotAllowed):
        merge(two, hers=Membership(roles="coordinator:yongshan"))
    merge(two)
    for source, target in ((SCHOOL, TWIN), (TWIN, SCHOOL)):
        with pytest.raises(NotAllowed):
            merge(two, source=source, target=target)


CODES = st.sampled_from([SCHOOL, TWIN, "0003"])
STEPS = st.one_of(
    st.tuples(st.sampled_from(["report", "offline", "increment", "yesterday", "platform"]), CODES, st.integers(1, 90)),
    st.tuples(st.sampled_from(["one", "two"]), CODES, CODES),
    st.tuples(
        st.sampled_from(["retract", "correct", "to the other channel", "disable", "enable", "adopt"]), CODES, st.just(0)
    ),
    st.tuples(st.sampled_from(["night", "undo"]), st.just(""), st.just(0)),
)


def step(desk: Desk, kind: str, code: str, value: int | str) -> None:
    campaign, hers, team = desk.campaign, Membership(codes=(code,)), desk.team(code or SCHOOL)
    newest = desk.store.reports.newest_by(campaign.id, [team], team.captains[0]) if team.captains else []
    author = desk.author(team.captains[0] if team.captains else "p-nobody")
    amount = int(value) * 100 if isinstance(value, int) else 0
    match kind:
        case "report" | "offline" | "increment":
            channel = "offline" if kind == "offline" else "online"
            reading = Reading("increment" if kind == "increment" else "total", channel, amount, None)
            desk.store.reports.add(campaign, author, team, hers, reading)
        case "yesterday" if team.booked_since("online", desk.today):
            desk.store.reports.close_day(campaign, author, team, hers, "online", desk.yesterday, amount, None)
        case "yesterday":
            reading = Reading("total", "online", amount, None, day=desk.yesterday)
            desk.store.reports.add(campaign, author, team, hers, reading)
        case "one" | "two" if code != value:
            merge(desk, kind, code, str(value))
        case "retract" if newest:
            desk.store.reports.retract(campaign, author, team, hers, newest[0])
        case "correct" if newest:
            desk.store.reports.correct(campaign, author, team, hers, newest[0], 77_00, None)
        case "to the other channel" if newest:
            other = "offline" if newest[0].channel == "online" else "online"
            reading = Reading("total", other, newest[0].amount_fen, None)
            desk.store.moves.move(campaign, author, newest[0], team, team, hers, reading)
        case "disable" if stands(team):
            act(desk, "disable", code)
        case "enable" if team.status == "disabled":
            act(desk, "enable", code)
        case "platform" if team.status in LISTED:
            told_by_platform(desk, code, amount)
        case "adopt" if team.difference and stands(team):
            adopt(desk, team)
        case "night":
            desk.night()
        case "undo" if (last := desk.store.team_acts.last(campaign.id, OFFICE)) and last.kind == "team.merged":
            undo(desk)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_every_view_follows_from_the_ledger_and_days_add_up_to_totals(
    database: Database, steps: list[tuple[str, str, int | str]]
) -> None:
    desk = open_desk(database)
    give_role(desk, Grant(role="organizer"))
    for unit, captain in (("昭通市第一中学", "p-li"), ("昭通一中", "p-wang"), ("昭一中", "p-zhao")):
        desk.register(unit, captain=captain)
    say(desk, 30, SCHOOL)
    say(desk, 40, TWIN)
    say(desk, 7, TWIN, "offline")
    desk.night()
    say(desk, 35, SCHOOL)
    for kind, code, value in steps:
        try:
            step(desk, kind, code, value)
        except (Changed, NotAllowed, ImpossibleClose):
            continue
        assert desk.sound()
        total = 0
        for team in desk.teams():
            days = grown(desk, team.code)
            assert sum(days.values()) == (team.amount_fen if stands(team) else 0)
            assert days.get(str(desk.today), 0) == (team.today_fen(desk.today) if stands(team) else 0)
            total += team.amount_fen if stands(team) else 0
        assert int(database.hget(desk.store.keys.totals(desk.campaign.id), "amount") or 0) == total
        assert set(desk.store.platform.all(desk.campaign.id)) <= {t.code for t in desk.teams() if t.status != "merged"}
