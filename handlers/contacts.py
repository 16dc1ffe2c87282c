"""Contacts and QR codes: whom to call about a project, and where its picture or link is."""

from handlers import texts
from handlers.messages import Context, Reply
from handlers.pages import opening, paged
from handlers.router import Router
from handlers.rulebook.named import asked_beside_a_number, contacts_in, projects_in
from handlers.rulebook.no_rule import matter_of
from handlers.rulebook.phrasing import questions_in
from handlers.rulebook.private import rule_about_private
from handlers.rulebook.questions import Found, Told
from handlers.rules import answer_question, asked
from handlers.team_cards import telephone_of
from handlers.telephones import telephone_told
from storage.campaign_document import Project
from storage.campaign_schema import Campaign
from storage.models.teams import Team

router = Router()
LINKS = 5
"""How many of her teams' links are given in one reply."""


@router.command("联系人", "联系方式", "联系电话", "电话", summary="联系人 项目或单位：姓名和电话", aside=True)
def show_contacts(ctx: Context) -> Reply:
    """The public contacts of the project, direction, office or person named; of everything where none is named."""
    if ctx.args and (told := telephone_of(ctx, ctx.args)):
        return told
    if rule_about_private(ctx.campaign, f"{ctx.args}电话"):
        return answer_question(ctx, f"{ctx.args}电话")
    public = [c for c in ctx.campaign.contacts if c.public]
    if not public:
        return Reply(texts.contacts.no_contacts(ctx.campaign))
    named = contacts_in(ctx.campaign, ctx.args)
    unheard = ctx.args if ctx.args and not named else ""
    return Reply(texts.contacts.contact_list(named or public, unheard))


@router.intent("contact")
def asked_for_contact(ctx: Context) -> Reply:
    """A free sentence about whom to call, or a captain's own number. What must be declined is answered as a rule."""
    if told := telephone_told(ctx) or telephone_of(ctx, ctx.args):
        return told
    found = asked(ctx.campaign, ctx.args)
    rule = isinstance(found, Found) and found.rule.topic not in ("contact", "contact-all")
    field = isinstance(found, Told) and found.fact.kind != "contact"
    if matter_of(ctx.args) or rule or field or len(questions_in(ctx.args)) > 1:
        return answer_question(ctx, ctx.args)
    public = [c for c in ctx.campaign.contacts if c.public]
    if not public:
        return Reply(texts.contacts.no_contacts(ctx.campaign))
    cards = contacts_in(ctx.campaign, ctx.args) or public
    if asked_beside_a_number(ctx.args):
        return Reply(texts.contacts.only_numbers(cards))
    return Reply(texts.contacts.contact_list(cards))


@router.command("二维码", "组队码", "捐款码", summary="二维码 项目：组队捐款的链接", aside=True)
def show_qr(ctx: Context) -> Reply:
    """Her teams' own links, else that of the project named, or of hers, or of every project; honestly none where there
    is none."""
    named, hers = projects_in(ctx.campaign, ctx.args), _led(ctx)
    if own := [team for team in hers if team.link and (not named or team.project in named)]:
        return Reply("\n".join(texts.contacts.own_link(team) for team in own[:LINKS]))
    wanted = _most_precise(ctx.campaign, named or frozenset(team.project for team in hers))
    lines = [texts.contacts.project_link(p.name, _link(ctx.campaign, p)) for p in wanted]
    missing = [p for p in wanted if not _link(ctx.campaign, p)]
    contact = next((ctx.campaign.contact(c) for p in missing for c in p.contacts), None)
    pages = paged("", lines, texts.contacts.links_missing(contact) if missing else "")
    return opening(pages)


@router.intent("qr")
def asked_for_qr(ctx: Context) -> Reply:
    """A free sentence about a code. Trouble with one is a rule question; a project is only named by it."""
    found = asked(ctx.campaign, ctx.args) if ctx.slots.asks else None
    if isinstance(found, Told) or (isinstance(found, Found) and found.rule.topic not in ("qr", "project")):
        return answer_question(ctx, ctx.args)
    return show_qr(ctx)


def _led(ctx: Context) -> list[Team]:
    """The teams she leads."""
    codes = ctx.membership.codes
    return ctx.store.teams.many(ctx.campaign.id, codes) if codes else []


def _most_precise(campaign: Campaign, named: frozenset[str]) -> list[Project]:
    """The projects named, without the parents of named directions; every main project where none is named."""
    if not named:
        return [p for p in campaign.projects if p.parent is None]
    parents = {campaign.project(p).parent for p in named}
    return [p for p in campaign.projects if p.id in named - parents]


def _link(campaign: Campaign, project: Project) -> str:
    """A direction without a link of its own is given under its parent's."""
    if project.link or project.parent is None:
        return project.link
    return campaign.project(project.parent).link
