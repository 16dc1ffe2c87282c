"""Overseers: whoever has authority over a place is told, once, that something waits there for a decision.

It is about her work, no call to give: it is not among the unasked pushes of a day (design §2, "subscribing"), and like
every push that is no answer it waits for the end of the quiet hours.
"""

from collections.abc import Callable, Collection, Sequence

from handlers import texts
from handlers.notices import notification
from storage import Store
from storage.campaign_schema import Campaign
from storage.ledger import Author
from storage.models.pushes import Notification

JOB = "waiting"


def told(store: Store, campaign: Campaign, author: Author, region: str, text: str) -> list[Notification]:
    """A notice to everybody whose role reaches a region, '' for the whole campaign's, but to who writes herself."""
    return [
        notification(f"{author.op_id}/waits/{person}", campaign, JOB, person, text, author.at)
        for person, office in store.people.offices(campaign.id).items()
        if person != author.person and office.covers(campaign.region_path(region) if region else ())
    ]


def told_of_differences(
    store: Store, campaign: Campaign, author: Author
) -> Callable[[Collection[str]], Sequence[Notification]]:
    """One notice for a whole import, of whatever length, to whoever looks after a region in which differences open."""
    run = author.op_id.partition("/")[0]

    def tell(regions: Collection[str]) -> Sequence[Notification]:
        text = texts.differences.wait_for_you(campaign)
        return [
            notification(f"{run}/waits/{person}", campaign, JOB, person, text, author.at)
            for person, office in store.people.offices(campaign.id).items()
            if any(office.covers(campaign.region_path(region)) for region in regions)
        ]

    return tell
