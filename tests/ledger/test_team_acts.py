"""Acts on a team in any order beside reports: no figure is lost or doubled, and an undone act leaves what was there."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.ledger import Changed, NotAllowed, Taken
from storage.models.people import Grant, Membership
from storage.models.teams import Team, TeamStatus
from storage.relocation import stands
from storage.team_acts import Acted
from tests.ledger.conftest import Desk, open_desk

CITY = Membership(roles="organizer:")
OFFICE = "p-city"
ACTS = ("rename", "move", "reassign", "disable", "enable", "describe")


def give_role(desk: Desk, grant: Grant) -> None:
    code = desk.store.people.invite(desk.campaign, grant, desk.now)
    desk.store.people.bind(desk.campaign, desk.author(OFFICE), code, Membership())


def act(desk: Desk, kind: str, code: str = "0001", value: str = "", hers: Membership = CITY) -> Team:
    store, author, team = desk.store.team_acts, desk.author(OFFICE), desk.team(code)
    given: dict[str, Callable[[], Acted]] = {
        "rename": lambda: store.rename(desk.campaign, author, hers, team, value, value, ()),
        "move": lambda: store.move(desk.campaign, author, hers, team, value, ()),
        "reassign": lambda: store.reassign(desk.campaign, author, hers, team, value, ()),
        "disable": lambda: store.disable(desk.campaign, author, hers, team, ()),
        "enable": lambda: store.enable(desk.campaign, author, hers, team, ()),
        "describe": lambda: store.describe(desk.campaign, author, hers, team, {"village": value}, ()),
    }
    return given[kind]().after


def undo(desk: Desk) -> Team:
    last = desk.store.team_acts.last(desk.campaign.id, OFFICE)
    assert last is not None
    return desk.store.team_acts.undo(desk.campaign, desk.author(OFFICE), CITY, desk.team(last.code), last, ()).after


def views(desk: Desk) -> dict[str, object]:
    """Everything that is kept of the campaign but what tells of the acts themselves."""
    told = ("ledger", "op:", "history:", "act:", "team:")
    keys = [key for key in desk.store.database.scan_iter("yd:{*") if not any(f"}}:{kind}" in key for kind in told)]
    read = {
        "hash": lambda key: {name: kept for name, kept in desk.store.database.hgetall(key).items() if kept != "0"},
        "set": desk.store.database.smembers,
        "zset": lambda key: {m: s for m, s in desk.store.database.zrange(key, 0, -1, withscores=True) if s},
        "string": desk.store.database.get,
        "list": lambda key: desk.store.database.lrange(key, 0, -1),
    }
    found = {key: read[desk.store.database.type(key)](key) for key in keys}
    return {key: value for key, value in found.items() if value and "units:" not in key}


@pytest.fixture
def office(desk: Desk) -> Desk:
    give_role(desk, Grant(role="organizer"))
    return desk


VALUES = {
    "rename": ("昭通市第一中学", "昭通市第二中学", "昭通市实验中学"),
    "move": ("zhaoyang", "yongshan"),
    "reassign": ("rendao-nuan", "tongxiang"),
    "disable": ("",),
    "enable": ("",),
    "describe": ("王家村", "李家村"),
}
STEPS = st.one_of(
    st.tuples(st.just("report"), st.integers(1, 9000).map(str)),
    st.tuples(st.just("offline"), st.integers(1, 900).map(str)),
    st.just(("retract", "")),
    st.just(("night", "")),
    st.just(("undo", "")),
    *(st.tuples(st.just(kind), st.sampled_from(values)) for kind, values in VALUES.items()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12))
def test_the_ledger_gives_every_view_after_acts_in_any_order(database: Database, steps: list[tuple[str, str]]) -> None:
    desk = open_desk(database)
    give_role(desk, Grant(role="organizer"))
    desk.register("昭通市第一中学")
    desk.register("昭通市第二中学", captain="p-wang")
    said = 0
    for kind, value in steps:
        team = desk.team()
        try:
            match kind:
                case "report":
                    desk.report(int(value))
                    said = int(value)
                case "offline":
                    desk.report(int(value), channel="offline")
                case "retract" if desk.store.reports.newest_by(desk.campaign.id, [team], "p-li"):
                    desk.retract()
                case "night":
                    desk.night()
                case "undo" if desk.store.team_acts.last(desk.campaign.id, OFFICE):
                    undo(desk)
                case kind if kind in ACTS and not (kind == "enable" and team.status != "disabled"):
                    act(desk, kind, value=value)
        except (Taken, Changed, NotAllowed):
            pass
        assert desk.sound()
        after = desk.team()
        if kind in ACTS or kind == "undo":
            assert (after.online, after.offline, after.recent) == (team.online, team.offline, team.recent)
    total = int(database.hget(desk.store.keys.totals(desk.campaign.id), "amount") or 0)
    assert total == (desk.team().amount_fen if stands(desk.team()) else 0), said


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("rename", "昭通市实验中学"),
        ("move", "yongshan"),
        ("reassign", "tongxiang"),
        ("disable", ""),
    ],
)
def test_an_act_that_is_undone_leaves_exactly_what_was_there(office: Desk, kind: str, value: str) -> None:
    office.report(3000)
    office.night()
    office.report(5000)
    office.report(200, channel="offline")
    before, team = views(office), office.team()
    act(office, kind, value=value)
    assert views(office) != before
    assert office.sound()
    undo(office)
    assert views(office) == before
    assert office.team().model_copy(update={"version": team.version}) == team
    assert office.sound()
    assert office.store.team_acts.last(office.campaign.id, OFFICE) is None


@pytest.mark.parametrize("verdict", ["active", "rejected"])
def test_a_verdict_that_is_undone_leaves_the_team_waiting(office: Desk, verdict: TeamStatus) -> None:
    office.register("昭通市第二中学", captain="p-wang", status="pending")
    before = views(office)
    waiting = office.team("0002")
    office.store.team_acts.decide(office.campaign, office.author(OFFICE), CITY, waiting, verdict, ())
    assert office.sound()
    undo(office)
    assert views(office) == before
    assert office.sound()


def test_nothing_is_undone_once_something_was_built_on_it(office: Desk) -> None:
    act(office, "rename", value="昭通市实验中学")
    office.report(700)
    with pytest.raises(Changed):
        undo(office)
    assert office.team().unit == "昭通市实验中学"


def test_a_name_that_is_held_is_not_given_twice(office: Desk) -> None:
    office.register("昭通市第二中学", captain="p-wang")
    with pytest.raises(Taken) as taken:
        act(office, "rename", value="昭通市第二中学")
    assert taken.value.holder == "0002"
    act(office, "disable")
    office.register("昭通市第一中学", captain="p-new")
    with pytest.raises(Taken):
        act(office, "enable")
    assert office.sound()


def test_a_team_off_the_lists_reports_nothing_and_counts_nowhere(office: Desk) -> None:
    office.report(3000)
    act(office, "disable")
    with pytest.raises(NotAllowed):
        office.report(4000)
    figures = office.store.figures.on(office.campaign, office.today)
    assert (figures.amount_fen, figures.teams, figures.reported) == (0, 0, 0)
    act(office, "enable")
    assert office.store.figures.on(office.campaign, office.today).amount_fen == 3000_00


@pytest.mark.parametrize("region", ["suijiang", "zhaoyang"])
def test_a_move_needs_a_role_over_both_regions(desk: Desk, region: str) -> None:
    give_role(desk, Grant(role="coordinator", region=region))
    roles, office = f"coordinator:{region}", desk
    with pytest.raises(NotAllowed):
        act(office, "move", value="suijiang", hers=Membership(roles=roles))
    with pytest.raises(Changed):
        act(office, "move", value="suijiang", hers=CITY)
