"""The words of the campaign's own days: openings, deadlines, its first and last day, its end, thanks.

Each says nothing on a day that it is not about. None asks anybody to give, to forward or to follow.
"""

from collections.abc import Callable, Iterable
from datetime import date, time, timedelta

from handlers import final, rosters, tasks, texts
from handlers.jurisdiction import scopes_held
from storage import Store
from storage import campaign_days as days
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Membership
from storage.snapshots import Snapshot

INSTANT = timedelta(microseconds=1)


def opening(campaign: Campaign, snapshot: Snapshot) -> str:
    """Before matching opens: when, under which condition, and that nobody has to; nothing on a day without matching."""
    matching, day = campaign.windows.matching, _day(campaign, snapshot)
    if matching is None:
        return ""
    first, last = (campaign.local(end).date() if end else day for end in (matching.start, matching.end))
    if not first <= day <= last:
        return ""
    return texts.reminders.opening_reminder(campaign, day, matching.opens or time(0))


def first_day(campaign: Campaign, snapshot: Snapshot) -> str:
    window, day = days.drive(campaign), _day(campaign, snapshot)
    opens = window.opens if window else None
    return texts.campaign_days.first_day(campaign, day, opens) if day in days.first(campaign) else ""


def last_day(campaign: Campaign, snapshot: Snapshot) -> str:
    """Until when, to the minute, where the drive ends within its last day."""
    window, day = days.drive(campaign), _day(campaign, snapshot)
    if window is None or window.end is None or day not in days.last(campaign):
        return ""
    return texts.campaign_days.last_day(campaign, campaign.local(window.end))


def closing(campaign: Campaign, snapshot: Snapshot) -> str:
    """That the drive is over, and until when figures may still be put right; nothing before it is."""
    window = days.drive(campaign)
    if window is None or window.end is None or snapshot.scheduled_at < window.end:
        return ""
    return texts.campaign_days.closing(campaign, campaign.local(window.end))


def thanks(campaign: Campaign, snapshot: Snapshot) -> str:
    """To all, for all; no place, no name, no amount of anybody's own."""
    window = days.drive(campaign)
    if window is None or window.end is None or snapshot.scheduled_at < window.end:
        return ""
    return texts.campaign_days.thanks(campaign, snapshot.digest)


def final_report(campaign: Campaign, snapshot: Snapshot) -> str:
    return final.render(campaign, snapshot)


def slogan(campaign: Campaign, snapshot: Snapshot) -> str:
    """The slogan of the day: the file's own, one after another."""
    if not campaign.slogans:
        return ""
    said = campaign.slogans[_day(campaign, snapshot).toordinal() % len(campaign.slogans)]
    return texts.campaign_days.slogan(campaign, said)


def deadline(campaign: Campaign, snapshot: Snapshot) -> str:
    """Before registration ends; without a deadline, or after it, there is nothing to remind of."""
    registration = campaign.windows.registration
    if registration is None or registration.end is None or registration.end < snapshot.scheduled_at:
        return ""
    return texts.reminders.deadline_reminder(campaign, campaign.local(registration.end), _day(campaign, snapshot))


def deadline_to(store: Store, campaign: Campaign, snapshot: Snapshot) -> Callable[[str], str]:
    """To a coordinator how many units of her roster have no team, to a liaison that her unit has one; else to all."""
    said = deadline(campaign, snapshot)
    if not said:
        return lambda _person: ""
    offices, liaisons = store.people.offices(campaign.id), store.unit_people.liaisons(campaign.id)
    listed, counted = store.roster.exists(campaign.id), dict[tuple[str, ...], int]()

    def units_without(scopes: tuple[str, ...]) -> int:
        if scopes not in counted:
            counted[scopes] = len(rosters.without_team(store, campaign, scopes))
        return counted[scopes]

    def to(person: str) -> str:
        if person in offices and listed:
            missing = units_without(tuple(scopes_held(campaign, offices[person])))
            return f"{said}\n{texts.campaign_days.units_without_team(missing)}"
        if person in liaisons:
            teams = store.teams.many(campaign.id, liaisons[person])
            return texts.campaign_days.liaisons_teams(said.partition("\n")[0], teams)
        return said

    return to


def tasks_due(campaign: Campaign, snapshot: Snapshot) -> str:
    return _due_in(campaign, snapshot, campaign.regions)


def tasks_due_to(store: Store, campaign: Campaign, snapshot: Snapshot) -> Callable[[str], str]:
    """To whoever has a role, of her regions alone; to everybody else of all."""
    offices = store.people.offices(campaign.id)

    def to(person: str) -> str:
        hers = offices.get(person, Membership())
        covered = [r for r in campaign.regions if not hers.roles or hers.covers(campaign.region_path(r.id))]
        return _due_in(campaign, snapshot, covered)

    return to


def threshold_note(campaign: Campaign, snapshot: Snapshot) -> str:
    """It is called by a report, never by the clock."""
    return ""


def _due_in(campaign: Campaign, snapshot: Snapshot, regions: Iterable[Region]) -> str:
    """The next deadline of tasks that are asked for in some regions, and where they stand there."""
    day, asked = _day(campaign, snapshot), list(regions)
    coming = [last for last in days.task_deadlines(campaign) if last >= day]
    rows = [
        texts.counts.task_row(campaign, each)
        for each in tasks.progress(campaign, snapshot.digest.tasks, asked)
        if coming and each.task.deadline and campaign.local(each.task.deadline).date() == coming[0]
    ]
    return texts.campaign_days.tasks_due(campaign, coming[0], day, rows) if rows else ""


def _day(campaign: Campaign, snapshot: Snapshot) -> date:
    """The local day of the occurrence; 24:00 belongs to the day that it ends."""
    return (campaign.local(snapshot.scheduled_at) - INSTANT).date()
