"""The way back from her last act: a team's, figures decided on, a case, a role, a raise, a push that she switched."""

from handlers import texts
from handlers.acts import cases, differences, finals, push_plan, raises, reviews, roles, teams
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.casework import sees
from storage.incidents import Closing
from storage.last_acts import Undoable
from storage.push_switches import Switched
from storage.raises import RaiseDecided
from storage.roles import RoleTaken
from storage.team_acts import LastAct


def called(actor: Actor, last: LastAct) -> str:
    """What she did last, as it is named to her."""
    match last:
        case Closing(number=number):
            return texts.cases.closing_said(number)
        case RaiseDecided():
            return texts.raises.decision_said(last)
        case RoleTaken():
            return texts.roles.what_was_taken(_whose(actor, last))
        case Switched():
            return texts.push_plan.what_was_switched(texts.push_plan.called(actor.campaign, last.push), last.on)
        case Undoable():
            return texts.undoing.what_was_done(actor.store.teams.get(actor.campaign.id, last.code), last)


def undo(actor: Actor, last: LastAct) -> str:
    """Undo it, and say so. Raises `UserError`."""
    match last:
        case Closing():
            case = actor.store.incidents.matters.get(actor.campaign.id, last.number)
            if case is None or not sees(actor.campaign, actor.membership, case):
                raise UserError(texts.questions.no_such_matter(last.number))
            cases.reopen(actor, case, last)
            return texts.cases.reopened(case)
        case RaiseDecided():
            return texts.raises.undone(actor.campaign, raises.undo(actor, last))
        case RoleTaken():
            whose = _whose(actor, last)
            roles.give_back(actor, last)
            return texts.roles.given_back(whose)
        case Switched():
            push_plan.switch_back(actor, last)
            return texts.push_plan.switched_back(texts.push_plan.called(actor.campaign, last.push), not last.on)
        case Undoable():
            return _of_team(actor, last)


def _of_team(actor: Actor, last: Undoable) -> str:
    team = actor.store.teams.get(actor.campaign.id, last.code)
    match last.kind:
        case "passed" | "returned":
            return texts.reviews.undone(reviews.undo(actor, team, last), team)
        case "adopted" | "kept":
            found = differences.undo(actor, team, last)
            return texts.differences.undone(found.difference, found.team)
        case "figure.changed":
            return texts.undoing.undone(finals.undo(actor, team, last).after, last)
        case _:
            return texts.undoing.undone(teams.undo(actor, team, last).after, last)


def _whose(actor: Actor, taken: RoleTaken) -> str:
    """Whose role was taken away: office and name, as long as they are kept."""
    name = actor.store.roles.former_name(actor.campaign.id, taken.person)
    return texts.naming.colleague_name(actor.campaign, taken.grant, name)
