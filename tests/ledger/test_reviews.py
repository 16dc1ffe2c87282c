"""Figures that wait, beside everything else that becomes of a team, in any order: the ledger gives every view."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.audit import verify
from storage.database import Database
from storage.ledger import Changed, NotAllowed
from storage.matters import Review
from storage.models.people import Grant, Membership
from storage.models.teams import Channel
from storage.reckoning import Reading
from storage.reviews import Outdated
from tests.ledger.conftest import CAPTAIN, Desk, open_desk
from tests.ledger.test_team_acts import CITY, OFFICE, act, give_role

HERS = Membership(codes=("0001",))


def wait(desk: Desk, yuan: int, kind: str = "total", channel: Channel = "online") -> Review:
    reading = Reading(kind, channel, yuan * 100, None)  # type: ignore[arg-type]  # one of the three
    return desk.store.reviews.wait(
        desk.campaign, desk.author(), desk.team(), HERS, reading, "amount", lambda _review: ()
    )


def kept(desk: Desk, number: str) -> Review:
    review = desk.store.reviews.matters.get(desk.campaign.id, number)
    assert review is not None
    return review


def pass_on(desk: Desk, number: str) -> None:
    reviews, author, review = desk.store.reviews, desk.author(OFFICE), kept(desk, number)
    change = reviews.change(desk.campaign, author, desk.team(), review)
    reviews.pass_on(desk.campaign, author, CITY, review, change, ())


def give_back(desk: Desk, number: str) -> None:
    reviews = desk.store.reviews
    reviews.give_back(desk.campaign, desk.author(OFFICE), CITY, desk.team(), kept(desk, number), ())


def undo(desk: Desk) -> None:
    last = desk.store.team_acts.last(desk.campaign.id, OFFICE)
    if last is None:
        return
    store = desk.store.reviews if last.kind in ("passed", "returned") else desk.store.team_acts
    store.undo(desk.campaign, desk.author(OFFICE), CITY, desk.team(), last, ())


STEPS = st.one_of(
    st.tuples(st.just("report"), st.integers(1, 9000)),
    st.tuples(st.just("wait"), st.integers(1, 9000)),
    st.tuples(st.just("increment"), st.integers(1, 9000)),
    st.tuples(st.just("today"), st.integers(1, 9000)),
    st.tuples(st.just("offline"), st.integers(1, 900)),
    st.tuples(
        st.sampled_from(("pass", "return", "withdraw", "retract", "night", "undo", "take", "move", "disable")),
        st.just(0),
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_the_ledger_gives_every_view_in_any_order(database: Database, steps: list[tuple[str, int]]) -> None:
    desk = open_desk(database)
    give_role(desk, Grant(role="organizer"))
    desk.register("昭通市第一中学")
    for kind, yuan in steps:
        before, held = desk.team(), desk.team().held
        try:
            match kind:
                case "report":
                    desk.report(yuan)
                case "wait":
                    wait(desk, yuan)
                case "increment":
                    wait(desk, yuan, "increment")
                case "today":
                    wait(desk, yuan, "day")
                case "offline":
                    wait(desk, yuan, channel="offline")
                case "pass" if held:
                    pass_on(desk, held[-1])
                case "return" if held:
                    give_back(desk, held[0])
                case "withdraw" if held:
                    review = kept(desk, held[0])
                    desk.store.reviews.withdraw(desk.campaign, desk.author(), HERS, before, review)
                case "take" if held:
                    desk.store.reviews.take(desk.campaign, desk.author(OFFICE), CITY, before, kept(desk, held[0]))
                case "retract" if desk.store.reports.newest_by(desk.campaign.id, [before], CAPTAIN):
                    desk.retract()
                case "night":
                    desk.night()
                case "undo":
                    undo(desk)
                case "move":
                    act(desk, "move", value="yongshan" if before.region == "zhaoyang" else "zhaoyang")
                case "disable":
                    act(desk, "enable" if before.status == "disabled" else "disable")
        except (Changed, NotAllowed, Outdated):
            pass
        assert desk.sound()
        if kind in ("wait", "increment", "today", "offline", "return", "withdraw", "take", "move"):
            assert (desk.team().online, desk.team().offline) == (before.online, before.offline)


@pytest.fixture
def office(desk: Desk) -> Desk:
    give_role(desk, Grant(role="organizer"))
    desk.report(5000)
    return desk


@pytest.mark.parametrize("kind", ["total", "day", "increment"])
def test_what_is_passed_the_day_after_belongs_to_the_day_on_which_it_was_said(office: Desk, kind: str) -> None:
    wait(office, 7000, kind)
    said_on = office.today
    office.night()
    pass_on(office, "D1")
    team = office.team()
    assert team.amount_fen == {"total": 700_000, "day": 700_000, "increment": 1_200_000}[kind]
    assert team.today_fen(office.today) == 0
    [report] = office.store.reports.many(office.campaign.id, [team.online.report])
    assert (report.day, report.by) == (said_on, CAPTAIN)
    assert office.sound()


def test_undone_it_is_exactly_as_it_was_and_nothing_can_be_put_back(office: Desk) -> None:
    wait(office, 7000, "increment")
    before = office.team()
    pass_on(office, "D1")
    undo(office)
    assert office.team().model_copy(update={"version": before.version, "recent": ()}) == before
    assert office.store.reports.last_withdrawn(office.campaign.id, OFFICE, [before]) is None
    pass_on(office, "D1")
    assert office.team().amount_fen == 1_200_000
    assert office.sound()


def test_a_role_taken_away_between_reading_and_writing(office: Desk) -> None:
    wait(office, 7000)
    office.store.people.revoke(office.campaign, office.author("cli"), OFFICE)
    with pytest.raises(Changed):
        pass_on(office, "D1")
    with pytest.raises(Changed):
        give_back(office, "D1")
    assert office.team().amount_fen == 500_000


def test_the_audit_notices_what_was_changed_beneath_it(office: Desk) -> None:
    wait(office, 7000)
    assert office.store.desks.figures(office.campaign.id, ["region:zhaoyang"], 0, 5).of == 1
    office.store.database.zrem(office.store.keys.docket(office.campaign.id, "all"), "D1")
    [found] = verify(office.campaign, office.store.database, office.store.keys)
    assert found.startswith("docket all D1: is None")


def test_how_much_waits_is_told_without_a_look_at_each(office: Desk) -> None:
    store, campaign = office.store, office.campaign
    for yuan in (61_000, 62_000, 63_000):
        wait(office, yuan)
    counted = store.desks.look(campaign.id, ["region:zhaoyang"], 0, 0)
    first = store.desks.look(campaign.id, ["region:zhaoyang"], 1, 0)
    assert (counted.figures.reviews, counted.figures.of) == ([], first.figures.of)
    assert len(first.figures.reviews) == 1
