"""What is wrong with the push plan of a campaign file, each line with its mend."""

from collections.abc import Iterator

from scheduler.jobs import JOBS
from storage.campaign_days import ABOUT
from storage.campaign_findings import did_you_mean
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push


def findings(campaign: Campaign) -> Iterator[str]:
    for push in campaign.pushes:
        yield from _of(campaign, push)


def _of(campaign: Campaign, push: Push) -> Iterator[str]:
    if push.job not in JOBS:
        yield f"pushes.{push.id}: no job {push.job!r}; {did_you_mean(push.job, list(JOBS))}"
        return
    if not push.at and not JOBS[push.job].called:
        yield f"pushes.{push.id}: no time; give it 'at', such as at = [21:00:00]"
    if push.before and not (push.job in ABOUT and ABOUT[push.job](campaign)):
        yield (
            f"pushes.{push.id}: it counts from a day that the file does not name; give it 'days', "
            f"or the window or deadline that {push.job} is about"
        )
