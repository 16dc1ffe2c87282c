"""Two teams that are one: what stands against it, what it would come to, and the one that goes on."""

from dataclasses import dataclass

from handlers import texts
from handlers.acts.actor import Actor
from handlers.acts.teams import CAPTAINS
from handlers.messages import UserError
from storage.mergers import Pages, in_both
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.team_acts import Acted


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the team that goes on would stand at; `added` is None where one page or two makes no difference."""

    newer: Team
    added: Team | None


def outcomes(actor: Actor, source: Team, target: Team) -> Outcomes:
    """What merging the source into the target would come to. Raises `UserError` where it cannot be."""
    require_mergeable(actor, source, target)
    merging, author = actor.store.merging, actor.author
    newer = merging.outcome(actor.campaign, author, source, target, "one")
    if not in_both(source, target):
        return Outcomes(newer, None)
    return Outcomes(newer, merging.outcome(actor.campaign, author, source, target, "two"))


def merge(actor: Actor, source: Team, target: Team, pages: Pages) -> Acted:
    """The source goes on as the target; the captains of both are told. Raises `UserError`."""
    require_mergeable(actor, source, target)
    campaign, merging = actor.campaign, actor.store.merging
    after = merging.outcome(campaign, actor.author, source, target, pages)
    told = _telling(actor, source, target, after)
    return actor.write(
        source,
        lambda: merging.merge(campaign, actor.author, actor.membership, source, target, pages, told),
    )


def said(actor: Actor, done: Acted) -> str:
    """What she is told of it, and what became of what the platform said otherwise of either."""
    source, after = done.before, done.after
    numbers = [team.difference for team in (source, after) if team.difference]
    kept = {each.number: each for each in actor.store.reconciling.matters.many(actor.campaign.id, numbers)}
    closed, waits = kept.get(source.difference), kept.get(after.difference)
    told = texts.merging.merged(source, after)
    if closed and closed.state == "merged":
        told += texts.merging.differences_joined(closed, waits if waits and waits.state == "open" else None)
    return told


def require_mergeable(actor: Actor, source: Team, target: Team) -> None:
    """Raises `UserError` for teams that cannot go on as one, with what helps; `Frozen`."""
    campaign = actor.campaign
    if source.code == target.code:
        raise UserError(texts.merging.the_same(source))
    for team in (source, target):
        if not actor.membership.covers(campaign.region_path(team.region)):
            raise UserError(texts.acts.not_yours_to_change(team, campaign))
    actor.require_unfrozen()
    if source.status not in ("active", "unclaimed", "pending"):
        raise UserError(texts.merging.cannot_be_merged(source))
    if target.status not in ("active", "unclaimed"):
        raise UserError(texts.merging.cannot_be_merged(target))
    if source.project != target.project:
        raise UserError(texts.merging.projects_differ(campaign, source, target))
    if len({*source.captains, *target.captains}) > CAPTAINS:
        raise UserError(texts.merging.too_many_captains(source, target, CAPTAINS))


def _telling(actor: Actor, source: Team, target: Team, after: Team) -> list[Notification]:
    """To each captain what became of her own team; who led both is told once."""
    office = actor.office(source)
    of_source = actor.telling(source, texts.merging.told_merged(office, source, after))
    gone_on = texts.merging.told_goes_on(office, source, target, after)
    return [*of_source, *(each for each in actor.telling(target, gone_on) if each.person not in source.captains)]
