"""Registering a team: in one line when nothing is open, else one question at a time; `算了` leaves."""

from dataclasses import replace

from handlers import texts
from handlers.choices import choice
from handlers.drafts import Draft, ask, begun, called, draft_of, filled, resume
from handlers.entering import enter, require_open, there_already
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.understand.intent import read_intent
from handlers.understand.names import find_project, find_region, similar_units, unit_key
from handlers.understand.persons import may_be_name
from handlers.understand.registration import read_registration
from handlers.understand.text import squash
from handlers.understand.units import looks_like_unit, unit_within
from handlers.understand.words import WORDS

router = Router()
SKIP = {"跳过", "不填", "无", "没有", "没有电话", "不知道", "不方便", "不方便说"}
NAMED_IN_PASSING = ("unknown", "thanks", "contact", "register")
"""What an answer that names a captain may look like besides: `李敏，谢谢`."""


@router.command("组队", "报名", "登记", "注册", summary="组队 单位名称 县区 项目 队长姓名 电话")
@router.intent("register")
def register(ctx: Context) -> Reply:
    """Read as much as the line holds, and ask for the rest."""
    require_open(ctx)
    draft = begun(ctx, read_registration(ctx.campaign, ctx.args))
    reply = _proceed(ctx, draft)
    given_up = draft_of(ctx.conversation)
    if given_up is None or not given_up.unit or given_up.unit == draft.unit:
        return reply
    return replace(reply, text=f"{texts.teams.draft_given_up(given_up.unit)}\n{reply.text}")


@router.state("teams.unit")
def take_unit(ctx: Context) -> Reply:
    ctx, draft = resume(ctx)
    read = read_registration(ctx.campaign, ctx.args)
    draft = filled(replace(draft, unit=read.unit or ctx.args), read)
    reason = looks_like_unit(ctx.campaign, draft.unit, draft.captain)
    if reason and reason not in ("nickname", "named", "person"):
        raise UserError(texts.teams.not_a_unit(reason))
    return _proceed(ctx, draft)


@router.state("teams.rename")
def take_suggestion(ctx: Context) -> Reply:
    """The suggested name of the unit, the one that she typed, or another that she types."""
    ctx, draft = resume(ctx)
    data = ctx.conversation.data if ctx.conversation else {}
    number = choice(ctx.args, len(data["choices"]))
    if number is None:
        return take_unit(ctx)
    match data["choices"][number]:
        case "inside":
            return _proceed(ctx, called(draft, data["person"]))
        case "in_full":
            return _proceed(ctx, replace(draft, unit=data["typed"], in_full=data["typed"]))
        case _:
            rule = ctx.campaign.registration.team_name_rule
            return ask(texts.teams.ask_unit(rule), "teams.unit", replace(draft, unit=""))


@router.state("teams.region")
def take_region(ctx: Context) -> Reply:
    ctx, draft = resume(ctx)
    if _registers_another(ctx, draft):
        return register(ctx)
    regions = ctx.campaign.regions
    number = choice(ctx.args, len(regions))
    region = regions[number] if number is not None else find_region(ctx.campaign, ctx.args)[0]
    if region is None:
        raise UserError(texts.teams.no_such_region([r.name for r in regions]))
    return _proceed(ctx, replace(draft, region=region.id))


@router.state("teams.project")
def take_project(ctx: Context) -> Reply:
    ctx, draft = resume(ctx)
    if _registers_another(ctx, draft):
        return register(ctx)
    projects = ctx.campaign.projects
    number = choice(ctx.args, len(projects))
    project = projects[number] if number is not None else find_project(ctx.campaign, ctx.args)[0]
    if project is None:
        raise UserError(texts.teams.no_such_project([p.name for p in projects]))
    return _proceed(ctx, replace(draft, project=project.id))


@router.state("teams.captain")
def take_captain(ctx: Context) -> Reply:
    """Her name, her telephone or both; the line of the next unit begins a registration of its own."""
    ctx, draft = resume(ctx)
    draft = replace(draft, asked_captain=True)
    if squash(ctx.args) in SKIP:
        return _proceed(ctx, draft)
    if _is_of_another_unit(ctx, draft):
        return register(ctx)
    read = read_registration(ctx.campaign, f"队长{ctx.args}")
    if not read.phone and not (may_be_name(read.captain) and _names_in_passing(ctx)):
        raise UserError(texts.teams.not_a_captain())
    captain = read.captain if squash(read.captain) not in WORDS else ""
    return _proceed(ctx, replace(draft, captain=captain, phone=read.phone))


@router.state("teams.alike")
def take_alike(ctx: Context) -> Reply:
    number = choice(ctx.args, 2)
    if number is None:
        raise UserError(texts.dialogues.choose_a_number(2))
    ctx, draft = resume(ctx)
    if number == 0:
        alike = ctx.conversation.data["alike"] if ctx.conversation else ""
        draft = replace(draft, unit=alike)
    return _proceed(ctx, replace(draft, apart=True))


def _is_of_another_unit(ctx: Context, draft: Draft) -> bool:
    """Whether an answer is a registration line: another unit, with its region or project."""
    read = read_registration(ctx.campaign, ctx.args)
    if not read.unit or not (read.region or read.project) or looks_like_unit(ctx.campaign, read.unit):
        return False
    return unit_key(ctx.campaign, read.unit) != unit_key(ctx.campaign, draft.unit)


def _registers_another(ctx: Context, draft: Draft) -> bool:
    """The same where a region or a project is asked for, so that only a whole line is meant for a registration."""
    return read_intent(ctx.campaign, ctx.args) == "register" and _is_of_another_unit(ctx, draft)


def _names_in_passing(ctx: Context) -> bool:
    return read_intent(ctx.campaign, ctx.args) in NAMED_IN_PASSING


def _ask_for_a_unit(ctx: Context, draft: Draft, reason: str) -> Reply:
    """A name that is no unit's: the rule, the unit inside it, and her own word where it may be one after all."""
    rule, typed = ctx.campaign.registration.team_name_rule, draft.unit
    inside = unit_within(ctx.campaign, typed, draft.captain) if reason in ("nickname", "named") else None
    in_full = _may_be_in_full(ctx, draft, reason)
    if inside or in_full:
        unit, person = (inside.unit, "" if draft.captain else inside.person) if inside else ("", "")
        choices = [*(["inside"] if inside else []), "another", *(["in_full"] if in_full else [])]
        question = texts.teams.suggest_unit(typed, choices, unit, person, rule)
        return ask(question, "teams.rename", replace(draft, unit=unit), person=person, typed=typed, choices=choices)
    said = texts.teams.not_a_unit(reason)
    if reason in ("nickname", "person"):
        said = texts.teams.no_team_name(draft.unit, rule)
    return ask(said, "teams.unit", replace(draft, unit=""))


def _may_be_in_full(ctx: Context, draft: Draft, reason: str) -> bool:
    """Whether a name that looks as if a person's were in it may be the unit's after all: none with the captain's is."""
    if reason != "named":
        return False
    inside = unit_within(ctx.campaign, draft.unit, draft.captain)
    return inside is None or inside.person != draft.captain


def _proceed(ctx: Context, draft: Draft) -> Reply:
    """Ask for the first thing that is missing, or enter the team."""
    campaign = ctx.campaign
    if not draft.unit:
        return ask(texts.teams.ask_unit(campaign.registration.team_name_rule), "teams.unit", draft)
    reason = looks_like_unit(campaign, draft.unit, draft.captain)
    if reason and not (draft.unit == draft.in_full and _may_be_in_full(ctx, draft, reason)):
        return _ask_for_a_unit(ctx, draft, reason)
    if not draft.region:
        return ask(texts.teams.ask_region(draft.unit, [r.name for r in campaign.regions]), "teams.region", draft)
    if not draft.project:
        return ask(texts.teams.ask_project([p.name for p in campaign.projects]), "teams.project", draft)
    key = unit_key(campaign, draft.unit)
    if not draft.apart:
        units = ctx.store.teams.units_in(campaign.id, draft.region)
        alike = [] if key in units else similar_units(campaign, draft.unit, units)
        if alike:
            known = ctx.store.teams.named(campaign.id, alike[0])[0]
            return ask(texts.teams.ask_alike(draft.unit, known), "teams.alike", draft, alike=known.unit)
    if not draft.asked_captain:
        there = there_already(ctx, draft, key)
        return there or ask(texts.teams.ask_captain(), "teams.captain", draft)
    return enter(ctx, draft, key)
