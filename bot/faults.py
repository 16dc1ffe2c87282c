"""Whose campaign a fault is: the border that catches it asks the frames through which it came."""

from collections.abc import Iterator
from dataclasses import dataclass
from traceback import walk_tb
from typing import Any

from handlers.messages import Context
from storage.campaign_schema import Campaign
from storage.campaigns import Published


@dataclass(frozen=True, slots=True)
class Failing:
    """The campaign on which the failing code worked. `meant`: for whoever said that she means it, or was taken to."""

    campaign: Campaign
    meant: bool


def failing_of(error: Exception) -> Failing | None:
    """What was held nearest to the fault: a campaign, and what a handler took for meant; None where there was none."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    held = [value for frame in reversed(frames) for value in frame.f_locals.values()]
    chosen = next((value.chosen for value in held if isinstance(value, Context)), None)
    campaign = next(_campaigns(held), None)
    if campaign is None:
        return None
    return Failing(campaign, meant=chosen is not None and chosen.id == campaign.id)


def _campaigns(held: list[Any]) -> Iterator[Campaign]:
    for value in held:
        match value:
            case Campaign():
                yield value
            case Published():
                yield value.campaign
            case Context(chosen=Campaign() as chosen):
                yield chosen
