"""Where the platform and reports differ, a coordinator adopts, keeps, or has the captain look; and undoes it."""

from dataclasses import dataclass

from handlers import texts
from handlers.acts.actor import Actor
from handlers.acts.trying import tried
from handlers.messages import UserError
from storage.last_acts import Undoable
from storage.ledger import Changed, NotAllowed
from storage.matters import Difference
from storage.models.teams import Team, Total
from storage.reports import Booked


@dataclass(frozen=True, slots=True)
class Open:
    """A difference and its team, as they were read."""

    difference: Difference
    team: Team


@dataclass(frozen=True, slots=True)
class Moved:
    """The team has reported since the moment of the platform's figure: the total that adopting would lead to now."""

    open: Open
    reached: Total


def differing(actor: Actor, number: str) -> Open:
    """The difference with a number, such as `D12`, of a region of hers: of another's there is none. Raises
    `UserError`."""
    difference = actor.store.reconciling.matters.get(actor.campaign.id, number)
    team = actor.store.teams.get(actor.campaign.id, difference.subject) if difference else None
    if difference is None or team is None or not actor.membership.covers(actor.campaign.region_path(team.region)):
        raise UserError(texts.questions.no_such_matter(number))
    return Open(difference, team)


def adopt(actor: Actor, number: str, agreed: int | None = None) -> Booked | Moved:
    """Correct the online total to the platform's. `agreed`: the version of the team to which she said yes.

    Raises `UserError`, `Frozen`.
    """
    return tried(lambda: _adopt(actor, differing(actor, number), agreed), texts.differences.moved_meanwhile(number))


def keep(actor: Actor, number: str) -> Open:
    """What was reported stays until the platform's figure changes. Raises `UserError`."""
    return tried(lambda: _keep(actor, differing(actor, number)), texts.differences.moved_meanwhile(number))


def ask_captain(actor: Actor, number: str) -> Open:
    """Her captain is given both figures; it waits. Raises `UserError`."""
    return tried(lambda: _ask(actor, differing(actor, number)), texts.differences.moved_meanwhile(number))


def undo(actor: Actor, team: Team, act: Undoable) -> Open:
    """Her decision is undone. Raises `UserError` where something has been built on it."""
    found = differing(actor, act.before["matter"])
    after = team
    if act.kind == "adopted":
        [report] = actor.store.reports.many(actor.campaign.id, [found.difference.report])
        stood = Total(amount_fen=report.previous_amount_fen, donations=report.previous_donations)
        if report.replaces:
            [before] = actor.store.reports.many(actor.campaign.id, [report.replaces])
            stood = Total(amount_fen=before.amount_fen, donations=before.donations)
        after = team.model_copy(update={"online": stood})
    told = actor.telling(team, texts.differences.told_undone(actor.office(team), after, found.difference))
    try:
        difference = actor.store.reconciling.undo(actor.campaign, actor.author, actor.membership, team, act, told)
    except NotAllowed:
        raise UserError(texts.acts.not_yours_to_change(team, actor.campaign)) from None
    except Changed:
        raise UserError(texts.undoing.built_upon(team, act, actor.campaign)) from None
    return Open(difference, after)


def _adopt(actor: Actor, found: Open, agreed: int | None) -> Booked | Moved:
    difference, team = found.difference, found.team
    if _decided(actor, difference, "adopted"):
        done = actor.store.reports.booked(actor.campaign, difference.op_id)
        if done is None:
            raise UserError(texts.differences.moved_meanwhile(difference.number))
        return done
    if team.status in ("disabled", "merged"):
        raise UserError(texts.differences.off_the_lists(team, difference.number))
    actor.require_unfrozen()
    change = actor.store.reconciling.adopting(actor.campaign, actor.author, team, difference)
    if team.online.amount_fen != (difference.reported_fen or 0) and agreed != team.version:
        _require_as_read(actor, difference)
        return Moved(found, change.after.online)
    text = texts.differences.told_adopted(actor.campaign, actor.office(team), team, difference, team.online)
    told = actor.telling(team, text)
    return actor.store.reconciling.adopt(actor.campaign, actor.author, actor.membership, difference, change, told)


def _require_as_read(actor: Actor, difference: Difference) -> None:
    """Raises `Changed` where somebody decided it between the readings of it and of its team."""
    if actor.store.reconciling.matters.get(actor.campaign.id, difference.number) != difference:
        raise Changed(difference.subject)


def _keep(actor: Actor, found: Open) -> Open:
    difference, team = found.difference, found.team
    if _decided(actor, difference, "kept"):
        return found
    told = actor.telling(team, texts.differences.told_kept(actor.campaign, actor.office(team), team, difference))
    after = actor.store.reconciling.keep(actor.campaign, actor.author, actor.membership, team, difference, told)
    return Open(difference, after)


def _ask(actor: Actor, found: Open) -> Open:
    difference, team = found.difference, found.team
    if difference.state != "open":
        _decided(actor, difference, "")
    if team.status in ("disabled", "merged"):
        raise UserError(texts.differences.off_the_lists(team, difference.number))
    if not team.captains or actor.store.ledger.outcome(actor.campaign.id, _asking(actor, difference)):
        return found
    told = actor.telling(team, texts.differences.told_to_look(actor.campaign, actor.office(team), team, difference))
    asked = actor.store.reconciling.ask(actor.campaign, actor.author, actor.membership, team, difference, told)
    return Open(asked, team)


def _asking(actor: Actor, difference: Difference) -> str:
    return f"{difference.op_id}/asked/{actor.author.at.isoformat()}"


def _decided(actor: Actor, difference: Difference, state: str) -> bool:
    """Whether she herself decided it so. Raises `UserError` where it was decided otherwise, or by somebody else."""
    if difference.state == "open":
        return False
    if (difference.state, difference.decided_by) == (state, actor.author.person):
        return True
    office = actor.office_of(difference.decided_by, difference.region)
    raise UserError(texts.differences.decided_before(difference, office, actor.campaign))
