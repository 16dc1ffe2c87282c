"""Registering a team: in one line when nothing is open, else one question at a time; `算了` leaves."""

from dataclasses import asdict, dataclass, replace

from handlers import texts
from handlers.choices import choice, spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.notices import notification
from handlers.router import Router
from handlers.understand.intent import read_intent
from handlers.understand.names import (
    find_project,
    find_region,
    looks_like_unit,
    similar_units,
    unit_key,
    unit_within,
)
from handlers.understand.persons import is_person, may_be_name
from handlers.understand.registration import Registration, read_registration
from handlers.understand.text import squash
from handlers.understand.words import WORDS
from storage.campaign_schema import Campaign
from storage.ledger import Changed, NotAllowed, Taken
from storage.models import Card, Conversation, Notification, Team
from storage.teams import NewTeam

router = Router()
SKIP = {"跳过", "不填", "无", "没有", "没有电话", "不知道", "不方便", "不方便说"}
NO_UNIT = {"个人", "本人", "我", "自己", "我自己", "一个人", "家庭", "我家", "朋友", "爱心人士"}
NAMED_IN_PASSING = ("unknown", "thanks", "contact", "register")
"""What an answer that names a captain may look like besides: `李敏，谢谢`."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a registration so far. `apart`: she said that it is another unit than the one alike."""

    campaign: str
    unit: str = ""
    region: str = ""
    project: str = ""
    captain: str = ""
    phone: str = ""
    apart: bool = False
    asked_captain: bool = False


@router.command("组队", "报名", "登记", "注册", summary="组队 单位名称 县区 项目 队长姓名 电话")
@router.intent("register")
def register(ctx: Context) -> Reply:
    """Read as much as the line holds, and ask for the rest."""
    _require_open(ctx)
    draft = _begin(ctx, read_registration(ctx.campaign, ctx.args))
    reason = _why_no_unit(ctx, draft.unit) if draft.unit else None
    reply = _ask_for_a_unit(ctx, draft, reason) if reason else _proceed(ctx, draft)
    given_up = _draft_of(ctx.conversation)
    if given_up is None or not given_up.unit or given_up.unit == draft.unit:
        return reply
    return replace(reply, text=f"{texts.draft_given_up(given_up.unit)}\n{reply.text}")


@router.state("teams.unit")
def take_unit(ctx: Context) -> Reply:
    ctx, draft = _resume(ctx)
    read = read_registration(ctx.campaign, ctx.args)
    unit = read.unit or ctx.args
    draft = replace(
        draft,
        unit=unit,
        region=draft.region or (read.region.id if read.region else ""),
        project=draft.project or (read.project.id if read.project else ""),
    )
    reason = _why_no_unit(ctx, unit)
    if reason == "nickname":
        return _ask_for_a_unit(ctx, draft, reason)
    if reason:
        raise UserError(texts.not_a_unit(reason))
    return _proceed(ctx, draft)


@router.state("teams.rename")
def take_suggestion(ctx: Context) -> Reply:
    """The suggested name of the unit, or another that she types."""
    ctx, draft = _resume(ctx)
    number = choice(ctx.args, 2)
    if number == 0:
        return _proceed(ctx, draft)
    if number == 1:
        return _ask(texts.ask_unit(ctx.campaign.registration.team_name_rule), "teams.unit", replace(draft, unit=""))
    return take_unit(ctx)


@router.state("teams.region")
def take_region(ctx: Context) -> Reply:
    ctx, draft = _resume(ctx)
    if _registers_another(ctx, draft):
        return register(ctx)
    regions = ctx.campaign.regions
    number = choice(ctx.args, len(regions))
    region = regions[number] if number is not None else find_region(ctx.campaign, ctx.args)[0]
    if region is None:
        raise UserError(texts.no_such_region([r.name for r in regions]))
    return _proceed(ctx, replace(draft, region=region.id))


@router.state("teams.project")
def take_project(ctx: Context) -> Reply:
    ctx, draft = _resume(ctx)
    if _registers_another(ctx, draft):
        return register(ctx)
    projects = ctx.campaign.projects
    number = choice(ctx.args, len(projects))
    project = projects[number] if number is not None else find_project(ctx.campaign, ctx.args)[0]
    if project is None:
        raise UserError(texts.no_such_project([p.name for p in projects]))
    return _proceed(ctx, replace(draft, project=project.id))


@router.state("teams.captain")
def take_captain(ctx: Context) -> Reply:
    """Her name, her telephone or both; the line of the next unit begins a registration of its own."""
    ctx, draft = _resume(ctx)
    draft = replace(draft, asked_captain=True)
    if squash(ctx.args) in SKIP:
        return _proceed(ctx, draft)
    if _is_of_another_unit(ctx, draft):
        return register(ctx)
    read = read_registration(ctx.campaign, f"队长{ctx.args}")
    if not read.phone and not (may_be_name(read.captain) and _names_in_passing(ctx)):
        raise UserError(texts.not_a_captain())
    captain = read.captain if squash(read.captain) not in WORDS else ""
    return _proceed(ctx, replace(draft, captain=captain, phone=read.phone))


@router.state("teams.alike")
def take_alike(ctx: Context) -> Reply:
    number = choice(ctx.args, 2)
    if number is None:
        raise UserError(texts.choose_a_number(2))
    ctx, draft = _resume(ctx)
    if number == 0:
        alike = ctx.conversation.data["alike"] if ctx.conversation else ""
        draft = replace(draft, unit=alike)
    return _proceed(ctx, replace(draft, apart=True))


def _begin(ctx: Context, read: Registration) -> Draft:
    """What one line says. A person's name where the unit should stand is taken for the unit, to be turned down."""
    in_its_place = not read.unit and bool(read.captain) and ctx.args.startswith(read.captain)
    captain = "" if in_its_place else read.captain
    return Draft(
        campaign=ctx.campaign.id,
        unit=read.captain if in_its_place else read.unit,
        region=read.region.id if read.region else "",
        project=read.project.id if read.project else "",
        captain=captain,
        phone=read.phone,
        asked_captain=bool(captain or read.phone),
    )


def _is_of_another_unit(ctx: Context, draft: Draft) -> bool:
    """Whether an answer is a registration line: another unit, with its region or project."""
    read = read_registration(ctx.campaign, ctx.args)
    if not read.unit or not (read.region or read.project) or _why_no_unit(ctx, read.unit):
        return False
    return unit_key(ctx.campaign, read.unit) != unit_key(ctx.campaign, draft.unit)


def _registers_another(ctx: Context, draft: Draft) -> bool:
    """The same where a region or a project is asked for, so that only a whole line is meant for a registration."""
    return read_intent(ctx.campaign, ctx.args) == "register" and _is_of_another_unit(ctx, draft)


def _names_in_passing(ctx: Context) -> bool:
    return read_intent(ctx.campaign, ctx.args) in NAMED_IN_PASSING


def _why_no_unit(ctx: Context, name: str) -> str | None:
    """Why a name cannot be the unit's; where the rule asks for the unit, a person's name is none either."""
    rule = ctx.campaign.registration.team_name_rule
    nobody = squash(name) in NO_UNIT or is_person(ctx.campaign, name)
    return looks_like_unit(ctx.campaign, name) or ("person" if rule and nobody else None)


def _ask_for_a_unit(ctx: Context, draft: Draft, reason: str) -> Reply:
    """A name that is no unit's: the rule, and the unit inside it where there is one."""
    rule = ctx.campaign.registration.team_name_rule
    if reason == "nickname" and (inside := unit_within(draft.unit)):
        question = texts.suggest_unit(draft.unit, inside, rule)
        return _ask(question, "teams.rename", replace(draft, unit=inside))
    said = texts.not_a_unit(reason)
    if reason in ("nickname", "person"):
        said = texts.no_team_name(draft.unit, rule)
    return _ask(said, "teams.unit", replace(draft, unit=""))


def _proceed(ctx: Context, draft: Draft) -> Reply:
    """Ask for the first thing that is missing, or enter the team."""
    campaign = ctx.campaign
    if not draft.unit:
        return _ask(texts.ask_unit(campaign.registration.team_name_rule), "teams.unit", draft)
    if not draft.region:
        return _ask(texts.ask_region(draft.unit, [r.name for r in campaign.regions]), "teams.region", draft)
    if not draft.project:
        return _ask(texts.ask_project([p.name for p in campaign.projects]), "teams.project", draft)
    key = unit_key(campaign, draft.unit)
    if not draft.apart:
        units = ctx.store.teams.units_in(campaign.id, draft.region)
        alike = [] if key in units else similar_units(campaign, draft.unit, units)
        if alike:
            known = ctx.store.teams.named(campaign.id, alike[0])[0]
            return _ask(texts.ask_alike(draft.unit, known), "teams.alike", draft, alike=known.unit)
    if not draft.asked_captain:
        there = _there_already(ctx, draft, key)
        return there or _ask(texts.ask_captain(), "teams.captain", draft)
    return _enter(ctx, draft, key)


def _enter(ctx: Context, draft: Draft, key: str) -> Reply:
    campaign, status = ctx.campaign, _require_open(ctx)
    covers = ctx.membership.covers(campaign.region_path(draft.region))
    if status == "late" and not covers:
        return Reply(texts.not_your_region() if ctx.membership.roles else texts.registration_late(campaign))
    waits = not covers and (status == "waits" or campaign.registration.mode == "approve")
    new = NewTeam(
        unit=draft.unit,
        unit_key=key,
        project=draft.project,
        region=draft.region,
        captain=None if covers else ctx.person.id,
        card=Card(name=draft.captain, phone=draft.phone),
        status="pending" if waits else "unclaimed" if covers else "active",
    )
    notifications = _tell_coordinators(ctx, new) if waits else []
    try:
        team, _ = ctx.store.teams.register(campaign, ctx.author("register"), new, ctx.membership, notifications)
    except Taken as taken:
        return _taken(ctx, ctx.store.teams.get(campaign.id, taken.holder))
    except NotAllowed:
        return Reply(texts.not_your_region())
    except Changed:
        return Reply(texts.register_again())
    reply = texts.registered(team, new.card, campaign, ctx.several_campaigns)
    return Reply(reply, remember=spoke_of(ctx, team))


def _there_already(ctx: Context, draft: Draft, key: str) -> Reply | None:
    """A unit that stands in the project is said before anything more is asked."""
    place = (draft.region, draft.project)
    known = ctx.store.teams.named(ctx.campaign.id, key)
    return next((_taken(ctx, team) for team in known if (team.region, team.project) == place), None)


def _taken(ctx: Context, team: Team) -> Reply:
    covers = ctx.membership.covers(ctx.campaign.region_path(team.region))
    return Reply(texts.already_registered(team, ctx.campaign, hers=ctx.person.id in team.captains, covers=covers))


def _require_open(ctx: Context) -> str:
    """`open`, `late` (only a coordinator may enter it) or `waits`. Raises `UserError` where she may not go on."""
    campaign, window = ctx.campaign, ctx.campaign.windows.registration
    if window is None or window.holds(ctx.now):
        return "open"
    if window.start is not None and ctx.now < window.start:
        raise UserError(texts.registration_early(campaign))
    if campaign.registration.late == "approve":
        return "waits"
    if not ctx.membership.roles:
        raise UserError(texts.registration_late(campaign))
    return "late"


def _tell_coordinators(ctx: Context, new: NewTeam) -> list[Notification]:
    """A team waits: those whose region contains it are told."""
    campaign: Campaign = ctx.campaign
    path = campaign.region_path(new.region)
    return [
        notification(
            f"{campaign.id}:waiting:{ctx.message.key}:{person}",
            campaign,
            "waiting",
            person,
            texts.team_waits(new.unit, campaign.region(new.region).name, campaign.project(new.project).name),
            ctx.now,
        )
        for person, grants in ctx.store.people.coordinators(campaign.id).items()
        if any(not grant.region or grant.region in path for grant in grants)
    ]


def _ask(question: str, state: str, draft: Draft, **more: str) -> Reply:
    return Reply(question, conversation=Conversation(state=state, data={"draft": asdict(draft), **more}))


def _resume(ctx: Context) -> tuple[Context, Draft]:
    """What was said so far, in the campaign in which it was said, whichever she spoke of since."""
    draft = _draft_of(ctx.conversation)
    if draft is None:
        raise ValueError("no registration is open")
    campaign = next((c for c in ctx.campaigns if c.id == draft.campaign), ctx.chosen)
    return replace(ctx, chosen=campaign), draft


def _draft_of(conversation: Conversation | None) -> Draft | None:
    """The registration that a dialogue is about, if it is about one."""
    data = conversation.data.get("draft") if conversation else None
    return Draft(**data) if data else None
