"""After the freeze: an organizer puts a final figure right, with a reason; and that undone."""

from handlers import texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.authority import organizes
from storage.freezing import Final
from storage.heard import LISTED
from storage.last_acts import Undoable
from storage.ledger import Changed, NotAllowed
from storage.models.teams import Team
from storage.team_acts import Acted


def change(actor: Actor, team: Team, final: Final, reason: str) -> Acted:
    """Raises `UserError` before the freeze, for who is no organizer there, and without a reason."""
    campaign = actor.campaign
    if not organizes(campaign, actor.membership, team.region):
        raise UserError(texts.finals.by_organizers(campaign))
    if not campaign.frozen:
        raise UserError(texts.finals.not_frozen_yet(team))
    if team.status not in LISTED:
        raise UserError(texts.acts.off_the_lists(team, campaign))
    if not reason:
        raise UserError(texts.finals.reason_needed(team))
    told = actor.telling(team, texts.finals.told_changed(actor.office(team), team, final, reason))
    freezing = actor.store.freezing
    return actor.write(team, lambda: freezing.change(campaign, actor.author, actor.membership, team, final, told))


def undo(actor: Actor, team: Team, act: Undoable) -> Acted:
    """The figure before stands again. Raises `UserError` where something has been built on it."""
    told = actor.telling(team, texts.told.undone(actor.office(team), team, act))
    try:
        return actor.store.freezing.undo(actor.campaign, actor.author, actor.membership, team, act, told)
    except NotAllowed:
        raise UserError(texts.finals.by_organizers(actor.campaign)) from None
    except Changed:
        raise UserError(texts.undoing.built_upon(team, act, actor.campaign)) from None
