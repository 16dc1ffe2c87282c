"""The automatic reminder to the silent: one a team and day with a coordinator's own 催报, in the same words.

It asks the captains of teams that are not heard of today for a word, and speaks of reports alone. Off unless the file
says `[silence] remind`, and where nobody is told who has not reported.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date

from handlers import texts
from storage import Store
from storage.boards import ALL
from storage.campaign_schema import Campaign
from storage.models.teams import Team
from storage.snapshots import Snapshot

BATCH = 1000


def example(campaign: Campaign, snapshot: Snapshot) -> str:
    """What an operator previews, with nobody's name in it."""
    return texts.announcing.reminder(campaign, campaign.short, ()) if _may_remind(campaign, snapshot) else ""


def to_captains(store: Store, campaign: Campaign, snapshot: Snapshot) -> Callable[[str], str]:
    """The words for a captain of silent teams; nothing for everybody else."""
    led: dict[str, list[Team]] = {}
    for team in _silent(store, campaign, snapshot):
        for captain in team.captains:
            led.setdefault(captain, []).append(team)

    def to(person: str) -> str:
        return texts.announcing.reminder(campaign, campaign.short, led[person]) if person in led else ""

    return to


def claim(store: Store, campaign: Campaign, snapshot: Snapshot, persons: Collection[str]) -> set[str]:
    """Mark the silent teams of these captains as reminded today; those for whom any could be."""
    admitted, day = set(persons), _day(campaign, snapshot)
    teams = [team for team in _silent(store, campaign, snapshot) if admitted & {*team.captains}]
    name = _name(snapshot)
    store.announcements.remind_by(campaign.id, day, name, [team.code for team in teams])
    ours = store.announcements.free_to_remind(campaign.id, day, name, [team.code for team in teams])
    return {captain for team in teams if team.code in ours for captain in team.captains} & admitted


def _silent(store: Store, campaign: Campaign, snapshot: Snapshot) -> Iterator[Team]:
    """The teams not heard of today that nothing else has reminded."""
    if not _may_remind(campaign, snapshot):
        return
    day, start = _day(campaign, snapshot), 0
    while codes := store.team_lists.silent(campaign.id, ALL, day, start, BATCH).codes:
        free = store.announcements.free_to_remind(campaign.id, day, _name(snapshot), codes)
        yield from store.teams.many(campaign.id, [code for code in codes if code in free])
        start += BATCH


def _may_remind(campaign: Campaign, snapshot: Snapshot) -> bool:
    window, at = campaign.windows.reporting, snapshot.scheduled_at
    wanted = campaign.silence.list and campaign.silence.remind and not campaign.closed
    return wanted and (window is None or window.holds(at))


def _name(snapshot: Snapshot) -> str:
    return f"{snapshot.job}:{snapshot.occurrence}"


def _day(campaign: Campaign, snapshot: Snapshot) -> date:
    return campaign.local(snapshot.scheduled_at).date()
