"""What a coordinator sends to the captains of her region: a reminder to report, and a notice in her own words.

A notice goes to the liaisons who bound themselves as well; a reminder never, for they do not report.

Whom it reaches is looked at when she asks and once more when she has said yes; what is not so any more is not sent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import blake2s

from handlers import texts
from handlers.acts.actor import Actor
from handlers.language.pressing import pressing_word
from handlers.messages import MAILBOX, Reach, UserError
from handlers.notices import notification
from storage.announcements import PUSHES_A_DAY, Told
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.ledger import Changed, NotAllowed
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.team_lists import Listed

REMINDER, NOTICE = "reminder", "notice"
"""The jobs, as channels and templates know them."""
TEAMS_AT_ONCE = 4_000
"""Teams of one announcement: so many are written in one step without others waiting for it."""
NOTICE_LETTERS = 200
TRIES = 3
"""How often it is reckoned anew where the world changed in between."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement goes to: people (person id) with their teams, by which way, and who is left out and why.

    `pushed`: how many unasked pushes each was given today. `unled`: codes of teams without a captain; `reminded`: of
    those reminded today; `enough`: of those whose captains had all that a day allows.
    """

    people: Mapping[str, Sequence[Team]]
    ways: Mapping[str, str]
    pushed: Mapping[str, int]
    unled: tuple[str, ...] = ()
    reminded: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()
    _codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def told(self) -> Told:
        """What comes of it: each team stands under the first way in which one of its people is reached."""
        by_way: dict[str, dict[str, None]] = {}
        seen = set[str]()
        for person in sorted(self.people, key=lambda person: self.ways[person] == MAILBOX):
            for code in (team.code for team in self.people[person]):
                if code not in seen:
                    seen.add(code)
                    by_way.setdefault(self.ways[person], {})[code] = None
        captains = sum(any(person in team.captains for team in teams) for person, teams in self.people.items())
        ways = {way: tuple(sorted(codes)) for way, codes in by_way.items()}
        return Told(captains=captains, liaisons=len(self.people) - captains, ways=ways)


def silent_captains(actor: Actor, reach: Reach, scopes: Sequence[str]) -> Audience:
    """The captains of the teams not heard of today that were not reminded yet. Raises `UserError`."""
    campaign, lists, today = actor.campaign, actor.store.team_lists, _today(actor)
    codes = _codes(scopes, lambda scope: lists.silent(campaign.id, scope, today, 0, TEAMS_AT_ONCE + 1).codes)
    reminded = actor.store.announcements.reminded(campaign.id, today, codes)
    teams = actor.store.teams.many(campaign.id, [code for code in codes if code not in reminded])
    return _audience(actor, reach, REMINDER, teams, _led(teams), tuple(sorted(reminded)))


def listed_people(actor: Actor, reach: Reach, scopes: Sequence[str], which: Listed) -> Audience:
    """The captains and bound liaisons of the teams on a list. Raises `UserError`."""
    lists, cid, today = actor.store.team_lists, actor.campaign.id, _today(actor)
    codes = _codes(scopes, lambda scope: lists.page(cid, which, scope, today, 0, TEAMS_AT_ONCE + 1).codes)
    teams = {team.code: team for team in actor.store.teams.many(cid, codes)}
    told = _led(teams.values())
    for person, hers in actor.store.unit_people.liaisons(cid).items():
        told.setdefault(person, {}).update({code: teams[code] for code in hers if code in teams})
    return _audience(actor, reach, NOTICE, list(teams.values()), told)


def reminder_preview(actor: Actor, reach: Reach, scopes: Sequence[str]) -> str:
    """Who is not heard of today, by what they are reached, and what they will read. Raises `UserError`."""
    require_reminding(actor.campaign, actor.author.at)
    return _asked_to_remind(actor, _where(actor, scopes), silent_captains(actor, reach, scopes))


def team_reminder_preview(actor: Actor, reach: Reach, team: Team) -> str:
    """The same of one team. Raises `UserError`, also where it was heard of today."""
    require_reminding(actor.campaign, actor.author.at)
    audience = _silent_captains_of(actor, reach, team)
    return _asked_to_remind(actor, texts.naming.team_name(team), audience)


def notice_preview(actor: Actor, reach: Reach, scopes: Sequence[str], which: Listed, words: str) -> str:
    """Whom a notice reaches by what, and the words as they will be read. Raises `UserError`."""
    require_announcing(actor.campaign, words)
    campaign, audience = actor.campaign, listed_people(actor, reach, scopes, which)
    if not audience.people:
        raise UserError(texts.announcing.nobody_to_notify(which, said_before=False, enough=audience.enough))
    shown = notice_for(actor, next(iter(audience.people.values())), words)
    left_out = texts.announcing.left_out(audience.unled, (), audience.enough)
    held = campaign.quiet_hours if campaign.quiet_hours.holds(campaign.local(actor.author.at).time()) else None
    where = texts.announcing.whose(_where(actor, scopes), which)
    return texts.announcing.ask_notice(where, audience.told(), left_out, shown, held)


def remind(actor: Actor, reach: Reach, scopes: Sequence[str]) -> Told:
    """Ask the captains of the teams not heard of today for a word. Raises `UserError`."""
    require_reminding(actor.campaign, actor.author.at)

    return _tried(actor, lambda: _remind(actor, silent_captains(actor, reach, scopes), regions_of(scopes)))


def remind_team(actor: Actor, reach: Reach, team: Team) -> Told:
    """The same of one team. Raises `UserError`, also where it was heard of today."""
    require_reminding(actor.campaign, actor.author.at)

    def once() -> Told:
        audience = _silent_captains_of(actor, reach, team)
        return _remind(actor, audience, (team.region,))

    return _tried(actor, once)


def announce(actor: Actor, reach: Reach, scopes: Sequence[str], which: Listed, words: str) -> Told:
    """Tell the captains and liaisons of teams of her region something in her words. Raises `UserError`."""
    require_announcing(actor.campaign, words)

    def once() -> Told:
        audience = listed_people(actor, reach, scopes, which)
        pushes = list(_notices(actor, audience, words))
        known = actor.store.outbox.many(actor.campaign.id, [push.id for push in pushes])
        new = [push for push in pushes if push.id not in known]
        if not new:
            raise UserError(texts.announcing.nobody_to_notify(which, said_before=bool(known), enough=audience.enough))
        told = _only(audience, {push.person for push in new}).told()
        return actor.store.announcements.announce(
            actor.campaign, actor.author, actor.membership, regions_of(scopes), new, audience.pushed, told
        )

    return _tried(actor, once)


def require_reminding(campaign: Campaign, now: datetime) -> None:
    """Raises `UserError` where nobody is to be reminded: by the campaign's file, or at this hour."""
    local, window = campaign.local(now), campaign.windows.reporting
    if not campaign.silence.list:
        raise UserError(texts.announcing.reminders_are_off())
    if campaign.closed or (window is not None and not window.holds(now)):
        raise UserError(texts.announcing.no_reports_now(campaign))
    if campaign.quiet_hours.holds(local.time()):
        raise UserError(texts.announcing.quiet_now(campaign))


def require_announcing(campaign: Campaign, words: str) -> None:
    """Raises `UserError` for words that cannot be sent: none, too many, or pressing ones."""
    if not words:
        raise UserError(texts.announcing.how_to_notify())
    if len(words) > NOTICE_LETTERS:
        raise UserError(texts.announcing.too_long(len(words), NOTICE_LETTERS))
    if pressing := pressing_word(words):
        raise UserError(texts.announcing.presses(pressing.said, pressing.instead, campaign))


def reminder_for(actor: Actor, teams: Sequence[Team]) -> str:
    return texts.announcing.reminder(actor.campaign, _office(actor, teams[0]), teams)


def notice_for(actor: Actor, teams: Sequence[Team], words: str) -> str:
    return texts.announcing.notice(_office(actor, teams[0]), words)


def regions_of(scopes: Sequence[str]) -> tuple[str, ...]:
    """The ids of the regions of scopes, none for the whole campaign."""
    return tuple(region for scope in scopes if (region := scope.partition(":")[2]))


def _silent_captains_of(actor: Actor, reach: Reach, team: Team) -> Audience:
    """The captains of one team, as `silent_captains`. Raises `UserError` where it was heard of today."""
    today, stands = _today(actor), actor.store.teams.get(actor.campaign.id, team.code)
    if stands.heard == today or stands.status not in LISTED:
        raise UserError(texts.announcing.not_silent(stands))
    reminded = actor.store.announcements.reminded(actor.campaign.id, today, [team.code])
    teams = [] if reminded else [stands]
    return _audience(actor, reach, REMINDER, teams, _led(teams), tuple(reminded))


def _asked_to_remind(actor: Actor, where: str, audience: Audience) -> str:
    if not audience.people:
        raise UserError(texts.announcing.nobody_to_remind(audience.reminded, audience.unled, audience.enough))
    shown = reminder_for(actor, next(iter(audience.people.values())))
    left_out = texts.announcing.left_out(audience.unled, audience.reminded, audience.enough)
    return texts.announcing.ask_reminder(where, audience.told(), left_out, shown)


def _remind(actor: Actor, audience: Audience, regions: Sequence[str]) -> Told:
    if not audience.people:
        raise UserError(texts.announcing.nobody_to_remind(audience.reminded, audience.unled, audience.enough))
    pushes = [
        _push(actor, f"{actor.author.op_id}/{REMINDER}/{person}", REMINDER, person, reminder_for(actor, teams))
        for person, teams in audience.people.items()
    ]
    announcements = actor.store.announcements
    return announcements.remind(
        actor.campaign, actor.author, actor.membership, regions, pushes, audience.pushed, audience.told()
    )


def _notices(actor: Actor, audience: Audience, words: str) -> Iterator[Notification]:
    """The same words go to a person once a day, whoever of an office sends them how often."""
    day = _today(actor)
    for person, teams in audience.people.items():
        text = notice_for(actor, teams, words)
        digest = blake2s(text.encode(), digest_size=8).hexdigest()
        yield _push(actor, f"{actor.campaign.id}:{NOTICE}:{day}:{digest}:{person}", NOTICE, person, text)


def _only(audience: Audience, persons: set[str]) -> Audience:
    kept = {person: teams for person, teams in audience.people.items() if person in persons}
    return Audience(kept, audience.ways, audience.pushed)


def _led(teams: Iterable[Team]) -> dict[str, dict[str, Team]]:
    """The captains (person id) of teams, and which by their codes."""
    led: dict[str, dict[str, Team]] = {}
    for team in teams:
        for person in team.captains:
            led.setdefault(person, {})[team.code] = team
    return led


def _audience(
    actor: Actor,
    reach: Reach,
    job: str,
    teams: Sequence[Team],
    meant: Mapping[str, Mapping[str, Team]],
    reminded: tuple[str, ...] = (),
) -> Audience:
    """Of the people meant (person id → their teams by code), those who are told, but herself."""
    theirs = {person: list(hers.values()) for person, hers in meant.items() if hers and person != actor.author.person}
    pushed = actor.store.announcements.pushed(actor.campaign.id, _today(actor), list(theirs))
    ways = reach(job, [person for person in theirs if pushed[person] < PUSHES_A_DAY], actor.author.at)
    told = {person: theirs[person] for person in ways}
    reached = {team.code for of_person in told.values() for team in of_person}
    others = [team for team in teams if team.code not in reached]
    full = {person for person in theirs if pushed[person] >= PUSHES_A_DAY}
    return Audience(
        told,
        ways,
        pushed,
        unled=tuple(team.code for team in others if not team.captains),
        reminded=reminded,
        enough=tuple(team.code for team in others if full & set(team.captains)),
    )


def _codes(scopes: Sequence[str], of_scope: Callable[[str], Sequence[str]]) -> list[str]:
    codes = [code for scope in scopes for code in of_scope(scope)]
    if len(codes) > TEAMS_AT_ONCE:
        raise UserError(texts.announcing.too_many_teams(TEAMS_AT_ONCE))
    return codes


def _tried(actor: Actor, once: Callable[[], Told]) -> Told:
    for _ in range(TRIES):
        try:
            return once()
        except NotAllowed:
            raise UserError(texts.coordinators.coordinators_only(actor.campaign)) from None
        except Changed:
            continue
    raise UserError(texts.announcing.changed_meanwhile())


def _push(actor: Actor, notice_id: str, job: str, person: str, text: str) -> Notification:
    """Worth telling until the day is over, and a notice that quiet hours hold, until they are."""
    push = notification(notice_id, actor.campaign, job, person, text, actor.author.at)
    midnight = datetime.combine(_today(actor) + timedelta(days=1), time(0), actor.campaign.zone)
    return push.model_copy(update={"expires_at": midnight, "read_until": midnight}) if job == REMINDER else push


def _where(actor: Actor, scopes: Sequence[str]) -> str:
    campaign = actor.campaign
    return "、".join(campaign.region(region).name for region in regions_of(scopes)) or campaign.short


def _office(actor: Actor, team: Team) -> str:
    """As whom she speaks to the captains of a team, whether she leads it herself or not."""
    grant = actor.membership.grant_over(actor.campaign.region_path(team.region))
    if grant is None:
        raise UserError(texts.coordinators.coordinators_only(actor.campaign))
    return texts.naming.office_name(actor.campaign, grant)


def _today(actor: Actor) -> date:
    return actor.campaign.local(actor.author.at).date()
