"""Publishing again: what teams stand in cannot vanish, and what their figures hang on cannot move."""

import pytest

from storage.campaigns import PublishRefused
from storage.models.people import Card, Membership
from storage.teams import NewTeam
from tests.scheduler.conftest import EVENING


def changed(campaign, table, row_id, **values):
    rows = [row.model_copy(update=values) if row.id == row_id else row for row in getattr(campaign, table)]
    return campaign.model_copy(update={table: tuple(rows)})


def without(campaign, table, row_id):
    return campaign.model_copy(update={table: tuple(row for row in getattr(campaign, table) if row.id != row_id)})


def waiting_team(store, campaign, town):
    new = NewTeam("一中", "一中", "rendao-nuan", "zhaoyang", "captain", Card(), status="pending")
    return store.teams.register(campaign, town.author("captain", EVENING), new, Membership())[0]


@pytest.mark.parametrize(("table", "row_id"), [("regions", "zhaoyang"), ("projects", "rendao-nuan")])
def test_what_teams_stand_in_keeps_its_parent(store, campaign, town, table, row_id):
    other = next(row.id for row in getattr(campaign, table) if row.id != row_id)
    moved = changed(campaign, table, row_id, parent=other)
    store.campaigns.publish(moved, EVENING)
    store.campaigns.publish(campaign, EVENING)
    town.team("一中", fen=100_000, donations=10)
    with pytest.raises(PublishRefused, match=f"{row_id} .was: none."):
        store.campaigns.publish(moved, EVENING)
    store.campaigns.publish(changed(campaign, table, row_id, aliases=("另名",)), EVENING)


@pytest.mark.parametrize(("table", "row_id"), [("regions", "zhaoyang"), ("projects", "rendao-nuan")])
def test_what_a_waiting_or_rejected_team_stands_in_stays(store, campaign, town, table, row_id):
    gone = without(campaign, table, row_id)
    team = waiting_team(store, campaign, town)
    with pytest.raises(PublishRefused, match=row_id):
        store.campaigns.publish(gone, EVENING)
    head = town.coordinator("o-1")
    role = store.people.desk(head, store.campaigns.all()).memberships[campaign.id]
    store.team_acts.decide(campaign, town.author(head.id, EVENING), role, team, "rejected", [])
    with pytest.raises(PublishRefused, match=row_id):
        store.campaigns.publish(gone, EVENING)
    store.campaigns.publish(without(campaign, "regions", "ludian"), EVENING)
