"""What is done to one team at the console: its figures, its name, its place, its captains, on or off the lists."""

from collections.abc import Callable, Mapping

from bot.web.console.desk import at_desk
from bot.web.console.forms import Asked, agreed, said
from bot.web.console.team_figures import FIGURES
from handlers import texts
from handlers.acts import announcements, merging
from handlers.acts import teams as acts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.mergers import Pages
from storage.models import Team
from storage.team_acts import Acted


def _merge(actor: Actor, team: Team) -> str:
    """The team goes on as another of her region: both totals first, and whether they came from one page or two."""
    if done := actor.done():
        return merging.said(actor, done)
    other = next(iter(actor.store.teams.many(actor.campaign.id, [said("into").lstrip("#").zfill(4)])), None)
    if other is None or not at_desk().reaches(other.region):
        raise UserError(texts.acts.no_such_team(said("into")))
    seen = f"{team.version} {other.version}"
    answers: dict[str, Pages] = {f"{seen} one": "one", f"{seen} two": "two"}
    if agreed() not in answers:
        one, two = answers
        found = merging.outcomes(actor, team, other)
        if found.added is None:
            shown = texts.merging.ask(actor.campaign, team, other, found.newer)
            raise Asked(shown, (two, texts.console.merge_them()))
        shown = texts.console.both_teams(actor.campaign, team, other)
        choices = texts.console.merge_as(found.newer, found.added)
        raise Asked(shown, *zip((one, two), choices, strict=True))
    done = merging.merge(actor, team, other, answers[agreed()])
    return merging.said(actor, done)


def _told(act: Callable[[Actor, Team], Acted], tell: Callable[[Actor, Acted], str]) -> Callable[[Actor, Team], str]:
    """An act on a team, or what this operation did if it was done already."""

    def do(actor: Actor, team: Team) -> str:
        return tell(actor, actor.done() or act(actor, team))

    return do


def _move(actor: Actor, team: Team) -> Acted:
    region = next((each for each in actor.campaign.regions if each.id == said("to")), None)
    if region is None:
        raise UserError(texts.console.choose_a_place())
    return acts.move(actor, team, region, said("reason"))


def _reassign(actor: Actor, team: Team) -> Acted:
    project = next((each for each in actor.campaign.projects if each.id == said("to")), None)
    if project is None:
        raise UserError(texts.console.choose_a_project())
    return acts.reassign(actor, team, project, said("reason"))


def _make_code(actor: Actor, team: Team) -> Acted:
    return acts.make_code(actor, team, "successor" if said("as") == "successor" else "another")


def _remind(actor: Actor, team: Team) -> str:
    done = actor.store.announcements.done(actor.campaign.id, actor.author.op_id)
    return texts.announcing.reminded(done or announcements.remind_team(actor, at_desk().door.site.reach, team))


def _disable(actor: Actor, team: Team) -> str:
    if (done := actor.done()) is None:
        if agreed() != str(team.version):
            raise Asked(texts.console.ask_several("disable", 1), (str(team.version), texts.console.yes_to("disable")))
        done = acts.disable(actor, team, said("reason"))
    return texts.acts.disabled(done.after)


ACTS: Mapping[str, Callable[[Actor, Team], str]] = {
    **FIGURES,
    "remind": _remind,
    "rename": _told(
        lambda actor, team: acts.rename(actor, team, said("unit")),
        lambda _, done: texts.acts.renamed(done.before, done.after),
    ),
    "move": _told(_move, lambda actor, done: texts.acts.moved(actor.campaign, done.before, done.after)),
    "reassign": _told(_reassign, lambda actor, done: texts.acts.reassigned(actor.campaign, done.before, done.after)),
    "merge": _merge,
    "disable": _disable,
    "enable": _told(acts.enable, lambda _, done: texts.acts.enabled(done.after)),
    "code": _told(_make_code, lambda actor, done: texts.acts.code_made(done.after, actor.office(done.after))),
    "village": _told(
        lambda actor, team: acts.link_with(actor, team, said("village")),
        lambda _, done: texts.acts.village_kept(done.after),
    ),
    "link": _told(
        lambda actor, team: acts.keep_link(actor, team, said("link")), lambda _, done: texts.acts.link_kept(done.after)
    ),
    "pass": _told(
        lambda actor, team: acts.decide(actor, team, "active", ""),
        lambda _, done: texts.coordinators.decided(done.after, ""),
    ),
    "reject": _told(
        lambda actor, team: acts.decide(actor, team, "rejected", said("reason")),
        lambda _, done: texts.coordinators.decided(done.after, said("reason")),
    ),
}
"""What is done to one team, each by the function that its word calls."""
