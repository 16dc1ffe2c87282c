"""Acts on roles: an organizer invites, takes a role away, gives it back. Who is concerned is told in the same step."""

from collections.abc import Callable
from typing import TypeVar

from handlers import texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from handlers.notices import notification
from storage.ledger import Changed, NotAllowed
from storage.models.people import Grant
from storage.models.pushes import Notification
from storage.roles import Colleague, Forgotten, LastOfHerOwn, RoleTaken, may_grant

T = TypeVar("T")


def invite(actor: Actor, grant: Grant, name: str) -> str:
    """A one-time code for a role within her own region, for whom her office calls so. Raises `UserError`."""
    _require_reach(actor, grant)
    roles, campaign = actor.store.roles, actor.campaign
    return _write(actor, grant, lambda: roles.offer(campaign, actor.author, actor.membership, grant, name))


def take_away(actor: Actor, colleague: Colleague, reason: str) -> RoleTaken:
    """One role of one person, who is told; never the last by which she is an organizer herself. Raises `UserError`."""
    grant, campaign = colleague.grant, actor.campaign
    _require_reach(actor, grant)
    told = _telling(actor, colleague.person, texts.roles.told_taken(campaign, _by(actor, grant), grant, reason))
    roles = actor.store.roles
    return _write(
        actor,
        grant,
        lambda: roles.take_away(campaign, actor.author, actor.membership, colleague.person, grant, told),
    )


def give_back(actor: Actor, taken: RoleTaken) -> None:
    """A role that she took away, as it was. Raises `UserError` where it is not as she left it."""
    grant, campaign, roles = taken.grant, actor.campaign, actor.store.roles
    told = _telling(actor, taken.person, texts.roles.told_given_back(campaign, _by(actor, grant), grant))
    _write(actor, grant, lambda: roles.give_back(campaign, actor.author, actor.membership, taken, told))


def _require_reach(actor: Actor, grant: Grant) -> None:
    if not may_grant(actor.campaign, actor.membership, grant.region):
        raise UserError(texts.roles.beyond_your_region(actor.campaign, grant))


def _by(actor: Actor, grant: Grant) -> str:
    """Who did it, as one colleague says it to another: office and name."""
    path = actor.campaign.region_path(grant.region) if grant.region else ()
    hers = actor.membership.grant_over(path) or grant
    name = actor.store.roles.names(actor.campaign.id, [actor.author.person]).get(actor.author.person, "")
    return texts.naming.colleague_name(actor.campaign, hers, name)


def _telling(actor: Actor, person: str, text: str) -> list[Notification]:
    if person == actor.author.person:
        return []
    notice_id = f"{actor.author.op_id}/told/{actor.campaign.id}:{person}"
    return [notification(notice_id, actor.campaign, "act", person, text, actor.author.at)]


def _write(actor: Actor, grant: Grant, make: Callable[[], T]) -> T:
    try:
        return make()
    except NotAllowed:
        raise UserError(texts.roles.beyond_your_region(actor.campaign, grant)) from None
    except LastOfHerOwn:
        raise UserError(texts.roles.last_of_your_own()) from None
    except Forgotten:
        raise UserError(texts.roles.cannot_be_given_back()) from None
    except Changed:
        raise UserError(texts.roles.changed_meanwhile()) from None
