"""Choosing the project of a team: a short list by number, a long one in pages or searched by a word."""

from dataclasses import replace

from handlers import texts
from handlers.drafts import Draft, ask
from handlers.language.called import is_part_of
from handlers.language.names import find_project
from handlers.language.units import excluded_by
from handlers.messages import Context, Reply, UserError
from handlers.pages import paged
from handlers.understand.answers import name_chosen, number_chosen
from storage.campaign_document import Project
from storage.campaign_schema import Campaign

STATE = "teams.project"


def ask_project(campaign: Campaign, draft: Draft) -> Reply:
    """All projects: numbered where they fit into one reply, else by name in pages."""
    return _offer(campaign, draft, list(campaign.projects), "")


def project_said(ctx: Context, draft: Draft) -> Project | Reply:
    """The project that an answer chooses, or the list that a word of it leads to. Raises `UserError` for none."""
    campaign = ctx.campaign
    ids = ctx.conversation.data.get("offered", []) if ctx.conversation else []
    number = number_chosen(ctx.args, len(ids))
    if number is not None:
        return campaign.project(ids[number])
    if project := find_project(campaign, ctx.args)[0]:
        return project
    word = name_chosen(ctx.args)
    called = [p for p in campaign.projects if is_part_of(word, (p.name, *p.aliases))]
    if len(called) == 1:
        return called[0]
    if found := called or [p for p in campaign.projects if is_part_of(word, (p.purpose,))]:
        return _offer(campaign, draft, found, ctx.args)
    names = [p.name for p in campaign.projects]
    raise UserError(
        texts.teams.no_such_project(names) if _fits(names) else texts.registering.no_project_found(len(names))
    )


def ask_about_fit(campaign: Campaign, draft: Draft) -> Reply | None:
    """A project whose document names other places or kinds of units: asked once, with the source."""
    project = campaign.project(draft.project)
    why = excluded_by(campaign, project, draft.region, draft.unit)
    if why is None or draft.fits == project.id:
        return None
    region = campaign.region(draft.region).name
    return ask(texts.registering.ask_unfit(draft.unit, region, project, why, campaign), "teams.unfit", draft)


def fit_said(ctx: Context, draft: Draft) -> Draft:
    """The draft with the project she keeps, or without one."""
    number = number_chosen(ctx.args, 2)
    if number is None:
        raise UserError(texts.dialogues.choose_a_number(2))
    return replace(draft, fits=draft.project) if number == 0 else replace(draft, project="", fits="")


def _offer(campaign: Campaign, draft: Draft, projects: list[Project], word: str) -> Reply:
    names = [p.name for p in projects]
    if _fits(names):
        question = texts.registering.projects_found(word, names) if word else texts.teams.ask_project(names)
        return ask(question, STATE, draft, offered=[p.id for p in projects])
    head = (
        texts.registering.many_projects_found(word, len(names)) if word else texts.registering.many_projects(len(names))
    )
    first, *rest = paged(head, [f"· {name}" for name in names], "")
    return ask(first, STATE, draft, offered=[], pages=rest)


def _fits(names: list[str]) -> bool:
    return len(texts.wording.within(names, texts.wording.SHORT_BYTES)) == len(names)
