"""The scheduled minutes of a push: read off the plan, whoever asks, so that a bell and a catch-up mean the same ones.

An occurrence at 24:00 belongs to the day that it ends. Whose subscription holds a bulletin follows from its hour.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from storage.campaign_days import ABOUT
from storage.campaign_schema import Campaign
from storage.campaign_settings import WEEKDAYS, Push
from storage.campaign_times import moment_on
from storage.models.pushes import Edition

A_DAY = timedelta(days=1)
A_WEEK = 7
INSTANT = timedelta(microseconds=1)
NOON = (time(11), time(15))
"""Within these hours a bulletin is noon's."""


def days_of(campaign: Campaign, push: Push) -> frozenset[date] | None:
    """The local days on which a push goes out; None where that is every day, but for its weekdays."""
    if push.before:
        about = ABOUT[push.job](campaign) if push.job in ABOUT else ()
        return frozenset(day + timedelta(days=n) for day in about for n in push.before)
    return frozenset(push.days) or None


def on_day(campaign: Campaign, push: Push, day: date) -> list[datetime]:
    """The occurrences that belong to a day, in their order."""
    days = days_of(campaign, push)
    if (days is not None and day not in days) or (push.weekdays and WEEKDAYS[day.weekday()] not in push.weekdays):
        return []
    return [moment_on(day, at, campaign.zone) for at in sorted(push.at)]


def day_of(campaign: Campaign, at: datetime) -> date:
    """The local day that an occurrence belongs to."""
    return (campaign.local(at) - INSTANT).date()


def between(campaign: Campaign, push: Push, after: datetime, until: datetime) -> Iterator[datetime]:
    """The scheduled minutes of a push in (after, until], oldest first."""
    day, last = campaign.local(after).date() - A_DAY, campaign.local(until).date()
    while day <= last:
        yield from (moment for moment in on_day(campaign, push, day) if after < moment <= until)
        day += A_DAY


def next_after(campaign: Campaign, push: Push, after: datetime) -> datetime | None:
    """The first scheduled minute of a push after a moment; None where none is to come."""
    begin, days = campaign.local(after).date() - A_DAY, days_of(campaign, push)
    coming = [begin + timedelta(days=n) for n in range(A_WEEK + 2)] if days is None else sorted(days)
    moments = (moment for day in coming if day >= begin for moment in on_day(campaign, push, day))
    return next((moment for moment in moments if moment > after), None)


def editions(campaign: Campaign, scheduled_at: datetime) -> frozenset[Edition]:
    """Whose subscriptions hold the bulletin of an occurrence: one a day is the evening's, the last before the night.

    One that the plan does not know was ordered by hand, and goes to every subscriber.
    """
    day = day_of(campaign, scheduled_at)
    issues = sorted({m for push in campaign.pushes if push.job == "bulletin" for m in on_day(campaign, push, day)})
    waking = [moment for moment in issues if not campaign.quiet_hours.holds(moment.time())]
    if scheduled_at not in issues or scheduled_at == (waking or issues)[-1]:
        return frozenset({"evening", "noon", "all"})
    if NOON[0] <= campaign.local(scheduled_at).time() < NOON[1]:
        return frozenset({"noon", "all"})
    return frozenset({"all"})


def after_quiet(campaign: Campaign, at: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours that hold it."""
    local, quiet = campaign.local(at), campaign.quiet_hours
    if not quiet.holds(local.time()):
        return at
    end = datetime.combine(local.date(), quiet.end, campaign.zone)
    return end if end > local else end + A_DAY
