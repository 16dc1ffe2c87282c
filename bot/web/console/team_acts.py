"""What is done to one team at the console: its figures, its name, its place, its captains, on or off the lists."""

from collections.abc import Callable, Mapping

from bot.web.console.desk import at_desk
from bot.web.console.forms import Asked, Filled
from bot.web.console.team_figures import FIGURES, TeamAct
from handlers import texts
from handlers.acts import announcements, merging
from handlers.acts import teams as acts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.mergers import Pages
from storage.models.teams import Team
from storage.team_acts import Acted


def show_merger(actor: Actor, team: Team, filled: Filled) -> Asked:
    """Both totals, and whether they came from one page or two. Raises `UserError`."""
    other = _other(actor, filled)
    one, two = _pages_seen(team, other)
    found = merging.outcomes(actor, team, other)
    if found.added is None:
        shown = texts.merging.ask(actor.campaign, team, other, found.newer)
        return Asked(shown, (two, texts.console.merge_them()))
    shown = texts.console.both_teams(actor.campaign, team, other)
    choices = texts.console.merge_as(found.newer, found.added)
    return Asked(shown, *zip((one, two), choices, strict=True))


def merge(actor: Actor, team: Team, filled: Filled) -> str:
    """The team goes on as another of her region, once she has looked at what comes of it."""
    if done := actor.done():
        return merging.said(actor, done)
    other = _other(actor, filled)
    pages = _pages_seen(team, other).get(filled.agreed)
    if pages is None:
        raise show_merger(actor, team, filled)
    done = merging.merge(actor, team, other, pages)
    return merging.said(actor, done)


def _other(actor: Actor, filled: Filled) -> Team:
    said = filled.said("into")
    other = next(iter(actor.store.teams.many(actor.campaign.id, [said.lstrip("#").zfill(4)])), None)
    if other is None or not at_desk().reaches(other.region):
        raise UserError(texts.acts.no_such_team(said))
    return other


def _pages_seen(team: Team, other: Team) -> dict[str, Pages]:
    """What each yes stands for, as long as neither team is another than she saw."""
    seen = f"{team.version} {other.version}"
    return {f"{seen} one": "one", f"{seen} two": "two"}


def show_rename(actor: Actor, team: Team, filled: Filled) -> Asked:
    unit = filled.said("unit")
    acts.require_name(actor, team, unit)
    return Asked(texts.console.rename_of(team, unit), (f"{team.version} {unit}", texts.console.rename_it()))


def rename(actor: Actor, team: Team, filled: Filled) -> str:
    done = actor.done() or acts.rename(actor, team, filled.said("unit"))
    return texts.acts.renamed(done.before, done.after)


def _told(act: Callable[[Actor, Team, Filled], Acted], tell: Callable[[Actor, Acted], str]) -> TeamAct:
    """An act on a team, or what this operation did if it was done already."""

    def do(actor: Actor, team: Team, filled: Filled) -> str:
        return tell(actor, actor.done() or act(actor, team, filled))

    return do


def move(actor: Actor, team: Team, filled: Filled) -> Acted:
    region = next((each for each in actor.campaign.regions if each.id == filled.said("to")), None)
    if region is None:
        raise UserError(texts.console.choose_a_place())
    return acts.move(actor, team, region, filled.said("reason"))


def _reassign(actor: Actor, team: Team, filled: Filled) -> Acted:
    project = next((each for each in actor.campaign.projects if each.id == filled.said("to")), None)
    if project is None:
        raise UserError(texts.console.choose_a_project())
    return acts.reassign(actor, team, project, filled.said("reason"))


def _make_code(actor: Actor, team: Team, filled: Filled) -> Acted:
    return acts.make_code(actor, team, "successor" if filled.said("as") == "successor" else "another")


def _remind(actor: Actor, team: Team, _: Filled) -> str:
    done = actor.store.announcements.done(actor.campaign.id, actor.author.op_id)
    return texts.announcing.reminded(done or announcements.remind_team(actor, at_desk().door.site.reach, team))


def _disable(actor: Actor, team: Team, filled: Filled) -> str:
    if (done := actor.done()) is None:
        if filled.agreed != str(team.version):
            raise Asked(texts.console.ask_several("disable", 1), (str(team.version), texts.console.yes_to("disable")))
        done = acts.disable(actor, team, filled.said("reason"))
    return texts.acts.disabled(done.after)


def _pass(actor: Actor, team: Team, _: Filled) -> str:
    done = actor.done() or acts.decide(actor, team, "active", "")
    return texts.coordinators.decided(done.after, "")


def _reject(actor: Actor, team: Team, filled: Filled) -> str:
    done = actor.done() or acts.decide(actor, team, "rejected", filled.said("reason"))
    return texts.coordinators.decided(done.after, filled.said("reason"))


ACTS: Mapping[str, TeamAct] = {
    **FIGURES,
    "remind": _remind,
    "rename": rename,
    "move": _told(move, lambda actor, done: texts.acts.moved(actor.campaign, done.before, done.after)),
    "reassign": _told(_reassign, lambda actor, done: texts.acts.reassigned(actor.campaign, done.before, done.after)),
    "merge": merge,
    "disable": _disable,
    "enable": _told(lambda actor, team, _: acts.enable(actor, team), lambda _, done: texts.acts.enabled(done.after)),
    "code": _told(_make_code, lambda actor, done: texts.acts.code_made(done.after, actor.office(done.after))),
    "village": _told(
        lambda actor, team, filled: acts.link_with(actor, team, filled.said("village")),
        lambda _, done: texts.acts.village_kept(done.after),
    ),
    "link": _told(
        lambda actor, team, filled: acts.keep_link(actor, team, filled.said("link")),
        lambda _, done: texts.acts.link_kept(done.after),
    ),
    "pass": _pass,
    "reject": _reject,
}
"""What is done to one team, each by the function that its word calls."""
