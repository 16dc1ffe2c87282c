"""What a campaign makes of its own tables once is its copy's own: other values, another state."""

from pathlib import Path

import pytest

from storage.campaign_files import load
from storage.campaign_schema import Campaign, State


@pytest.fixture
def campaign() -> Campaign:
    """Everything that is made once has been made."""
    loaded = load(Path(__file__).parents[2] / "campaigns" / "sichuan-2024")
    assert not loaded.closed
    assert not loaded.frozen
    assert loaded.region_path("hejiang") == ("hejiang", "luzhou")
    assert [loaded.project(each.id) for each in loaded.projects] == list(loaded.projects)
    assert str(loaded.zone) == "Asia/Shanghai"
    return loaded


def test_a_copy_has_its_own_places_projects_and_zone(campaign: Campaign) -> None:
    region, project = campaign.regions[0], campaign.projects[0]
    other = {"id": "elsewhere"}
    moved = campaign.model_copy(
        update={
            "regions": (region.model_copy(update=other),),
            "projects": (project.model_copy(update=other),),
            "timezone": "Asia/Urumqi",
        }
    )
    assert moved.region_path("elsewhere") == ("elsewhere",)
    assert moved.project("elsewhere").name == project.name
    assert str(moved.zone) == "Asia/Urumqi"
    for look_up in (moved.region, moved.region_path, moved.project):
        with pytest.raises(KeyError):
            look_up("hejiang")


@pytest.mark.parametrize(
    ("state", "closed", "frozen"), [("closed", True, False), ("frozen", True, True), ("", False, False)]
)
def test_a_copy_in_another_state_says_so(campaign: Campaign, state: State, closed: bool, frozen: bool) -> None:
    there = campaign.in_state("frozen").in_state(state)
    assert (there.state, there.closed, there.frozen) == (state, closed, frozen)
    assert campaign.state == ""


def test_what_was_made_of_it_is_no_part_of_it(campaign: Campaign) -> None:
    anew = Campaign.model_validate(campaign.model_dump(mode="json"))
    assert anew == campaign
    assert anew.model_dump() == campaign.model_dump()
