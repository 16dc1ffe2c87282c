"""Acts on one team: its name, its region, its project, on or off the lists; and the last one undone."""

import re
from typing import Literal
from urllib.parse import urlsplit

from handlers import texts
from handlers.acts.actor import Actor
from handlers.language.names import unit_key
from handlers.language.units import looks_like_unit
from handlers.messages import UserError
from storage.campaign_document import Project, Region
from storage.last_acts import Undoable
from storage.models.teams import ClaimAs, Team
from storage.team_acts import Acted

Verdict = Literal["active", "rejected"]
_VILLAGE = re.compile(r"[\u4e00-\u9fff·]{1,20}(?:村|社区|村委会|居委会|村民委员会|居民委员会)")
_LINK = re.compile(r"https://[a-z0-9.-]+(?:/[\w\-./?=&%#+:;,~!$*'()]{0,300})?", re.ASCII | re.IGNORECASE)
CAPTAINS = 3
"""How many captains a team may have (design §2, "Authority is checked in that step")."""


def rename(actor: Actor, team: Team, unit: str) -> Acted:
    """The unit's right name, within the campaign's rule for names. Raises `UserError`."""
    campaign = actor.campaign
    require_name(actor, team, unit)
    told = actor.telling(team, texts.told.renamed(actor.office(team), team, unit))
    acts, key = actor.store.team_acts, unit_key(campaign, unit)
    return actor.write(team, lambda: acts.rename(campaign, actor.author, actor.membership, team, unit, key, told))


def require_name(actor: Actor, team: Team, unit: str) -> None:
    """Raises `UserError` for what is no name of a unit, or its name already."""
    if reason := looks_like_unit(actor.campaign, unit):
        raise UserError(texts.acts.no_name(unit, reason, actor.campaign))
    if unit == team.unit:
        raise UserError(texts.acts.is_so_already(team, actor.last_change(team)))


def move(actor: Actor, team: Team, region: Region, reason: str) -> Acted:
    """Into another region of hers. Raises `UserError`."""
    campaign = actor.campaign
    if region.id == team.region:
        raise UserError(texts.acts.is_so_already(team, actor.last_change(team)))
    if not actor.membership.covers(campaign.region_path(region.id)):
        raise UserError(texts.acts.not_into_your_region(region, campaign))
    told = actor.telling(team, texts.told.moved(actor.office(team), campaign, team, region, reason))
    acts = actor.store.team_acts
    return actor.write(team, lambda: acts.move(campaign, actor.author, actor.membership, team, region.id, told))


def reassign(actor: Actor, team: Team, project: Project, reason: str) -> Acted:
    """To another project. Raises `UserError`."""
    campaign = actor.campaign
    if project.id == team.project:
        raise UserError(texts.acts.is_so_already(team, actor.last_change(team)))
    told = actor.telling(team, texts.told.reassigned(actor.office(team), campaign, team, project, reason))
    acts = actor.store.team_acts
    return actor.write(team, lambda: acts.reassign(campaign, actor.author, actor.membership, team, project.id, told))


def disable(actor: Actor, team: Team, reason: str) -> Acted:
    """Off every list and out of every sum; it reports no more. Raises `UserError`."""
    if team.status not in ("active", "unclaimed"):
        raise UserError(texts.acts.cannot_be_disabled(team))
    told = actor.telling(team, texts.told.disabled(actor.office(team), team, reason, actor.campaign))
    acts = actor.store.team_acts
    return actor.write(team, lambda: acts.disable(actor.campaign, actor.author, actor.membership, team, told))


def enable(actor: Actor, team: Team) -> Acted:
    """Back on the lists with all its figures. Raises `UserError`."""
    if team.status != "disabled":
        raise UserError(texts.acts.is_not_disabled(team))
    told = actor.telling(team, texts.told.enabled(actor.office(team), team))
    acts = actor.store.team_acts
    return actor.write(team, lambda: acts.enable(actor.campaign, actor.author, actor.membership, team, told))


def decide(actor: Actor, team: Team, verdict: Verdict, reason: str) -> Acted:
    """A waiting team is let in, or turned away with a reason. Raises `UserError`."""
    if team.status != "pending":
        raise UserError(texts.coordinators.not_waiting(team.code, actor.last_change(team)))
    decided = team.model_copy(update={"status": verdict})
    told = actor.telling(team, texts.coordinators.verdict(decided, reason), "verdict")
    acts = actor.store.team_acts
    return actor.write(team, lambda: acts.decide(actor.campaign, actor.author, actor.membership, team, verdict, told))


def make_code(actor: Actor, team: Team, claim_as: ClaimAs) -> Acted:
    """A new claim code: for the first captain, a successor, or one more. Raises `UserError`."""
    if team.status not in ("active", "unclaimed"):
        raise UserError(texts.acts.off_the_lists(team, actor.campaign))
    if claim_as == "another" and len(team.captains) >= CAPTAINS:
        raise UserError(texts.acts.captains_enough(team, CAPTAINS))
    meant: ClaimAs = claim_as if team.captains else "captain"
    told = actor.telling(team, texts.told.code(actor.office(team), team, meant))
    acts = actor.store.team_acts
    return actor.write(team, lambda: acts.make_code(actor.campaign, actor.author, actor.membership, team, meant, told))


def link_with(actor: Actor, team: Team, village: str) -> Acted:
    """The village or community that a team is linked with (挂钩村). Raises `UserError`."""
    threshold = actor.campaign.threshold_for(team.project)
    if threshold is None or not texts.coaching.names_villages(threshold):
        raise UserError(texts.acts.no_villages_here(team, actor.campaign))
    if not _VILLAGE.fullmatch(village):
        raise UserError(texts.acts.no_village(team, village))
    if village == team.village:
        raise UserError(texts.acts.is_so_already(team, actor.last_change(team)))
    told = actor.telling(team, texts.told.village(actor.office(team), team, village))
    acts, said = actor.store.team_acts, {"village": village}
    return actor.write(team, lambda: acts.describe(actor.campaign, actor.author, actor.membership, team, said, told))


def keep_link(actor: Actor, team: Team, link: str) -> Acted:
    """A team's own forwarding link, on the campaign's platform alone. Raises `UserError`."""
    domains, host = actor.campaign.platform_domains, (urlsplit(link).hostname or "")
    if not domains:
        raise UserError(texts.acts.no_platform_known(actor.campaign))
    if not _LINK.fullmatch(link) or not any(host == domain or host.endswith(f".{domain}") for domain in domains):
        raise UserError(texts.acts.no_link_of_platform(actor.campaign))
    if link == team.link:
        raise UserError(texts.acts.is_so_already(team, actor.last_change(team)))
    told = actor.telling(team, texts.told.link(actor.office(team), team, link))
    acts, said = actor.store.team_acts, {"link": link}
    return actor.write(team, lambda: acts.describe(actor.campaign, actor.author, actor.membership, team, said, told))


def undo(actor: Actor, team: Team, act: Undoable) -> Acted:
    """The exact predecessor of her last act. Raises `UserError` where something has been built on it."""
    if team.version != act.version:
        raise UserError(texts.undoing.built_upon(team, act, actor.campaign))
    told = actor.telling(team, texts.told.undone(actor.office(team), team, act))
    undoing = (actor.store.merging if act.kind == "team.merged" else actor.store.team_acts).undo
    return actor.write(team, lambda: undoing(actor.campaign, actor.author, actor.membership, team, act, told))
