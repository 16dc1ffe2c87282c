"""Entering a team whose registration is complete: when it is open, who may, who waits, and whose is there already."""

from collections.abc import Iterable, Sequence

from handlers import overseers, texts
from handlers.alike import alike
from handlers.drafts import Draft
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.rosters import called
from storage.ledger import Changed, NotAllowed, Taken
from storage.models.people import Card
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.teams import NewTeam


def enter(ctx: Context, draft: Draft, key: str) -> Reply:
    campaign, status = ctx.campaign, require_open(ctx)
    if ctx.membership.roles != draft.roles:
        return Reply(texts.teams.role_changed(campaign))
    covers = ctx.membership.covers(campaign.region_path(draft.region))
    if status == "late" and not covers:
        return Reply(texts.teams.not_your_region() if ctx.membership.roles else texts.teams.registration_late(campaign))
    led = () if covers else ctx.membership.codes
    disabled = disabled_of(ctx.store.teams.many(campaign.id, led))
    unexpected = not covers and campaign.registration.mode == "roster" and not _is_listed(ctx, draft)
    late = status == "waits" or campaign.registration.mode == "approve"
    waits = not covers and (late or unexpected or bool(disabled))
    new = NewTeam(
        unit=draft.unit,
        unit_key=key,
        project=draft.project,
        region=draft.region,
        captain=None if covers else ctx.person.id,
        card=Card(name=draft.captain, phone=draft.phone),
        status="pending" if waits else "unclaimed" if covers else "active",
        alike=tuple(team.code for team in alike(ctx, draft.region, draft.unit, key)) if draft.apart else (),
    )
    notifications = _tell_coordinators(ctx, new, disabled) if waits else []
    try:
        team, _ = ctx.store.teams.register(campaign, ctx.author("register"), new, ctx.membership, notifications)
    except Taken as taken:
        return _taken(ctx, ctx.store.teams.get(campaign.id, taken.holder))
    except NotAllowed:
        return Reply(texts.teams.not_your_region())
    except Changed:
        return Reply(texts.teams.register_again())
    reply = texts.teams.registered(team, new.card, campaign, ctx.several_campaigns or draft.decided)
    told = f"{reply}\n{texts.roster.not_listed(campaign)}" if unexpected else reply
    return Reply(told, remember=spoke_of(ctx, team))


def _is_listed(ctx: Context, draft: Draft) -> bool:
    return bool(called(ctx.store, ctx.campaign, draft.unit, draft.region))


def disabled_of(teams: Iterable[Team]) -> list[Team]:
    """Those off the lists: whoever leads one registers another only to wait for a coordinator."""
    return [team for team in teams if team.status == "disabled"]


def there_already(ctx: Context, draft: Draft, key: str) -> Reply | None:
    """A unit that stands in the project is said before anything more is asked."""
    place = (draft.region, draft.project)
    known = ctx.store.teams.named(ctx.campaign.id, key)
    return next((_taken(ctx, team) for team in known if (team.region, team.project) == place), None)


def _taken(ctx: Context, team: Team) -> Reply:
    covers = ctx.membership.covers(ctx.campaign.region_path(team.region))
    return Reply(texts.teams.already_registered(team, ctx.campaign, hers=ctx.person.id in team.captains, covers=covers))


def require_open(ctx: Context) -> str:
    """`open`, `late` (only a coordinator may enter it) or `waits`. Raises `UserError` where she may not go on."""
    campaign, window = ctx.campaign, ctx.campaign.windows.registration
    if campaign.closed and not ctx.membership.roles:
        raise UserError(texts.campaigns.closed(campaign))
    if campaign.closed:
        return "late"
    if window is None or window.holds(ctx.now):
        return "open"
    if window.start is not None and ctx.now < window.start:
        raise UserError(texts.teams.registration_early(campaign))
    if campaign.registration.late == "approve":
        return "waits"
    if not ctx.membership.roles:
        raise UserError(texts.teams.registration_late(campaign))
    return "late"


def _tell_coordinators(ctx: Context, new: NewTeam, disabled: Sequence[Team]) -> list[Notification]:
    """A team waits: those whose region contains it are told."""
    campaign = ctx.campaign
    place, project = campaign.region(new.region).name, campaign.project(new.project).name
    text = texts.teams.team_waits(new.unit, place, project)
    if disabled:
        text = f"{text}\n{texts.coordinators.led_disabled([team.code for team in disabled])}"
    return overseers.told(ctx.store, campaign, ctx.author("register"), new.region, text)
