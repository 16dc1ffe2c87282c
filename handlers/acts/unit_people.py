"""Acts on a unit's people: 分管领导, 联络员, 舆情专人 named and taken out, and the code that binds a liaison.

The captain is told that it was done, never who it is.
"""

from collections.abc import Callable
from typing import TypeVar

from handlers import texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.ledger import Changed, NotAllowed
from storage.models.people import Post, UnitPerson
from storage.models.teams import Team
from storage.unit_people import NobodyNamed

T = TypeVar("T")


def name(actor: Actor, team: Team, post: Post, named: UnitPerson) -> str:
    """Somebody to a post; the code of a liaison, else ''. Raises `UserError`."""
    told = actor.telling(team, texts.unit_people.told_named(actor.office(team), team, post))
    people = actor.store.unit_people
    return _write(
        actor, team, post, lambda: people.name(actor.campaign, actor.author, actor.membership, team, post, named, told)
    )


def remove(actor: Actor, team: Team, post: Post) -> None:
    """Nobody stands in the post any more. Raises `UserError`."""
    told = actor.telling(team, texts.unit_people.told_removed(actor.office(team), team, post))
    people = actor.store.unit_people
    _write(actor, team, post, lambda: people.remove(actor.campaign, actor.author, actor.membership, team, post, told))


def make_code(actor: Actor, team: Team) -> str:
    """A new code for the liaison who stands there; whoever was bound is not any more. Raises `UserError`."""
    people = actor.store.unit_people
    return _write(
        actor, team, "liaison", lambda: people.make_code(actor.campaign, actor.author, actor.membership, team)
    )


def _write(actor: Actor, team: Team, post: Post, make: Callable[[], T]) -> T:
    if team.status in ("disabled", "merged", "rejected"):
        raise UserError(texts.acts.off_the_lists(team, actor.campaign))
    try:
        return make()
    except NobodyNamed:
        raise UserError(texts.unit_people.nobody_named(team, post)) from None
    except NotAllowed:
        raise UserError(texts.acts.not_yours_to_change(team, actor.campaign)) from None
    except Changed:
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team))) from None
