"""Acts on a target that is reached too early: its raise asked for, passed, returned, taken back, a decision undone."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from typing import ParamSpec

from handlers import overseers, texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from handlers.notices import notification
from storage.ledger import Changed, NotAllowed
from storage.matters import Raise
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.raises import RaiseDecided, may_ask
from storage.targets import Target, sets_targets

Say = Callable[[Raise], str]
"""What is said of a raise to whom it concerns."""
TRIES = 3
P = ParamSpec("P")


def _anew(act: Callable[P, Raise]) -> Callable[P, Raise]:
    """An act that reads anew where the matter or the target moved meanwhile: then it is known who was first."""

    @wraps(act)
    def tried(*args: P.args, **kwargs: P.kwargs) -> Raise:
        for _ in range(TRIES):
            with suppress(Changed):
                return act(*args, **kwargs)
        raise UserError(texts.targets.changed_meanwhile())

    return tried


@_anew
def ask(actor: Actor, place: str, hope_fen: int, reason: str) -> Raise:
    """It waits for an organizer of the place; they are told, with the reason, which is kept nowhere else.

    Raises `UserError`.
    """
    campaign, store = actor.campaign, actor.store
    if done := _done(actor):
        return done
    if campaign.progress == "items":
        raise UserError(texts.targets.no_money_here(campaign))
    if not may_ask(campaign, actor.membership, place):
        raise UserError(texts.raises.not_of_your_region(campaign, place))
    before = store.targets.all(campaign).get(place, Target())
    if hope_fen <= max(before.hope_fen or 0, before.floor_fen or 0):
        raise UserError(texts.raises.no_raise(campaign, place, before))
    if other := next((each for each in waiting(actor) if each.subject == place), None):
        raise UserError(texts.raises.asked_before(campaign, other))

    def tell(asked: Raise) -> Sequence[Notification]:
        offices = store.people.offices(campaign.id)
        deciding = [pid for pid, office in offices.items() if _told_of(actor, pid, office, place)]
        text = texts.raises.waits_for_you(campaign, asked, _office(actor, actor.author.person), reason)
        return _notices(actor, deciding, text, overseers.JOB)

    return _write(
        actor, place, lambda: store.raises.ask(campaign, actor.author, actor.membership, place, before, hope_fen, tell)
    )


@_anew
def pass_on(actor: Actor, number: str) -> Raise:
    """The target is raised. Raises `UserError`; whoever comes second reads who was first."""
    if done := _done(actor):
        return done
    asked = _seen(actor, number)
    if _is_hers(actor, asked, "passed"):
        return asked
    before = actor.store.targets.all(actor.campaign).get(asked.subject, Target())
    if asked.hope_fen <= max(before.hope_fen or 0, before.floor_fen or 0):
        raise UserError(texts.raises.is_as_high(actor.campaign, asked, before))
    tell = _answer(actor, lambda decided: texts.raises.told_passed(actor.campaign, decided))
    raises = actor.store.raises
    return _write(
        actor,
        asked.subject,
        lambda: raises.pass_on(actor.campaign, actor.author, actor.membership, asked, before, tell),
    )


@_anew
def give_back(actor: Actor, number: str, reason: str) -> Raise:
    """The target stays. Raises `UserError`; whoever comes second reads who was first."""
    if done := _done(actor):
        return done
    asked = _seen(actor, number)
    if _is_hers(actor, asked, "returned"):
        return asked
    tell = _answer(actor, lambda decided: texts.raises.told_returned(actor.campaign, decided, reason))
    raises = actor.store.raises
    return _write(
        actor, asked.subject, lambda: raises.give_back(actor.campaign, actor.author, actor.membership, asked, tell)
    )


@_anew
def withdraw(actor: Actor, number: str) -> Raise:
    """Whoever asked takes it back. Raises `UserError`."""
    if done := _done(actor):
        return done
    asked = _seen(actor, number)
    if asked.by != actor.author.person or asked.state != "open":
        raise UserError(texts.raises.not_withdrawn(actor.campaign, asked))
    raises = actor.store.raises
    return _write(actor, asked.subject, lambda: raises.withdraw(actor.campaign, actor.author, asked, lambda _: ()))


@_anew
def undo(actor: Actor, last: RaiseDecided) -> Raise:
    """Her decision is undone: it waits again, the target as before. Raises `UserError`."""
    if done := _done(actor):
        return done
    decided = _seen(actor, last.number)
    if (decided.state, decided.decided_by) != (last.state, actor.author.person):
        raise UserError(texts.raises.built_upon(decided))
    tell = _answer(actor, lambda asked: texts.raises.told_undone(actor.campaign, asked))
    raises = actor.store.raises
    return _write(
        actor,
        decided.subject,
        lambda: raises.reopen(actor.campaign, actor.author, actor.membership, decided, tell),
    )


def waiting(actor: Actor) -> list[Raise]:
    """Those that wait and that she may see, in order of their numbers."""
    open_ones = (each for each in actor.store.raises.matters.all(actor.campaign.id) if each.state == "open")
    return [each for each in open_ones if sees(actor, each)]


def sees(actor: Actor, asked: Raise) -> bool:
    """Whether a role of hers is of the place, or she asked herself."""
    return asked.by == actor.author.person or may_ask(actor.campaign, actor.membership, asked.subject)


def offices_of(actor: Actor, persons: Sequence[str]) -> dict[str, str]:
    """As whom each asked or decided, by what she is now; never her name. One round trip where any is asked for."""
    held = actor.store.people.coordinators(actor.campaign.id) if persons else {}
    grants = {person: next(iter(held.get(person, ())), None) for person in persons}
    return {person: texts.reviews.whose_office(actor.campaign, grant) for person, grant in grants.items()}


def _seen(actor: Actor, number: str) -> Raise:
    asked = actor.store.raises.matters.get(actor.campaign.id, number)
    if asked is None or not sees(actor, asked):
        raise UserError(texts.questions.no_such_matter(number))
    return asked


def _is_hers(actor: Actor, asked: Raise, state: str) -> bool:
    """Whether she herself decided it so. Raises `UserError` for who does not decide on it, or comes second."""
    if not sets_targets(actor.campaign, actor.membership, asked.subject):
        raise UserError(texts.raises.organizers_decide(actor.campaign, asked))
    if asked.state == "open":
        return False
    if (asked.state, asked.decided_by) == (state, actor.author.person):
        return True
    raise UserError(texts.reviews.decided_before(asked, _office(actor, asked.decided_by), actor.campaign))


def _told_of(actor: Actor, person: str, office: Membership, place: str) -> bool:
    return person != actor.author.person and sets_targets(actor.campaign, office, place)


def _answer(actor: Actor, say: Say) -> Callable[[Raise], Sequence[Notification]]:
    """To whoever asked, unless it was she who did something about it."""

    def tell(asked: Raise) -> Sequence[Notification]:
        return _notices(actor, [asked.by] if asked.by != actor.author.person else [], say(asked), "answer")

    return tell


def _notices(actor: Actor, persons: Sequence[str], text: str, job: str) -> list[Notification]:
    author = actor.author
    return [notification(f"{author.op_id}/told/{each}", actor.campaign, job, each, text, author.at) for each in persons]


def _office(actor: Actor, person: str) -> str:
    return offices_of(actor, [person])[person]


def _done(actor: Actor) -> Raise | None:
    return actor.store.raises.done(actor.campaign.id, actor.author.op_id)


def _write(actor: Actor, place: str, make: Callable[[], Raise]) -> Raise:
    try:
        return make()
    except NotAllowed:
        raise UserError(texts.raises.not_of_your_region(actor.campaign, place)) from None
